/** Our jobs as BullMQ keeps them, and what its refusals mean. */
import { randomUUID } from "node:crypto";
import type { JobJson } from "bullmq";
import type { NewJob } from "./queue.ts";

/** What is kept of a job that was set aside. */
export interface AsideData {
  name: NewJob["name"];
  payload: unknown;
  attempts: number;
  error: string;
  at: number;
}

export interface Taken {
  id: string;
  key: string;
  name: NewJob["name"];
  payload: unknown;
  /** How often it was begun, counting this time. */
  attempts: number;
  controller: AbortController;
}

export const takenFrom = (json: JobJson, id: string): Taken => ({
  id,
  key: json.deduplicationId ?? id,
  name: json.name as NewJob["name"], // add() wrote it
  payload: JSON.parse(json.data),
  attempts: json.attemptsMade + Number(json.stalledCounter) + 1,
  controller: new AbortController(),
});

export const jobOf = (name: string, id: string, data: string, timestamp: number): JobJson => ({
  id,
  name,
  data,
  opts: {},
  progress: 0,
  attemptsMade: 0,
  attemptsStarted: 0,
  timestamp,
  failedReason: "",
  returnvalue: "null",
  stalledCounter: 0,
});

/** A job as BullMQ adds it, unless there is one with its key. */
export function entryOf({ name, key, payload, delayMs = 0, onlyIfMissing }: NewJob, now: number) {
  // where that one is under way, BullMQ keeps the new one until it has ended, if it is told to
  const deduplication = { id: key, ...(!onlyIfMissing && { keepLastIfActive: true }) };
  const job = jobOf(name, randomUUID(), JSON.stringify(payload), now);
  return { job: { ...job, deduplicationId: key, opts: { delay: Math.ceil(delayMs), deduplication } }, jobId: job.id };
}

/** BullMQ's numbers for: no such job, no lock, not in that state, another's lock. Another worker has it, or it is done. */
const takenOver = new Set([-1, -2, -3, -6]);

export function ignoreTakenOver(error: unknown): undefined {
  if (!takenOver.has(Number((error as { code?: unknown }).code))) throw error;
}
