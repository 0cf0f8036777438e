// Tests run in parallel; the long ones have their own time limit where they stand.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/postgres.ts"],
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/system/**", "node_modules/**"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
