/** The embedded queue: jobs are rows of the store, taken with leases, worked on in this process. */
import pLimit, { type LimitFunction } from "p-limit";
import type { Clock } from "../domain.ts";
import { messageOf, RetryLater } from "../errors.ts";
import type { Store } from "../store/index.ts";
import { delayAfter, maxAttempts } from "./backoff.ts";
import * as rows from "./job-rows.ts";
import { oneOfEachKey } from "./one-of-each.ts";
import { Pace } from "./pace.ts";
import type { Handlers, LaneDepth, NewJob, Queue, SetAside } from "./queue.ts";

/** Long enough that a live worker renews it several times, short enough that a dead one's job is soon free. */
const leaseMs = 60_000;

export interface EmbeddedOptions {
  store: Store;
  clock: Clock;
  /** 0 to 1, for jitter. */
  random: () => number;
  /** Jobs of one lane that are under way at most: as many as the lane allows unless given. */
  atOnce?: number;
  /** Told when a job is set aside for good. */
  onGiveUp: (key: string, error: unknown) => void;
  /** Told when the database cannot be used any more; the queue has stopped. */
  onBroken: (error: unknown) => void;
}

interface Lane {
  name: string;
  limit: LimitFunction;
  /** How often jobs may begin; null where only `limit` bounds them. */
  pace: { perMinute: number; pace: Pace } | null;
  /** Nothing begins before. */
  pausedUntil: number;
  /** Jobs taken from the store, under way or next in line here. */
  taken: Map<string, AbortController>;
  /** Keys whose work is done and whose rows go with the next visit to the database. */
  done: string[];
  /** One visit at a time; calls during a visit make one more. */
  visiting: boolean;
  visitAgain: boolean;
  alarm: AbortController | null;
  alarmAt: number;
}

export class EmbeddedQueue implements Queue {
  readonly #options: EmbeddedOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #active = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  #idleListeners: (() => void)[] = [];
  #handlers: Handlers | null = null;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
  }

  lane(name: string, concurrency: number, perMinute: number | null = null): void {
    const lane = this.#lane(name);
    const most = Math.min(concurrency, this.#options.atOnce ?? Infinity);
    const wider = most > lane.limit.concurrency;
    lane.limit.concurrency = most;
    if (perMinute !== (lane.pace?.perMinute ?? null))
      lane.pace = perMinute === null ? null : { perMinute, pace: new Pace(perMinute) };
    if (wider) this.#visit(lane);
  }

  pause(name: string, ms: number): Promise<void> {
    const lane = this.#lane(name);
    lane.pausedUntil = this.#options.clock.now() + ms;
    if (ms === 0) this.#visit(lane);
    return Promise.resolve();
  }

  async add(newJobs: NewJob[]): Promise<void> {
    const { store, clock } = this.#options;
    const now = clock.now();
    const distinct = oneOfEachKey(newJobs);
    for (let from = 0; from < distinct.length; from += rows.addAtOnce)
      await store.tx((tx) => rows.insertJobs(tx, distinct.slice(from, from + rows.addAtOnce), now));
    for (const { lane, delayMs = 0 } of newJobs) this.#wakeAt(this.#lane(lane), now + delayMs);
  }

  async start(handlers: Handlers): Promise<void> {
    const { store } = this.#options;
    this.#handlers = handlers;
    // where nobody else can have the database, leases are left over from a process that is gone
    if (store.exclusive) await store.tx((tx) => rows.setLeases(tx, 0));
    for (const name of await rows.listLanes(store.read)) this.#lane(name);
    for (const lane of this.#lanes.values()) this.#visit(lane);
    void this.#renewLeases();
  }

  listSetAside(limit: number): Promise<SetAside[]> {
    return rows.listSetAside(this.#options.store.read, limit);
  }

  async retry(keys?: string[]): Promise<number> {
    const { store, clock } = this.#options;
    const lanes = await store.tx((tx) => rows.revive(tx, clock.now(), keys));
    for (const name of new Set(lanes)) this.#visit(this.#lane(name));
    return lanes.length;
  }

  depths(): Promise<LaneDepth[]> {
    return rows.countLanes(this.#options.store.read, this.#options.clock.now());
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleListeners.push(resolve);
      this.#track(this.#tellIdle());
    });
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped.abort();
    for (const lane of this.#lanes.values()) lane.alarm?.abort();
    const settled = this.#settled();
    const inTime = new AbortController();
    await Promise.race([settled, this.#options.clock.sleep(graceMs, inTime.signal)]);
    inTime.abort();
    for (const lane of this.#lanes.values()) for (const job of lane.taken.values()) job.abort();
    await settled;
    this.#releaseListeners();
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = {
        name,
        limit: pLimit(1),
        pace: null,
        pausedUntil: 0,
        taken: new Map(),
        done: [],
        visiting: false,
        visitAgain: false,
        alarm: null,
        alarmAt: 0,
      };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #track(promise: Promise<void>): void {
    const tracked = promise.catch(this.#break).finally(() => this.#active.delete(tracked));
    this.#active.add(tracked);
  }

  readonly #break = (error: unknown): void => {
    this.#stopped.abort();
    this.#releaseListeners();
    this.#options.onBroken(error);
  };

  async #settled(): Promise<void> {
    while (this.#active.size) await Promise.all(this.#active);
  }

  #visit(lane: Lane): void {
    if (lane.visiting) lane.visitAgain = true;
    else if (this.#handlers) this.#track(this.#visitStore(lane));
  }

  /** Removes the rows of what is done and takes what is due, in one transaction. */
  async #visitStore(lane: Lane): Promise<void> {
    const { store, clock } = this.#options;
    lane.visiting = true;
    try {
      do {
        lane.visitAgain = false;
        const done = lane.done.splice(0);
        const now = clock.now();
        const room = this.#roomIn(lane, now);
        const taken = await store.tx(async (tx) => {
          await rows.removeDone(tx, done);
          return room > 0 ? rows.takeDue(tx, lane.name, room, now, now + leaseMs) : [];
        });
        // a clock that jumps (sleep, time server) ends leases of jobs that are still under way here
        for (const row of taken) if (!lane.taken.has(row.key)) this.#begin(lane, row);
        lane.pace?.pace.begun(taken.length, now);
        const held = lane.pace !== null || now < lane.pausedUntil;
        if (taken.length < room || (held && lane.taken.size < lane.limit.concurrency)) await this.#wakeLater(lane);
      } while (lane.visitAgain);
    } finally {
      lane.visiting = false;
    }
    await this.#tellIdle();
  }

  #roomIn(lane: Lane, now: number): number {
    if (this.#stopped.signal.aborted || now < lane.pausedUntil) return 0;
    const { limit, taken, pace } = lane;
    // as many again wait here, so that a free place never waits for the database; but what is paced begins when taken
    return pace ? Math.min(limit.concurrency - taken.size, pace.pace.room(now)) : 2 * limit.concurrency - taken.size;
  }

  #begin(lane: Lane, row: rows.JobRow): void {
    const controller = new AbortController();
    lane.taken.set(row.key, controller);
    this.#track(lane.limit(() => this.#work(lane, row, controller.signal)));
  }

  async #work(lane: Lane, row: rows.JobRow, signal: AbortSignal): Promise<void> {
    try {
      this.#stopped.signal.throwIfAborted();
      const pauseMs = lane.pausedUntil - this.#options.clock.now();
      if (pauseMs > 0) throw new RetryLater(pauseMs, "its lane was paused");
      // add() wrote the payload for this name
      const handler = this.#handlers![row.name] as (payload: unknown, signal: AbortSignal) => Promise<void>;
      await handler(row.payload, signal);
      lane.done.push(row.key);
      lane.taken.delete(row.key);
    } catch (error) {
      lane.taken.delete(row.key); // first, because its row is free to be taken as soon as it is put back
      await this.#putBack(row, error, signal.aborted || this.#stopped.signal.aborted);
    }
    this.#visit(lane);
  }

  async #putBack(row: rows.JobRow, error: unknown, aborted: boolean): Promise<void> {
    const { store, clock, random, onGiveUp } = this.#options;
    const later = error instanceof RetryLater;
    if (!aborted && !later && row.attempts >= maxAttempts) {
      await store.tx((tx) => rows.giveUp(tx, row.key, messageOf(error), clock.now()));
      return onGiveUp(row.key, error);
    }
    const delayMs = aborted ? 0 : later ? error.afterMs : delayAfter(row.attempts, random);
    const now = clock.now();
    // who asks for another time by himself is in good health; being stopped by us is no fault of the job's
    const attempts = later ? 0 : aborted ? row.attempts - 1 : row.attempts;
    await store.tx((tx) => rows.putBack(tx, row.key, now, now + delayMs, attempts));
  }

  async #wakeLater(lane: Lane): Promise<void> {
    const { store, clock } = this.#options;
    const due = await rows.nextDueAt(store.read, lane.name);
    const now = clock.now();
    const allowed = Math.max(lane.pausedUntil, lane.pace?.pace.nextAt(now) ?? 0);
    // jobs under lease come back when it ends: those of a worker that died
    this.#wakeAt(lane, Math.min(Math.max(due ?? Infinity, allowed), now + leaseMs));
  }

  /** Makes sure that the lane is visited at `at` at the latest. */
  #wakeAt(lane: Lane, at: number): void {
    const { clock } = this.#options;
    const now = clock.now();
    if (at <= now) return this.#visit(lane);
    // an alarm that should have rung belongs to a time before the clock jumped
    const set = lane.alarm !== null && lane.alarmAt > now && lane.alarmAt <= at;
    if (this.#stopped.signal.aborted || set) return;
    lane.alarm?.abort();
    const alarm = (lane.alarm = new AbortController());
    lane.alarmAt = at;
    void clock.sleep(at - now, alarm.signal).then(() => {
      if (alarm.signal.aborted) return;
      lane.alarm = null;
      this.#visit(lane);
    });
  }

  async #tellIdle(): Promise<void> {
    const busy = () => [...this.#lanes.values()].some((lane) => lane.taken.size > 0 || lane.visiting);
    if (this.#idleListeners.length === 0 || busy()) return;
    const open = await rows.anyOpen(this.#options.store.read);
    if ((!open && !busy()) || this.#stopped.signal.aborted) this.#releaseListeners();
  }

  #releaseListeners(): void {
    for (const tell of this.#idleListeners.splice(0)) tell();
  }

  async #renewLeases(): Promise<void> {
    const { store, clock } = this.#options;
    for (;;) {
      await clock.sleep(leaseMs / 3, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      const keys = [...this.#lanes.values()].flatMap((lane) => [...lane.taken.keys()]);
      if (keys.length) this.#track(store.tx((tx) => rows.setLeases(tx, clock.now() + leaseMs, keys)));
    }
  }
}
