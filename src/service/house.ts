/** Puts the house together: the store, the queue, and what every job is given. */
import { assistants } from "../assistants/index.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../domain.ts";
import { messageOf } from "../errors.ts";
import { createFetch } from "../http.ts";
import {
  aboutQuestion,
  handlersOf,
  nameLanes,
  noNotes,
  rollupDirtyDays,
  type House,
  type Notes,
} from "../jobs/index.ts";
import { createLog, redactor, type Log } from "../log.ts";
import { openQueue } from "../queue/open.ts";
import { findQuestion, isPostgres, openStore, storeError, type Store } from "../store/index.ts";
import { Resources } from "./resources.ts";

/** The longest recorded reply has 0.4 MB. */
const mostReplyBytes = 10_000_000;
/** How long questions under way may take to end when the service stops. */
export const usualGraceMs = 30_000;

/** Of the connections to Postgres, where jobs are kept there. */
const queueShare = 0.5;

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
      signal?.addEventListener("abort", done, { once: true });
    }),
};

export interface OpenHouse extends House {
  /** Names the lanes of all assistants and begins to work. */
  work(): Promise<void>;
  /** Names the lanes again: other processes bring assistants and change their limits. */
  nameLanes(): Promise<void>;
  /** Rejects when the database or the queue is lost while working. */
  readonly broken: Promise<never>;
  /** Takes nothing new, and ends what is under way within `graceMs`. */
  rest(graceMs: number): Promise<void>;
  /** Rests, then closes the store. */
  close(graceMs?: number): Promise<void>;
}

export interface HouseOptions {
  config: Config;
  clock?: Clock;
  log?: Log;
  store?: Store;
  /** Who measures what happens; nobody unless given. */
  notes?: Notes;
}

/** Opens the store and puts the house together; nothing works before `work()`. Throws StoreError. */
export async function openHouse({
  config,
  clock = systemClock,
  log = logOf(config),
  store,
  notes = noNotes,
}: HouseOptions): Promise<OpenHouse> {
  const resources = new Resources();
  const { databaseUrl, redisUrl } = config;
  const forQueue = redisUrl === null ? Math.floor(config.connections * queueShare) : 0;
  const opened = store ?? (await openStore(databaseUrl, config.connections - forQueue));
  resources.add(() => opened.close());
  try {
    const where = isPostgres(databaseUrl) ? "Postgres" : databaseUrl;
    let fail: (error: unknown) => void = () => undefined;
    const broken = new Promise<never>((_, reject: (error: Error) => void) => {
      fail = (error) => reject(storeError(error, where) as Error); // what the queue throws are errors
    });
    broken.catch(() => undefined); // those who wait for it hear of it; nobody else has to
    const queue = await openQueue({
      store: opened,
      databaseUrl,
      redisUrl,
      connections: forQueue,
      atOnce: config.atOnce,
      clock,
      random: Math.random,
      onTrouble: (error) => log.warn({ err: error }, messageOf(error)),
      onGiveUp: (key, error) => void tellSetAside(opened, log, key, error),
      onBroken: fail,
    });
    resources.add((graceMs) => queue.stop(graceMs));
    const house: House = {
      store: opened,
      queue,
      clock,
      random: Math.random,
      log,
      notes,
      fetch: createFetch({ timeoutMs: config.replyTimeoutMs, maxBytes: mostReplyBytes, allowHosts: config.allowHosts }),
      adapters: assistants,
      secret: config.secret,
      workspaceBudget: config.workspaceBudget,
    };
    return Object.assign(house, {
      broken,
      nameLanes: () => nameLanes(house),
      work: async () => {
        await nameLanes(house);
        await queue.start(handlersOf(house));
        await rollupDirtyDays(house);
      },
      rest: (graceMs: number) => queue.stop(graceMs),
      close: (graceMs = usualGraceMs) => resources.release(graceMs),
    });
  } catch (error) {
    await resources.release(0);
    throw error;
  }
}

const logOf = (config: Config): Log => createLog(config.logLevel, redactor(config.secrets()));

/** Says which job waits for a person now, and about which question it is where it is about one. */
async function tellSetAside({ read }: Store, log: Log, key: string, error: unknown): Promise<void> {
  const [, questionId] = /^ask-(.+)$/.exec(key) ?? [];
  const found = questionId === undefined ? null : await findQuestion(read, questionId).catch(() => null); // its id is in the key
  log.error({ job: key, ...(found && aboutQuestion(found.question)), err: error }, "a job was set aside");
}
