/** OpenRouter with its search tool: what is asked for, and what is read from replies. */
import { afterEach, describe, expect, it } from "vitest";
import { openrouter } from "../../src/assistants/openrouter.ts";
import type { Failure, Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, misreading, now, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const url = "https://cykeltest.example/a";
const marker = `([cykeltest.example](${url}))`;
const usage = {
  prompt_tokens: 16_924,
  completion_tokens: 485,
  cost: 0.066407,
  is_byok: false,
  cost_details: { upstream_inference_cost: 0.05 },
  completion_tokens_details: { reasoning_tokens: 449 },
  server_tool_use_details: { web_search_requests: 3 },
};
const completion = (message: Item, more: Item = {}): Item => ({
  object: "chat.completion",
  model: "openai/gpt-5.2",
  provider: "OpenAI",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", refusal: null, ...message } }],
  usage,
  ...more,
});
const read = (message: Item, more: Item = {}, context = {}): Reply =>
  reading(openrouter, completion(message, more), context);
const annotation = (start: number, end: number, address = url): Item => ({
  type: "url_citation",
  url_citation: { url: address, title: "Test", content: "…", start_index: start, end_index: end },
});
const plain = { prompt_tokens: 10, completion_tokens: 5 };

describe("citations of a routed answer", () => {
  it.each([
    ["Swedish", `Åtta av tio väljer Vindil ${marker}.`],
    ["emoji", `🚲🇸🇪 Vindil 👩‍🔧 vinner ${marker} 🎉.`],
    ["English", `Eight of ten choose Vindil ${marker}.`],
    ["Finnish", `Vindil on paras sähköpyörä ${marker}.`],
    ["Japanese", `最も人気の電動自転車はVindilです${marker}。`],
  ])("stand on their markers, counted in UTF-16 or in characters (%s)", (_, content) => {
    const start = content.indexOf(marker);
    const points = [...content.slice(0, start)].length;
    for (const from of [start, points]) {
      const reply = read({ content, annotations: [annotation(from, from + marker.length)] });
      expect([reply.text, citedText(reply)]).toEqual([content, [marker]]);
      expect(reply.sources).toEqual([{ url, title: "Test", cited: true }]);
    }
  });

  it("from 0 to 0 are pages that were looked at", () => {
    const other = "https://bikes.example/b";
    const reply = read({ content: "Vindil.", annotations: [annotation(0, 0), annotation(0, 0, other)] });
    expect(reply).toMatchObject({ citations: [], outcome: "answered" });
    expect(reply.sources.map((source) => [source.url, source.cited])).toEqual([
      [url, false],
      [other, false],
    ]);
  });
});

describe("what a routed answer tells of itself", () => {
  it("is its searches, its tokens, its model and its cost", () => {
    expect(read({ content: "Ja." })).toMatchObject({
      servedModel: "openai/gpt-5.2",
      costMicroUsd: 66_407,
      usage: { inputTokens: 16_924, outputTokens: 485, reasoningTokens: 449, searches: 3 },
      outcome: "answered",
      finish: "stop",
    });
  });

  it("is with the operator's own key what both ask for, or unknown", () => {
    expect(read({ content: "Ja." }, { usage: { ...usage, is_byok: true } }).costMicroUsd).toBe(66_407 + 50_000);
    expect(
      read({ content: "Ja." }, { usage: { ...usage, is_byok: true, cost_details: null } }).costMicroUsd,
    ).toBeNull();
  });

  it("is unknown where it is not told", () => {
    for (const cost of [undefined, null, "0.1", -1])
      expect(read({ content: "Ja." }, { usage: { ...plain, cost } }).costMicroUsd).toBeNull();
    expect(read({ content: "Ja." }, { usage: { ...plain, cost: 0 } }).costMicroUsd).toBe(0);
    expect(read({ content: "Ja." }, { usage: null })).toMatchObject({ usage: null, costMicroUsd: null });
  });
});

describe("the outcome of a routed answer", () => {
  it.each<[string, Item, Item, boolean]>([
    ["no_search", { content: "Ja." }, { usage: plain }, true],
    ["answered", { content: "Ja." }, { usage: plain }, false],
    ["answered", { content: "Ja.", annotations: [annotation(0, 0)] }, { usage: plain }, true],
    ["refused", { content: null, refusal: "Nej tack." }, {}, true],
    ["empty", { content: "", reasoning: "tänker" }, {}, true],
    ["answered", { content: "<think>hm</think>Ja." }, {}, true],
  ])("is %s", (outcome, message, more, search) => {
    expect(read(message, more, { search }).outcome).toBe(outcome);
  });

  it("is blocked where a filter before the vendor held the question back", () => {
    const metadata = { reasons: ["violence"], flagged_input: "Hur bygger man …", provider_name: "OpenAI" };
    const body = { error: { code: 403, message: "Your chosen model requires moderation", metadata } };
    expect(openrouter.isOutcome(JSON.stringify(body))).toBe(true);
    expect(reading(openrouter, body)).toMatchObject({ outcome: "blocked", text: "", finish: "moderation" });
    expect(openrouter.isOutcome(JSON.stringify({ error: { code: 403, message: "Forbidden" } }))).toBe(false);
  });

  it("is a failure when the vendor failed after the reply had begun", async () => {
    const error = { code: 429, message: "Provider returned error", metadata: { provider_name: "Google", raw: "busy" } };
    const expected = { again: true, reason: "rate_limit", message: "Provider returned error - Google: busy" };
    expect(await misreading(openrouter, JSON.stringify({ error }))).toEqual(expected);
    const choices = [{ error, finish_reason: "error", message: { content: "" } }];
    expect(await misreading(openrouter, JSON.stringify({ choices }))).toEqual(expected);
    const coded = { error: { code: "server_error", message: "Sorry" } };
    expect(await misreading(openrouter, JSON.stringify(coded))).toMatchObject({ again: true, reason: "server" });
    expect((await misreading(openrouter, "{}")).message).toBe("the reply holds no choices");
  });

  it.each<[number, Item, Partial<Failure>]>([
    [
      429,
      { message: "Provider returned error", metadata: { provider_name: "Google", raw: "rate-limited upstream" } },
      { again: true, reason: "rate_limit", message: "Provider returned error - Google: rate-limited upstream" },
    ],
    [
      502,
      {
        message: "Provider returned error",
        metadata: { provider_name: "xAI", raw: '{"error":{"message":"Overloaded"}}' },
      },
      { again: true, reason: "overloaded", message: "Provider returned error - xAI: Overloaded" },
    ],
    [
      400,
      {
        message: "Provider returned error",
        metadata: { provider_name: null, previous_errors: [{ code: 400, message: "maximum context length is 8" }] },
      },
      { again: false, reason: "too_large", message: "Provider returned error" },
    ],
    [400, { message: "openai/gpt-0 is not a valid model ID" }, { again: false, reason: "model" }],
    [429, { message: "Rate limit exceeded: free-models-per-day" }, { again: false, reason: "quota" }],
    [402, { message: "Insufficient credits" }, { again: false, reason: "quota" }],
    [403, { message: "Flagged", metadata: { reasons: ["violence"] } }, { again: false, reason: "not_allowed" }],
    [
      503,
      { message: "Provider returned error", metadata: { provider_name: "Z", raw: "<html>x</html>" } },
      { message: "Provider returned error - Z: a web page came instead of a reply" },
    ],
  ])("is told from HTTP %i with %j, and says which vendor it was", (status, error, expected) => {
    const body = JSON.stringify({ error: { code: status, ...error }, user_id: "user_1" });
    expect(openrouter.readError(status, new Headers(), body, 0)).toMatchObject(expected);
  });
});

describe("the delay of a routed answer", () => {
  const reading = (headers: unknown, sent: Record<string, string> = {}) => {
    const error = { code: 429, message: "Rate limit exceeded", metadata: { headers, provider_name: null } };
    return openrouter.readError(429, new Headers(sent), JSON.stringify({ error }), now).afterMs;
  };

  it.each<[string, unknown, number | undefined]>([
    ["the end of the limit", { "X-RateLimit-Limit": "20", "X-RateLimit-Reset": String(now + 41_500) }, 41_500],
    ["the end of the limit as a number", { "X-RateLimit-Reset": now + 41_500 }, 41_500],
    ["the vendor's own delay before it", { "Retry-After": "9", "X-RateLimit-Reset": String(now + 41_500) }, 9_000],
    ["nothing where the limit is over", { "X-RateLimit-Reset": String(now - 1) }, undefined],
    [
      "nothing where it is years away, as seconds read as milliseconds are not",
      { "X-RateLimit-Reset": "9e15" },
      undefined,
    ],
    ["nothing where it is nonsense", { "X-RateLimit-Reset": "soon", "Retry-After": {} }, undefined],
    ["nothing where there are none", null, undefined],
    ["nothing in a list", ["Retry-After", "9"], undefined],
  ])("is %s", (_, headers, afterMs) => {
    expect(reading(headers)).toBe(afterMs);
  });

  it("is first of all what the reply's own header says", () => {
    expect(reading({ "Retry-After": "9" }, { "retry-after": "3" })).toBe(3_000);
  });
});

describe("the request", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const sentFor = async (settings: Item, search = true, country: string | null = "SE") => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?", { country }), model: "openai/gpt-5.2", search };
    await openrouter.connect({ apiKey, baseUrl: `${server.url}/api/v1`, ...settings })(call, tools());
    return JSON.parse(server.received[0]?.body ?? "") as Item;
  };

  it("offers OpenRouter's search from the question's country", async () => {
    expect(await sentFor({ city: "Malmö", engine: "exa" })).toEqual({
      model: "openai/gpt-5.2",
      messages: [{ role: "user", content: "Vilken?" }],
      max_tokens: 8192,
      tools: [
        {
          type: "openrouter:web_search",
          parameters: {
            engine: "exa",
            user_location: { type: "approximate", country: "SE", city: "Malmö", timezone: "Europe/Stockholm" },
          },
        },
      ],
    });
  });

  it("names no country when the question has none, and offers no search when none is asked for", async () => {
    expect(await sentFor({}, true, null)).toMatchObject({
      tools: [{ parameters: { engine: "auto", user_location: { type: "approximate", timezone: "Europe/Stockholm" } } }],
    });
    await server.close();
    expect(await sentFor({}, false)).not.toHaveProperty("tools");
  });

  it("does not name the caller's site", async () => {
    await sentFor({});
    const { headers } = server.received[0]!;
    for (const name of ["referer", "http-referer", "x-title", "x-openrouter-title"])
      expect(headers).not.toHaveProperty(name);
  });
});
