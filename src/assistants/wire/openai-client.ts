/** The official OpenAI SDK, loaded when the first question is asked: commands that ask nothing start without it. */
import type OpenAI from "openai";

/**
 * SDK retries are off: the queue retries, once, with the provider's own delay. Time limits are http.ts's. What the SDK
 * would look up in the environment is given, so that only the project file decides whom we ask.
 */
export async function openaiClient(apiKey: string, baseURL: string, fetch: typeof globalThis.fetch): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  return new Client({ apiKey, baseURL, organization: null, project: null, fetch, maxRetries: 0, logLevel: "off" });
}
