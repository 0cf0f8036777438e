/** Lanes: how much may be sent to a provider at once, and how it is spared while it fails. */
import type { Assistant, Failure, FailureReason } from "../domain.ts";
import { countFailure, listLaneHealth, listSlots, pauseLane, recoverLane } from "../store/index.ts";
import { laneOf } from "./connections.ts";
import { ofHouse, type House } from "./job.ts";

/** Failures that speak of the provider or of the way to it, not of the question. */
const ofTheProvider = new Set<FailureReason>(["rate_limit", "overloaded", "server", "timeout", "network"]);

/** So many one after another are no accident; where more are under way at once, as many as that. */
const fewestToPause = 5;
const mostToPause = 20;
const firstPauseMs = 15_000;
/** A provider that is out for hours is asked this often, by one question. */
const longestPauseMs = 600_000;
/** What a provider asks for is believed up to here. */
const longestToldMs = 3_600_000;

export interface LaneLimits {
  concurrency: number;
  perMinute: number | null;
}

type Slot = Pick<Assistant, "adapter" | "settings" | "concurrency" | "requestsPerMinute">;

/** What is known here of lanes: their limits, and those that are not in full health. */
interface Known {
  limits: Map<string, LaneLimits>;
  ailing: Set<string>;
}
const known = ofHouse<Known>(() => ({ limits: new Map(), ailing: new Set() }));

/** Assistants that share a key share the larger number at once, and the smaller number a minute. */
function merge(limits: LaneLimits | undefined, { concurrency, requestsPerMinute }: Slot): LaneLimits {
  const perMinutes = [limits?.perMinute ?? null, requestsPerMinute].filter((one) => one !== null);
  return {
    concurrency: Math.max(limits?.concurrency ?? 1, concurrency),
    perMinute: perMinutes.length > 0 ? Math.min(...perMinutes) : null,
  };
}

/** A lane's limits, from the assistants given where it was not named yet. */
export function limitsOf(house: House, lane: string, assistants: readonly Slot[]): LaneLimits {
  const named = known(house).limits.get(lane);
  return named ?? assistants.reduce<LaneLimits>(merge, { concurrency: 1, perMinute: null });
}

/** Lanes of jobs that ask no assistant; one day or project of theirs at a time is enough. */
const ownLanes = ["rollup", "redirects", "reparse"];

/** Tells the queue every lane's limits and pauses, as the store has them now. */
export async function nameLanes(house: House): Promise<void> {
  const { read } = house.store;
  const lanes = known(house);
  const limits = new Map<string, LaneLimits>();
  for (const slot of await listSlots(read)) limits.set(laneOf(slot), merge(limits.get(laneOf(slot)), slot));
  for (const lane of ownLanes) house.queue.lane(lane, 1);
  const health = new Map((await listLaneHealth(read)).map((one) => [one.name, one]));
  const seen = lanes.ailing;
  lanes.limits = limits;
  lanes.ailing = new Set(health.keys());
  for (const [lane, { concurrency, perMinute }] of limits) {
    const ailing = health.get(lane);
    house.queue.lane(lane, Math.min(concurrency, ailing?.concurrency ?? concurrency), perMinute);
    const pauseMs = (ailing?.pausedUntil ?? 0) - house.clock.now();
    if (pauseMs <= 0) continue;
    await house.queue.pause(lane, pauseMs);
    // told once, for those who wonder why nothing is sent
    if (!seen.has(lane)) house.log.warn({ lane, reason: ailing!.reason, pausedMs: pauseMs }, "lane is paused");
  }
}

/**
 * A provider that says for how long, or that fails again and again, is left alone for a while by all processes; then
 * one question finds out whether it answers.
 */
export async function noteLaneFailure(house: House, assistant: Assistant, failure: Failure): Promise<void> {
  if (!ofTheProvider.has(failure.reason)) return;
  const lane = laneOf(assistant);
  const now = house.clock.now();
  const { concurrency, perMinute } = limitsOf(house, lane, [assistant]);
  const toldMs = failure.afterMs === undefined ? null : Math.min(failure.afterMs, longestToldMs);
  const paused = await house.store.tx(async (tx) => {
    const counted = await countFailure(tx, { name: lane, concurrency, reason: failure.reason }, now);
    if (!counted) return null;
    const tolerated = Math.max(fewestToPause, Math.min(mostToPause, concurrency));
    const ms = toldMs ?? backOffMs(counted.failures - tolerated, house.random());
    const health = { pausedUntil: now + ms, concurrency: toldMs === null ? 1 : Math.ceil(counted.concurrency / 2) };
    if (ms > 0) await pauseLane(tx, lane, health);
    return { ms, ...health };
  });
  known(house).ailing.add(lane);
  if (!paused || paused.ms === 0) return;
  await house.queue.pause(lane, paused.ms);
  house.queue.lane(lane, paused.concurrency, perMinute);
  house.log.warn({ lane, reason: failure.reason, pausedMs: paused.ms }, "lane paused");
}

/** Nothing for a few failures; then pauses that double, up to a tenth longer so that processes and lanes come apart. */
function backOffMs(failuresMore: number, random: number): number {
  if (failuresMore < 0) return 0;
  const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** failuresMore);
  return Math.round(ms * (1 + random / 10));
}

/** A reply: what was spared is sent more again, one question at a time more. */
export async function noteLaneReply(house: House, assistant: Assistant): Promise<void> {
  const lane = laneOf(assistant);
  if (!known(house).ailing.has(lane)) return;
  const { concurrency, perMinute } = limitsOf(house, lane, [assistant]);
  const allowed = await house.store.tx((tx) => recoverLane(tx, lane, concurrency, house.clock.now()));
  if (allowed === concurrency) known(house).ailing.delete(lane);
  if (allowed !== null) house.queue.lane(lane, allowed, perMinute);
}
