// Tests run in parallel; the long ones have their own time limit where they stand.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/postgres.ts"],
    provide: { queues: "embedded" },
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/system/**", "test/chaos/**", "node_modules/**"],
    // files of one worker share its modules, which are half of their time: no test may change what another one reads
    isolate: false,
    // by default one core is left idle, which is half of a small machine
    maxWorkers: "100%",
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
