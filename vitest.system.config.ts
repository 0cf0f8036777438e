// What takes long or must not share the machine: commands that are stopped and asked, a killed process picked up again,
// intervals held against many simulated worlds, the time that hostile texts take, the package as packed, README's commands,
// the queue's contract on BullMQ; and when all of that is done, storms, which leave nothing of the machine to others.
import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

const system = {
  ...usual.test,
  globalSetup: ["test/support/postgres.ts", "test/support/redis.ts"],
  provide: { queues: "bullmq" as const },
  exclude: ["node_modules/**"],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...system,
          name: "system",
          include: ["test/system/**/*.test.ts", "test/queue/{contract,missing,lanes,stopping}.test.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...system,
          name: "storms",
          globalSetup: [],
          include: ["test/chaos/**/*.test.ts"],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
