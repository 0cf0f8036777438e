/** What can go wrong on the way, how often, and which of it a request meets. */
import { InputError } from "../errors.ts";
import { Chance, type Key } from "./chance.ts";

/**
 * `rate_limit` says when to come back, `rate_limit_bare` does not; `hang` never answers; `cut` breaks the connection in
 * the middle of the body; `truncated` is a whole reply whose text ends early; `html` is a gateway's error page.
 */
export const faultKinds = [
  "rate_limit",
  "rate_limit_bare",
  "quota",
  "server_error",
  "unavailable",
  "overloaded",
  "hang",
  "cut",
  "truncated",
  "html",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Faults {
  /** Every reply waits as long as drawn between the two. */
  delayMs: [number, number];
  /** Shares of requests, together at most 1. */
  rates: Partial<Record<FaultKind, number>>;
  /** What `rate_limit` tells the client. */
  retryAfterSeconds: number;
}

export const noFaults: Faults = { delayMs: [0, 0], rates: {}, retryAfterSeconds: 1 };

/** Throws an InputError for rates and delays that cannot be. */
export function checkFaults({ delayMs: [least, most], rates, retryAfterSeconds }: Faults): void {
  const problems: string[] = [];
  const kinds: string[] = [...faultKinds];
  for (const [kind, rate] of Object.entries(rates))
    if (!kinds.includes(kind) || !(rate >= 0)) problems.push(`rates: ${kind} ${rate} is not the rate of a known fault`);
  if (Object.values(rates).reduce((sum, rate) => sum + rate, 0) > 1) problems.push("rates: together more than 1");
  if (!(least >= 0) || !(most >= least)) problems.push(`delayMs: ${least} to ${most} is not a span`);
  if (!(retryAfterSeconds >= 0)) problems.push(`retryAfterSeconds: ${retryAfterSeconds} is less than 0`);
  if (problems.length > 0) throw new InputError(problems);
}

/** The fault a request meets, or null, and how long it waits; drawn from the request's own key. */
export function drawFault({ delayMs, rates }: Faults, key: Key): { kind: FaultKind | null; delayMs: number } {
  const chance = new Chance(key);
  const waits = Math.round(delayMs[0] + chance.next() * (delayMs[1] - delayMs[0]));
  let rest = chance.next();
  for (const kind of faultKinds) if ((rest -= rates[kind] ?? 0) < 0) return { kind, delayMs: waits };
  return { kind: null, delayMs: waits };
}
