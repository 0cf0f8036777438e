/** What an assistant declares of the question's place, held against what it sends, and what an answer says of it. */
import { afterEach, describe, expect, it } from "vitest";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { openai } from "../../src/assistants/openai.ts";
import { perplexity } from "../../src/assistants/perplexity.ts";
import { gemini } from "../../src/assistants/gemini.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, askAt, asked, context, speakers, tools } from "./asking.ts";

let server: LocalServer | undefined;
afterEach(() => server?.close());

const overTheWire = (): string => {
  const { path, body } = server!.received.at(-1)!;
  return decodeURIComponent(`${path} ${body}`);
};
const told = (sent: string): string[] => [
  ...(/"SE"|"sweden"|gl=se\b/.test(sent) ? ["country"] : []),
  ...(sent.includes("Europe/Stockholm") ? ["timezone"] : []),
];
/** The city is a setting of the assistant. */
const declared = ({ location }: Pick<AssistantAdapter, "location">) => location.filter((one) => one !== "city");

describe("the place of a question", () => {
  it.each(speakers)("goes to $adapter.id as far as it declares", async (speaker) => {
    server = await openLocalServer(replying(200, "{}"));
    await askAt(speaker, server.url, "Vilken elcykel är bäst?");
    expect(told(overTheWire())).toEqual(declared(speaker.adapter));
  });

  it("goes to Google without its time zone", async () => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?"), model: "m", search: true };
    await googleAiMode.connect({ through: "serpapi", apiKey, baseUrl: server.url })(call, tools());
    expect(told(overTheWire())).toEqual(declared(googleAiMode));
  });
});

describe("an answer", () => {
  const bodies = {
    openai: [openai, { output: [] }],
    perplexity: [perplexity, { output: [] }],
    gemini: [gemini, { candidates: [] }],
  } as const;

  it.each<[keyof typeof bodies, string, boolean, object]>([
    ["openai", "a country", true, { country: "SE" }],
    ["openai", "a time zone alone", true, { country: null }],
    ["openai", "no search to tell it to", false, { country: "SE", search: false }],
    ["perplexity", "a country", true, { country: "SE" }],
    ["perplexity", "a place that nobody noted", true, {}],
    ["perplexity", "a time zone alone", false, { country: null }],
    ["perplexity", "no search to tell it to", false, { country: "SE", search: false }],
    ["gemini", "a country", false, { country: "SE" }],
  ])("of %s to a question with %s says whether its place was taken: %s", (name, _, applied, more) => {
    const [adapter, body] = bodies[name];
    expect(adapter.read(JSON.stringify(body), context(more)).locationApplied).toBe(applied);
  });
});
