/** Which secrets an assistant needs, and which variables hold them. */
import { expect, it } from "vitest";
import { assistants } from "../../src/assistants/index.ts";
import { missingSecrets, resolveSettings } from "../../src/jobs/index.ts";

const house = (secrets: Record<string, string> = {}) => ({
  adapters: assistants,
  secret: (name: string) => secrets[name],
});
const slot = (adapter: string, settings: Record<string, unknown> = {}) => ({ key: "mine", adapter, settings });

it.each([
  ["openai", {}, ["OPENAI_API_KEY"]],
  ["openai", { apiKey: "${TEAM_KEY}" }, ["TEAM_KEY"]],
  ["google-ai-mode", { through: "serpapi" }, ["SERPAPI_API_KEY"]],
  ["google-ai-mode", { through: "dataforseo", login: "${SEO}" }, ["SEO", "DATAFORSEO_PASSWORD"]],
  ["openai-compatible", {}, []],
  ["openai-compatible", { apiKey: "${OLLAMA_KEY}" }, ["OLLAMA_KEY"]],
  ["import", {}, []],
])("%s with %j needs %j", (adapter, settings, variables) => {
  expect(missingSecrets(house(), slot(adapter, settings))).toEqual(variables);
  expect(
    missingSecrets(house(Object.fromEntries(variables.map((name) => [name, "x"]))), slot(adapter, settings)),
  ).toEqual([]);
});

it("uses a key that is not needed where one is set", () => {
  const server = slot("openai-compatible", { baseUrl: "http://127.0.0.1:11434/v1" });
  expect(resolveSettings(house(), server)).not.toHaveProperty("apiKey");
  expect(resolveSettings(house({ OPENAI_COMPATIBLE_API_KEY: "k" }), server)).toMatchObject({ apiKey: "k" });
});
