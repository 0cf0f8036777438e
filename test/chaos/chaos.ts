/** A storm over the whole service: faults of the provider, killed processes, restarted servers; and what is left after it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readConfig } from "../../src/config.ts";
import { planRun, startRun } from "../../src/jobs/index.ts";
import { demoTown, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { openHouse, readNewly } from "../../src/service.ts";
import { applyDefinition, openStoreReadOnly, type Store } from "../../src/store/index.ts";
import { definitionOf } from "../bench/project.ts";
import { startPostgres } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { chanceOf, Crowd } from "./storm.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface Storm {
  seed: number;
  questions: number;
  /** How long after one worker the next is killed. */
  killEveryMs: number;
  say: (text: string) => void;
}

/** One in twenty of each: a limit without a time, an error, no answer at all, a broken connection, a text cut short. */
const rates = { rate_limit_bare: 0.05, server_error: 0.05, hang: 0.05, cut: 0.05, truncated: 0.05 };
const underWay = 80;
/** The places of a killed worker stay taken until it has been missed for some seconds; enough are left for the others. */
const atOnce = { CITERA_AT_ONCE: "16" };
const env = { CITERA_ALLOW_HOSTS: "127.0.0.1", KEY: "sk-chaos-0123456789", CITERA_REPLY_TIMEOUT: "3" };

/** Three workers and a ticker on Postgres and Redis; a worker is killed again and again. */
export async function stormOverMany({ seed, questions, killEveryMs, say }: Storm): Promise<Verdict> {
  const town = await openTown();
  const postgres = await startPostgres();
  const redis = await startRedis();
  const places = { ...env, ...atOnce, DATABASE_URL: `${postgres.url}/postgres`, REDIS_URL: redis.url };
  try {
    const store = await openRun(places, town, questions);
    const workers = new Crowd(3, ["worker"], places);
    const ticker = new Crowd(1, ["ticker"], places);
    const chance = chanceOf(seed);
    const restarts = [
      { at: 0.25, does: () => redis.restart("SIGKILL", 500) },
      { at: 0.5, does: () => postgres.restart() },
      { at: 0.75, does: () => redis.restart("SIGTERM", 500) },
    ];
    await untilEnded(store, { questions, say }, async (share) => {
      await pause(killEveryMs);
      await workers.killOne(chance, 1);
      if (restarts[0] && share >= restarts[0].at) await restarts.shift()!.does();
    });
    const codes = [...(await workers.stop()), ...(await ticker.stop())];
    say(
      `${workers.kills} workers killed, ${3 - restarts.length} servers restarted, ended with codes ${codes.join(", ")}`,
    );
    return await judged(store, questions, town, [...workers.fell, ...ticker.fell], codes);
  } finally {
    await town.close();
    await redis.stop();
    await postgres.stop();
  }
}

/** `citera start` on SQLite, killed twenty times. */
export async function stormOverOne({ seed, questions, say }: Omit<Storm, "killEveryMs">): Promise<Verdict> {
  const town = await openTown();
  const folder = mkdtempSync(join(tmpdir(), "citera-chaos-"));
  const places = { ...env, DATABASE_URL: join(folder, "citera.db") };
  try {
    const store = await openRun(places, town, questions);
    const service = new Crowd(1, ["start", "--port", "0"], places);
    const chance = chanceOf(seed);
    await untilEnded(store, { questions, say }, async (share) => {
      await pause(1_200 + 800 * chance());
      if (service.kills < 20 && share < 1) await service.killOne(chance, 0);
    });
    const codes = await service.stop();
    say(`${service.kills} times killed, ended with code ${codes.join()}`);
    return await judged(store, questions, town, service.fell, codes);
  } finally {
    await town.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const openTown = (): Promise<Simulator> =>
  startSimulator(demoTown("2026-01-01"), { faults: { rates, delayMs: [5, 60] } });

/** A run of so many questions that nobody works on yet; the store is for reading. */
async function openRun(places: Record<string, string>, town: Simulator, questions: number): Promise<Store> {
  const house = await openHouse({ config: { ...readConfig(places), logLevel: "silent" } });
  try {
    const definition = definitionOf(`${town.url}/v1`, questions, underWay);
    const { project } = await house.store.tx((tx) => applyDefinition(tx, definition, house.clock.now()));
    await readNewly(house, project);
    await startRun(house, await planRun(house, project), house.clock.now(), "scheduled");
  } finally {
    await house.close(0);
  }
  return openStoreReadOnly(places["DATABASE_URL"]!);
}

/** Does something again and again until no question is open; told how large a share has ended. */
async function untilEnded(
  store: Store,
  { questions, say }: Pick<Storm, "questions" | "say">,
  meanwhile: (share: number) => Promise<void>,
): Promise<void> {
  const { questions: table, runs } = store.read.tables;
  for (;;) {
    try {
      const open = (await store.read.select({ state: table.state }).from(table)).filter(
        ({ state }) => state === "waiting" || state === "asking",
      ).length;
      const [run] = await store.read.select({ state: runs.state }).from(runs);
      if (open === 0 && run!.state === "done") return;
      say(`${questions - open} of ${questions} have ended`);
      await meanwhile(1 - open / questions);
    } catch (error) {
      if (!/terminat|ECONNREFUSED|reset|shutting down|starting up/i.test(String((error as Error).cause ?? error)))
        throw error;
      await pause(200); // Postgres is being restarted
    }
  }
}

async function judged(
  store: Store,
  questions: number,
  town: Simulator,
  fell: string[],
  codes: (number | null)[],
): Promise<Verdict> {
  const verdict = await judge(store, questions, town.calls());
  await store.close();
  if (fell.length > 0) verdict.wrong.push(`processes fell by themselves: ${fell.join("; ")}`);
  if (codes.some((code) => code !== 0))
    verdict.wrong.push(`processes that were told to stop ended with ${codes.join()}`);
  return verdict;
}
