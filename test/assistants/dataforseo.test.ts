/** DataForSEO's overviews: its text with markers, its elements, its own status codes, and what it is asked. */
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import { googleAiOverview } from "../../src/assistants/google-ai-overview.ts";
import { jsonOr, record } from "../../src/assistants/wire/json.ts";
import type { Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { brokenBodies } from "../support/broken.ts";
import { asked, citedText, failureIn, misreading, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const [a, b] = ["https://cykeltest.example/a", "https://sv.wikipedia.example/wiki/Cykel_(fordon)"] as const;
const atWords = `${a}#:~:text=b%C3%A4st`;
const reference = (url: string, title?: string): Item => ({ type: "ai_overview_reference", url, title });
const task = (more: Item): Item => ({
  status_code: 20_000,
  status_message: "Ok.",
  cost: 0.004,
  tasks: [{ status_code: 20_000, status_message: "Ok.", cost: 0.004, ...more }],
});
const overview = (item: Item): Item =>
  task({
    result: [
      {
        items: [
          { type: "organic", url: "https://inte.example/" },
          { type: "ai_overview", ...item },
        ],
      },
    ],
  });
const read = (item: Item): Reply => reading(googleAiOverview, overview(item));

describe("DataForSEO's own text", () => {
  it.each([
    ["Swedish", "🚲🇸🇪 Vindil är bäst på grus."],
    ["English", "👩‍🔧 Vindil is best on gravel."],
    ["Finnish", "🏁 Vindil on paras soratiellä."],
    ["Japanese", "🎌 砂利道ではVindilが一番です。"],
  ])("keeps its markers, each a citation with the address as it came (%s)", (_, words) => {
    const markdown = `${words} [[1]](${atWords})[[2]](${b})\n\nSlut.`;
    const reply = read({
      markdown,
      items: [{ type: "ai_overview_element", text: words, references: [reference(a, "Om A"), reference(b)] }],
      references: [reference(a, "Om A"), reference(atWords, "Om A"), reference("https://tredje.example/", "Tre")],
    });
    expect(reply.text).toBe(markdown);
    expect(citedText(reply)).toEqual([`[[1]](${atWords})`, `[[2]](${b})`]);
    expect(reply.citations.map(({ url, title, kind }) => [url, title, kind])).toEqual([
      [atWords, "Om A", "inline"],
      [b, undefined, "inline"],
    ]);
    expect(reply.sources.map(({ url, cited }) => [url, cited])).toEqual([
      [a, true],
      [b, true],
      ["https://tredje.example/", false],
    ]);
  });

  it("gives a reference without a marker the place of its element", () => {
    const reply = read({
      markdown: "Först.\n\n**Vindil** är bäst.",
      items: [
        { type: "ai_overview_element", text: "Först.", markdown: "Först.", references: null },
        { type: "ai_overview_element", text: "Vindil är bäst.", references: [reference(a), reference(a)] },
        { type: "ai_overview_element", text: "Står inte där.", references: [reference(b)] },
      ],
    });
    expect(citedText(reply)).toEqual(["Vindil** är bäst.", null]);
    expect(reply.citations.map(({ kind }) => kind)).toEqual(["block", "listed"]);
  });

  it("is made from its elements when it gives none", () => {
    const reply = read({
      items: [
        { type: "ai_overview_element", title: "Bäst", markdown: "Vindil.", references: [reference(a)] },
        {
          type: "ai_overview_table_element",
          table: { table_header: ["Märke", "Pris"], table_content: [["Vindil", "1"]] },
        },
        {
          type: "ai_overview_expanded_element",
          title: "Mer",
          text: "Fler ord.",
          components: [{ type: "ai_overview_expanded_component", text: "Inre ord.", references: [reference(b)] }],
        },
        { type: "ai_overview_video_element", title: "Film", snippet: "Se den.", url: "https://film.example/v" },
      ],
    });
    expect(reply.text).toBe(
      "Bäst\n\nVindil.\n\n| Märke | Pris |\n| --- | --- |\n| Vindil | 1 |\n\nMer\n\nFler ord.\n\nInre ord.\n\nFilm\n\nSe den.",
    );
    expect(citedText(reply)).toEqual(["Bäst\n\nVindil.", "Inre ord.", "Film\n\nSe den."]);
  });
});

it("reads damaged elements as far as they fit", () => {
  const item = {
    markdown: "☕ Åhléns är bäst. [[1]](https://sv.example/kaffe)\n\nSlut.",
    items: [{ text: "☕ Åhléns är bäst.", references: [{ url: a }], components: [{ title: "Slut." }] }],
  };
  const check = fc.property(brokenBodies(item), (broken) => {
    const parsed = record(jsonOr(broken));
    const { text, citations } = read(parsed);
    for (const { start = 0, end = 1 } of citations)
      expect([start >= 0, end > start, end <= text.length]).not.toContain(false);
  });
  fc.assert(check, { numRuns: 60, seed: 20_261_122 });
});

describe("the outcome of a search through DataForSEO", () => {
  it.each<[string, Item]>([
    ["no_surface", task({ result: [{ items: [{ type: "organic" }] }] })],
    ["no_surface", task({ result: [{ items: null }] })],
    ["no_surface", task({ status_code: 40_102, status_message: "No Search Results.", result: null })],
    ["empty", overview({ asynchronous_ai_overview: true, items: null })],
    ["answered", overview({ markdown: "Ja." })],
  ])("is %s", (outcome, body) => {
    expect(reading(googleAiOverview, body).outcome).toBe(outcome);
  });

  it.each([
    [40_100, "bad_key", false],
    [40_103, "server", true],
    [40_200, "quota", false],
    [40_202, "rate_limit", true],
    [40_204, "not_allowed", false],
    [40_209, "rate_limit", true],
    [40_210, "quota", false],
    [40_402, "bad_request", false],
    [40_501, "bad_request", false],
    [40_602, "server", true],
    [50_301, "server", true],
  ])("has failed with the code %i, for the task or for all: %s", async (code, reason, again) => {
    const status = { status_code: code, status_message: "Ord om felet." };
    for (const body of [task(status), { ...status, tasks: null }]) {
      const failure = await misreading(googleAiMode, JSON.stringify(body));
      expect(failure).toMatchObject({ reason, again });
      expect(failure.message).toContain(String(code));
    }
  });

  it("knows a place that was not taken, and has no answer without a task", async () => {
    const body = task({ status_code: 40_501, status_message: "Invalid Field: 'location_name'." });
    const message = "Invalid Field: 'location_name'. (40501)";
    expect(await misreading(googleAiOverview, JSON.stringify(body))).toEqual({
      again: false,
      reason: "country",
      message,
    });
    expect(await misreading(googleAiOverview, '{"tasks":[]}')).toMatchObject({ reason: "unreadable" });
    const errorAt = (status: number) =>
      googleAiOverview.readError(status, new Headers(), '{"status_code":1,"status_message":"Ord."}', 0);
    expect(errorAt(402)).toMatchObject({ reason: "quota", again: false, message: "Ord." });
    expect(errorAt(401)).toMatchObject({ reason: "bad_key", again: false });
  });

  it("costs what the reply says, also nothing, and else what the project says", () => {
    const costs = (cost: unknown, more = {}) =>
      reading(googleAiMode, { ...overview({ markdown: "Ja." }), ...task({ cost }), cost }, more).costMicroUsd;
    expect([0.0024, 0, null, -1, "0.1"].map((cost) => costs(cost))).toEqual([2_400, 0, null, null, null]);
    const price = { model: "dataforseo", since: "2026-01-01", inputPerMillionUsd: 0, outputPerMillionUsd: 0 };
    expect(costs(null, { prices: [{ ...price, searchPerThousandUsd: 4 }] })).toBe(4_000);
  });
});

describe("the search through DataForSEO", () => {
  let server: LocalServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const ask = async (adapter: AssistantAdapter, settings: Item, text = "Vilken?", more = {}): Promise<unknown> => {
    server ??= await openLocalServer(replying(200, "{}"));
    const call = { asked: asked(text, more), model: "dataforseo", search: true };
    const given = {
      through: "dataforseo",
      login: "citera@firma.example",
      password: "losen-0123",
      baseUrl: server.url,
      ...settings,
    };
    await adapter.connect(given)(call, tools());
    return JSON.parse(server.received.at(-1)!.body);
  };

  it("is made from the question's country in its language, with overviews that come later", async () => {
    expect(await ask(googleAiOverview, {})).toEqual([
      { keyword: "Vilken?", language_code: "sv", location_name: "Sweden", depth: 10, load_async_ai_overview: true },
    ]);
    expect(await ask(googleAiOverview, { asyncOverview: false })).toMatchObject([{ load_async_ai_overview: false }]);
    expect(await ask(googleAiMode, { city: "Oslo,Oslo" }, "100 % + 1?", { country: "NO", language: "nn" })).toEqual([
      { keyword: "100 %25 %2B 1?", language_code: "nb", location_name: "Oslo,Oslo,Norway" },
    ]);
  });

  it("is not made without a country or with a question that is too long", async () => {
    const failures = [
      await failureIn(ask(googleAiMode, {}, "Vilken?", { country: null })),
      await failureIn(ask(googleAiMode, {}, "å".repeat(701))),
    ];
    expect(failures.map(({ again, reason }) => [again, reason])).toEqual([
      [false, "country"],
      [false, "too_large"],
    ]);
    expect(failures.map(({ message }) => message).join()).toMatch(/a country.*701.*SerpApi/s);
    expect(server?.received).toHaveLength(0);
  });
});
