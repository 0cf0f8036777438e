/** DeepSeek's Responses: ids among the queries, no citations beside the text, errors under a false content type. */
import { afterEach, describe, expect, it } from "vitest";
import { deepseek } from "../../src/assistants/deepseek.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, failureIn, reading, tools } from "./asking.ts";

const search = (...queries: unknown[]) => ({
  type: "web_search_call",
  id: "call_00_a",
  status: "completed",
  action: { type: "search", queries },
});
const opened = (url: string, id: string, status = "completed") => ({
  type: "web_search_call",
  status,
  action: { type: "open_page", url: `${url}#ws_call_id=call_${id}` },
});
const said = (text: string, phase: string) => ({
  type: "message",
  phase,
  content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
});
const reply = (...output: unknown[]) =>
  reading(deepseek, {
    object: "response",
    status: "completed",
    model: "deepseek-v4-flash",
    tools: [{ type: "web_search" }],
    content_filters: null,
    output,
    usage: { input_tokens: 90, output_tokens: 15 },
  });
const page = "https://cykeltest.example/elcyklar";

describe("a reply of DeepSeek", () => {
  it("is its final message; commentary and reasoning are not text", () => {
    const text = `🚲 Åkglädje: Vindil är bäst ([Cykeltest](${page})).`;
    const read = reply(
      { type: "reasoning", content: [{ type: "reasoning_text", text: "Användaren vill ..." }] },
      said("Jag söker efter tester.", "commentary"),
      search("bästa elcykel"),
      said(text, "final_answer"),
    );
    expect(read).toMatchObject({ text, asides: [], outcome: "answered", servedModel: "deepseek-v4-flash" });
    expect(read.citations).toEqual([]); // the links in the text are the parser's to find
    expect(read.costMicroUsd).toBeNull(); // its price changes by the hour
  });

  it("has queries without the ids that stand among them and behind them", () => {
    const { searches, usage } = reply(
      search("bästa elcykel", "ws_call_id=call_00_Z0to", "elcykel test 2026 ws_call_id=call_00_Z1", 7, null),
      search("what does ws_call_id mean"),
      said("x", "final_answer"),
    );
    expect(searches).toEqual(["bästa elcykel", "elcykel test 2026", "what does ws_call_id mean"]);
    expect(usage?.searches).toBe(2);
  });

  it("looked at the pages it opened, each once, not at those that did not open", () => {
    const { sources } = reply(
      search("q"),
      opened(page, "01"),
      opened(page, "02"),
      opened("https://shut.example/", "03", "failed"),
      said("x", "final_answer"),
    );
    expect(sources).toEqual([{ url: `${page}#ws_call_id=call_01`, cited: false }]);
  });

  it("did not search, or is empty, when there is nothing of either", () => {
    expect(reply(said("Vindil.", "final_answer")).outcome).toBe("no_search");
    expect(reply(search("q"), said("Jag söker.", "commentary")).outcome).toBe("empty");
  });
});

describe("asking DeepSeek", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const ask = async (status: number, body: string, type = "application/json", searching = true) => {
    server = await openLocalServer(replying(status, body, { "content-type": type }));
    const call = { asked: asked("Vilken?"), model: "deepseek-v4-flash", search: searching };
    return deepseek.connect({ apiKey, baseUrl: server.url })(call, tools());
  };
  const sent = () => JSON.parse(server.received[0]?.body ?? "") as unknown;

  it("offers a search when one is asked for", async () => {
    const plain = { model: "deepseek-v4-flash", input: "Vilken?", max_output_tokens: 8192 };
    await ask(200, "{}");
    expect(sent()).toEqual({ ...plain, tools: [{ type: "web_search" }] });
    await server.close();
    await ask(200, "{}", "application/json", false);
    expect(sent()).toEqual(plain);
  });

  it("understands an error that says it is a heap of bytes", async () => {
    const message = "This model's maximum context length is 1048565 tokens.";
    const body = JSON.stringify({ error: { message, type: "invalid_request_error", param: null } });
    const failure = await failureIn(ask(400, body, "application/octet-stream"));
    expect(failure).toEqual({ again: false, reason: "too_large", message, status: 400 });
  });

  it("takes an empty purse for a used up quota", async () => {
    const failure = await failureIn(ask(402, '{"error":{"message":"Insufficient Balance","code":"x"}}'));
    expect(failure).toMatchObject({ again: false, reason: "quota", message: "Insufficient Balance" });
  });
});
