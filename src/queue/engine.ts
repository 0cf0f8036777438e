/** What BullMQ's two databases have in common, and the little that each has to say for itself. */
import type { IQueueBackend } from "bullmq";

/** How long BullMQ keeps a job for the worker that took it; a live worker renews it several times. */
export interface Lease {
  lockMs: number;
  /** How often jobs of dead workers are looked for. */
  stalledMs: number;
}

export const usualLease: Lease = { lockMs: 30_000, stalledMs: 10_000 };

export interface Engine {
  lease: Lease;
  /** This process' mark on the jobs it has taken. */
  token: string;
  /** BullMQ's operations on one of its queues; all share this process' connections. */
  queue(name: string): IQueueBackend;
  /** Forgets that a key was added while it was under way; says whether it was. */
  forgetAgain(queue: string, key: string): Promise<boolean>;
  /** Epoch milliseconds at which a delayed job is due; null where it is not delayed. */
  dueAt(queue: string, id: string): Promise<number | null>;
  /** Jobs under way in a queue whose process is gone, as far as that can be told before their locks end. */
  abandoned(queue: string): Promise<Marked[]>;
  /** Whether an error is that of a database that is away for a while, so that the same may be tried again. */
  passes(error: unknown): boolean;
  close(): Promise<void>;
}

/** A job with the mark of the process that has taken it. */
export interface Marked {
  id: string;
  token: string;
}

/** BullMQ counts a worker's deaths itself, but gives up without a word; we count, see `maxAttempts`. */
export const neverGiveUp = 1_000_000_000;
