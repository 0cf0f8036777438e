/** Composition root: config, store, queue, jobs, web; stops in reverse order. */
import { assistants } from "./assistants/index.ts";
import type { Config } from "./config.ts";
import type { Clock, Project } from "./domain.ts";
import { messageOf } from "./errors.ts";
import { createFetch } from "./http.ts";
import {
  handlersOf,
  laneOf,
  planRun,
  prepareReading,
  reparseJob,
  resumeRun,
  rollupDirtyDays,
  sweepDirtyDays,
  startRun,
  type House,
} from "./jobs/index.ts";
import { createLog, redactor, type Log } from "./log.ts";
import { EmbeddedQueue } from "./queue/embedded.ts";
import { runTicker } from "./schedule/ticker.ts";
import { listAllAssistants, listProjects, openStore, unfinishedRuns, type Store } from "./store/index.ts";

/** Search answers take minutes; whatever takes longer has gone wrong. */
const replyTimeoutMs = 300_000;
/** The longest recorded reply has 0.4 MB. */
const mostReplyBytes = 10_000_000;
/** How long questions under way may take to end when the service stops. */
const graceMs = 30_000;

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
  /** Rejects when the database is lost while working. */
  readonly broken: Promise<never>;
  /** Ends what is under way within `graceMs`, then closes the store. */
  close(graceMs?: number): Promise<void>;
}

export interface HouseOptions {
  config: Config;
  clock?: Clock;
  log?: Log;
  store?: Store;
}

/** Opens the store and puts the house together; nothing works before `work()`. Throws StoreError. */
export async function openHouse({
  config,
  clock = systemClock,
  log = logOf(config),
  store,
}: HouseOptions): Promise<OpenHouse> {
  const opened = store ?? (await openStore(config.databaseUrl));
  let fail: (error: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  broken.catch(() => undefined); // those who wait for it hear of it; nobody else has to
  const queue = new EmbeddedQueue({
    store: opened,
    clock,
    random: Math.random,
    onGiveUp: (key, error) => log.error({ job: key, err: error }, "a job was set aside"),
    onBroken: fail,
  });
  const house: House = {
    store: opened,
    queue,
    clock,
    random: Math.random,
    log,
    fetch: createFetch({ timeoutMs: replyTimeoutMs, maxBytes: mostReplyBytes, allowHosts: config.allowHosts }),
    adapters: assistants,
    secret: config.secret,
  };
  return Object.assign(house, {
    broken,
    work: async () => {
      await nameLanes(house);
      await queue.start(handlersOf(house));
      await rollupDirtyDays(house);
    },
    close: async (grace = graceMs) => {
      await queue.stop(grace);
      await opened.close();
    },
  });
}

const logOf = (config: Config): Log => createLog(config.logLevel, redactor(config.secrets()));

/** Lanes of assistants that share a key share the larger of their limits. */
async function nameLanes(house: House): Promise<void> {
  const limits = new Map<string, number>();
  for (const project of await listProjects(house.store.read))
    for (const assistant of await listAllAssistants(house.store.read, project.id)) {
      const lane = laneOf(assistant);
      limits.set(lane, Math.max(limits.get(lane) ?? 1, assistant.concurrency));
    }
  for (const [lane, limit] of limits) house.queue.lane(lane, limit);
}

/** Has history read again where the brands or the parser have changed. */
export async function readNewly(house: House, project: Project): Promise<void> {
  if (await prepareReading(house, project.id)) await house.queue.add([reparseJob(project.id)]);
}

/**
 * Puts questions back in line that have no job: the process ended between opening a run and adding its jobs. Nobody
 * waits any more for what was asked out of turn.
 */
async function resumeRuns(house: House): Promise<void> {
  for (const run of await unfinishedRuns(house.store.read)) if (run.purpose !== "adhoc") await resumeRun(house, run);
}

/** Opens the due run of a project; assistants without a key are left out and logged. */
export async function openDueRun(house: House, project: Project, dueAt: number): Promise<void> {
  await readNewly(house, project);
  const plan = await planRun(house, project);
  for (const { assistant, missing } of plan.leftOut)
    house.log.warn(
      { project: project.key, assistant: assistant.key, missing },
      "assistant left out: its key is not set",
    );
  const run = plan.questions > 0 ? await startRun(house, plan, dueAt, "scheduled") : null;
  if (run) house.log.info({ project: project.key, run: run.id, questions: plan.questions }, "run opened");
}

/** Everything in one process: ticker, worker and page. Resolves with the page's address and a way to stop. */
export async function startService(
  config: Config,
): Promise<{ url: string; broken: Promise<never>; stop(graceMs?: number): Promise<void> }> {
  const house = await openHouse({ config });
  try {
    const { serveWeb } = await import("./web/server.ts");
    for (const project of await listProjects(house.store.read)) await readNewly(house, project);
    await resumeRuns(house);
    await house.work();
    const web = await serveWeb({
      store: house.store,
      log: house.log,
      language: config.language,
      host: config.host,
      port: config.port,
      allowHosts: config.allowHosts,
    });
    const ticking = new AbortController();
    const { store, clock, log } = house;
    const open = (project: Project, dueAt: number) => openDueRun(house, project, dueAt);
    const sweep = () => sweepDirtyDays(house);
    const ticker = runTicker({ store, clock, log, open, sweep }, ticking.signal).catch((error: unknown) =>
      log.error({ err: error }, messageOf(error)),
    );
    return {
      url: web.url,
      broken: house.broken,
      stop: async (grace = graceMs) => {
        ticking.abort();
        await ticker;
        await web.close();
        await house.close(grace);
      },
    };
  } catch (error) {
    await house.close(0);
    throw error;
  }
}
