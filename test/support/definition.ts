/** A small project as its owners would write it, to be changed by each test as it needs. */
import type { Brand, ProjectDefinition } from "../../src/domain.ts";

export const brand = (name: string, more: Partial<Omit<Brand, "id">> = {}): Omit<Brand, "id"> => ({
  key: name,
  name,
  role: "competitor",
  aliases: [],
  domains: [],
  products: [],
  matching: { caseSensitive: false, exclude: [], require: [], commonWord: "auto" },
  facts: [],
  ...more,
});

export const prompt = (
  key: string,
  text: string,
  more: Partial<ProjectDefinition["prompts"][number]> = {},
): ProjectDefinition["prompts"][number] => ({
  key,
  text,
  language: "en",
  country: null,
  phase: "consideration",
  segment: null,
  role: null,
  topic: null,
  tags: [],
  branded: false,
  ...more,
});

export const assistant = (
  key: string,
  more: Partial<ProjectDefinition["assistants"][number]> = {},
): ProjectDefinition["assistants"][number] => ({
  key,
  title: key,
  adapter: "openai",
  model: "town-gpt",
  surface: "api",
  search: true,
  concurrency: 4,
  requestsPerMinute: null,
  settings: { apiKey: "${KEY}" },
  ...more,
});

export const definition = (more: Partial<ProjectDefinition> = {}): ProjectDefinition => ({
  key: "acme",
  name: "Acme",
  country: "SE",
  timezone: "Europe/Stockholm",
  languages: ["en", "sv"],
  schedule: null,
  groups: [],
  quiet: [],
  keep: { rawDays: null, answerDays: null },
  repeats: 1,
  budget: { perRunMicroUsd: null, perDayMicroUsd: null, perMonthMicroUsd: null },
  alerts: [],
  prices: [],
  brands: [brand("Acme", { role: "own", domains: ["acme.example"] }), brand("Bolt", { domains: ["bolt.example"] })],
  prompts: [prompt("best", "Which tool is best?"), prompt("cheap", "Which tool is cheap?")],
  assistants: [assistant("chatgpt")],
  ...more,
});
