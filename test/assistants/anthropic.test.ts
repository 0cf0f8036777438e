/** Anthropic's Messages: what is asked for, paused turns, and what is read from replies. */
import { afterEach, describe, expect, it } from "vitest";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { Reply } from "../../src/domain.ts";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { forwarding, openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { noHabits, prompts, village } from "../simulator/village.ts";
import { apiKey, askAt, asked, citedText, context, failureIn, reading, speakers, tools } from "./asking.ts";

type Block = Record<string, unknown>;

const use = (query: string, id = "s1"): Block => ({
  type: "server_tool_use",
  id,
  name: "web_search",
  input: { query },
});
const found = (...urls: string[]): Block => ({
  type: "web_search_tool_result",
  tool_use_id: "s1",
  content: urls.map((url) => ({ type: "web_search_result", url, title: `Om ${url}`, page_age: null })),
});
const failedSearch: Block = {
  type: "web_search_tool_result",
  content: { type: "web_search_tool_result_error", error_code: "unavailable" },
};
const said = (text: string, ...cited: string[]): Block => ({
  type: "text",
  text,
  citations: cited.length
    ? cited.map((url) => ({ type: "web_search_result_location", url, title: `Om ${url}`, cited_text: "…" }))
    : null,
});
const message = (content: Block[], more: Block = {}): Block => ({
  type: "message",
  model: "claude-haiku-4-5-20251001",
  content,
  stop_reason: "end_turn",
  usage: { input_tokens: 100, output_tokens: 50 },
  ...more,
});
const read = (content: Block[], more: Block = {}, given = {}): Reply =>
  reading(anthropic, message(content, more), given);
const [a, b] = ["https://cykeltest.example/a", "https://bikes.example/b"] as const;

describe("the text of a Messages reply", () => {
  it.each([
    ["Swedish", "Här är svaret:\n\n", "Vindil är bäst på grus", ". Övriga är tyngre."],
    ["English", "Here is the answer:\n\n", "Vindil is best on gravel", ". The others are heavier."],
    ["emoji", "🚲🇸🇪 Svar:\n", "👩‍🔧 Vindil vinner 🎉", " 🏁"],
  ])("is all text blocks joined with nothing; a citation covers its block (%s)", (_, start, cited, end) => {
    const reply = read([use("q"), found(a, b), said(start), said(cited, a, b), said(end)]);
    expect(reply.text).toBe(start + cited + end);
    expect(citedText(reply)).toEqual([cited, cited]);
    expect(reply.citations).toEqual(
      [a, b].map((url) => ({
        url,
        title: `Om ${url}`,
        start: start.length,
        end: start.length + cited.length,
        kind: "block",
      })),
    );
  });

  it("leaves out thinking and the work of tools", () => {
    const { text } = read([
      { type: "thinking", thinking: "hm", signature: "x" },
      use("q"),
      found(a),
      { type: "code_execution_tool_result", content: { stdout: "nej" } },
      said("Ja."),
    ]);
    expect(text).toBe("Ja.");
  });

  it("marks what stands before the first search as preamble, and nothing else", () => {
    const before = "Jag ska söka efter aktuella tester.";
    const reply = read([
      said(before),
      said(""),
      use("q"),
      found(a),
      said("Mer att söka. "),
      use("r"),
      found(b),
      said("Ja."),
    ]);
    expect(reply.asides).toEqual([{ start: 0, end: before.length, why: "preamble" }]);
    expect(reply.text).toBe(`${before}Mer att söka. Ja.`);
    expect(read([said("Svaret.")]).asides).toEqual([]);
  });

  it("holds nothing a database would refuse, and offsets stay right", () => {
    const reply = read([use("q\u0000"), found(a), said("A\u0000\ud83d"), said("B", a)]);
    expect([reply.text, citedText(reply), reply.searches]).toEqual(["A\ufffd\ufffdB", ["B"], ["q\ufffd"]]);
  });
});

describe("pages and searches of a Messages reply", () => {
  it("keeps pages looked at apart from pages cited, each once", () => {
    const { sources, searches, citations } = read([
      use("bästa elcykel"),
      found(a, b, a),
      use("bästa elcykel"),
      use(""),
      found(b, "https://sen.example/"),
      said("Ja", b),
      said(" och", b, "https://utifran.example/"),
    ]);
    expect(searches).toEqual(["bästa elcykel"]);
    expect(sources.map(({ url, cited }) => [url, cited])).toEqual([
      [a, false],
      [b, true],
      ["https://sen.example/", false],
      ["https://utifran.example/", true],
    ]);
    expect(citations.map(({ url }) => url)).toEqual([b, b, "https://utifran.example/"]);
  });

  it("takes citations of documents and of other tools for no pages", () => {
    const citations = ["page_location", "char_location", "search_result_location"].map((type) => ({ type, url: a }));
    const reply = read([{ type: "text", text: "Ja.", citations }]);
    expect([reply.citations, reply.sources]).toEqual([[], []]);
    const other = read([{ type: "server_tool_use", name: "code_execution", input: { query: "x" } }, said("Ja.")]);
    expect(other.searches).toEqual([]);
  });

  it("reads usage, the served model and what it cost", () => {
    const usage = {
      input_tokens: 3_000,
      cache_read_input_tokens: 1_000,
      cache_creation_input_tokens: 500,
      output_tokens: 700,
      output_tokens_details: { thinking_tokens: 300 },
      server_tool_use: { web_search_requests: 2 },
    };
    const reply = read([use("q"), found(a), said("Ja.")], { usage });
    expect(reply.usage).toEqual({
      inputTokens: 4_500,
      cachedInputTokens: 1_000,
      outputTokens: 700,
      reasoningTokens: 300,
      searches: 2,
    });
    // claude-haiku-4-5: 1 fresh, 0.1 cached, 5 written; a search is a cent
    expect(reply.costMicroUsd).toBe(3_500 * 1 + 1_000 * 0.1 + 700 * 5 + 20_000);
    expect([reply.servedModel, reply.finish]).toEqual(["claude-haiku-4-5-20251001", "end_turn"]);
    expect(read([said("Ja.")], { model: "claude-unheard-of" }).costMicroUsd).toBeNull();
    expect(read([said("Ja.")], { usage: null })).toMatchObject({ usage: null, costMicroUsd: null });
  });
});

describe("the outcome of a Messages reply", () => {
  it.each<[string, Block[], Block]>([
    ["answered", [use("q"), found(a), said("Ja.")], {}],
    ["answered", [use("q"), found(), said("Inget hittades, men ja.")], {}],
    ["answered", [use("q"), found(a), said("Ja, men")], { stop_reason: "max_tokens" }],
    ["no_search", [said("Ja.")], {}],
    ["no_search", [use("q"), failedSearch, said("Jag kunde inte söka.")], {}],
    ["empty", [], { stop_reason: "max_tokens" }],
    ["empty", [use("q"), found(a), said(" \n")], {}],
    ["empty", [said("Jag ska söka."), use("q"), found(a)], { stop_reason: "max_tokens" }],
    ["empty", [said("Jag ska söka."), use("q")], { stop_reason: "pause_turn" }],
    ["refused", [], { stop_reason: "refusal", stop_details: { type: "refusal" } }],
    ["refused", [said("Det kan jag")], { stop_reason: "refusal" }],
  ])("is %s", (outcome, content, more) => {
    expect(read(content, more).outcome).toBe(outcome);
  });

  it("is answered without a search when none was asked for", () => {
    expect(read([said("Ja.")], {}, { search: false }).outcome).toBe("answered");
  });
});

describe("a paused turn", () => {
  const speaker = speakers.find(({ adapter }) => adapter === anthropic)!;
  let town: Simulator | undefined;
  let server: LocalServer | undefined;
  afterEach(async () => {
    await server?.close();
    await town?.close();
    town = server = undefined;
  });
  const sent = (place: number) => JSON.parse(server?.received[place]?.body ?? "") as { messages: Block[] };

  it("is continued with the very content that came, and read as one answer", async () => {
    town = await startSimulator(village({ habits: { ...noHabits, pause: 1, preamble: 1 } }));
    server = await openLocalServer(forwarding(town.url));
    for (const { text: question } of prompts(6)) {
      server.received.length = 0;
      const body = await askAt(speaker, server.url, question);
      const turns = JSON.parse(body) as { content: Block[]; stop_reason: string }[];
      expect(turns.map(({ stop_reason }) => stop_reason)).toEqual(["pause_turn", "end_turn"]);
      expect(sent(0).messages).toEqual([{ role: "user", content: question }]);
      expect(sent(1)).toEqual({
        ...sent(0),
        messages: [...sent(0).messages, { role: "assistant", content: turns[0]?.content }],
      });
      const reply = anthropic.read(body, context());
      const truth = town.answers().at(-1);
      expect(reply).toMatchObject({ outcome: "answered", finish: "end_turn", servedModel: "model-b-1" });
      expect(reply.asides).toHaveLength(1);
      expect(reply.text.slice(reply.asides[0]?.end).length).toBe(truth?.textLength);
      expect(reply.searches).toEqual(truth?.searches);
      expect(reply.sources.map(({ url }) => url)).toEqual(truth?.sources);
      expect(new Set(reply.citations.map(({ url }) => url))).toEqual(new Set(truth?.cited));
    }
    expect(town.calls()).toMatchObject({ requests: 12, paused: 6, answered: 6 });
  });

  it("that never ends is given up after three turns, which are all paid for", async () => {
    const turn = message([said("Jag söker. "), use("q"), found(a)], {
      stop_reason: "pause_turn",
      usage: { input_tokens: 60_000, output_tokens: 10, server_tool_use: { web_search_requests: 1 } },
      model: "claude-haiku-5-5",
    });
    server = await openLocalServer(replying(200, JSON.stringify(turn)));
    const reply = anthropic.read(await askAt(speaker, server.url, "Vilken?"), context());
    expect(server.received).toHaveLength(3);
    expect(sent(2).messages.map(({ role }) => role)).toEqual(["user", "assistant", "assistant"]);
    expect(reply).toMatchObject({ finish: "pause_turn", usage: { inputTokens: 180_000, searches: 3 } });
    // each turn is below the length from which prompts cost more, although their sum is not
    expect(reply.costMicroUsd).toBe(3 * (60_000 * 0.1 + 10 * 0.5 + 10_000));
  });

  it("that fails when it is continued has failed", async () => {
    const turn = JSON.stringify(message([use("q")], { stop_reason: "pause_turn" }));
    server = await openLocalServer((received, response) =>
      server?.received.length === 1 ? replying(200, turn)(received, response) : replying(529, "{}")(received, response),
    );
    expect(await failureIn(askAt(speaker, server.url, "Vilken?"))).toMatchObject({ again: true, reason: "overloaded" });
    expect(server.received).toHaveLength(2);
  });

  it("without content, and a body that is no JSON, are handed back as they came", async () => {
    for (const body of ['{"stop_reason":"pause_turn"}', "<html>", '{"stop_reason":"end_turn","content":[]}']) {
      server = await openLocalServer(replying(200, body));
      expect(await askAt(speaker, server.url, "Vilken?")).toBe(body);
      expect(server.received).toHaveLength(1);
      await server.close();
    }
  });
});

describe("the request", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const sentFor = async (settings: Record<string, unknown>, search = true, country: string | null = "SE") => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?", { country }), model: "claude-x", search };
    await anthropic.connect({ apiKey, baseUrl: server.url, ...settings })(call, tools());
    return JSON.parse(server.received[0]?.body ?? "") as Block;
  };

  it("offers the basic search, whose answers have citations, from the question's country", async () => {
    expect(await sentFor({ city: "Malmö", maxSearches: 5, maxTokens: 1_000 })).toEqual({
      model: "claude-x",
      max_tokens: 1_000,
      messages: [{ role: "user", content: "Vilken?" }],
      tools: [
        {
          type: "web_search_20250305",
          name: "web_search",
          max_uses: 5,
          user_location: { type: "approximate", country: "SE", city: "Malmö", timezone: "Europe/Stockholm" },
        },
      ],
    });
  });

  it("names no country when there is none, and offers no search when none is asked for", async () => {
    const { tools: offered } = await sentFor({}, true, null);
    expect(offered).toMatchObject([
      { user_location: { type: "approximate", timezone: "Europe/Stockholm" }, max_uses: 3 },
    ]);
    expect(JSON.stringify(offered)).not.toContain("country");
    await server.close();
    expect(await sentFor({}, false)).not.toHaveProperty("tools");
  });
});
