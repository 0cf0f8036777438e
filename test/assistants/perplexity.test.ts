/** Perplexity's Agent API: what is asked for, and what is read from replies. */
import { afterEach, describe, expect, it } from "vitest";
import { perplexity } from "../../src/assistants/perplexity.ts";
import type { Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, failureIn, misreading, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const [first, second, third] = ["https://cykeltest.example/a", "https://bikes.example/b", "https://hjul.example/c"];
const pages = [first, second, third].map((url, i) => ({ id: i + 1, url, title: `Sida ${i + 1}`, snippet: "…" }));
const found = (results: Item[] = pages, ...queries: string[]): Item => ({ type: "search_results", queries, results });
const said = (text: string, annotations: Item[] = []): Item => ({
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text, annotations }],
});
const response = (output: unknown, more: Item = {}): Item => ({
  object: "response",
  status: "completed",
  error: null,
  incomplete_details: null,
  model: "perplexity/sonar",
  tools: [{ type: "web_search" }],
  output,
  usage: { input_tokens: 100, output_tokens: 50, cost: { currency: "USD", total_cost: 0.00119 } },
  ...more,
});
const read = (output: unknown, more: Item = {}, context = {}): Reply =>
  reading(perplexity, response(output, more), context);
const cited = ({ citations }: Reply): string[] => citations.map(({ url }) => url);
const at = (text: string, marker: string, url: string, shift = 0): Item => ({
  type: "url_citation",
  url,
  title: "Titel",
  start_index: text.indexOf(marker) + shift,
  end_index: text.indexOf(marker) + marker.length + shift,
});

describe("markers of the Agent API", () => {
  it.each([
    ["Swedish", "Åtta av tio väljer Vindil.[1] Övriga väljer Pedalus.[3]"],
    ["emoji first", "🚲🇸🇪👩‍🔧 Vindil vinner[1] 🎉 före Pedalus [3]."],
    ["English", "Eight of ten choose Vindil[1], the others Pedalus[3]."],
    ["Finnish", "Vindil on paras sähköpyörä.[1] Pedalus on halvin.[3]"],
    ["Japanese", "最も人気の電動自転車はVindilです。[1]Pedalusは安いです。[3]"],
  ])("stand for the page with their number, where they stand (%s)", (_, text) => {
    const reply = read([found(), said(text)]);
    expect(reply.text).toBe(text);
    expect(cited(reply)).toEqual([first, third]);
    expect(citedText(reply)).toEqual(["[1]", "[3]"]);
    expect(reply.citations[0]).toMatchObject({ title: "Sida 1", kind: "inline" });
    expect(reply.sources.map((source) => source.cited)).toEqual([true, false, true]);
  });

  it("are one citation each, also when one page has four", () => {
    const reply = read([found(), said("Ja[2]. Jo[2]. Visst[2][1]. Nej[2].")]);
    expect(cited(reply)).toEqual([second, second, second, first, second]);
    expect(new Set(reply.citations.map(({ start }) => start)).size).toBe(5);
  });

  it("that stand for no page are dropped, and no marker cites nothing", () => {
    expect(cited(read([found(), said("Ja[4]. Jo[0]. Nej[99] [x] [1234] år [2025].")]))).toEqual([]);
    const none = read([found(), said("Vindil är bäst.")]);
    expect([none.citations, none.outcome]).toEqual([[], "answered"]);
    expect(none.sources).toHaveLength(3);
  });

  it("are not the text of a link, nor an entry of a list of addresses", () => {
    const text = `Läs [1](${first}).\n\n[2]: ${second}\n[3] ${third}`;
    expect(read([found(), said(text)]).citations).toEqual([]);
  });

  it("go by the number of a page, not by its place, also over several searches", () => {
    const later = [{ id: 11, url: third, title: "C" }];
    const reply = read([found([{ id: 7, url: first }], "a"), found(later, "b"), said("Ja[7][11][1].")]);
    expect(cited(reply)).toEqual([first, third]);
    expect(reply.searches).toEqual(["a", "b"]);
  });

  it("whose number two searches gave to different pages are dropped: nobody knows which is meant", () => {
    const again = [
      { id: 1, url: third },
      { id: 2, url: second },
    ];
    expect(cited(read([found(), found(again), said("Ja[1], jo[2].")]))).toEqual([second]);
  });

  it("stand where they stand in the whole text when there are several messages and parts", () => {
    const parts = {
      type: "message",
      content: ["🚲 Ett[1]. ", "Två[2]."].map((text) => ({ type: "output_text", text })),
    };
    const reply = read([found(), parts, said(" Tre[3].")]);
    expect([reply.text, citedText(reply)]).toEqual(["🚲 Ett[1]. Två[2]. Tre[3].", ["[1]", "[2]", "[3]"]]);
  });
});

describe("annotations of the Agent API", () => {
  const text = "🚲🇸🇪 Vindil leder[1] klart[1], 🎉 före Pedalus[2].";
  const points = [...text.slice(0, text.indexOf("[2]"))].length;

  it("and the markers below them are the same citation", () => {
    const reply = read([found(), said(text, [at(text, "[1]", first), at(text, "[2]", second)])]);
    expect(cited(reply)).toEqual([first, first, second]);
    expect(citedText(reply)).toEqual(["[1]", "[1]", "[2]"]);
  });

  it("may be counted in characters, and be off: the marker of their page is found", () => {
    const inPoints = { ...at(text, "[2]", second), start_index: points, end_index: points + 3 };
    expect(citedText(read([found(), said(text, [inPoints])]))).toEqual(["[1]", "[1]", "[2]"]);
    expect(citedText(read([found(), said(text, [at(text, "[2]", second, -4)])]))).toEqual(["[1]", "[1]", "[2]"]);
  });

  it("make a marker clear whose number two pages have, and one whose page no search has told", () => {
    const again = [{ id: 1, url: third }];
    expect(cited(read([found(), found(again), said("Ja[1].", [at("Ja[1].", "[1]", third)])]))).toEqual([third]);
    expect(read([said("Ja[1].", [at("Ja[1].", "[1]", third)])]).citations).toMatchObject([
      { url: third, start: 2, end: 5 },
    ]);
  });

  it("over an address in the text stand there; nowhere in the text they are listed; from 0 to 0 they cite nothing", () => {
    const link = `Läs [testet](${first}) nu.`;
    expect(citedText(read([found([]), said(link, [at(link, `[testet](${first})`, first)])]))).toEqual([
      `[testet](${first})`,
    ]);
    const lost = { type: "url_citation", url: third, start_index: 1, end_index: 4 };
    const bare = { type: "citation", url: second };
    expect(read([found(), said("Vindil.", [lost, bare])]).citations).toEqual([
      { url: third, kind: "listed" },
      { url: second, kind: "listed" },
    ]);
    const seen = { type: "url_citation", url: first, start_index: 0, end_index: 0 };
    expect(
      read([found(), said("Vindil.", [seen, { type: "file", url: first }, { type: "url_citation" }])]).citations,
    ).toEqual([]);
  });
});

describe("pages, searches and text of the Agent API", () => {
  it("keep pages looked at apart from pages cited, also those that were only opened", () => {
    const opened = { type: "fetch_url_results", contents: [{ url: "https://d.example/", title: "D" }, { url: first }] };
    const { sources } = read([found(), opened, said("Ja[2].")]);
    expect(sources.map(({ url, cited: isCited }) => [url, isCited])).toEqual([
      [first, false],
      [second, true],
      [third, false],
      ["https://d.example/", false],
    ]);
  });

  it("know each query once, and that there may be none", () => {
    const outputs = [
      found(pages, "bästa elcykel", "best e-bike"),
      found([], "bästa elcykel", ""),
      { type: "search_results" },
    ];
    expect(read([...outputs, said("Ja.")]).searches).toEqual(["bästa elcykel", "best e-bike"]);
  });

  it("set apart what was said before the first search, and leave out thinking and calls", () => {
    const before = "Jag söker[1]. ";
    const call = { type: "function_call", name: "search_web", arguments: '{"text":"nej"}' };
    const reply = read([
      said(before),
      call,
      found(),
      said("<think>hm[2]</think>Svar[3]."),
      { type: "message", content: null },
    ]);
    expect(reply.text).toBe(`${before}Svar[3].`);
    expect(reply.asides).toEqual([{ start: 0, end: before.length, why: "preamble" }]);
    expect(citedText(reply)).toEqual(["[1]", "[3]"]);
    expect(read([said("Svar."), found()]).asides).toEqual([]);
  });

  it("count searches and cost as the reply does", () => {
    const usage = {
      input_tokens: 3_007,
      input_tokens_details: { cache_read_input_tokens: 1_780, cache_creation_input_tokens: 1_224 },
      output_tokens: 36,
      output_tokens_details: { reasoning_tokens: 5 },
      cost: { currency: "USD", total_cost: 0.00119 },
      tool_calls_details: { search_web: { invocation: 2 }, fetch_url: { invocation: 9 } },
    };
    expect(read([found(), said("Ja.")], { usage })).toMatchObject({
      servedModel: "perplexity/sonar",
      costMicroUsd: 1_190,
      usage: { inputTokens: 3_007, cachedInputTokens: 1_780, outputTokens: 36, reasoningTokens: 5, searches: 2 },
    });
    expect(read([found(), found(), said("Ja.")]).usage?.searches).toBe(2);
  });

  it("know no cost without one told in dollars, unless the project knows the price", () => {
    const usage = { input_tokens: 100, output_tokens: 50 };
    expect(read([found(), said("Ja.")], { usage }).costMicroUsd).toBeNull();
    const euros = { ...usage, cost: { currency: "EUR", total_cost: 1 } };
    expect(read([found(), said("Ja.")], { usage: euros }).costMicroUsd).toBeNull();
    const prices = [
      {
        model: "perplexity/sonar",
        since: "2026-01-01",
        inputPerMillionUsd: 1,
        outputPerMillionUsd: 2,
        searchPerThousandUsd: 5,
      },
    ];
    expect(read([found(), said("Ja.")], { usage }, { prices }).costMicroUsd).toBe(100 + 100 + 5_000);
    expect(read([said("Ja.")], { usage: null })).toMatchObject({ usage: null, costMicroUsd: null });
  });
});

describe("the outcome of an Agent reply", () => {
  const cut = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
  it.each<[string, Item[], Item, Partial<Reply>]>([
    ["answered", [found(), said("Ja.")], {}, { finish: "completed" }],
    ["answered", [found(), said("Ja, men")], cut, { finish: "max_output_tokens" }],
    ["no_search", [said("Ja.")], {}, {}],
    ["answered", [said("Ja.")], { tools: [] }, {}],
    ["empty", [found()], cut, { text: "" }],
    ["empty", [], {}, {}],
    ["blocked", [said("Det")], { incomplete_details: { reason: "content_filter" } }, {}],
    ["refused", [{ type: "message", content: [{ type: "refusal", refusal: "Nej tack." }] }], {}, { text: "Nej tack." }],
  ])("is %s", (outcome, output, more, rest) => {
    expect(read(output, more)).toMatchObject({ outcome, ...rest });
  });

  it("is a failure when the reply is one, or none", async () => {
    const failed = response([], {
      status: "failed",
      error: { code: "rate_limit_exceeded", message: "Try again in 2s" },
    });
    expect(await misreading(perplexity, JSON.stringify(failed))).toMatchObject({ again: true, reason: "rate_limit" });
    expect(await misreading(perplexity, "{}")).toMatchObject({ reason: "unreadable" });
  });
});

describe("the request", () => {
  let server: LocalServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const ask = async (settings: Item, call: Item = {}, country: string | null = "SE", language = "sv") => {
    const desk = (server = await openLocalServer(replying(200, "{}")));
    const question = { asked: asked("Vilken?", { country, language }), model: "perplexity/sonar", search: true };
    await perplexity.connect({ apiKey, baseUrl: desk.url, ...settings })({ ...question, ...call }, tools());
    return JSON.parse(desk.received[0]?.body ?? "") as Item;
  };

  it("offers a search from the question's country in its language; a time zone is not taken", async () => {
    expect(await ask({ city: "Malmö", searchContextSize: "low", maxSteps: 2 })).toEqual({
      model: "perplexity/sonar",
      input: "Vilken?",
      store: false,
      max_output_tokens: 8192,
      max_steps: 2,
      language_preference: "sv",
      tools: [{ type: "web_search", search_context_size: "low", user_location: { country: "SE", city: "Malmö" } }],
    });
  });

  it("leaves out what is not known or not asked for", async () => {
    expect(await ask({}, {}, null, "pt-BR")).toMatchObject({
      language_preference: "pt",
      tools: [{ type: "web_search" }],
    });
    const plain = await ask({}, { search: false }, "SE", "fil");
    expect(Object.keys(plain)).toEqual(["model", "input", "store", "max_output_tokens"]);
  });

  it.each(["sonar", "sonar-pro", "fast", "medium", "/sonar", "perplexity/"])(
    "is not sent for the model %s, which names no vendor or is a preset",
    async (model) => {
      const failure = await failureIn(ask({}, { model }));
      expect(failure).toMatchObject({ again: false, reason: "model" });
      expect(failure.message).toBe(perplexity.modelProblem?.(model)?.en);
      expect(failure.message).toContain(`${model} names no vendor`);
      expect(server?.received).toEqual([]);
    },
  );

  it("knows no preset among its settings", () => {
    expect(() => perplexity.connect({ apiKey, preset: "fast" })).toThrow(/preset/);
  });
});
