/** Error replies of all shapes: why there is no answer, and whether and when to ask again. */
import { describe, expect, it } from "vitest";
import type { Failure, FailureReason } from "../../src/domain.ts";
import { anthropic } from "../../src/assistants/anthropic.ts";
import { assistants } from "../../src/assistants/index.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import { misreading, now } from "./asking.ts";

const failure = (status: number, body: unknown, headers: Record<string, string> = {}): Failure =>
  openai.readError(status, new Headers(headers), typeof body === "string" ? body : JSON.stringify(body), now);
const openaiError = (message: string, code: string | null = null, type = "invalid_request_error") => ({
  error: { message, type, param: null, code },
});
const anthropicError = (type: string, message: string) => ({
  type: "error",
  error: { type, message },
  request_id: "r",
});

describe("the reason", () => {
  it.each<[FailureReason, boolean, number, unknown]>([
    ["bad_key", false, 401, openaiError("Incorrect API key provided: sk-12***89.", "invalid_api_key")],
    ["bad_key", false, 401, anthropicError("authentication_error", "invalid x-api-key")],
    ["bad_key", false, 401, { detail: "Invalid API Key" }],
    ["bad_key", false, 401, { error: { code: "401", message: "Access denied due to invalid subscription key" } }],
    ["bad_key", false, 400, { code: "invalid-argument", error: "Incorrect API key provided: xa***1" }],
    ["bad_key", false, 400, { error: { code: 400, status: "INVALID_ARGUMENT", message: "API_KEY_INVALID" } }],
    ["quota", false, 429, openaiError("You exceeded your current quota", "insufficient_quota")],
    ["quota", false, 400, anthropicError("invalid_request_error", "Your credit balance is too low to access")],
    ["quota", false, 402, { error: { message: "Payment required" } }],
    ["rate_limit", true, 429, openaiError("Rate limit reached", "rate_limit_exceeded", "requests")],
    ["rate_limit", true, 429, anthropicError("rate_limit_error", "would exceed your rate limit")],
    ["rate_limit", true, 429, "Too Many Requests"],
    ["too_large", false, 429, openaiError("Request too large: must be reduced", "rate_limit_exceeded", "tokens")],
    ["too_large", false, 400, openaiError("too many tokens", "context_length_exceeded")],
    ["too_large", false, 400, openaiError("This model's maximum context length is 8192 tokens.")],
    ["too_large", false, 400, anthropicError("invalid_request_error", "prompt is too long: 3 tokens > 2 maximum")],
    ["too_large", false, 413, anthropicError("request_too_large", "Request exceeds the maximum size")],
    ["overloaded", true, 529, anthropicError("overloaded_error", "Overloaded")],
    ["overloaded", true, 500, anthropicError("api_error", "Overloaded")],
    ["overloaded", true, 503, openaiError("The engine is currently overloaded", "server_is_overloaded")],
    ["model", false, 404, openaiError("The model 'gpt-0' does not exist", "model_not_found")],
    ["model", false, 400, openaiError("The requested model 'gpt-0' does not exist.", "model_not_found")],
    ["model", false, 404, anthropicError("not_found_error", "model: claude-0")],
    ["model", false, 410, { error: "Live Search is gone" }],
    ["model", false, 400, openaiError("The model `m` has been decommissioned", "model_decommissioned")],
    ["bad_request", false, 400, openaiError("`temperature` is deprecated for this model.")],
    ["not_allowed", false, 403, anthropicError("permission_error", "Your API key may not use this resource")],
    ["region", false, 403, openaiError("Country, region, or territory not supported")],
    ["region", false, 400, { error: { message: "User location is not supported for the API use." } }],
    ["region", false, 400, openaiError("web_search is not available in your region")],
    ["country", false, 400, openaiError("Invalid value: tools[0].user_location.country")],
    ["country", false, 400, { error: "Unsupported `xx` country - gl parameter." }],
    ["country", false, 400, { error: "Unsupported `Ankeborg` location - location parameter." }],
    ["search", false, 400, openaiError("Hosted tool 'web_search' is not supported with gpt-4.1-nano.")],
    ["search", false, 400, openaiError("Web search options not supported with this model.")],
    ["search", false, 400, openaiError("Unsupported parameter: 'tools' is not supported with this model.")],
    [
      "search",
      false,
      400,
      anthropicError("invalid_request_error", "'m' does not support tool types: web_search_20250305."),
    ],
    ["search", false, 400, { error: { message: "Search Grounding is not supported.", status: "INVALID_ARGUMENT" } }],
    ["search", false, 400, { error: { message: "Search as a tool is not enabled for this model" } }],
    ["search", false, 400, { error: { message: "model x does not support web_search", type: "invalid_request" } }],
    ["search", false, 404, { error: { message: "No endpoints found that support tool use." } }],
    ["search", false, 400, { detail: "Built-in connectors are not supported for this model" }],
    ["bad_request", false, 400, openaiError("Unsupported value: 'tools[0].search_context_size' must be low")],
    ["server", true, 500, openaiError("The server had an error", null, "server_error")],
    ["server", true, 502, "<html><body>Bad Gateway</body></html>"],
    ["server", true, 408, {}],
    ["server", true, 409, {}],
    ["server", true, 425, {}],
    ["bad_request", false, 400, openaiError("Unsupported parameter: 'temperature'")],
    ["bad_request", false, 422, { detail: [{ loc: ["body"], msg: "field required" }] }],
    ["bad_request", false, 400, null],
  ])("is %s (again: %s) for HTTP %i with %j", (reason, again, status, body) => {
    expect(failure(status, body)).toMatchObject({ reason, again, status });
  });

  it("is the same for every assistant", () => {
    const read = (status: number, body: object) =>
      assistants.map((adapter) => adapter.readError(status, new Headers(), JSON.stringify(body), now));
    const bodies: [number, object][] = [
      [429, openaiError("Rate limit reached. Please try again in 3s.")],
      [401, anthropicError("authentication_error", "invalid x-api-key")],
    ];
    for (const [status, body] of bodies)
      expect(new Set(read(status, body).map((one) => JSON.stringify(one))).size).toBe(1);
  });
});

describe("the delay", () => {
  const limited = openaiError("Rate limit reached.", "rate_limit_exceeded", "requests");

  it.each<[string, Record<string, string>, number | undefined]>([
    ["seconds", { "retry-after": "20" }, 20_000],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 10:00:30 GMT" }, 30_000],
    ["milliseconds", { "retry-after-ms": "174", "retry-after": "1" }, 174],
    ["nothing", {}, undefined],
    ["nonsense", { "retry-after": "later" }, undefined],
  ])("is taken from the headers as %s", (_, headers, afterMs) => {
    expect(failure(429, limited, headers).afterMs).toBe(afterMs);
    expect(failure(503, {}, headers).afterMs).toBe(afterMs);
    expect(failure(529, {}, headers).afterMs).toBe(afterMs);
  });

  it.each([
    ["Please try again in 174ms. Visit", 174],
    ["Please try again in 20s.", 20_000],
    ["Please try again in 1.898s", 1_898],
    ["Please try again in 6m0s.", 360_000],
    ["Please try again in 1m30.5s.", 90_500],
    ["Please try again in 1h2m3s.", 3_723_000],
    ["Please try again in 2h.", 7_200_000],
    ["Please try again in 7m12s", 432_000],
    ["Please try again later.", undefined],
    ["Please try again in a while.", undefined],
  ])("is taken from the words %j", (words, afterMs) => {
    expect(failure(429, openaiError(`Rate limit reached. ${words}`)).afterMs).toBe(afterMs);
  });

  it("is taken from Google's RetryInfo, and from a header before any words", () => {
    const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "34.4s" }];
    const google = { error: { code: 429, message: "Resource exhausted", status: "RESOURCE_EXHAUSTED", details } };
    expect(failure(429, google).afterMs).toBe(34_400);
    expect(failure(429, google, { "retry-after": "5" }).afterMs).toBe(5_000);
  });

  it("is nobody's business when asking again does not help, or when the status has none", () => {
    for (const [status, body] of [
      [429, openaiError("You exceeded your current quota", "insufficient_quota")],
      [401, {}],
      [500, {}],
    ] as const)
      expect(failure(status, body, { "retry-after": "31" })).not.toHaveProperty("afterMs");
  });

  it("is not waited for when the provider says not to come back", () => {
    const headers = { "retry-after": "31", "x-should-retry": "false" };
    expect(failure(529, {}, headers)).toMatchObject({ again: false, reason: "overloaded" });
    expect(failure(529, {}, headers)).not.toHaveProperty("afterMs");
    expect(failure(529, {}, { ...headers, "x-should-retry": "true" })).toMatchObject({ again: true, afterMs: 31_000 });
  });
});

describe("the message", () => {
  it.each<[unknown, string]>([
    [openaiError("Något gick fel"), "Något gick fel"],
    [{ error: "model is loading" }, "model is loading"],
    [{ detail: "Not allowed here" }, "Not allowed here"],
    [{ message: "flat" }, "flat"],
    ["plain words\n", "plain words"],
    ["", "HTTP 400"],
    [{}, "HTTP 400"],
    [[1, 2], "HTTP 400"],
    ["  <!DOCTYPE html><title>403</title>", "a web page came instead of a reply"],
  ])("of %j is %j", (body, message) => {
    expect(failure(400, body).message).toBe(message);
  });

  it("does not repeat a key that is refused, and is short enough to be shown", () => {
    expect(failure(401, openaiError("Incorrect API key provided: sk-live-1.")).message).toBe("the key was refused");
    expect(failure(400, openaiError("å".repeat(5_000))).message).toHaveLength(300);
  });
});

describe("a body with status 200 that is no reply", () => {
  it.each([
    ["a web page", "<html><body>Log in to the network</body></html>", "a web page came instead of a reply"],
    ["half a reply", '{"object":"response","output":[{"type":"mess', "the reply is not whole JSON"],
    ["nothing", "", "the reply is not whole JSON"],
    ["a text", '"hello"', "the reply is not whole JSON"],
    ["null", "null", "the reply is not whole JSON"],
  ])("%s is worth another try", async (_, body, message) => {
    for (const adapter of assistants)
      expect(await misreading(adapter, body)).toEqual({ again: true, reason: "unreadable", message });
  });

  it("without its main part says which part it is", async () => {
    expect((await misreading(openai, "{}")).message).toBe("the reply holds no output");
    expect((await misreading(anthropic, "{}")).message).toBe("the reply holds no content");
    expect((await misreading(anthropic, '[{"content":[]},{}]')).message).toBe("the reply holds no content");
    expect((await misreading(openaiCompatible, "{}")).message).toBe("the reply holds no choices");
  });

  it.each<[object, Partial<Failure>]>([
    [
      { code: "server_error", message: "Sorry" },
      { again: true, reason: "server", message: "Sorry" },
    ],
    [
      { code: "rate_limit_exceeded", message: "Please try again in 2s." },
      { again: true, reason: "rate_limit", afterMs: 2_000 },
    ],
    [
      { code: "insufficient_quota", message: "Pay" },
      { again: false, reason: "quota" },
    ],
    [
      { code: "invalid_prompt", message: "Flagged" },
      { again: false, reason: "bad_request" },
    ],
    [{}, { again: true, reason: "server", message: "the reply is failed" }],
  ])("of OpenAI that failed with %j is read as the error it would have been", async (error, expected) => {
    const failed = await misreading(
      openai,
      JSON.stringify({ object: "response", status: "failed", error, output: [] }),
    );
    expect(failed).toMatchObject(expected);
    expect(failed).not.toHaveProperty("status");
  });

  it("of OpenAI that was cancelled is not asked for again", async () => {
    const cancelled = await misreading(openai, JSON.stringify({ status: "cancelled", error: null, output: [] }));
    expect(cancelled).toMatchObject({ again: false, message: "the reply is cancelled" });
  });
});
