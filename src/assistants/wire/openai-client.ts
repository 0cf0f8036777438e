/** The official OpenAI SDK, loaded when the first question is asked: commands that ask nothing start without it. */
import type OpenAI from "openai";
import type { ClientOptions } from "openai";

/**
 * SDK retries are off: the queue retries, once, with the provider's own delay. Time limits are http.ts's. What the SDK
 * would look up in the environment is given, so that only the project file decides whom we ask.
 */
export async function openaiClient(
  apiKey: string,
  baseURL: string,
  fetch: typeof globalThis.fetch,
  more: Pick<ClientOptions, "defaultHeaders" | "defaultQuery"> = {},
): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  const fixed = { organization: null, project: null, maxRetries: 0, logLevel: "off" as const };
  return new Client({ apiKey, baseURL, fetch, ...fixed, ...more });
}
