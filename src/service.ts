/** Composition root: puts roles on one house and stops everything in reverse order. */
import type { Config } from "./config.ts";
import { InputError } from "./errors.ts";
import { openHouse, usualGraceMs, type OpenHouse } from "./service/house.ts";
import { Resources } from "./service/resources.ts";
import { readiness } from "./service/readiness.ts";
import { tickAlone } from "./service/ticking.ts";
import { watch } from "./service/watching.ts";
import { isPostgres } from "./store/index.ts";
import type { Health } from "./web/health.ts";

export { openHouse, type OpenHouse } from "./service/house.ts";
export { openDueRun, readNewly } from "./service/ticking.ts";

/** How long whoever waits for a page may go on waiting when the service stops; the rest of the time is the questions'. */
const pageMs = 2_000;

/** What each role does; `start` is all in one. */
const roles = {
  start: { works: true, ticks: true, page: true },
  worker: { works: true, ticks: false, page: false },
  web: { works: false, ticks: false, page: true },
  ticker: { works: false, ticks: true, page: false },
};
export type Role = keyof typeof roles;

export interface Service {
  /** Where the page is served, or health alone; null where neither is. */
  url: string | null;
  /** Rejects when the database or the queue is lost for good, or belongs to a newer version. */
  broken: Promise<never>;
  /** Lets what is under way end within `graceMs`, and releases everything. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Does what `role` says until it is stopped. Throws InputError for a role that the database does not allow, StoreError
 * for a database that cannot be used, and what the socket throws where the address cannot be had.
 */
export async function startService(config: Config, role: Role = "start"): Promise<Service> {
  if (role !== "start" && !isPostgres(config.databaseUrl))
    throw new InputError(
      `citera ${role} needs Postgres (DATABASE_URL=postgres://...), because SQLite serves one process; ` +
        "`citera start` does everything in one",
    );
  const { works, ticks, page } = roles[role];
  const isAsked = page || config.healthPort !== null; // else nobody could hear of what is counted
  const meters = isAsked ? (await import("./service/meters.ts")).makeMeters() : null;
  const resources = new Resources();
  const house = await openHouse({ config, ...(meters && { notes: meters.notes }) });
  resources.add((graceMs) => house.close(graceMs));
  try {
    if (works) await house.work();
    const look = readiness(house);
    let stopping = false;
    const health: Health | null = meters && {
      ready: () => (stopping ? Promise.resolve(["stopping"]) : look()),
      metrics: () => meters.text(() => house.queue.depths()),
    };
    const url = health && (await listenFor(house, config, page, health, resources));
    resources.add((graceMs) => house.rest(graceMs)); // nothing new is taken while pages are still served
    const failures = [house.broken];
    if (ticks) failures.push(goOn(resources, (signal) => tickAlone(house, signal)));
    const lookAround = () => house.store.check().then(() => (works ? house.nameLanes() : undefined));
    failures.push(goOn(resources, (signal) => watch(house, lookAround, signal)));
    const broken = Promise.race(failures);
    broken.catch(() => undefined); // those who wait for it hear of it; nobody else has to
    return {
      url,
      broken,
      stop: (graceMs = usualGraceMs) => {
        stopping = true;
        return resources.release(graceMs);
      },
    };
  } catch (error) {
    await resources.release(0);
    throw error;
  }
}

/** Serves the page with health, or health alone on its port; gives the address. */
async function listenFor(
  { store, log }: OpenHouse,
  { language, host, port, healthPort, allowHosts }: Config,
  page: boolean,
  health: Health,
  resources: Resources,
): Promise<string> {
  const listening = page
    ? await (await import("./web/server.ts")).serveWeb({ store, log, language, host, port, allowHosts, health })
    : await (await import("./web/health.ts")).serveHealth({ host, port: healthPort!, allowHosts, health }); // it is asked for
  resources.add((graceMs) => listening.close(Math.min(graceMs, pageMs)));
  return listening.url;
}

/** Begins what goes on until it is released; rejects when it fails by itself, and never resolves. */
function goOn(resources: Resources, work: (signal: AbortSignal) => Promise<void>): Promise<never> {
  const ending = new AbortController();
  const ended = work(ending.signal);
  resources.add(() => {
    ending.abort();
    return ended.catch(() => undefined); // whoever waits for the failure has heard of it
  });
  return ended.then(() => new Promise<never>(() => undefined));
}
