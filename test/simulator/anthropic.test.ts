/** The official Anthropic SDK against the town. */
import Anthropic, { AuthenticationError, BadRequestError, InternalServerError, NotFoundError } from "@anthropic-ai/sdk";
import { afterEach, describe, expect, it } from "vitest";
import { startSimulator, type Habits, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { noHabits, prompts, village } from "./village.ts";

let simulator: Simulator;
afterEach(() => simulator.close());

async function open(habits: Partial<Habits> = {}, options: SimulatorOptions = {}, apiKey = "key"): Promise<Anthropic> {
  simulator = await startSimulator(village({ habits: { ...noHabits, ...habits } }), options);
  return new Anthropic({ apiKey, baseURL: simulator.url, maxRetries: 0 });
}

const asking = (question: string): Anthropic.MessageCreateParamsNonStreaming => ({
  model: "claude-x",
  max_tokens: 2048,
  messages: [{ role: "user", content: question }],
  tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 3 }],
});
const textOf = (content: Anthropic.ContentBlock[]): string =>
  content.map((block) => (block.type === "text" ? block.text : "")).join("");

describe("POST /v1/messages", () => {
  it("searches, splits the answer into blocks and cites pages it has found", async () => {
    const client = await open({ preamble: 0.5, thinking: 0.5 });
    const kinds = new Set<string>();
    for (const { text: question } of prompts(16)) {
      const { content, usage, stop_reason, model } = await client.messages.create(asking(question));
      const record = simulator.answers().at(-1);
      for (const block of content) kinds.add(block.type);
      expect([stop_reason, model]).toEqual(["end_turn", "model-b-1"]);
      const results = content.filter((block) => block.type === "web_search_tool_result");
      const found = results.flatMap(({ content: list }) => (Array.isArray(list) ? list.map(({ url }) => url) : []));
      expect(found).toEqual(record?.sources);
      expect(found.length).toBe(Math.min(28, results.length * 10));
      const uses = content.filter((block) => block.type === "server_tool_use");
      expect(uses.map(({ id }) => id)).toEqual(results.map(({ tool_use_id }) => tool_use_id));
      expect(uses.map(({ input }) => input)).toEqual(record?.searches.map((query) => ({ query })));
      expect(usage.server_tool_use?.web_search_requests).toBe(uses.length);
      const cited = content.flatMap((block) => (block.type === "text" ? (block.citations ?? []) : []));
      expect(new Set(cited.map((one) => (one.type === "web_search_result_location" ? one.url : "")))).toEqual(
        new Set(record?.cited),
      );
      expect(textOf(content).length).toBe(record?.textLength);
    }
    expect(kinds).toEqual(new Set(["thinking", "text", "server_tool_use", "web_search_tool_result"]));
  });

  it("neither searches nor cites without the tool", async () => {
    const client = await open();
    const { content, usage } = await client.messages.create({ ...asking("Vilken elcykel är bäst?"), tools: [] });
    expect(content.every((block) => block.type === "text" && block.citations === null)).toBe(true);
    expect(usage.server_tool_use).toBeNull();
  });

  it("goes on after pause_turn when the content comes back unchanged, and gives one answer", async () => {
    const client = await open({ pause: 1, preamble: 1 });
    for (const { text } of prompts(8)) {
      const first = asking(text);
      const paused = await client.messages.create(first);
      expect([paused.stop_reason, paused.content.at(-1)?.type]).toEqual(["pause_turn", "server_tool_use"]);
      const messages = [...first.messages, { role: "assistant" as const, content: paused.content }];
      simulator.setDay("2026-03-02"); // the answer stays with the day it was begun on
      const rest = await client.messages.create({ ...first, messages });
      simulator.setDay("2026-03-01");
      expect([rest.stop_reason, rest.content[0]?.type]).toEqual(["end_turn", "web_search_tool_result"]);
      expect(textOf(rest.content).length).toBeGreaterThan(300);
    }
    const { requests, answered, paused } = simulator.calls();
    expect([requests, answered, paused]).toEqual([16, 8, 8]);
    expect(simulator.answers().map(({ day }) => day)).toEqual(Array<string>(8).fill("2026-03-01"));
  });

  it("does not go on with a turn that was changed", async () => {
    const client = await open({ pause: 1 });
    const first = asking("Vilken elcykel är bäst?");
    const { content } = await client.messages.create(first);
    const forged = { ...content.at(-1), id: "srvtoolu_01000000000000Dg16N0" } as Anthropic.ServerToolUseBlock;
    const messages = [...first.messages, { role: "assistant" as const, content: [forged] }];
    await expect(client.messages.create({ ...first, messages })).rejects.toThrow(BadRequestError);
  });

  it("refuses and runs out of tokens in the provider's own shapes", async () => {
    const refusing = await open({ refusal: 1 });
    const refused = await refusing.messages.create(asking("Vilken elcykel?"));
    expect(refused).toMatchObject({ content: [], stop_reason: "refusal", stop_details: { type: "refusal" } });
    await simulator.close();
    const exhausted = await open({ empty: 1 });
    const empty = await exhausted.messages.create(asking("Vilken elcykel?"));
    expect([empty.stop_reason, textOf(empty.content)]).toEqual(["max_tokens", ""]);
    expect(simulator.answers()[0]).toMatchObject({ outcome: "empty", named: [] });
  });

  it("gives the SDK's typed errors", async () => {
    const client = await open();
    const first = asking("Vilken elcykel?");
    await expect(client.messages.create({ ...first, model: "unknown" })).rejects.toThrow(NotFoundError);
    await expect(client.messages.create({ ...first, messages: [] })).rejects.toThrow(BadRequestError);
    const tempered = { ...first, temperature: 0.2 };
    await expect(client.messages.create(tempered)).rejects.toMatchObject({ status: 400 });
    const stranger = new Anthropic({ apiKey: "invalid", baseURL: simulator.url, maxRetries: 0 });
    await expect(stranger.messages.create(first)).rejects.toThrow(AuthenticationError);
    const bare = await fetch(`${simulator.url}/v1/messages`, { method: "POST", body: "{}" });
    expect([bare.status, await bare.json()]).toMatchObject([
      401,
      { type: "error", error: { type: "authentication_error" } },
    ]);
  });

  it("is overloaded with 529 and broke with 400, as this provider is", async () => {
    const overloaded = await open({}, { faults: { rates: { overloaded: 1 } } });
    const error = await overloaded.messages.create(asking("Hej?")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({ status: 529, error: { error: { type: "overloaded_error" } } });
    await simulator.close();
    const broke = await open({}, { faults: { rates: { quota: 1 } } });
    await expect(broke.messages.create(asking("Hej?"))).rejects.toThrow(/credit balance is too low/);
  });
});
