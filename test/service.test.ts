/** The whole service in one process: serves the page, goes on with what a killed process left, and stops cleanly. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig, type Config } from "../src/config.ts";
import type { Project, Purpose } from "../src/domain.ts";
import { planRun, startRun } from "../src/jobs/index.ts";
import { openHouse, startService } from "../src/service.ts";
import { startSimulator, type Simulator } from "../src/simulator/index.ts";
import { applyDefinition, openStore, openStoreReadOnly } from "../src/store/index.ts";
import { prompts, village } from "./simulator/village.ts";
import { freshFolder } from "./support/databases.ts";
import { assistant } from "./support/definition.ts";
import { projectIn } from "./support/house.ts";

const world = village({ prompts: prompts(5) });
const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 20, timeout: 15_000 });

describe("the service", () => {
  let folder: string;
  let config: Config;
  let town: Simulator;
  beforeEach(async () => {
    folder = freshFolder();
    town = await startSimulator(world);
    config = {
      ...readConfig({}),
      databaseUrl: join(folder, "citera.db"),
      port: 0,
      allowHosts: ["127.0.0.1"],
      logLevel: "silent",
      secret: () => "a-key",
    };
  });
  afterEach(async () => {
    await town.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A run that was opened by a process that died before any of its questions had a job. */
  async function leaveRun(purpose: Purpose): Promise<Project> {
    const house = await openHouse({ config });
    const wanted = { ...projectIn(world, town.url), schedule: null };
    const slot = assistant("chatgpt", { settings: { apiKey: "${KEY}", baseUrl: `${town.url}/v1` } });
    const { project } = await house.store.tx((tx) => applyDefinition(tx, { ...wanted, assistants: [slot] }, 1));
    await startRun(house, await planRun(house, project), Date.parse("2026-03-02T05:00:00Z"), purpose);
    await house.store.tx(async (tx) => {
      await tx.delete(tx.tables.jobs);
      await tx.update(tx.tables.questions).set({ queued: false });
    });
    await house.close(0);
    return project;
  }

  const look = async <T>(at: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      return await at(store);
    } finally {
      await store.close();
    }
  };
  const runStates = () =>
    look(async ({ read }) => (await read.select().from(read.tables.runs)).map(({ state }) => state));

  it("asks the questions of a run whose jobs were never written, and shows the answers", async () => {
    await leaveRun("scheduled");
    const service = await startService(config);
    await soon(async () => expect(await runStates()).toEqual(["done"]));
    expect(town.calls()).toMatchObject({ requests: 5, answered: 5 });
    await soon(async () => expect(await (await fetch(service.url!)).text()).toContain("5 answers, 5 questions"));
    await service.stop();
  });

  it("does not ask again what somebody asked out of turn and went away from", async () => {
    await leaveRun("adhoc");
    const service = await startService(config);
    expect((await fetch(service.url!)).status).toBe(200);
    await service.stop();
    expect(town.calls().requests).toBe(0);
  });

  it("leaves port and database to the next when it is stopped, in the middle of a question too", async () => {
    town.setFaults({ rates: { hang: 1 } });
    await leaveRun("scheduled");
    const service = await startService(config);
    await soon(() => expect(town.calls().faults.hang).toBeGreaterThan(0));
    await expect(startService(config)).rejects.toThrow("another citera process uses this database");
    await service.stop(0);
    town.setFaults({ rates: {} }); // not before: a question answered while we stop would be answered twice
    const next = await startService({ ...config, port: Number(new URL(service.url!).port) });
    await soon(async () => expect(await runStates()).toEqual(["done"]));
    expect(town.calls().answered).toBe(5);
    await next.stop();
  });

  it("frees the database when the page cannot be served", async () => {
    const first = await startService(config);
    const elsewhere = { ...config, databaseUrl: join(folder, "other.db"), port: Number(new URL(first.url!).port) };
    await expect(startService(elsewhere)).rejects.toThrow(/EADDRINUSE/);
    await (await openStore(elsewhere.databaseUrl)).close();
    await first.stop();
  });
});
