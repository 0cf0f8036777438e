/** A house on a fresh store whose assistants live in a pretend town, with time that stands still. */
import { readConfig } from "../../src/config.ts";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { prepareReading } from "../../src/jobs/index.ts";
import { openHouse, type OpenHouse } from "../../src/service.ts";
import { startSimulator, type Simulator, type WorldDefinition } from "../../src/simulator/index.ts";
import { applyDefinition, getProject } from "../../src/store/index.ts";
import { village } from "../simulator/village.ts";
import { passWhile, StillClock } from "./clock.ts";
import type { FreshStore } from "./databases.ts";
import { assistant, brand, definition, prompt } from "./definition.ts";
import { logInto } from "./log.ts";

export interface TestHouse {
  house: OpenHouse;
  town: Simulator;
  clock: StillClock;
  /** Everything logged, one JSON line each. */
  lines: string[];
  apply(more?: Partial<ProjectDefinition>): Promise<Project>;
  /** Works until nothing is left to do, letting time pass for what waits. */
  finish(): Promise<void>;
  /** Another house on the same store, as the next process opens it; the first has been stopped. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Prices of the town's models: one answer costs something that can be told apart from nothing. */
const prices = ["town-gpt", "town-claude", "model-a-1", "model-b-1", "model-c-1"].map((model) => ({
  model,
  since: "2020-01-01",
  inputPerMillionUsd: 1,
  outputPerMillionUsd: 10,
  searchPerThousandUsd: 10,
}));

const second = 1_000;

/** The project whose brands and prompts are those of the town. */
export function projectIn(world: WorldDefinition, url: string): ProjectDefinition {
  return definition({
    schedule: { cron: "0 6 * * *" },
    prices,
    brands: world.brands.map(({ key, name, role, domains, products }) =>
      brand(name, { key, role, domains, products: [...products] }),
    ),
    prompts: world.prompts.map(({ text, language, phase }, i) => prompt(`p${i}`, text, { language, phase })),
    assistants: [
      assistant("chatgpt", { settings: { apiKey: "${KEY}", baseUrl: `${url}/v1` } }),
      assistant("claude", {
        adapter: "anthropic",
        model: "town-claude",
        settings: { apiKey: "${KEY}", baseUrl: url },
      }),
    ],
  });
}

/** Opens town and house; the store stays the caller's to remove. It is six in the morning in Stockholm. */
export async function openTestHouse(fresh: FreshStore, world: Partial<WorldDefinition> = {}): Promise<TestHouse> {
  const definedTown = village(world);
  const town = await startSimulator(definedTown);
  town.setDay("2026-03-02");
  const clock = new StillClock(Date.parse("2026-03-02T05:00:00Z"));
  const lines: string[] = [];
  const log = logInto(lines);
  const secrets: Record<string, string> = { KEY: "a-key", REFUSED_KEY: "an-invalid-key" };
  const config = { ...readConfig({}), allowHosts: ["127.0.0.1"], secret: (name: string) => secrets[name] };
  const open = () => openHouse({ config, clock, store: fresh.store, log });
  let working = false;
  const home: TestHouse = {
    house: await open(),
    town,
    clock,
    lines,
    apply: async (more = {}) => {
      const wanted = { ...projectIn(definedTown, town.url), ...more };
      const { project } = await fresh.store.tx((tx) => applyDefinition(tx, wanted, clock.now()));
      await prepareReading(home.house, project.id);
      return getProject(fresh.store.read, project.id);
    },
    finish: async () => {
      if (!working) await home.house.work();
      working = true;
      await passWhile(clock, second, Promise.race([home.house.queue.idle(), home.house.broken]));
    },
    reopen: async () => {
      home.house = await open();
      working = false;
    },
    close: async () => {
      await home.house.queue.stop(0);
      await town.close();
    },
  };
  return home;
}
