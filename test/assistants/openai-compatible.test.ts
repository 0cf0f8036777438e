/** Servers that speak chat completions: what is asked for, and what is read from replies. */
import { afterEach, describe, expect, it } from "vitest";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import type { Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { asked, citedText, reading, tools } from "./asking.ts";

type Json = Record<string, unknown>;

const completion = (message: Json, more: Json = {}): Json => ({
  object: "chat.completion",
  model: "llama3.1:8b",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
  usage: { prompt_tokens: 12, completion_tokens: 30 },
  ...more,
});
const ended = (message: Json, finish_reason: string): Json => ({ choices: [{ message, finish_reason }] });
const read = (message: Json, more: Json = {}, given = {}): Reply =>
  reading(openaiCompatible, completion(message, more), given);

describe("the text of a chat completion", () => {
  it.each([
    ["Swedish", "Vindil är bäst på grus.\n\n1. **Vindil**\n2. Övriga"],
    ["English", "Vindil is best on gravel.\n\n1. **Vindil**\n2. Others"],
    ["emoji", "  🚲🇸🇪 Vindil 👩‍🔧\n"],
  ])("is the first choice's content, not changed (%s)", (_, content) => {
    expect(read({ content })).toMatchObject({
      text: content,
      outcome: "answered",
      asides: [],
      citations: [],
      sources: [],
      searches: [],
      finish: "stop",
    });
  });

  it.each([
    ["<think>\nBrukar Vindil ...\n</think>\n\nVindil är bäst.", "Vindil är bäst."],
    ["  <think></think>Ja.", "Ja."],
    ["<think>never came to an end", ""],
    ["Use the <think> tag: <think>like this</think>.", "Use the <think> tag: <think>like this</think>."],
    ["<thinking>kept</thinking>", "<thinking>kept</thinking>"],
  ])("is without the thinking that some servers put before it: %j", (content, text) => {
    expect(read({ content }).text).toBe(text);
  });

  it("holds nothing a database would refuse", () => {
    expect(read({ content: "A\u0000B\ud83d" }).text).toBe("A\ufffdB\ufffd");
  });
});

describe("the outcome of a chat completion", () => {
  it.each<[string, Json, Partial<Reply>]>([
    ["answered", ended({ content: "Ja, men" }, "length"), { finish: "length" }],
    ["empty", ended({ content: "" }, "length"), { text: "", finish: "length" }],
    ["empty", ended({ content: null }, "stop"), {}],
    ["empty", ended({ content: "<think>om" }, "length"), {}],
    ["empty", { choices: [] }, { finish: null }],
    ["refused", ended({ content: null, refusal: "Det kan jag inte." }, "stop"), { text: "Det kan jag inte." }],
    ["blocked", ended({ content: "Det" }, "content_filter"), { finish: "content_filter" }],
  ])("is %s", (outcome, more, rest) => {
    expect(read({}, more)).toMatchObject({ outcome, ...rest });
  });

  it("is never no_search: such a server is not asked to search", () => {
    expect(openaiCompatible.search).toBe(false);
    expect(read({ content: "Ja." }, {}, { search: false }).outcome).toBe("answered");
  });
});

describe("usage and cost of a chat completion", () => {
  it("are read where they are told", () => {
    const usage = {
      prompt_tokens: 1_000,
      prompt_tokens_details: { cached_tokens: 400 },
      completion_tokens: 500,
      completion_tokens_details: { reasoning_tokens: 200 },
    };
    const prices = [{ model: "llama3.1:8b", since: "2026-01-01", inputPerMillionUsd: 1, outputPerMillionUsd: 2 }];
    const reply = read({ content: "Ja." }, { usage }, { prices });
    expect(reply.usage).toEqual({
      inputTokens: 1_000,
      cachedInputTokens: 400,
      outputTokens: 500,
      reasoningTokens: 200,
      searches: 0,
    });
    expect([reply.costMicroUsd, reply.servedModel]).toEqual([2_000, "llama3.1:8b"]);
  });

  it("are unknown where they are not: a server of one's own has no list price", () => {
    expect(read({ content: "Ja." })).toMatchObject({
      costMicroUsd: null,
      usage: { inputTokens: 12, outputTokens: 30 },
    });
    expect(read({ content: "Ja." }, { usage: null })).toMatchObject({ costMicroUsd: null, usage: null });
    expect(read({ content: "Ja." }, { model: undefined }).servedModel).toBeNull();
  });
});

describe("annotations of a chat completion", () => {
  const url = "https://cykeltest.example/a";
  const marker = `([cykeltest.example](${url}))`;
  const text = `🚲 Vindil vinner ${marker}.`;
  const annotation = (start: number, end: number, address = url): Json => ({
    type: "url_citation",
    url_citation: { url: address, title: "Test", start_index: start, end_index: end },
  });

  it("with a place are citations, in UTF-16 although they are counted in characters", () => {
    const start = [...text.slice(0, text.indexOf(marker))].length;
    const reply = read({ content: text, annotations: [annotation(start, start + marker.length)] });
    expect(citedText(reply)).toEqual([marker]);
    expect(reply.citations).toMatchObject([{ url, title: "Test", kind: "inline" }]);
    expect(reply.sources).toEqual([{ url, title: "Test", cited: true }]);
  });

  it("from nought to nought are pages looked at, until one of them has a place", () => {
    const other = annotation(0, 0, "https://bikes.example/");
    const reply = read({
      content: text,
      annotations: [annotation(0, 0), other, annotation(16, 60), { url_citation: {} }],
    });
    expect(reply.citations.map((citation) => citation.url)).toEqual([url]);
    expect(reply.sources.map(({ url: address, cited }) => [address, cited])).toEqual([
      [url, true],
      ["https://bikes.example/", false],
    ]);
  });

  it("are read alike when OpenAI itself answers in this form", () => {
    const body = completion({ content: "Ja." });
    expect(reading(openai, body, { search: false })).toEqual(reading(openaiCompatible, body));
  });
});

describe("the request", () => {
  let server: LocalServer;
  afterEach(() => server.close());

  it("is one message, to a server that may want no key", async () => {
    server = await openLocalServer(replying(200, "{}"));
    const connection = openaiCompatible.connect({ baseUrl: `${server.url}/api/v1` });
    await connection({ asked: asked("Vilken?"), model: "llama3.1:8b", search: false }, tools());
    const [received] = server.received;
    expect(received).toMatchObject({ path: "/api/v1/chat/completions", headers: { authorization: "Bearer none" } });
    expect(JSON.parse(received?.body ?? "")).toEqual({
      model: "llama3.1:8b",
      messages: [{ role: "user", content: "Vilken?" }],
    });
  });

  it("needs an address: there is no usual one", async () => {
    server = await openLocalServer(replying(200, "{}"));
    expect(() => openaiCompatible.connect({ apiKey: "k" })).toThrow("openai-compatible setting baseUrl");
  });
});
