/** What tests of assistants share: a question, the tools to ask it with, and failures as values. */
import type { Asked, Failure, Outcome, Reply } from "../../src/domain.ts";
import { AssistantError } from "../../src/errors.ts";
import { createFetch, type OutgoingLimits } from "../../src/http.ts";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { AssistantAdapter, ReadContext, Tools } from "../../src/assistants/assistant.ts";
import type { TownAssistant } from "../../src/simulator/index.ts";
import { mistral } from "../../src/assistants/mistral.ts";
import { gemini } from "../../src/assistants/gemini.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import { openrouter } from "../../src/assistants/openrouter.ts";
import { perplexity } from "../../src/assistants/perplexity.ts";
import { azureOpenai } from "../../src/assistants/azure-openai.ts";
import { deepseek } from "../../src/assistants/deepseek.ts";
import { groq } from "../../src/assistants/groq.ts";
import { xai } from "../../src/assistants/xai.ts";

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
  /** Where it asks when no address is given; left out where one must be. */
  home?: string;
  /** A model it takes. */
  model?: string;
  /** What its wire does not tell. */
  silentOn?: ("searches" | "sources" | "refusal" | "ending")[];
  /** Statuses that are not OpenAI's. */
  statuses?: { bad_key?: number; quota?: number; overloaded?: number };
  /** At times it names only the pages that are cited, not those a search found. */
  mayKeepPagesBack?: true;
  /** Settings it cannot do without, beside key and address. */
  settings?: Record<string, unknown>;
  /** How it says that it refuses; `refused` unless it has no word of its own for it. */
  refusal?: Outcome;
}

const v1 = (url: string): string => `${url}/v1`;

export const speakers: Speaker[] = [
  {
    adapter: openai,
    base: v1,
    path: "/v1/responses",
    town: "openai",
    home: "https://api.openai.com/v1/responses",
  },
  { adapter: azureOpenai, base: (url) => `${url}/openai/v1`, path: "/openai/v1/responses", town: "azure-openai" },
  {
    adapter: anthropic,
    base: (url) => url,
    path: "/v1/messages",
    town: "anthropic",
    home: "https://api.anthropic.com/v1/messages",
    statuses: { quota: 400, overloaded: 529 },
  },
  {
    adapter: gemini,
    base: (url) => url,
    path: "/v1beta/models/model-x:generateContent",
    town: "gemini",
    home: "https://generativelanguage.googleapis.com/v1beta/models/model-x:generateContent",
    model: "model-x",
    statuses: { bad_key: 400 },
    settings: { termsConfirmed: true },
    refusal: "blocked",
  },
  {
    adapter: perplexity,
    base: (url) => url,
    path: "/v1/agent",
    town: "perplexity",
    home: "https://api.perplexity.ai/v1/agent",
    model: "perplexity/sonar",
  },
  {
    adapter: xai,
    base: (url) => `${url}/xai/v1`,
    path: "/xai/v1/responses",
    town: "xai",
    home: "https://api.x.ai/v1/responses",
    statuses: { bad_key: 400 },
    mayKeepPagesBack: true,
  },
  {
    adapter: mistral,
    base: (url) => url,
    path: "/v1/conversations",
    town: "mistral",
    home: "https://api.mistral.ai/v1/conversations",
    silentOn: ["sources", "refusal", "ending"],
  },
  {
    adapter: deepseek,
    base: (url) => url,
    path: "/responses",
    town: "deepseek",
    home: "https://api.deepseek.com/responses",
    statuses: { quota: 402 },
    mayKeepPagesBack: true,
  },
  {
    adapter: groq,
    base: (url) => `${url}/openai/v1`,
    path: "/openai/v1/chat/completions",
    town: "groq",
    home: "https://api.groq.com/openai/v1/chat/completions",
  },
  {
    adapter: openrouter,
    base: (url) => `${url}/api/v1`,
    path: "/api/v1/chat/completions",
    town: "openrouter",
    home: "https://openrouter.ai/api/v1/chat/completions",
    statuses: { quota: 402 },
    silentOn: ["searches", "sources"],
  },
  { adapter: openaiCompatible, base: v1, path: "/v1/chat/completions", town: "chat" },
];

/** The speakers as assistants of a town. */
export const townsfolk: TownAssistant[] = speakers.map(({ town, adapter }) => ({
  id: town,
  servedModel: `model-of-${town}`,
  search: adapter.search,
  effect: 0,
}));

/** Asks the server at `url` through the adapter's SDK and gives the body. */
export const askAt = (
  { adapter, base, model: usual = "model-x", settings: needed }: Speaker,
  url: string,
  text: string,
  {
    settings = {},
    model = usual,
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
