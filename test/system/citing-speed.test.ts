/** Citations are placed in time that grows with the reply, however long its text and however many they are. */
import { describe, expect, it } from "vitest";
import { openai } from "../../src/assistants/openai.ts";
import { perplexity } from "../../src/assistants/perplexity.ts";
import { context } from "../assistants/asking.ts";

/** Texts of about so many letters in which places are hard to find. */
const texts: Record<string, (length: number) => string> = {
  "emoji and no address": (length) => "Bra cykel 🚲. ".repeat(length / 14),
  "one page's marker again and again": (length) => "Bra. ([a](https://a.example/0)) ".repeat(length / 32),
  "beginnings of the address": (length) => "https://a.example/".repeat(length / 18),
  "numbered markers": (length) => "Bra [1][2]. ".repeat(length / 12),
};

const annotations = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => ({
    type: "url_citation",
    url: `https://a.example/${i % 2 === 0 ? 0 : i}`,
    start_index: Math.floor((i * length) / count) + 1,
    end_index: length - i,
  }));

const responses = (text: string, count: number): string =>
  JSON.stringify({
    status: "completed",
    model: "m",
    output: [
      { type: "web_search_call", action: { type: "search", query: "cykel" } },
      { type: "search_results", results: [1, 2].map((id) => ({ id, url: `https://a.example/${id}` })) },
      {
        type: "message",
        content: [{ type: "output_text", text, annotations: annotations(count, text.length) }],
      },
    ],
  });

/** Processor time in milliseconds. */
function cost(adapter: typeof openai | typeof perplexity, body: string): number {
  const before = process.cpuUsage();
  adapter.read(body, context());
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe.each([openai, perplexity])("$id with many annotations", (adapter) => {
  it.each(Object.entries(texts))("in %s", (_, text) => {
    const [short, long] = [text(300_000), text(1_200_000)];
    const few = Math.min(cost(adapter, responses(short, 500)), cost(adapter, responses(short, 500)));
    expect(cost(adapter, responses(long, 2_000))).toBeLessThan(9 * few + 300); // sixteen times where it is quadratic
    expect(cost(adapter, responses(text(8_000_000), 20_000))).toBeLessThan(6_000);
  });
});
