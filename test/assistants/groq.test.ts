/** Groq's compound systems: queries and pages from the tools they ran, no citations. */
import { afterEach, describe, expect, it } from "vitest";
import { groq } from "../../src/assistants/groq.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const page = { title: "Elcyklar på Åland", url: "https://cykeltest.example/elcyklar", content: "…", score: 0.98 };
const other = { title: "Tråd", url: "https://hjulforum.example/tråd", content: "…", score: 0.5 };
const ran = (query: string, ...results: Item[]): Item => ({
  type: "search",
  index: 0,
  arguments: JSON.stringify({ query }),
  output: "Title: ...",
  search_results: { results },
});
const read = (message: Item, context = {}) =>
  reading(
    groq,
    {
      object: "chat.completion",
      model: "groq/compound",
      choices: [
        { message: { role: "assistant", reasoning: "<tool>search(q)</tool>", ...message }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: 5_296, completion_tokens: 387 },
    },
    context,
  );

describe("a reply of Groq", () => {
  it.each([
    ["Swedish", "🚲 Vindil är bäst på Åland."],
    ["English", "Vindil is the best."],
    ["Finnish", "Vindil on paras sähköpyörä."],
    ["Japanese", "Vindilが一番です🎌"],
  ])("has its text as it came, and pages that were looked at, not cited (%s)", (_, content) => {
    const reply = read({ content, executed_tools: [ran("bästa elcykel", page, other), ran("elcykel test", other)] });
    expect(reply).toMatchObject({
      text: content,
      outcome: "answered",
      searches: ["bästa elcykel", "elcykel test"],
      citations: [],
      usage: { inputTokens: 5_296, outputTokens: 387, searches: 2 },
      costMicroUsd: null, // several models and tools at prices of their own
    });
    expect(reply.sources).toEqual([
      { url: page.url, title: page.title, cited: false },
      { url: other.url, title: other.title, cited: false },
    ]);
  });

  it("counts a page that was visited as looked at, and not as a search", () => {
    const visit = { type: "visit", arguments: JSON.stringify({ url: page.url }), search_results: null };
    const reply = read({ content: "Ja.", executed_tools: [ran("q"), visit] });
    expect(reply.sources).toEqual([{ url: page.url, cited: false }]);
    expect(reply.usage?.searches).toBe(1);
  });

  it("did not search when it ran no search, which matters when one was asked for", () => {
    const python = { type: "python", arguments: '{"code": "1+1"}' };
    for (const executed_tools of [undefined, null, [], [python], "nothing"])
      expect(read({ content: "Två.", executed_tools }).outcome).toBe("no_search");
    expect(read({ content: "Två." }, { search: false }).outcome).toBe("answered");
    expect(read({ content: "", executed_tools: [ran("q")] }).outcome).toBe("empty");
  });

  it("passes over arguments that are no JSON", () => {
    const reply = read({ content: "Ja.", executed_tools: [{ ...ran("q"), arguments: '{"query": "hal' }] });
    expect(reply).toMatchObject({ searches: [], outcome: "answered" });
  });
});

describe("the request to Groq", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const sentFor = async (country: string | null, search = true) => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?", { country }), model: "groq/compound", search };
    await groq.connect({ apiKey, baseUrl: `${server.url}/openai/v1` })(call, tools());
    return JSON.parse(server.received[0]?.body ?? "") as Item;
  };
  const plain = {
    model: "groq/compound",
    messages: [{ role: "user", content: "Vilken?" }],
    max_completion_tokens: 8192,
  };
  const searching = { compound_custom: { tools: { enabled_tools: ["web_search", "visit_website"] } } };

  it.each([
    ["SE", { ...plain, ...searching, search_settings: { country: "sweden" } }],
    ["GB", { ...plain, ...searching, search_settings: { country: "united kingdom" } }],
    [null, { ...plain, ...searching }],
    ["QX", { ...plain, ...searching }],
  ])("names the country %s as Groq does", async (country, body) => {
    expect(await sentFor(country)).toEqual(body);
  });

  it("lets it run no search when none is asked for", async () => {
    expect(await sentFor("SE", false)).toEqual({ ...plain, compound_custom: { tools: { enabled_tools: [] } } });
  });
});
