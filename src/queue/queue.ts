/** The queue's contract: typed jobs with keys, lanes and delays; every engine keeps the same promises. */

/** What each job is told. A new job is one line here and one in jobs/index.ts. */
export interface JobPayloads {
  ask: { questionId: string };
  rollup: { projectId: string; day: string };
  redirects: { answerId: string };
  reparse: { projectId: string };
}
export type JobName = keyof JobPayloads;

export type NewJob = {
  [Name in JobName]: {
    name: Name;
    /** Two jobs with one key are one job. Letters, digits, `-` and `_`. */
    key: string;
    /** Jobs of one lane share a limit. */
    lane: string;
    payload: JobPayloads[Name];
    delayMs?: number;
    /**
     * Adds it only where no job with its key waits or is under way, and changes nothing of one that does. For those who
     * ask again and again: what came while the job was under way is the job's own to see, or is asked for the next time.
     */
    onlyIfMissing?: true;
  };
}[JobName];

/** Does one job; may run twice for one job, so it must be repeatable. The signal is aborted when time is up. */
export type Handlers = {
  [Name in JobName]: (payload: JobPayloads[Name], signal: AbortSignal) => Promise<void>;
};

/** A job that was given up: it waits for a person. */
export interface SetAside {
  key: string;
  name: JobName;
  lane: string;
  /** Epoch milliseconds. */
  at: number;
  attempts: number;
  error: string;
}

/** How full a lane is. */
export interface LaneDepth {
  lane: string;
  /** Due, and not begun. */
  waiting: number;
  /** Not due yet. */
  delayed: number;
  underWay: number;
  setAside: number;
  /** For how long the first of those that wait has been due; null where none waits. */
  oldestMs: number | null;
}

/** A lane's limits hold for all processes that work on it. */
export interface Queue {
  /**
   * Says how many jobs of a lane may be under way at once, 1 for a lane never named, and how many may begin in a minute,
   * evenly spread. May be said again at any time; what is under way stays so.
   */
  lane(name: string, concurrency: number, perMinute?: number | null): void;
  /** Begins no job of a lane, in any process, for `ms`; 0 ends the pause. What is under way goes on. */
  pause(lane: string, ms: number): Promise<void>;
  /**
   * Keeps jobs durably; a key that waits is only brought forward, one that is under way runs once more afterwards, one
   * that was set aside begins anew. With `onlyIfMissing`, the first two are left as they are.
   */
  add(jobs: NewJob[]): Promise<void>;
  /**
   * Begins to work. A handler that throws RetryLater runs again after its delay; one that throws anything else runs
   * again with growing delays and is set aside with its error after some attempts.
   */
  start(handlers: Handlers): Promise<void>;
  /** Resolves when no job is waiting, delayed or under way; jobs set aside do not count. */
  idle(): Promise<void>;
  /** Jobs that were set aside, latest first, at most `limit`. */
  listSetAside(limit: number): Promise<SetAside[]>;
  /** Has jobs that were set aside begin anew, all of them where no keys are given; returns how many did. */
  retry(keys?: string[]): Promise<number>;
  /** Every lane that holds jobs. */
  depths(): Promise<LaneDepth[]>;
  /** Takes no new job, lets those under way end for `graceMs`, then aborts them; unfinished jobs stay in the queue. */
  stop(graceMs: number): Promise<void>;
}
