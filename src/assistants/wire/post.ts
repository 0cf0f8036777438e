/** Asks providers that need no SDK: one JSON body to an address, with a bearer key. */
import type { Tools } from "../assistant.ts";

/** Posts once and resolves with the body as text; an error reply, which the listener has heard, throws. */
export async function postJson(
  { fetch, signal }: Tools,
  { baseUrl, path, apiKey }: { baseUrl: string; path: string; apiKey: string },
  body: object,
): Promise<string> {
  const response = await fetch(baseUrl.replace(/\/+$/, "") + path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
}
