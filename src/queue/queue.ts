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
  };
}[JobName];

/** Does one job; may run twice for one job, so it must be repeatable. The signal is aborted when time is up. */
export type Handlers = {
  [Name in JobName]: (payload: JobPayloads[Name], signal: AbortSignal) => Promise<void>;
};

export interface Queue {
  /** Says how many jobs of a lane may be under way at once; 1 for a lane never named. */
  lane(name: string, concurrency: number): void;
  /**
   * Keeps jobs durably; a key that waits is only brought forward, one that is under way runs once more afterwards, one
   * that was set aside begins anew.
   */
  add(jobs: NewJob[]): Promise<void>;
  /**
   * Begins to work. A handler that throws RetryLater runs again after its delay; one that throws anything else runs
   * again with growing delays and is set aside with its error after some attempts.
   */
  start(handlers: Handlers): Promise<void>;
  /** Resolves when no job is waiting, delayed or under way; jobs set aside do not count. */
  idle(): Promise<void>;
  /** Takes no new job, lets those under way end for `graceMs`, then aborts them; unfinished jobs stay in the queue. */
  stop(graceMs: number): Promise<void>;
}
