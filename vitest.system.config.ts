// What takes long or must not share the machine: commands that are stopped and asked, a killed process picked up again,
// intervals held against many simulated worlds, the time that hostile texts take.
import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

export default defineConfig({
  ...usual,
  test: { ...usual.test, include: ["test/system/**/*.test.ts"], exclude: ["node_modules/**"] },
});
