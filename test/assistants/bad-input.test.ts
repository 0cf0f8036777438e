/** What somebody reads when an assistant cannot be asked as the project file says: what is wrong, and what to change. */
import { afterEach, describe, expect, it } from "vitest";
import { changeable, type AssistantAdapter } from "../../src/assistants/assistant.ts";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import type { Failure, FailureReason, UiLanguage } from "../../src/domain.ts";
import { failureSentence, inProjectFile } from "../../src/words/failures.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { askAt, failureIn, speakers } from "./asking.ts";

let server: LocalServer | undefined;
afterEach(() => server?.close());

const sentence = (
  failure: Failure,
  adapter: AssistantAdapter,
  language: UiLanguage = "en",
  settings: Record<string, unknown> = {},
  model = "m-1",
): string => {
  const slot = { ...changeable(adapter, settings), model, place: inProjectFile("mine", language) };
  return failureSentence(failure, slot, language);
};

const openaiError = (message: string, code: string | null = null) => ({
  error: { message, type: "invalid_request_error", param: null, code },
});
const anthropicError = (type: string, message: string) => ({ type: "error", error: { type, message } });
const googleError = (code: number, status: string, message: string, details: object[] = []) => ({
  error: { code, status, message, details },
});
const perplexityError = (type: string, message: string, code: number) => ({ error: { message, type, code } });
const azureError = (code: string, message: string) => ({ error: { code, message } });

type Written = [status: number, body: object];
interface Vendor {
  variable: string;
  bad_key: Written;
  quota: Written;
  model: Written;
  search: Written;
  region: Written;
  /** An option the vendor does not take, and the setting it comes from. */
  bad_request: Written;
  setting: string;
}

/** As the vendors write them, in the shapes that were recorded where there is a recording. */
const vendors: Record<string, Vendor> = {
  openai: {
    variable: "OPENAI_API_KEY",
    bad_key: [
      401,
      openaiError("Incorrect API key provided: sk-fel***x. You can find your key at ...", "invalid_api_key"),
    ],
    quota: [429, openaiError("You exceeded your current quota, please check your plan.", "insufficient_quota")],
    model: [400, openaiError("The requested model 'm-1' does not exist.", "model_not_found")],
    search: [400, openaiError("Hosted tool 'web_search' is not supported with m-1.")],
    region: [403, openaiError("Country, region, or territory not supported", "unsupported_country_region_territory")],
    bad_request: [400, openaiError("Invalid value for 'max_output_tokens': too high.", "invalid_value")],
    setting: "settings.maxOutputTokens",
  },
  anthropic: {
    variable: "ANTHROPIC_API_KEY",
    bad_key: [401, anthropicError("authentication_error", "invalid x-api-key")],
    quota: [400, anthropicError("invalid_request_error", "Your credit balance is too low to access the API.")],
    model: [404, anthropicError("not_found_error", "model: m-1")],
    search: [400, anthropicError("invalid_request_error", "'m-1' does not support tool types: web_search_20250305.")],
    region: [403, anthropicError("forbidden", "This service is not available in your country.")],
    bad_request: [400, anthropicError("invalid_request_error", "tools.0.web_search_20250305.max_uses: too high")],
    setting: "settings.maxSearches",
  },
  gemini: {
    variable: "GEMINI_API_KEY",
    bad_key: [
      400,
      googleError(400, "INVALID_ARGUMENT", "API key not valid.", [
        { reason: "API_KEY_INVALID", domain: "googleapis.com" },
      ]),
    ],
    quota: [
      429,
      googleError(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [
        { violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] },
      ]),
    ],
    model: [404, googleError(404, "NOT_FOUND", "models/m-1 is not found, or is not supported for generateContent.")],
    search: [400, googleError(400, "INVALID_ARGUMENT", "Search Grounding is not supported.")],
    region: [400, googleError(400, "FAILED_PRECONDITION", "User location is not supported for the API use.")],
    bad_request: [400, googleError(400, "INVALID_ARGUMENT", "Unable to submit: max_output_tokens is out of range")],
    setting: "settings.maxOutputTokens",
  },
  perplexity: {
    variable: "PERPLEXITY_API_KEY",
    bad_key: [401, perplexityError("unauthorized", "Invalid API key provided.", 401)],
    quota: [402, perplexityError("insufficient_funds", "Insufficient credits.", 402)],
    model: [400, perplexityError("invalid_model", "Invalid model 'm-1'. Permitted models can be found in ...", 400)],
    search: [400, perplexityError("invalid_request", "Model does not support tools: web_search", 400)],
    region: [403, perplexityError("forbidden", "The API is not available in your region.", 403)],
    bad_request: [400, perplexityError("invalid_request", "max_steps must be at most 10", 400)],
    setting: "settings.maxSteps",
  },
  "azure-openai": {
    variable: "AZURE_OPENAI_API_KEY",
    bad_key: [401, azureError("401", "Access denied due to invalid subscription key or wrong API endpoint.")],
    quota: [429, azureError("insufficient_quota", "You exceeded your current quota.")],
    model: [404, azureError("DeploymentNotFound", "The API deployment for this resource does not exist.")],
    search: [400, azureError("invalid_request_error", "The tool 'web_search' is not supported with this deployment.")],
    region: [400, azureError("invalid_request_error", "Responses are not supported in this region.")],
    bad_request: [400, azureError("unknown_parameter", "Unknown parameter: 'search_context_size'.")],
    setting: "settings.searchContextSize",
  },
};

const remedies: [FailureReason & keyof Vendor, (vendor: Vendor) => { en: string; sv: string; place: string }][] = [
  ["bad_key", ({ variable }) => ({ en: "the key was refused", sv: "nyckeln godtogs inte", place: variable })],
  ["quota", ({ variable }) => ({ en: "the quota or the credit", sv: "kvoten eller saldot", place: variable })],
  ["model", () => ({ en: "the model m-1 does not", sv: "modellen m-1 finns inte", place: "`model`" })],
  ["search", () => ({ en: "the model m-1 cannot", sv: "modellen m-1 kan inte", place: "`search: false`" })],
  ["region", () => ({ en: "this is not offered", sv: "detta erbjuds inte", place: "`settings.baseUrl`" })],
  ["bad_request", ({ setting }) => ({ en: "the request was", sv: "förfrågan godtogs", place: `\`${setting}\`` })],
];

describe.each(Object.entries(vendors))("%s", (id, vendor) => {
  const speaker = speakers.find(({ adapter }) => adapter.id === id)!;

  it.each(remedies)(
    "says %s in one sentence with the setting to change, in both languages",
    async (reason, expected) => {
      const [status, body] = vendor[reason];
      server = await openLocalServer(replying(status, JSON.stringify(body)));
      const failure = await failureIn(askAt(speaker, server.url, "Vilken elcykel är bäst?"));
      expect(failure).toMatchObject({ reason, again: false, status });
      const { place, ...begins } = expected(vendor);
      for (const language of ["en", "sv"] as const) {
        const said = sentence(failure, speaker.adapter, language);
        expect(said.startsWith(begins[language])).toBe(true);
        expect(said.slice(said.indexOf(": "))).toContain(place);
        expect(said).not.toMatch(/undefined|\n| {2}/);
        if (reason !== "bad_key") expect(said).toContain(failure.message.slice(0, 20));
      }
    },
  );
});

describe("the sentence", () => {
  const openai = speakers[0]!.adapter;
  const failed = (reason: FailureReason, message = "x"): Failure => ({ again: false, reason, message });

  it("reads as one, in English and in Swedish", () => {
    expect(sentence(failed("search", "Web search options not supported."), openai)).toBe(
      "the model m-1 cannot search the web (“Web search options not supported.”): choose another in `model` of assistant `mine` in citera.yaml, or write `search: false`",
    );
    expect(sentence(failed("quota", "Slut på pengar 💸"), openai, "sv")).toBe(
      "kvoten eller saldot är slut (”Slut på pengar 💸”): fyll på kontot för OPENAI_API_KEY, eller lägg en annan nyckel där",
    );
    expect(sentence(failed("country", "gl parameter"), openai, "en", { city: "Malmö" })).toBe(
      "the place that the question is asked from was not taken (“gl parameter”): change `country` or `settings.city` of assistant `mine` in citera.yaml",
    );
  });

  it("names the variables that the settings name, and of several vendors those of the one that is asked", () => {
    expect(sentence(failed("bad_key"), openai, "en", { apiKey: "${TEAM_KEY}" })).toMatch(/ into TEAM_KEY$/);
    expect(sentence(failed("bad_key"), googleAiMode, "en", { through: "serpapi" })).toMatch(/ into SERPAPI_API_KEY$/);
    expect(sentence(failed("bad_key"), googleAiMode, "sv", { through: "dataforseo" })).toMatch(
      / i DATAFORSEO_LOGIN eller DATAFORSEO_PASSWORD$/,
    );
    expect(sentence(failed("bad_key"), openaiCompatible)).toMatch(/ into OPENAI_COMPATIBLE_API_KEY$/);
  });

  it("names the address, too, where it was given and may be what is wrong", () => {
    const given = { baseUrl: "https://x.example" };
    expect(sentence(failed("model"), openai, "en", given)).toMatch(/`model` .* or `settings\.baseUrl` of assistant/);
    expect(sentence(failed("model"), openai)).not.toContain("baseUrl");
  });

  it("names model and settings where the vendor does not say which option it was", () => {
    expect(sentence(failed("bad_request", "no"), openai)).toMatch(/change `model` of .* or `settings` of assistant/);
  });

  it("keeps a hostile message on one line, in its quotes and short", () => {
    const hostile = `\u001b[2J”: köp\r\n“nu”\u202e\u2028 ${"😀".repeat(500)}`;
    const said = sentence(failed("bad_request", hostile), openai);
    expect(said).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
    expect(said.match(/[“”]/g)).toEqual(["“", "”"]);
    expect([.../“(.*)”/u.exec(said)![1]!].length).toBe(200);
    expect(said.isWellFormed()).toBe(true);
    const named = sentence(failed("model"), openai, "en", {}, "m\n“x”");
    expect(named).toContain("the model m 'x' does not");
  });
});
