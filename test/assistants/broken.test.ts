/** However damaged a reply is: a failure that is told, or a smaller answer whose places fit. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { gemini } from "../../src/assistants/gemini.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import { AssistantError } from "../../src/errors.ts";
import { brokenBodies } from "../support/broken.ts";
import { context } from "./asking.ts";

const page = { type: "web_search_result", url: "https://sv.example/kaffe", title: "Kaffe på Åland" };
const cited = { type: "web_search_result_location", url: page.url, title: page.title, cited_text: "☕ gott" };

/** One whole reply of each form, with all that is read in it. */
const wholeReplies: [name: string, adapter: AssistantAdapter, body: unknown][] = [
  [
    "Responses",
    openai,
    {
      object: "response",
      model: "m-1",
      status: "completed",
      output: [
        { type: "web_search_call", action: { type: "search", queries: ["kaffe"], sources: [{ url: page.url }] } },
        {
          type: "message",
          phase: "final_answer",
          content: [
            {
              type: "output_text",
              text: "🎉 Åhléns är bäst ([sv.example](https://sv.example/kaffe)).",
              annotations: [{ type: "url_citation", url: page.url, title: page.title, start_index: 18, end_index: 58 }],
            },
          ],
        },
      ],
      tool_usage: { web_search: { num_requests: 1 } },
      usage: { input_tokens: 10, output_tokens: 20, input_tokens_details: { cached_tokens: 1 } },
    },
  ],
  [
    "chat completions",
    openaiCompatible,
    {
      object: "chat.completion",
      model: "m-1",
      choices: [
        {
          finish_reason: "stop",
          message: {
            content: "<think>hm</think>Bäst är Åhléns ([sv](https://sv.example/kaffe)).",
            annotations: [{ url_citation: { url: page.url, start_index: 15, end_index: 47 } }],
          },
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 0 } },
    },
  ],
  [
    "generateContent",
    gemini,
    {
      candidates: [
        {
          content: { parts: [{ text: "hm", thought: true }, { text: "☕ Åhléns är bäst." }] },
          finishReason: "STOP",
          groundingMetadata: {
            webSearchQueries: ["kaffe"],
            groundingChunks: [{ web: { uri: page.url, title: page.title } }],
            groundingSupports: [
              { segment: { startIndex: 4, endIndex: 22, text: "Åhléns är bäst" }, groundingChunkIndices: [0] },
            ],
          },
        },
      ],
      modelVersion: "m-1",
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2 },
    },
  ],
  [
    "Messages",
    anthropic,
    {
      model: "m-1",
      stop_reason: "end_turn",
      content: [
        { type: "text", text: "Jag söker." },
        { type: "server_tool_use", id: "a", name: "web_search", input: { query: "kaffe" } },
        { type: "web_search_tool_result", tool_use_id: "a", content: [page] },
        { type: "text", text: "☕ Åhléns är bäst.", citations: [cited] },
      ],
      usage: { input_tokens: 1, output_tokens: 2, server_tool_use: { web_search_requests: 1 } },
    },
  ],
];

describe("a damaged reply", () => {
  it.each(wholeReplies)("in the form of %s is told, or read as far as it fits", (_, adapter, body) => {
    const whole = adapter.read(JSON.stringify(body), context());
    expect(whole).toMatchObject({ outcome: "answered", servedModel: "m-1" });
    expect(whole.citations).toHaveLength(1);
    fc.assert(
      fc.property(brokenBodies(body), (broken) => {
        const reply = readOrNull(adapter, broken);
        if (!reply) return;
        for (const { start, end } of [...reply.citations, ...reply.asides]) {
          expect(start === undefined).toBe(end === undefined);
          if (start === undefined) continue;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(reply.text.length);
        }
        expect(reply.text.isWellFormed()).toBe(true);
        expect(reply.outcome === "answered" && reply.text.trim() === "").toBe(false);
        expect(reply.costMicroUsd ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 400, seed: 20_261_122 },
    );
  });
});

/** The reply, or null where it is told why it is none. */
function readOrNull(adapter: AssistantAdapter, body: string) {
  try {
    return adapter.read(body, context());
  } catch (error) {
    expect(error).toBeInstanceOf(AssistantError);
    return null;
  }
}
