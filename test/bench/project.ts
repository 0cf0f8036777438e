/** A project of many questions to one simulated assistant. */
import type { ProjectDefinition } from "../../src/domain.ts";

const matching = { caseSensitive: false, exclude: [], require: [], commonWord: "auto" as const };
const names = ["Norrbrygd", "Caffelia", "Brewmark", "Espresio", "Kopparbönan"];
const usualPrompts = 500;
/** No project asks more often. */
const mostRepeats = 20;

/** Five brands, 500 prompts or as many as are needed, repeated until there are `questions` of them. */
export function definitionOf(baseUrl: string, questions: number, concurrency: number): ProjectDefinition {
  let prompts = Math.min(questions, Math.max(usualPrompts, Math.ceil(questions / mostRepeats)));
  while (questions % prompts !== 0) prompts--;
  return {
    key: "bench",
    name: "Bench",
    country: "SE",
    timezone: "Europe/Stockholm",
    languages: ["en"],
    schedule: null,
    groups: [],
    quiet: [],
    keep: { rawDays: null, answerDays: null },
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
        requestsPerMinute: null,
        settings: { apiKey: "${KEY}", baseUrl },
      },
    ],
  };
}
