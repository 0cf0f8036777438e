/** Hears how a request failed before an SDK does: SDKs keep only part of an error reply and lose some causes. */
import type { Failure } from "../../domain.ts";
import type { Tools } from "../assistant.ts";
import { failureOf, readErrorReply } from "./failure.ts";
import { jsonOr } from "./json.ts";

/** The same fetch, and how its last request failed; null when it did not. */
export function listening({ fetch, now }: Tools): { fetch: typeof fetch; failure: () => Failure | null } {
  let failure: Failure | null = null;
  return {
    failure: () => failure,
    fetch: async (input, init) => {
      failure = null;
      try {
        const response = await fetch(input, init);
        if (response.ok) return response;
        const { status, headers } = response;
        failure = readErrorReply({ status, headers, body: jsonOr(await response.clone().text()), now: now() });
        return response;
      } catch (error) {
        failure = failureOf(error);
        throw error;
      }
    },
  };
}
