/** Grok's Responses: what is asked for, and what is read from replies in the shapes they come in. */
import { afterEach, describe, expect, it } from "vitest";
import { xai } from "../../src/assistants/xai.ts";
import type { Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, now, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const said = (text: string, annotations: Item[] = []): Item => ({
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text, logprobs: [], annotations }],
});
const response = (output: Item[], usage: Item = {}): Item => ({
  object: "response",
  status: "completed",
  model: "grok-4.3",
  tools: [{ type: "web_search", search_context_size: "medium" }],
  output,
  usage: { input_tokens: 1_000, output_tokens: 200, ...usage },
});
const read = (output: Item[], usage: Item = {}): Reply => reading(xai, response(output, usage));
const searched = (query: string, ...urls: string[]): Item => ({
  type: "web_search_call",
  status: "completed",
  action: { type: "search", query, sources: urls.map((url) => ({ type: "url", url })) },
});
const fast = (parameters: unknown, type = "web_search_call"): Item => ({
  type,
  id: "fc_1_0",
  call_id: "",
  status: "completed",
  action: null,
  arguments: typeof parameters === "string" ? parameters : JSON.stringify(parameters),
});
const test = "https://cykeltest.example/elcyklar";
const forum = "https://hjulforum.example/tråd";
const cites = (url: string, more: Item = {}): Item => ({ type: "url_citation", url, ...more });

describe("a citation of Grok", () => {
  it.each([
    ["Swedish with emoji", "🚲🇸🇪 Åsikterna går isär, men Vindil är bäst. "],
    ["Finnish", "Vindil on paras sähköpyörä 👍 sorateillä. "],
    ["Japanese", "電動自転車ではVindilが一番です🎌。"],
    ["English", "Vindil is the best e-bike. "],
  ])("stands where its marker is, counted in either unit (%s)", (_, before) => {
    const marker = `[[1]](${test})`;
    for (const start_index of [before.length, [...before].length]) {
      const end_index = start_index + marker.length;
      const reply = read([
        searched("q"),
        said(`${before}${marker} Slut.`, [cites(test, { title: "1", start_index, end_index })]),
      ]);
      expect(citedText(reply)).toEqual([marker]);
      expect(reply.text).toBe(`${before}${marker} Slut.`);
    }
  });

  it("without offsets stands at its marker, each at the next one, and nowhere when there are no more", () => {
    const text = `A [[1]](${test}). B [[2]](${forum}). C [[1]](${test}).`;
    const reply = read([fast({ query: "q" }), said(text, [cites(test), cites(test), cites(forum), cites(test)])]);
    expect(citedText(reply)).toEqual([`[[1]](${test})`, `[[1]](${test})`, `[[2]](${forum})`, null]);
    expect(reply.citations.map(({ start }) => start)).toEqual([
      text.indexOf("[[1]]"),
      text.lastIndexOf("[[1]]"),
      text.indexOf("[[2]]"),
      undefined,
    ]);
    expect(reply.citations.at(-1)).toEqual({ url: test, kind: "listed" });
  });

  it("stands at a bare address, but not at one that only begins or ends like it", () => {
    const text = `Se https://x.example/om, arkiv.example/https://x.example/ och https://x.example/.`;
    const reply = read([fast({ query: "q" }), said(text, [cites("https://x.example/"), cites("https://x.example/o")])]);
    expect(reply.citations).toEqual([
      { url: "https://x.example/", start: text.length - 19, end: text.length - 1, kind: "inline" },
      { url: "https://x.example/o", kind: "listed" },
    ]);
  });
});

describe("pages and searches of Grok", () => {
  it("keeps pages looked at apart from pages cited", () => {
    const marker = `[[1]](${test})`;
    const reply = read([
      searched("bästa elcykel", test, forum),
      searched("elcykel test", forum),
      said(marker, [cites(test, { start_index: 0, end_index: marker.length })]),
    ]);
    expect(reply).toMatchObject({ searches: ["bästa elcykel", "elcykel test"], outcome: "answered" });
    expect(reply.sources).toEqual([
      { url: test, cited: true },
      { url: forum, cited: false },
    ]);
  });

  it("reads a call without an action by its arguments, of the web and of X, and passes over broken ones", () => {
    const reply = read([
      fast({ query: "bästa elcykel", num_results: 5 }),
      fast({ query: "elcykel", limit: 20 }, "x_search_call"),
      fast({ url: test }),
      fast('{"query": "half'),
      fast('["list"]'),
      said("Vindil."),
    ]);
    expect(reply.searches).toEqual(["bästa elcykel", "elcykel"]);
    expect(reply.sources).toEqual([{ url: test, cited: false }]);
    expect(reply.usage?.searches).toBe(2);
    expect(reply.outcome).toBe("answered");
  });

  it("did not search when its only call failed", () => {
    expect(read([{ ...fast({ query: "q" }), status: "failed" }, said("Vindil.")]).outcome).toBe("no_search");
  });
});

describe("the cost of Grok", () => {
  const details = { web_search_calls: 2, x_search_calls: 1, code_interpreter_calls: 0 };
  it("is what the reply says in ticks, ten thousand to a millionth of a dollar", () => {
    const reply = read([searched("q"), said("x")], {
      cost_in_usd_ticks: 161_508_500,
      server_side_tool_usage_details: details,
    });
    expect(reply.costMicroUsd).toBe(16_151);
    expect(reply.usage?.searches).toBe(3);
    expect(read([said("x")], { cost_in_usd_ticks: 0 }).costMicroUsd).toBe(0);
  });

  it("is by the price table, which gives the same, when the reply does not say", () => {
    const usage = {
      input_tokens: 5_913,
      input_tokens_details: { cached_tokens: 2_048 },
      output_tokens: 364,
      server_side_tool_usage_details: { web_search_calls: 2 },
    };
    expect(read([searched("q"), said("x")], usage).costMicroUsd).toBe(16_151);
    expect(reading(xai, { ...response([said("x")], usage), model: "grok-99" }).costMicroUsd).toBeNull();
    for (const ticks of ["1", null, -5])
      expect(read([searched("q"), said("x")], { ...usage, cost_in_usd_ticks: ticks }).costMicroUsd).toBe(16_151);
  });

  it("is read from chat completions, too, which no longer search", () => {
    const reply = reading(xai, {
      object: "chat.completion",
      model: "grok-3-mini",
      choices: [{ message: { content: "Vindil.", reasoning_content: "Hm." }, finish_reason: "stop" }],
      usage: { prompt_tokens: 12, completion_tokens: 1, cost_in_usd_ticks: 1_176_500 },
    });
    expect(reply).toMatchObject({ text: "Vindil.", outcome: "no_search", costMicroUsd: 118 });
  });
});

describe("what Grok refuses", () => {
  const failure = (status: number, body: unknown) => xai.readError(status, new Headers(), JSON.stringify(body), now);
  it.each([
    [400, { code: "invalid-argument", error: "Incorrect API key provided: xa***1." }, "bad_key"],
    [410, { code: "gone", error: "Live search is deprecated. Please switch to the Agent Tools API." }, "model"],
    [404, { code: "not-found", error: "The model grok-0 does not exist." }, "model"],
    [403, { code: "denied", error: "Your newly created team doesn't have any credits or licenses yet." }, "quota"],
    [429, { code: "x", error: "Your team has either used all available credits or reached its limit." }, "quota"],
  ])("is told apart though HTTP %i brings a sentence only: %j", (status, body, reason) => {
    expect(failure(status, body)).toMatchObject({ reason, again: false, status });
    if (reason !== "bad_key") expect(failure(status, body).message).toBe(body.error);
  });
});

describe("the request to Grok", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const sentFor = async (settings: Record<string, unknown>, search = true) => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?"), model: "grok-4.3", search };
    await xai.connect({ apiKey, baseUrl: `${server.url}/v1`, ...settings })(call, tools());
    return JSON.parse(server.received[0]?.body ?? "") as Item;
  };
  const plain = { model: "grok-4.3", input: "Vilken?", store: false, max_output_tokens: 8192 };

  it("offers a search of the web, and of X when that is wanted", async () => {
    expect(await sentFor({})).toEqual({ ...plain, tools: [{ type: "web_search" }] });
    await server.close();
    expect(await sentFor({ xSearch: true })).toEqual({
      ...plain,
      tools: [{ type: "web_search" }, { type: "x_search" }],
    });
    await server.close();
    expect(await sentFor({ xSearch: true }, false)).toEqual(plain);
  });
});
