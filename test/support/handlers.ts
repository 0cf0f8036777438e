/** Handlers that do nothing but what a test gives them. */
import type { Handlers } from "../../src/queue/queue.ts";

export const handlers = (given: Partial<Handlers>): Handlers => ({
  ask: async () => undefined,
  rollup: async () => undefined,
  redirects: async () => undefined,
  reparse: async () => undefined,
  ...given,
});
