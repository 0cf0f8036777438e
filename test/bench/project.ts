/** A project of many questions to one simulated assistant. */
import type { ProjectDefinition } from "../../src/domain.ts";

const matching = { caseSensitive: false, exclude: [], require: [], commonWord: "auto" as const };
const names = ["Norrbrygd", "Caffelia", "Brewmark", "Espresio", "Kopparbönan"];
const mostPrompts = 500;

/** Five brands, up to 500 prompts, repeated until there are `questions` of them. */
export function definitionOf(baseUrl: string, questions: number, concurrency: number): ProjectDefinition {
  const prompts = Math.min(questions, mostPrompts);
  return {
    key: "bench",
    name: "Bench",
    country: "SE",
    timezone: "Europe/Stockholm",
    languages: ["en"],
    schedule: null,
    repeats: questions / prompts,
    budget: { perRunMicroUsd: null, perDayMicroUsd: null, perMonthMicroUsd: null },
    alerts: [],
    prices: [],
    brands: names.map((name, i) => ({
      key: name,
      name,
      role: i === 0 ? "own" : "competitor",
      aliases: [],
      domains: [`${name.toLowerCase().replace("ö", "o")}.example`],
      products: [],
      matching,
      facts: [],
    })),
    prompts: Array.from({ length: prompts }, (_, i) => ({
      key: `q${i}`,
      text: `Which coffee machines are best? Round ${i}`,
      language: "en",
      country: null,
      phase: "consideration",
      segment: null,
      role: null,
      topic: null,
      tags: [],
      branded: false,
    })),
    assistants: [
      {
        key: "chatgpt",
        title: "ChatGPT",
        adapter: "openai",
        model: "town-gpt",
        surface: "api",
        search: true,
        concurrency,
        settings: { apiKey: "${KEY}", baseUrl },
      },
    ],
  };
}
