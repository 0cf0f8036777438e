/** How a process ends: everything is released in reverse order, and what is lost for good is noticed. */
import { describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { StoreError } from "../../src/errors.ts";
import { startService, type Role } from "../../src/service.ts";
import { Resources } from "../../src/service/resources.ts";
import { watch } from "../../src/service/watching.ts";
import { StillClock } from "../support/clock.ts";
import { logInto } from "../support/log.ts";

it.each(["worker", "web", "ticker"] satisfies Role[])("citera %s refuses SQLite in one sentence", async (role) => {
  await expect(startService({ ...readConfig({}), databaseUrl: "/nowhere/citera.db" }, role)).rejects.toMatchObject({
    name: "InputError",
    problems: [
      `citera ${role} needs Postgres (DATABASE_URL=postgres://...), because SQLite serves one process; ` +
        "`citera start` does everything in one",
    ],
  });
});

describe("what was opened", () => {
  it("is released in reverse order, once, and told how long it may take", async () => {
    const resources = new Resources();
    const released: string[] = [];
    for (const name of ["store", "queue", "page"])
      resources.add(async (graceMs) => void released.push(`${name} ${graceMs}`));
    await resources.release(7);
    await resources.release(7);
    expect(released).toEqual(["page 7", "queue 7", "store 7"]);
  });

  it("is released also when one of it fails, and every failure is told", async () => {
    const resources = new Resources();
    let released = false;
    resources.add(async () => void (released = true));
    resources.add(() => Promise.reject(new Error("the queue hangs")));
    await expect(resources.release(0)).rejects.toThrow(/^the queue hangs$/);
    expect(released).toBe(true);
    for (const what of ["queue", "page"]) resources.add(() => Promise.reject(new Error(`the ${what} hangs`)));
    await expect(resources.release(0)).rejects.toThrow("the page hangs; the queue hangs");
  });
});

describe("a look around", () => {
  const begin = (look: () => Promise<void>) => {
    const [clock, end, lines] = [new StillClock(), new AbortController(), [] as string[]];
    let over: unknown = "looking";
    const watching = watch({ clock, log: logInto(lines) }, look, end.signal).then(
      () => (over = "ended"),
      (error: unknown) => (over = error),
    );
    return {
      lines,
      over: () => over,
      end: () => (end.abort(), watching),
      /** Twenty seconds, after which a look has been taken. */
      pass: async () => {
        clock.pass(20_000);
        await vi.waitFor(() => Promise.resolve(), { interval: 1 });
        for (let i = 0; i < 20; i++) await Promise.resolve();
      },
    };
  };

  it("ends at once when a newer version has migrated the database", async () => {
    const newer = new StoreError("newer", "Postgres: the database was made by a newer version of Citera");
    const { pass, over } = begin(() => Promise.reject(newer));
    expect(over()).toBe("looking");
    await pass();
    expect(over()).toBe(newer);
  });

  it("bears a database that is gone for a while, not one that is gone for two minutes", async () => {
    const gone = new StoreError("unreachable", "Postgres was shut down");
    let reached = false;
    const { pass, over, lines } = begin(() => (reached ? Promise.resolve() : Promise.reject(gone)));
    for (let i = 0; i < 6; i++) await pass();
    reached = true;
    await pass();
    reached = false;
    for (let i = 0; i < 6; i++) await pass();
    expect(over()).toBe("looking");
    expect(lines.filter((line) => line.includes("was shut down"))).toHaveLength(12);
    await pass();
    expect(over()).toBe(gone);
  });

  it("takes a database that never answers for one that is gone", async () => {
    const { pass, over } = begin(() => new Promise(() => undefined));
    for (let i = 0; i < 16 && over() === "looking"; i++) await pass();
    expect(over()).toMatchObject({ kind: "unreachable" });
  });

  it("ends when it is told to", async () => {
    const { end, over } = begin(() => Promise.resolve());
    await end();
    expect(over()).toBe("ended");
  });
});
