/** Hears how a request failed before an SDK does: SDKs keep only part of an error reply and lose some causes. */
import type { Failure } from "../../domain.ts";
import type { Tools } from "../assistant.ts";
import { failureOf, readErrorReply } from "./failure.ts";
import { jsonOr, record, type Json } from "./json.ts";

/**
 * The same fetch, and how its last request failed; null when it did not. A prompt that a filter held back is an outcome:
 * the error reply that tells of it is handed on as the reply it is to us.
 */
export function listening(
  { fetch, now }: Tools,
  blockedPrompt: (body: Json) => string | null = () => null,
): { fetch: typeof fetch; failure: () => Failure | null } {
  let failure: Failure | null = null;
  return {
    failure: () => failure,
    fetch: async (input, init) => {
      failure = null;
      try {
        const response = await fetch(input, init);
        if (response.ok) return response;
        const { status, headers } = response;
        const said = await response.clone().text();
        const body = jsonOr(said);
        if (blockedPrompt(record(body)) !== null)
          return new Response(said, { headers: { "content-type": "application/json" } });
        failure = readErrorReply({ status, headers, body, now: now() });
        return response;
      } catch (error) {
        failure = failureOf(error);
        throw error;
      }
    },
  };
}
