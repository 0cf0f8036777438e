/** Perplexity's Sonar chat, retired, as old history has it. */
import { describe, expect, it } from "vitest";
import { perplexity } from "../../src/assistants/perplexity.ts";
import type { Reply } from "../../src/domain.ts";
import { citedText, reading } from "./asking.ts";

type Item = Record<string, unknown>;

const [first, second, third] = ["https://cykeltest.example/a", "https://bikes.example/b", "https://hjul.example/c"];
const pages = [first, second, third].map((url, i) => ({ url, title: `Sida ${i + 1}` }));
const cited = ({ citations }: Reply): string[] => citations.map(({ url }) => url);

describe("old Sonar chat", () => {
  const sonar = (content: string, more: Item = {}): Reply =>
    reading(perplexity, {
      object: "chat.completion",
      model: "sonar",
      choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }],
      citations: [first, second],
      search_results: pages,
      usage: { prompt_tokens: 6, completion_tokens: 2, cost: { total_cost: 0.00501 }, num_search_queries: 3 },
      ...more,
    });

  it("counts its markers from 1 and its citations from 0", () => {
    const reply = sonar("🚲 Åtta väljer Vindil[2][1], nio[2]. Ingen[3].");
    expect(cited(reply)).toEqual([second, first, second]);
    expect(citedText(reply)).toEqual(["[2]", "[1]", "[2]"]);
    expect(reply.citations[0]?.title).toBe("Sida 2");
    expect(reply).toMatchObject({ outcome: "answered", costMicroUsd: 5_010, usage: { searches: 3 }, finish: "stop" });
    expect(reply.sources.map((source) => source.cited)).toEqual([true, true, false]);
  });

  it("cites nothing without a marker, whatever it lists", () => {
    expect(sonar("Vindil.")).toMatchObject({ citations: [], outcome: "answered" });
    expect(sonar("Vindil.").sources).toHaveLength(3);
  });

  it("may have only one of its two lists, or none", () => {
    expect(cited(sonar("Ja[2].", { search_results: undefined }))).toEqual([second]);
    expect(cited(sonar("Ja[3].", { citations: undefined }))).toEqual([third]);
    expect(sonar("Ja[1].", { citations: undefined, search_results: null })).toMatchObject({
      citations: [],
      sources: [],
      outcome: "no_search",
    });
  });

  it("is without its thinking, and places are those of what is left", () => {
    const reply = sonar("<think>Hm, Rullvik[1]?</think>\n\nVindil[2].");
    expect([reply.text, citedText(reply), cited(reply)]).toEqual(["Vindil[2].", ["[2]"], [second]]);
  });

  it("that is retired is not asked again, with the provider's own words", () => {
    for (const type of ["chat_completions_not_available", "agent_api_migration_required"]) {
      const message = "Sonar is now the Agent API. Use `/v1/responses` instead of `/chat/completions`.";
      const body = JSON.stringify({ error: { type, code: 403, message } });
      expect(perplexity.readError(403, new Headers(), body, 0)).toEqual({
        again: false,
        reason: "not_allowed",
        message,
        status: 403,
      });
    }
  });
});
