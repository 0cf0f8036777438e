/** The queue on BullMQ, on Redis or on Postgres: many processes, one BullMQ queue for each lane. */
import { setMaxListeners } from "node:events";
import type { IQueueBackend } from "bullmq";
import type { Clock } from "../domain.ts";
import type { AsideData } from "./bullmq-jobs.ts";
import { BullLane, type LaneHouse } from "./bullmq-lane.ts";
import type { Engine } from "./engine.ts";
import { oneOfEachKey } from "./one-of-each.ts";
import type { Handlers, LaneDepth, NewJob, Queue, SetAside } from "./queue.ts";

/** How often lanes of other processes, and jobs of those that are gone, are looked for, and whether all is idle. */
const lookMs = 2_000;
/** For how long the same is tried again while the database is away, and how often. */
const patienceMs = 120_000;
const againMs = 500;
const addAtOnce = 100;
/** How long jobs that were aborted may take to be put back. */
const lastWordsMs = 5_000;

export interface BullOptions {
  engine: Engine;
  /** Jobs of one lane that this process has under way at most: as many as the lane allows unless given. */
  atOnce?: number;
  clock: Clock;
  /** 0 to 1, for jitter. */
  random: () => number;
  /** Told when a job is set aside for good. */
  onGiveUp: (key: string, error: unknown) => void;
  /** Told when the database cannot be used any more; the queue has stopped. */
  onBroken: (error: unknown) => void;
}

export class BullQueue implements Queue {
  readonly #options: BullOptions;
  readonly #house: LaneHouse;
  readonly #lanes = new Map<string, BullLane>();
  /** BullMQ's notes on a queue that never has a job: the names of all lanes. */
  readonly #names: IQueueBackend;
  readonly #registered = new Set<string>();
  readonly #active = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  /** When to give up waiting for a database that is away: later than a queue that stops. */
  readonly #over = new AbortController();
  #idleListeners: (() => void)[] = [];

  constructor(options: BullOptions) {
    this.#options = options;
    const { engine, atOnce = Infinity, clock, random, onGiveUp } = options;
    this.#names = engine.queue("lanes");
    setMaxListeners(0, this.#over.signal); // while the database is away, every job waits for it
    this.#house = {
      engine,
      atOnce,
      clock,
      random,
      onGiveUp,
      handlers: null,
      stopped: this.#stopped.signal,
      track: (work) => this.#track(work),
      lasting: (work) => this.#lasting(work),
      rested: () => {
        if (this.#idleListeners.length > 0) this.#track(this.#tellIdle());
      },
    };
  }

  lane(name: string, concurrency: number, perMinute: number | null = null): void {
    this.#lane(name).limit(concurrency, perMinute);
    this.#track(this.#lasting(() => this.#register([name])));
  }

  async pause(name: string, ms: number): Promise<void> {
    await this.#lasting(() => this.#register([name]));
    await this.#lane(name).pause(ms);
  }

  async add(newJobs: NewJob[]): Promise<void> {
    const lanes = new Map<string, NewJob[]>();
    for (const job of newJobs) {
      const jobs = lanes.get(job.lane);
      if (jobs) jobs.push(job);
      else lanes.set(job.lane, [job]);
    }
    await this.#lasting(() => this.#register([...lanes.keys()]));
    for (const [name, jobs] of lanes) {
      const distinct = oneOfEachKey(jobs);
      for (let from = 0; from < distinct.length; from += addAtOnce)
        await this.#lane(name).add(distinct.slice(from, from + addAtOnce));
    }
  }

  async start(handlers: Handlers): Promise<void> {
    this.#house.handlers = handlers;
    await this.#lasting(() => this.#look());
    for (const lane of this.#lanes.values()) lane.visit();
    void this.#every(lookMs, this.#stopped.signal, async () => {
      await this.#look();
      await this.#tellIdle();
    });
    // locks are renewed until the last job under way has ended
    void this.#every(this.#options.engine.lease.stalledMs, this.#over.signal, async () => {
      for (const lane of this.#lanes.values()) await lane.keepAlive();
    });
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped.signal.aborted) return resolve();
      this.#idleListeners.push(resolve);
      this.#track(this.#tellIdle());
    });
  }

  async listSetAside(limit: number): Promise<SetAside[]> {
    const found = (await this.#allAside(limit)).map(({ lane, key, data: { name, at, attempts, error } }) => {
      return { key, name, lane: lane.name, at, attempts, error };
    });
    return found.sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1)).slice(0, limit);
  }

  async retry(keys?: string[]): Promise<number> {
    const wanted = keys && new Set(keys);
    const found = (await this.#allAside(null)).filter(({ key }) => !wanted || wanted.has(key));
    // adding a key again takes it out of those set aside; the name's payload was kept with it
    await this.add(
      found.map(({ lane, key, data: { name, payload } }) => ({ name, key, lane: lane.name, payload }) as NewJob),
    );
    return found.length;
  }

  async depths(): Promise<LaneDepth[]> {
    await this.#findLanes();
    const all = await Promise.all([...this.#lanes.values()].map((lane) => this.#depthOf(lane)));
    return all
      .filter(({ waiting, delayed, underWay, setAside }) => waiting + delayed + underWay + setAside > 0)
      .sort((a, b) => (a.lane < b.lane ? -1 : 1));
  }

  async stop(graceMs: number): Promise<void> {
    const { engine } = this.#options;
    if (this.#over.signal.aborted) return;
    this.#stopped.abort();
    for (const lane of this.#lanes.values()) lane.rest();
    const settled = this.#settled();
    await this.#atMost(graceMs, settled);
    for (const lane of this.#lanes.values()) lane.abort();
    // a database that is away cannot be told; others find what was under way when its lock has ended
    await this.#atMost(lastWordsMs, settled);
    this.#over.abort();
    this.#releaseListeners();
    await engine.close();
  }

  #lane(name: string): BullLane {
    let lane = this.#lanes.get(name);
    if (!lane) this.#lanes.set(name, (lane = new BullLane(name, this.#house)));
    return lane;
  }

  /** Writes new lanes' names down where all processes find them. */
  async #register(names: string[]): Promise<void> {
    const fresh = names.filter((name) => !this.#registered.has(name));
    if (fresh.length === 0) return;
    await this.#names.setQueueMeta(Object.fromEntries(fresh.map((name) => [name, 1])));
    for (const name of fresh) this.#registered.add(name);
  }

  async #findLanes(): Promise<void> {
    for (const name of Object.keys(await this.#names.getQueueMeta())) {
      const known = this.#lanes.has(name);
      this.#registered.add(name);
      const lane = this.#lane(name);
      lane.learnLimits();
      if (!known) lane.visit();
    }
  }

  async #look(): Promise<void> {
    await this.#findLanes();
    for (const lane of this.#lanes.values()) await lane.takeOver();
  }

  async #allAside(limit: number | null): Promise<{ lane: BullLane; key: string; data: AsideData }[]> {
    await this.#findLanes();
    const found = [...this.#lanes.values()].map(async (lane) => {
      const [keys = []] = (await lane.aside.getRanges(["wait"], 0, limit === null ? -1 : limit - 1)) as string[][];
      const jobs = await Promise.all(keys.map((key) => lane.aside.getJobData(key)));
      return keys.flatMap((key, i) => (jobs[i] ? [{ lane, key, data: JSON.parse(jobs[i].data) as AsideData }] : []));
    });
    return (await Promise.all(found)).flat();
  }

  async #depthOf({ name, jobs, aside }: BullLane): Promise<LaneDepth> {
    const [waiting = 0, delayed = 0, underWay = 0] = await jobs.getCounts(["waiting", "delayed", "active"]);
    const [setAside = 0] = await aside.getCounts(["waiting"]);
    const [[id] = []] = (waiting > 0 ? await jobs.getRanges(["wait"], 0, 0, true) : []) as string[][];
    const first = id === undefined ? undefined : await jobs.getJobData(id);
    const due = first && Math.max(first.timestamp + (first.opts.delay ?? 0), first.processedOn ?? 0);
    const oldestMs = due === undefined ? null : Math.max(0, this.#options.clock.now() - due);
    return { lane: name, waiting, delayed, underWay, setAside, oldestMs };
  }

  async #atMost(ms: number, work: Promise<void>): Promise<void> {
    const inTime = new AbortController();
    await Promise.race([work, this.#options.clock.sleep(ms, inTime.signal)]);
    inTime.abort();
  }

  /** Does it, and does it again while the database is away. */
  async #lasting<T>(work: () => Promise<T>): Promise<T> {
    const { engine, clock } = this.#options;
    const until = clock.now() + patienceMs;
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (!engine.passes(error) || this.#over.signal.aborted || clock.now() >= until) throw error;
        await clock.sleep(againMs, this.#over.signal);
      }
  }

  async #every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (;;) {
      await this.#options.clock.sleep(ms, signal);
      if (signal.aborted) return;
      this.#track(this.#lasting(work));
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work.catch(this.#break).finally(() => this.#active.delete(tracked));
    this.#active.add(tracked);
  }

  readonly #break = (error: unknown): void => {
    // away for long: its locks end, so nothing is lost, and looking again finds it when it is back
    if (this.#over.signal.aborted || this.#options.engine.passes(error)) return;
    this.#stopped.abort();
    this.#releaseListeners();
    this.#options.onBroken(error);
  };

  async #settled(): Promise<void> {
    while (this.#active.size) await Promise.all(this.#active);
  }

  async #tellIdle(): Promise<void> {
    const busy = () => [...this.#lanes.values()].some((lane) => lane.busy);
    if (this.#idleListeners.length === 0 || (busy() && !this.#stopped.signal.aborted)) return;
    await this.#findLanes();
    const open = await Promise.all(
      [...this.#lanes.values()].map(({ jobs }) => jobs.getCounts(["waiting", "delayed", "active"])),
    );
    if ((!open.flat().some(Boolean) && !busy()) || this.#stopped.signal.aborted) this.#releaseListeners();
  }

  #releaseListeners(): void {
    for (const tell of this.#idleListeners.splice(0)) tell();
  }
}
