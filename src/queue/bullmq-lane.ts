/** One lane on BullMQ, as this process works on it: takes what is due, does it, puts it back or sets it aside. */
import type { IQueueBackend, JobJson, MinimalJob } from "bullmq";
import type { Clock } from "../domain.ts";
import { messageOf, RetryLater } from "../errors.ts";
import { delayAfter, maxAttempts } from "./backoff.ts";
import { entryOf, ignoreTakenOver, jobOf, takenFrom, type AsideData, type Taken } from "./bullmq-jobs.ts";
import type { Engine } from "./engine.ts";
import { evenly } from "./pace.ts";
import type { Handlers, NewJob } from "./queue.ts";

/** How often a lane is looked at where nothing tells when it has something to do: others add, and free places. */
const lookMs = 1_000;
/** Places are filled so many at a time. */
const takeAtOnce = 8;
/** More than ever begin, for BullMQ knows no pause without a limit. */
const unlimited = 1_000_000_000;

/** What a lane needs of the queue it belongs to. */
export interface LaneHouse {
  engine: Engine;
  /** Jobs of one lane that this process has under way at most. */
  atOnce: number;
  clock: Clock;
  random: () => number;
  onGiveUp: (key: string, error: unknown) => void;
  handlers: Handlers | null;
  stopped: AbortSignal;
  /** Watches over work that nobody waits for. */
  track: (work: Promise<void>) => void;
  /** Does it, and does it again while the database is away. */
  lasting: <T>(work: () => Promise<T>) => Promise<T>;
  /** Told when a job has ended or nothing was found. */
  rested: () => void;
}

export class BullLane {
  readonly name: string;
  readonly jobs: IQueueBackend;
  /** Jobs that were given up, by key. */
  readonly aside: IQueueBackend;
  readonly #house: LaneHouse;
  readonly #queue: string;
  readonly #taken = new Map<string, Taken>();
  #concurrency = 1;
  #told = false;
  #limitsKept: Promise<void> = Promise.resolve();
  #visiting = false;
  #visitAgain = false;
  #alarm: { at: number; bell: AbortController } | null = null;

  constructor(name: string, house: LaneHouse) {
    const safe = encodeURIComponent(name);
    this.name = name;
    this.#house = house;
    this.#queue = `lane-${safe}`;
    this.jobs = house.engine.queue(this.#queue);
    this.aside = house.engine.queue(`aside-${safe}`);
  }

  /** This process' mark on the jobs it has taken. */
  get #token(): string {
    return this.#house.engine.token;
  }

  /** Jobs that this process may have under way; BullMQ sees to it that all together have no more than the lane allows. */
  get #most(): number {
    return Math.min(this.#concurrency, this.#house.atOnce);
  }

  get busy(): boolean {
    return this.#taken.size > 0 || this.#visiting;
  }

  /** Keeps the lane's limits where all processes see them. */
  limit(concurrency: number, perMinute: number | null): void {
    const wider = concurrency > this.#concurrency;
    this.#concurrency = concurrency;
    this.#told = true;
    this.#keepLimits(async () => {
      await this.jobs.setQueueMeta({ concurrency, ...(perMinute !== null && evenly(perMinute)) });
      if (perMinute === null) await this.jobs.removeQueueMetaFields(["max", "duration"]);
    });
    if (wider) this.visit();
  }

  /** Learns the limits that another process has named; a lane that nobody named has one place. */
  learnLimits(): void {
    if (!this.#told)
      this.#keepLimits(async () => {
        const kept = await this.jobs.getQueueMetaField("concurrency");
        if (kept === null) await this.jobs.setQueueMeta({ concurrency: 1 });
        if (!this.#told) this.#concurrency = Number(kept ?? 1);
      });
  }

  #keepLimits(keep: () => Promise<void>): void {
    this.#limitsKept = this.#limitsKept.then(() => this.#house.lasting(keep));
    this.#house.track(this.#limitsKept);
  }

  async pause(ms: number): Promise<void> {
    const { lasting } = this.#house;
    await this.#limitsKept;
    if (ms === 0) await lasting(() => this.jobs.removeRateLimitKey());
    else {
      if ((await lasting(() => this.jobs.getQueueMetaField("max"))) === null)
        await lasting(() => this.jobs.setQueueMeta({ max: unlimited, duration: lookMs }));
      await lasting(() => this.jobs.setRateLimit(ms));
    }
    this.visit();
  }

  /** Has the lane take what is due, now or when it has done so. */
  visit(): void {
    const { handlers, stopped } = this.#house;
    if (this.#visiting) this.#visitAgain = true;
    else if (handlers && !stopped.aborted) this.#house.track(this.#take());
  }

  async #take(): Promise<void> {
    this.#visiting = true;
    try {
      await this.#limitsKept;
      do {
        this.#visitAgain = false;
        for (let full = false; !full;) {
          const room = this.#house.stopped.aborted ? 0 : this.#most - this.#taken.size;
          const places = Array.from({ length: Math.min(room, takeAtOnce) });
          const askedAt = this.#house.clock.now();
          const found = await Promise.all(places.map(() => this.jobs.moveToActive(this.#token)));
          const idle = found.filter((reply) => !this.#begin(reply));
          for (const reply of idle) this.#wakeAfter(reply, askedAt);
          full = idle.length > 0 || places.length === 0;
        }
      } while (this.#visitAgain);
    } catch (error) {
      if (!this.#house.engine.passes(error)) throw error;
      this.#wakeAt(this.#house.clock.now() + lookMs);
    } finally {
      this.#visiting = false;
    }
    this.#house.rested();
  }

  /** Begins the job of BullMQ's reply, if it has one: [job, id, limited for ms, next delayed at]. */
  #begin([json, id]: unknown[]): boolean {
    if (!json) return false;
    const job = takenFrom(json as JobJson, String(id));
    this.#taken.set(job.id, job);
    this.#house.track(this.#work(job));
    return true;
  }

  async #work(job: Taken): Promise<void> {
    let next: unknown[];
    try {
      next = await this.#do(job);
    } finally {
      this.#taken.delete(job.id);
    }
    if (!this.#begin(next)) this.visit();
    this.#house.rested();
  }

  /** Returns BullMQ's reply with the next job, if it took one. */
  async #do(job: Taken): Promise<unknown[]> {
    const { handlers, stopped, lasting } = this.#house;
    const { signal } = job.controller;
    try {
      stopped.throwIfAborted();
      if (job.attempts > maxAttempts) throw new Error(`its worker died ${maxAttempts} times while it worked on it`);
      // add() wrote the payload for this name
      const handler = handlers![job.name] as (payload: unknown, signal: AbortSignal) => Promise<void>;
      await handler(job.payload, signal);
    } catch (error) {
      const aborted = signal.aborted || stopped.aborted;
      await lasting(() => this.#putBack(job, error, aborted)).catch(ignoreTakenOver);
      return [];
    }
    return lasting(() => this.#finish(job));
  }

  /** Removes a job that is done and takes the next in the same step. */
  async #finish(job: Taken): Promise<unknown[]> {
    const takeNext = !this.#house.stopped.aborted && this.#taken.size <= this.#most;
    const done = this.jobs.moveToCompleted({ id: job.id, opts: {} } as MinimalJob, null, true, this.#token, takeNext);
    const { result } = await done.catch((error: unknown) => ({ result: ignoreTakenOver(error) }));
    return (result as unknown[] | undefined) ?? [];
  }

  async #putBack(job: Taken, error: unknown, aborted: boolean): Promise<void> {
    const { clock, engine, random } = this.#house;
    const later = error instanceof RetryLater;
    if (!aborted && !later && job.attempts >= maxAttempts) return this.#setAside(job, error);
    const delayMs = aborted ? 0 : later ? Math.ceil(error.afterMs) : delayAfter(job.attempts, random);
    // who asks for another time by himself is in good health; being stopped by us is no fault of the job's
    await this.jobs.moveToDelayed(job.id, clock.now(), delayMs, this.#token, { skipAttempt: aborted || later });
    if (await engine.forgetAgain(this.#queue, job.key)) await this.jobs.promote(job.id).catch(ignoreTakenOver);
  }

  async #setAside(job: Taken, error: unknown): Promise<void> {
    const { name, payload, attempts, key } = job;
    const at = this.#house.clock.now();
    const data: AsideData = { name, payload, attempts: Math.min(attempts, maxAttempts), error: messageOf(error), at };
    await this.aside.addJob(jobOf(name, key, JSON.stringify(data), at), key);
    await this.jobs.moveToCompleted({ id: job.id, opts: {} } as MinimalJob, null, true, this.#token, false);
    // one that was added again meanwhile has begun anew
    if ((await this.jobs.getDeduplicationJobId(key)) !== null) await this.aside.remove(key, false);
    else this.#house.onGiveUp(key, error);
  }

  /** Keeps jobs; those whose key waits already are only brought forward. Returns nothing lost, also when done twice. */
  async add(newJobs: NewJob[]): Promise<void> {
    const { clock, lasting } = this.#house;
    const now = clock.now();
    const entries = newJobs.map((job) => entryOf(job, now));
    this.learnLimits();
    const ids = await lasting(() => this.jobs.addJobs(entries));
    const isAdded = (i: number) => ids[i] === entries[i]!.jobId;
    // one that was only wanted if missing, and was not, has no part in what follows: it may be on its way aside just now
    const wanted = newJobs.map((job, i) => ({ job, i })).filter(({ job, i }) => isAdded(i) || !job.onlyIfMissing);
    for (const { job, i } of wanted) if (!isAdded(i)) await this.#bringForward(ids[i]!, now, job.delayMs ?? 0);
    const [givenUp] = await lasting(() => this.aside.getCounts(["waiting"]));
    if (givenUp) for (const { job } of wanted) await lasting(() => this.aside.remove(job.key, false));
    this.visit();
  }

  /** Has a job that waits be due `delayMs` after `now`, unless it is earlier. */
  async #bringForward(id: string, now: number, delayMs: number): Promise<void> {
    const { engine, lasting } = this.#house;
    const dueAt = await lasting(() => engine.dueAt(this.#queue, id));
    if (dueAt === null || dueAt <= now + delayMs) return;
    const forward = () => (delayMs > 0 ? this.jobs.changeDelay(id, delayMs) : this.jobs.promote(id));
    await lasting(forward).catch(ignoreTakenOver);
  }

  /** Tells BullMQ that this process lives, and has it free the jobs of those that do not. */
  async keepAlive(): Promise<void> {
    const ids = [...this.#taken.keys()];
    const tokens = ids.map(() => this.#token);
    if (ids.length > 0) await this.jobs.extendLocks(ids, tokens, this.#house.engine.lease.lockMs);
    const freed = await this.jobs.moveStalledJobsToWait();
    if (freed.length > 0) this.visit();
  }

  /** Puts back what processes that are gone had under way: their locks would keep it, and its places, for much longer. */
  async takeOver(): Promise<void> {
    const { clock, engine } = this.#house;
    const abandoned = await engine.abandoned(this.#queue);
    for (const { id, token } of abandoned)
      await this.jobs.moveToDelayed(id, clock.now(), 0, token, {}).catch(ignoreTakenOver);
    if (abandoned.length > 0) this.visit();
  }

  abort(): void {
    for (const job of this.#taken.values()) job.controller.abort();
  }

  rest(): void {
    this.#alarm?.bell.abort();
  }

  #wakeAfter([, , limitedMs, nextAt]: unknown[], now: number): void {
    const next = Number(limitedMs ?? 0) > 0 ? now + Number(limitedMs) : Number(nextAt ?? 0) || Infinity;
    this.#wakeAt(Math.min(Math.max(next, now + 1), now + lookMs));
  }

  /** Makes sure that the lane is visited at `at` at the latest. */
  #wakeAt(at: number): void {
    const { clock, stopped } = this.#house;
    const now = clock.now();
    // an alarm that should have rung belongs to a time before the clock jumped
    if (stopped.aborted || (this.#alarm && this.#alarm.at > now && this.#alarm.at <= at)) return;
    this.#alarm?.bell.abort();
    const alarm = (this.#alarm = { at, bell: new AbortController() });
    void clock.sleep(at - now, alarm.bell.signal).then(() => {
      if (alarm.bell.signal.aborted) return;
      this.#alarm = null;
      this.visit();
    });
  }
}
