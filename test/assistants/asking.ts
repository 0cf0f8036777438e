/** What tests of assistants share: a question, the tools to ask it with, and failures as values. */
import type { Asked, Failure, Outcome, Reply } from "../../src/domain.ts";
import { AssistantError } from "../../src/errors.ts";
import { createFetch, type OutgoingLimits } from "../../src/http.ts";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { AssistantAdapter, ReadContext, Tools } from "../../src/assistants/assistant.ts";
import { gemini } from "../../src/assistants/gemini.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";

export const apiKey = "hemlig-nyckel-0123456789-abcdefghij";
export const now = Date.parse("2026-11-20T10:00:00Z");

export const asked = (text: string, more: Partial<Asked> = {}): Asked => ({
  text,
  language: "sv",
  country: "SE",
  timezone: "Europe/Stockholm",
  ...more,
});

export const tools = ({ signal, ...limits }: Partial<OutgoingLimits> & { signal?: AbortSignal } = {}): Tools => ({
  fetch: createFetch({ timeoutMs: 15_000, maxBytes: 5_000_000, allowHosts: ["127.0.0.1"], ...limits }),
  now: () => now,
  signal: signal ?? new AbortController().signal,
});

/** An adapter, its address on a server, and what its town calls it. */
export interface Speaker {
  adapter: AssistantAdapter;
  /** Base address when `url` is the server's. */
  base: (url: string) => string;
  path: string;
  town: string;
  /** Settings it cannot do without, beside key and address. */
  settings?: Record<string, unknown>;
  /** How it says that it refuses; `refused` unless it has no word of its own for it. */
  refusal?: Outcome;
}

export const speakers: Speaker[] = [
  { adapter: openai, base: (url) => `${url}/v1`, path: "/v1/responses", town: "openai" },
  { adapter: anthropic, base: (url) => url, path: "/v1/messages", town: "anthropic" },
  {
    adapter: gemini,
    base: (url) => url,
    path: "/v1beta/models/model-x:generateContent",
    town: "gemini",
    settings: { termsConfirmed: true },
    refusal: "blocked",
  },
  { adapter: openaiCompatible, base: (url) => `${url}/v1`, path: "/v1/chat/completions", town: "chat" },
];

/** Asks the server at `url` through the adapter's SDK and gives the body. */
export const askAt = (
  { adapter, base, settings: needed }: Speaker,
  url: string,
  text: string,
  {
    settings = {},
    model = "model-x",
    ...limits
  }: Parameters<typeof tools>[0] & {
    settings?: Record<string, unknown>;
    model?: string;
  } = {},
): Promise<string> =>
  adapter.connect({ apiKey, baseUrl: base(url), ...needed, ...settings })(
    { asked: asked(text), model, search: adapter.search },
    tools(limits),
  );

/** The failure of something that must fail with an AssistantError. */
export async function failureIn(asking: Promise<unknown>): Promise<Failure> {
  const error: unknown = await asking.then(
    () => new Error("it did not fail"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AssistantError) return error.failure;
  throw error;
}

export const context = (more: Partial<ReadContext> = {}): ReadContext => ({
  search: true,
  day: "2026-11-20",
  prices: [],
  ...more,
});

/** Reads a body given as a value. */
export const reading = (adapter: AssistantAdapter, body: unknown, more: Partial<ReadContext> = {}): Reply =>
  adapter.read(JSON.stringify(body), context({ search: adapter.search, ...more }));

/** The failure of reading a body that is no reply. */
export const misreading = (adapter: AssistantAdapter, body: string): Promise<Failure> =>
  failureIn(Promise.resolve().then(() => adapter.read(body, context())));

/** What stands in the text where a citation says it does; null when it does not say. */
export const citedText = ({ text, citations }: Reply): (string | null)[] =>
  citations.map(({ start, end }) => (start === undefined ? null : text.slice(start, end)));
