/** A project file that asks a simulated town on loopback. */
import type { TestContext } from "vitest";
import { prompts, village } from "../simulator/village.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";

/** What a process needs to be allowed to ask the town. */
export const townEnv = { CITERA_ALLOW_HOSTS: "127.0.0.1", TOWN_KEY: "sk-town-abcdefghij0123456789" };

/** A town that closes when the test is over. */
export async function townFor(
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const town = await startSimulator(village(), options);
  onTestFinished(() => town.close());
  return town;
}

export const chatgpt = (url: string) => ({
  id: "chatgpt",
  title: "ChatGPT",
  adapter: "openai",
  model: "town-gpt",
  concurrency: 4,
  settings: { apiKey: "${TOWN_KEY}", baseUrl: `${url}/v1` },
});

export const claude = (url: string) => ({
  id: "claude",
  title: "Claude",
  adapter: "anthropic",
  model: "town-claude",
  concurrency: 4,
  settings: { apiKey: "${CLAUDE_KEY}", baseUrl: url },
});

export const rivals = ["Pedalus", "Rullvik", "Ekerlund"].map((name) => ({
  name,
  domains: [`${name.toLowerCase()}.example`],
}));

/** The project as an object; JSON is YAML. `more` replaces whole fields. */
export const townProject = (url: string, questions: number, more: object = {}) => ({
  project: "Vindil",
  languages: ["sv", "en"],
  country: "SE",
  timezone: "Europe/Stockholm",
  brand: { name: "Vindil", domains: ["vindil.example"] },
  competitors: rivals,
  prompts: prompts(questions).map(({ text, language, phase }, i) => ({ id: `q${i}`, text, language, phase })),
  assistants: [chatgpt(url)],
  ...more,
});
