// What takes long: a killed process picked up again, and intervals held against many simulated worlds.
import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

export default defineConfig({
  ...usual,
  test: { ...usual.test, include: ["test/system/**/*.test.ts"], exclude: ["node_modules/**"] },
});
