/** The official OpenAI SDK against the town: Responses and chat completions. */
import OpenAI, {
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { noHabits, prompts, v1, village } from "./village.ts";

let simulator: Simulator;
let client: OpenAI;
const clientFor = (apiKey: string, url = simulator.url): OpenAI =>
  new OpenAI({ apiKey, baseURL: v1(url), maxRetries: 0 });

beforeAll(async () => {
  simulator = await startSimulator(village({ habits: { ...noHabits, preamble: 0.5, thinking: 0.5 } }));
  client = clientFor("key");
});
afterAll(() => simulator.close());

const searching = (input: string) => ({
  model: "gpt-x",
  input,
  tools: [{ type: "web_search" as const }],
  include: ["web_search_call.action.sources" as const],
});

describe("POST /v1/responses", () => {
  it("answers with text, markers exactly under their annotations, searches and sources", async () => {
    for (const { text: question } of prompts(24)) {
      const response = await client.responses.create(searching(question));
      const record = simulator.answers().at(-1);
      expect(response.status).toBe("completed");
      expect(response.model).toBe("model-a-1");
      const messages = response.output.filter((item) => item.type === "message");
      const [part] = messages.at(-1)?.content ?? [];
      if (part?.type !== "output_text") throw new Error("no text");
      const urls = part.annotations.map((annotation) => {
        if (annotation.type !== "url_citation") throw new Error("no citation");
        const { hostname } = new URL(annotation.url);
        expect(part.text.slice(annotation.start_index, annotation.end_index)).toBe(
          `([${hostname}](${annotation.url}))`,
        );
        expect(annotation.url).toMatch(/\?utm_source=openai$/);
        return annotation.url.replace("?utm_source=openai", "");
      });
      expect(new Set(urls)).toEqual(new Set(record?.cited));
      const actions = response.output.filter((item) => item.type === "web_search_call").map((item) => item.action);
      const searches = actions.filter((action) => action.type === "search");
      expect(searches.flatMap((action) => action.queries)).toEqual(record?.searches);
      expect(searches.flatMap((action) => action.sources?.map(({ url }) => url))).toEqual(record?.sources);
      expect(response).toMatchObject({ tool_usage: { web_search: { num_requests: searches.length } } });
      expect(messages.at(-1)).toMatchObject({ phase: "final_answer" });
      expect(response.usage?.total_tokens).toBeGreaterThan(5_000);
      expect(record?.textLength).toBe(part.text.length);
    }
  });

  it("keeps preambles apart as commentary", async () => {
    const phases = new Set<unknown>();
    for (const { text } of prompts(12))
      for (const item of (await client.responses.create(searching(text))).output)
        if (item.type === "message") phases.add(item.phase);
    expect(phases).toEqual(new Set(["commentary", "final_answer"]));
  });

  it("neither searches nor cites without the tool, and gives sources only when asked", async () => {
    const plain = await client.responses.create({ model: "gpt-x", input: "Vilken elcykel?" });
    expect(plain.output.filter((item) => item.type === "web_search_call")).toEqual([]);
    expect(plain.output_text).not.toContain("https://");
    expect(plain).toMatchObject({ tool_usage: { web_search: { num_requests: 0 } } });
    const searched = await client.responses.create({ ...searching("Vilken elcykel?"), include: [] });
    const [call] = searched.output.filter((item) => item.type === "web_search_call");
    expect(call?.action).not.toHaveProperty("sources");
  });

  it("takes the question from the last user message, in parts or plain", async () => {
    await client.responses.create({
      model: "gpt-x",
      instructions: "be brief",
      input: [
        { role: "user", content: "Hej" },
        { role: "user", content: [{ type: "input_text", text: "Which e-bike is best?" }] },
      ],
    });
    expect(simulator.answers().at(-1)).toMatchObject({ question: "Which e-bike is best?", language: "en" });
  });

  it("refuses, comes back empty and skips the search in the provider's own shapes", async () => {
    const ask = async (habits: object) => {
      const town = await startSimulator(village({ habits: { ...noHabits, ...habits } }));
      const response = await clientFor("key", town.url).responses.create(searching("Vilken elcykel?"));
      const [record] = town.answers();
      await town.close();
      return { response, record };
    };
    const refused = await ask({ refusal: 1 });
    expect(refused.record).toMatchObject({ outcome: "refused", named: [], textLength: 0 });
    expect(refused.response.output).toMatchObject([
      { type: "message", content: [{ type: "refusal", refusal: expect.any(String) as string }] },
    ]);
    const empty = await ask({ empty: 1 });
    expect(empty.response).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [{ type: "reasoning" }],
    });
    const idle = await ask({ noSearch: 1 });
    expect(idle.record?.outcome).toBe("no_search");
    expect(idle.response.output.map((item) => item.type)).toEqual(["message"]);
  });

  it("gives the SDK's typed errors", async () => {
    const input = "Vilken elcykel?";
    await expect(clientFor("an-invalid-key").responses.create({ model: "m", input })).rejects.toThrow(
      AuthenticationError,
    );
    await expect(client.responses.create({ model: "unknown-1", input })).rejects.toThrow(BadRequestError);
    await expect(client.responses.create({ model: "m", input: [] })).rejects.toThrow(
      /Missing required parameter: 'input'/,
    );
    const bare = await fetch(`${simulator.url}/v1/responses`, { method: "POST", body: "{}" });
    expect([bare.status, await bare.json()]).toMatchObject([401, { error: { type: "invalid_request_error" } }]);
    const torn = await fetch(`${simulator.url}/v1/responses`, {
      method: "POST",
      body: "{",
      headers: { authorization: "Bearer key" },
    });
    expect(torn.status).toBe(400);
  });
});

describe("POST /v1/chat/completions", () => {
  const ask = (content: string, one = client) =>
    one.chat.completions.create({ model: "local", messages: [{ role: "user", content }] });

  it("answers without searching", async () => {
    const completion = await ask("Vilken elcykel är bäst?");
    const [choice] = completion.choices;
    expect(choice).toMatchObject({ finish_reason: "stop", message: { role: "assistant", refusal: null } });
    expect(choice?.message.content).toMatch(/elcykel|elcyklar/);
    expect(choice?.message.content).not.toContain("https://");
    expect(completion.model).toBe("model-c-1");
    expect(completion.usage?.completion_tokens).toBeGreaterThan(100);
    expect(simulator.answers().at(-1)).toMatchObject({
      assistant: "chat",
      outcome: "answered",
      sources: [],
      cited: [],
    });
  });

  it("knows unknown models by 404", async () => {
    const asked = client.chat.completions.create({ model: "unknown", messages: [{ role: "user", content: "Hej" }] });
    await expect(asked).rejects.toThrow(NotFoundError);
  });
});

describe("faults", () => {
  const failing = async (rates: Record<string, number>, check: (ask: Promise<unknown>) => Promise<void>) => {
    const town = await startSimulator(village(), { faults: { rates, retryAfterSeconds: 3 } });
    await check(clientFor("key", town.url).responses.create(searching("Vilken elcykel?")));
    await town.close();
  };
  it("are the SDK's typed errors too", async () => {
    await failing({ rate_limit: 1 }, async (ask) => {
      const error = await ask.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RateLimitError);
      expect(error).toMatchObject({ code: "rate_limit_exceeded" });
      if (error instanceof RateLimitError) expect(error.headers?.get("retry-after")).toBe("3");
    });
    await failing({ rate_limit_bare: 1 }, async (ask) => {
      const error = await ask.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RateLimitError);
      if (error instanceof RateLimitError) expect(error.headers?.get("retry-after")).toBeNull();
    });
    await failing({ quota: 1 }, (ask) =>
      expect(ask).rejects.toMatchObject({ status: 429, code: "insufficient_quota" }),
    );
    await failing({ server_error: 1 }, (ask) => expect(ask).rejects.toThrow(InternalServerError));
    await failing({ unavailable: 1 }, (ask) => expect(ask).rejects.toMatchObject({ status: 503 }));
    await failing({ html: 1 }, (ask) => expect(ask).rejects.toMatchObject({ status: 502 }));
    await failing({ cut: 1 }, (ask) => expect(ask).rejects.toThrow());
  });
});
