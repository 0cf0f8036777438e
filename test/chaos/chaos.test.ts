/** Storms, shorter than `npm run chaos` has them: whatever is killed, every question comes to one end. */
import { expect, it } from "vitest";
import { stormOverMany, stormOverOne } from "./chaos.ts";

const quietly = { seed: 1, say: () => undefined };

it(
  "three workers on Postgres and Redis, one killed every second, servers restarted",
  { timeout: 600_000 },
  async () => {
    expect((await stormOverMany({ ...quietly, questions: 1_000, killEveryMs: 1_000 })).wrong).toEqual([]);
  },
);

it("one process on SQLite, killed twenty times", { timeout: 600_000 }, async () => {
  expect((await stormOverOne({ ...quietly, questions: 2_000 })).wrong).toEqual([]);
});
