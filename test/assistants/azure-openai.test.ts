/** OpenAI's Responses as Azure serves them: where it is asked, and where its replies differ. */
import { afterEach, describe, expect, it } from "vitest";
import { azureOpenai } from "../../src/assistants/azure-openai.ts";
import { openai } from "../../src/assistants/openai.ts";
import { InputError } from "../../src/errors.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, context, failureIn, now, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const response = (output: Item[], more: Item = {}): Item => ({
  object: "response",
  status: "completed",
  content_filters: null,
  model: "gpt-4.1-mini",
  tools: [{ type: "web_search_preview" }],
  output,
  usage: { input_tokens: 1_000_000, output_tokens: 0 },
  ...more,
});
const searching = (query: string): Item => ({
  type: "web_search_call",
  status: "searching",
  action: { type: "search", query },
});
const said = (text: string, annotations: Item[] = []): Item => ({
  type: "message",
  content: [{ type: "output_text", text, annotations }],
});
const page = "https://cykeltest.example/elcyklar";

describe("a reply of Azure", () => {
  it.each([
    ["Swedish", "🚲 Vindil är bäst på grus. ", "Cykeltest [2026] – bäst på Åland"],
    ["English", "Vindil is best on gravel. ", "Bike Test"],
    ["Japanese", "電動自転車ではVindilが一番です🎌", "自転車テスト"],
  ])("has searched though its calls are still searching, and marks with the title (%s)", (_, before, title) => {
    const marker = `[${title}](${page})`;
    const start_index = [...before].length;
    const citation = {
      type: "url_citation",
      url: page,
      title,
      start_index,
      end_index: start_index + [...marker].length,
    };
    const reply = reading(
      azureOpenai,
      response([searching("bästa elcykel"), searching("elcykel test"), said(`${before}${marker} Ja.`, [citation])]),
    );
    expect(reply).toMatchObject({ outcome: "answered", searches: ["bästa elcykel", "elcykel test"] });
    expect(citedText(reply)).toEqual([marker]);
    expect(reply.text).toBe(`${before}${marker} Ja.`);
  });

  it("is blocked when its filters let nothing through, not when they only say what they saw", () => {
    const filters = (blocked: boolean) => [{ blocked, source_type: "completion", content_filter_results: {} }];
    const read = (output: Item[], more: Item) => reading(azureOpenai, response(output, more)).outcome;
    expect(read([], { content_filters: filters(true) })).toBe("blocked");
    expect(read([], { content_filters: filters(false) })).toBe("empty");
    expect(read([searching("q"), said("Ja.")], { content_filters: filters(false) })).toBe("answered");
    const cut = { status: "incomplete", incomplete_details: { reason: "content_filter" } };
    expect(read([searching("q"), said("Det är")], cut)).toBe("blocked");
  });

  it("costs what Azure asks for a search, unless the project has a price of its own", () => {
    const body = response([searching("q"), said("Ja.")]);
    expect(reading(azureOpenai, body).costMicroUsd).toBe(400_000 + 14_000);
    const prices = [
      { model: "gpt-4.1", since: "2026-01-01", inputPerMillionUsd: 9, outputPerMillionUsd: 9 },
      {
        model: "gpt-4.1-mini",
        since: "2026-01-01",
        inputPerMillionUsd: 1,
        outputPerMillionUsd: 1,
        searchPerThousandUsd: 2,
      },
    ];
    expect(reading(azureOpenai, body, { prices }).costMicroUsd).toBe(1_002_000);
    expect(reading(azureOpenai, { ...body, model: "our-own-deployment" }).costMicroUsd).toBeNull();
  });
});

describe("an error of Azure", () => {
  const failure = (status: number, error: Item, headers = {}) =>
    azureOpenai.readError(status, new Headers(headers), JSON.stringify({ error }), now);

  it("has codes in words and digits, and delays in two headers of which one may be 0", () => {
    const limited = { code: "RateLimitReached", message: "exceeded rate limit", details: "exceeded rate limit" };
    const delays = { "retry-after": "1", "retry-after-ms": "0" };
    expect(failure(429, limited, delays)).toMatchObject({ reason: "rate_limit", again: true, afterMs: 1_000 });
    expect(failure(429, limited, { "retry-after-ms": "174" })).toMatchObject({ afterMs: 174 });
    expect(failure(401, { code: "401", message: "Access denied" })).toMatchObject({ reason: "bad_key", again: false });
    const gone = { code: "DeploymentNotFound", message: "The API deployment for this resource does not exist." };
    expect(failure(404, gone)).toMatchObject({ reason: "model", again: false, message: gone.message });
  });
});

describe("a prompt that Azure's filter holds back", () => {
  const message = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.";
  const results = { violence: { filtered: true, severity: "medium" } };
  const policy = { code: "ResponsibleAIPolicyViolation", content_filter_result: results };
  let server: LocalServer | undefined;
  afterEach(() => server?.close());

  const answerTo = async (status: number, error: Item) => {
    await server?.close();
    server = await openLocalServer(replying(status, JSON.stringify({ error })));
    const call = { asked: asked("Hur bygger man en bomb? 🧨"), model: "our-gpt-5", search: true };
    return azureOpenai.connect({ apiKey, baseUrl: server.url })(call, tools());
  };

  it.each<[string, Item]>([
    [
      "content_filter",
      { message, type: null, param: "prompt", code: "content_filter", status: 400, innererror: policy },
    ],
    ["content_filter", { message, type: "invalid_request_error", code: "content_filter", content_filters: [{}] }],
    ["ResponsibleAIPolicyViolation", { message, code: "invalid_request_error", innererror: policy }],
  ])(
    "is blocked, which is an outcome and no failure, when it comes with HTTP 400 and %s in %j",
    async (finish, error) => {
      const body = await answerTo(400, error);
      expect(server?.received).toHaveLength(1);
      expect(azureOpenai.isOutcome(body)).toBe(true);
      const nothing = { text: "", sources: [], citations: [], usage: null, costMicroUsd: null, servedModel: null };
      expect(azureOpenai.read(body, context())).toMatchObject({ ...nothing, outcome: "blocked", finish });
    },
  );

  it("is blocked within a reply that failed, too", () => {
    const body = { object: "response", status: "failed", error: { code: "content_filter", message }, output: [] };
    expect(reading(azureOpenai, body).outcome).toBe("blocked");
  });

  it("is told from a request that is wrong, and from a filter of another vendor", async () => {
    const wrong = { code: "invalid_request_error", message: "content_filter is no parameter" };
    expect(await failureIn(answerTo(400, wrong))).toMatchObject({ reason: "bad_request", again: false });
    expect(openai.isOutcome(JSON.stringify({ error: { code: "content_filter", message } }))).toBe(false);
  });
});

describe("the request to Azure", () => {
  let server: LocalServer | undefined;
  afterEach(() => server?.close());
  const sentFor = async (path: string, settings: Item = {}) => {
    await server?.close();
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?"), model: "our-gpt-5", search: true };
    await azureOpenai.connect({ apiKey, baseUrl: `${server.url}${path}`, ...settings })(call, tools());
    return server.received[0];
  };

  it.each([
    ["", {}, "/openai/v1/responses"],
    ["/", {}, "/openai/v1/responses"],
    ["/openai/v1", {}, "/openai/v1/responses"],
    ["", { apiVersion: "preview" }, "/openai/v1/responses?api-version=preview"],
    ["", { apiVersion: "2025-04-01-preview" }, "/openai/responses?api-version=2025-04-01-preview"],
    ["/gateway/azure", {}, "/gateway/azure/responses"],
  ])("for the endpoint %j with %j goes to %s", async (path, settings, wanted) => {
    expect((await sentFor(path, settings))?.path).toBe(wanted);
  });

  it("names the deployment as model, searches from the question's place and carries its key in api-key", async () => {
    const sent = await sentFor("", { searchTool: "web_search_preview", city: "Malmö" });
    expect(sent?.headers["api-key"]).toBe(apiKey);
    expect(sent?.headers).not.toHaveProperty("authorization");
    expect(JSON.parse(sent?.body ?? "")).toMatchObject({
      model: "our-gpt-5",
      input: "Vilken?",
      tools: [
        {
          type: "web_search_preview",
          user_location: { type: "approximate", country: "SE", city: "Malmö", timezone: "Europe/Stockholm" },
        },
      ],
    });
  });

  it("is not made with an address or a version that cannot be right", () => {
    const problem = (settings: Item): string => {
      try {
        azureOpenai.connect({ apiKey, baseUrl: "https://x.openai.azure.com", ...settings });
        return "";
      } catch (error) {
        return error instanceof InputError ? error.problems.join(" ") : "not an InputError";
      }
    };
    expect(problem({})).toBe("");
    expect(problem({ baseUrl: "https://x.openai.azure.com/openai/responses?api-version=1" })).toContain("apiVersion");
    expect(problem({ apiVersion: "newest" })).toContain("azure-openai setting apiVersion: ");
  });
});
