/** OpenAI's search models, which only chat completions serves: how they are asked, and how they are read. */
import { afterEach, describe, expect, it } from "vitest";
import { openai } from "../../src/assistants/openai.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { noHabits, prompts, village } from "../simulator/village.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, context, reading, tools, townsfolk } from "./asking.ts";

type Item = Record<string, unknown>;

let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const sentFor = async (model: string, search = true) => {
  await server?.close();
  server = await openLocalServer(replying(200, "{}"));
  const settings = { apiKey, baseUrl: `${server.url}/v1`, city: "Malmö", searchContextSize: "low" };
  await openai.connect(settings)({ asked: asked("Vilken?"), model, search }, tools());
  return server.received[0];
};

describe("a search model", () => {
  it.each([
    ["gpt-5-search-api", "/v1/chat/completions"],
    ["gpt-5-search-api-2025-10-14", "/v1/chat/completions"],
    ["gpt-4o-search-preview", "/v1/chat/completions"],
    ["gpt-4o-mini-search-preview-2025-03-11", "/v1/chat/completions"],
    ["gpt-5", "/v1/responses"],
    ["gpt-6-luna-2026-09-22", "/v1/responses"],
    ["o4-mini-deep-research", "/v1/responses"],
  ])("is known by its name: %s is asked at %s", async (model, path) => {
    expect((await sentFor(model))?.path).toBe(path);
  });

  it("is asked unchanged, from the question's place, with nothing it would refuse", async () => {
    const place = { country: "SE", city: "Malmö", timezone: "Europe/Stockholm" };
    expect(JSON.parse((await sentFor("gpt-5-search-api"))?.body ?? "")).toEqual({
      model: "gpt-5-search-api",
      messages: [{ role: "user", content: "Vilken?" }],
      store: false,
      max_completion_tokens: 8192,
      web_search_options: {
        search_context_size: "low",
        user_location: { type: "approximate", approximate: place },
      },
    });
    expect(JSON.parse((await sentFor("gpt-5-search-api", false))?.body ?? "")).not.toHaveProperty("web_search_options");
  });

  it.each([
    ["Swedish", "🚲🇸🇪 Vindil är bäst på Åland "],
    ["English", "Vindil is best on gravel "],
    ["Finnish", "Sähköpyöristä 👍 paras on Vindil "],
    ["Japanese", "電動自転車🎌ではVindilが一番です "],
  ])("cites in nested annotations, whose places fit (%s)", (_, before) => {
    const url = "https://cykeltest.example/elcyklar?utm_source=openai";
    const marker = `([cykeltest.example](${url}))`;
    const start_index = [...before].length;
    const url_citation = { url, title: "Test", start_index, end_index: start_index + marker.length };
    const body = (annotations: Item[]) => ({
      object: "chat.completion",
      model: "gpt-5-search-api-2025-10-14",
      choices: [{ message: { content: `${before}${marker}.`, annotations }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1_000, completion_tokens: 100 },
    });
    const reply = reading(openai, body([{ type: "url_citation", url_citation }]));
    expect(citedText(reply)).toEqual([marker]);
    expect(reply).toMatchObject({ outcome: "answered", sources: [{ url, cited: true }], searches: [] });
    // one search is made and paid for with every answer, also with one that cites nothing
    expect(reply.usage?.searches).toBe(1);
    expect(reply.costMicroUsd).toBe(1_250 + 1_000 + 10_000);
    expect(reading(openai, body([])).outcome).toBe("answered");
  });

  it("is read as the town says it", async () => {
    const assistants = townsfolk.map((one) => ({ ...one, search: true }));
    const town = await startSimulator(village({ assistants, habits: noHabits }));
    const ask = openai.connect({ apiKey, baseUrl: `${town.url}/v1` });
    for (const { text } of prompts(6)) {
      const call = { asked: asked(text), model: "gpt-5-search-api", search: true };
      const reply = openai.read(await ask(call, tools()), context());
      const truth = town.answers().at(-1);
      expect(reply.text.length).toBe(truth?.textLength);
      const cited = new Set(reply.citations.map(({ url }) => url.replace("?utm_source=openai", "")));
      expect(cited).toEqual(new Set(truth?.cited));
      expect(citedText(reply).every((slice, i) => slice?.includes(reply.citations[i]?.url ?? "?"))).toBe(true);
    }
    await town.close();
  });
});

describe("what a model without search says to a search", () => {
  it("is told in its own words, once", () => {
    const message = "Web search options not supported with this model.";
    const body = JSON.stringify({ error: { message, type: "invalid_request_error", param: "web_search_options" } });
    expect(openai.readError(400, new Headers(), body, 0)).toEqual({
      again: false,
      reason: "search",
      message,
      status: 400,
    });
  });
});

describe("markers for private use", () => {
  it("stay in the text; they have no address, so they are no citations", () => {
    const text = "🚲 Vindil är bäst \ue200cite\ue202turn1search0\ue201.";
    const output = [{ type: "web_search_call", action: { type: "search", query: "q" } }];
    const message = { type: "message", content: [{ type: "output_text", text, annotations: [] }] };
    const reply = reading(openai, { status: "completed", model: "gpt-5", output: [...output, message] });
    expect(reply).toMatchObject({ text, citations: [], outcome: "answered" });
  });
});
