/** However damaged a reply is: a failure that is told, or a smaller answer whose places fit. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { mistral } from "../../src/assistants/mistral.ts";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import { googleAiOverview } from "../../src/assistants/google-ai-overview.ts";
import { gemini } from "../../src/assistants/gemini.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import { openrouter } from "../../src/assistants/openrouter.ts";
import { perplexity } from "../../src/assistants/perplexity.ts";
import { groq } from "../../src/assistants/groq.ts";
import { xai } from "../../src/assistants/xai.ts";
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
    "Grok, without offsets",
    xai,
    {
      object: "response",
      model: "m-1",
      status: "completed",
      output: [
        { type: "web_search_call", action: null, arguments: '{"query":"kaffe","url":"https://sv.example/"}' },
        {
          type: "message",
          content: [
            {
              type: "output_text",
              text: "🎉 Åhléns är bäst [[1]](https://sv.example/kaffe).",
              annotations: [{ type: "url_citation", url: page.url }],
            },
          ],
        },
      ],
      content_filters: [{ blocked: false }],
      usage: {
        input_tokens: 10,
        output_tokens: 20,
        cost_in_usd_ticks: 50_000_000,
        server_side_tool_usage_details: { web_search_calls: 1, x_search_calls: 0 },
      },
    },
  ],
  [
    "Groq",
    groq,
    {
      object: "chat.completion",
      model: "m-1",
      choices: [
        {
          finish_reason: "stop",
          message: {
            content: "☕ Åhléns är bäst ([sv](https://sv.example/kaffe)).",
            executed_tools: [
              { type: "search", arguments: '{"query":"kaffe"}', search_results: { results: [page] } },
              { type: "visit", arguments: '{"url":"https://sv.example/"}', search_results: null },
            ],
            annotations: [{ url_citation: { url: page.url, start_index: 18, end_index: 50 } }],
          },
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 2 },
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
  [
    "Perplexity's agent",
    perplexity,
    {
      model: "m-1",
      status: "completed",
      output: [
        { type: "search_results", queries: ["kaffe"], results: [{ id: 1, url: page.url, title: page.title }] },
        {
          type: "message",
          content: [
            {
              type: "output_text",
              text: "<think>hm</think>🎉 Åhléns är bäst[1].",
              annotations: [{ type: "url_citation", url: page.url, start_index: 34, end_index: 37 }],
            },
          ],
        },
        { type: "fetch_url_results", contents: [{ url: page.url }] },
      ],
      usage: { input_tokens: 1, output_tokens: 2, cost: { currency: "USD", total_cost: 0.001 } },
    },
  ],
  [
    "Perplexity's Sonar",
    perplexity,
    {
      model: "m-1",
      citations: [page.url],
      search_results: [{ url: page.url, title: page.title }],
      choices: [{ finish_reason: "stop", message: { content: "<think>hm</think>🎉 Åhléns är bäst[1]." } }],
      usage: { prompt_tokens: 1, completion_tokens: 2, cost: { total_cost: 0.001 } },
    },
  ],
  [
    "Mistral's conversations",
    mistral,
    {
      outputs: [
        { type: "message.output", model: "m-1", content: "Jag söker." },
        { type: "tool.execution", name: "web_search", arguments: '{"query":"kaffe"}' },
        {
          type: "message.output",
          model: "m-1",
          content: [
            { type: "text", text: "☕ Åhléns är bäst." },
            { type: "tool_reference", url: page.url, title: page.title },
          ],
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 2, connector_tokens: 3, connectors: { web_search: 1 } },
    },
  ],
  [
    "OpenRouter's completions",
    openrouter,
    {
      model: "m-1",
      choices: [
        {
          finish_reason: "stop",
          message: {
            content: "🎉 Bäst är Åhléns ([sv](https://sv.example/kaffe)).",
            annotations: [{ url_citation: { url: page.url, start_index: 18, end_index: 50 } }],
          },
        },
      ],
      usage: { prompt_tokens: 1, cost: 0.01, server_tool_use_details: { web_search_requests: 1 } },
    },
  ],
  [
    "SerpApi's blocks",
    googleAiOverview,
    {
      search_metadata: { status: "Success" },
      ai_overview: {
        text_blocks: [
          { type: "paragraph", snippet: "☕ Åhléns är bäst.", reference_indexes: [0, 7] },
          { type: "list", list: [{ title: "Ett", snippet: "två", list: [{ snippet: "tre" }] }] },
          { type: "table", table: [["Märke"], ["Åhléns"]], detailed: [[{ snippet: "x" }]] },
        ],
        references: [{ index: 0, link: page.url, title: page.title }],
      },
    },
  ],
  [
    "SerpApi's Markdown",
    googleAiMode,
    {
      search_metadata: { status: "Success" },
      reconstructed_markdown: "🎉 **Åhléns** är bäst.\n\nSlut.",
      text_blocks: [{ type: "paragraph", snippet: "Åhléns är bäst.", reference_indexes: [0] }],
      references: [{ link: page.url }],
    },
  ],
  [
    "DataForSEO",
    googleAiMode,
    {
      status_code: 20_000,
      tasks: [
        {
          status_code: 20_000,
          result: [
            { items: [{ type: "ai_overview", markdown: "☕ Åhléns. [[1]](https://sv.example/kaffe#:~:text=gott)" }] },
          ],
        },
      ],
    },
  ],
];

describe("a damaged reply", () => {
  it.each(wholeReplies)("in the form of %s is told, or read as far as it fits", (_, adapter, body) => {
    const whole = adapter.read(JSON.stringify(body), context());
    expect(whole).toMatchObject({ outcome: "answered", servedModel: adapter.surface === "ui" ? null : "m-1" });
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
      { numRuns: 120, seed: 20_261_122 },
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
