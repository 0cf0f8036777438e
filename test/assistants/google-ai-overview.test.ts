/** SerpApi's blocks as text, where citations stand in it, and the overview that Google brings later. */
import { afterEach, describe, expect, it } from "vitest";
import { googleAiOverview } from "../../src/assistants/google-ai-overview.ts";
import type { Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, context, failureIn, misreading, reading, tools } from "./asking.ts";

type Block = Record<string, unknown>;

const [a, b] = ["https://cykeltest.example/a", "https://bikes.example/b"] as const;
const google = "https://www.google.com/search?q=vindil";
const references = [
  { index: 0, title: "Om A", link: a, snippet: "…", source: "Cykeltest" },
  { index: 2, title: "Om B", link: b },
  { index: 3, title: "Google", link: google },
  { index: 0, title: "Om A igen", link: a },
  { index: 9, title: "utan adress" },
];
const p = (snippet: string, ...indexes: number[]): Block => ({
  type: "paragraph",
  snippet,
  ...(indexes.length && { reference_indexes: indexes }),
});
const body = (overview: Block | null, more: Block = {}): Block => ({
  search_metadata: { status: "Success" },
  search_parameters: { engine: "google" },
  ...(overview && { ai_overview: overview }),
  organic_results: [{ link: "https://inte.example/", title: "inte en källa" }],
  ...more,
});
const read = (blocks: Block[], more: Block = {}): Reply =>
  reading(googleAiOverview, body({ text_blocks: blocks, references, ...more }));

describe("the text of SerpApi's blocks", () => {
  it("has a blank line between blocks, marks before headings and items, and the vendor's words unchanged", () => {
    const { text } = read([
      p("🚲 Här är de bästa:"),
      { type: "heading", snippet: "Grus" },
      {
        type: "list",
        list: [
          { title: "Vindil:", snippet: "snabbast å ä ö", list: [{ snippet: "lätt" }, { snippet: "  " }] },
          { title: "Pedalus", snippet: "Pedalus är tung" },
          { title: "Rullvik" },
          { snippet: "4. Ekerlund" },
          "som text",
        ],
      },
      { type: "expandable", title: "Mer", subtitle: "att veta", text_blocks: [p("Dolt först.")] },
      { type: "code_block", code: "x = 1", language: "python" },
      { type: "nytt_slag", snippet: "Okänt." },
      { type: "top_stories", stories: [] },
    ]);
    expect(text).toBe(
      [
        "🚲 Här är de bästa:",
        "## Grus",
        "- **Vindil:** snabbast å ä ö\n  - lätt\n- Pedalus är tung\n- **Rullvik**\n4. Ekerlund\n- som text",
        "## Mer",
        "att veta",
        "Dolt först.",
        "```\nx = 1\n```",
        "Okänt.",
      ].join("\n\n"),
    );
  });

  it("has tables and comparisons as tables", () => {
    const { text } = read([
      { type: "table", headers: ["Märke", "Pris"], table: [["Vindil", "1|2\n3"], ["Pedalus"]] },
      {
        type: "table",
        detailed: [
          [{ snippet: "A" }, { snippet: "B" }],
          [{ snippet: "c", reference_indexes: [0] }, {}],
        ],
      },
      { type: "comparison", product_labels: ["X", "Y"], comparison: [{ feature: "Vikt", values: ["20 kg", "22 kg"] }] },
      { type: "table", table: [] },
    ]);
    expect(text.split("\n\n")).toEqual([
      "| Märke | Pris |\n| --- | --- |\n| Vindil | 1\\|2 3 |\n| Pedalus |",
      "| A | B |\n| --- | --- |\n| c |  |",
      "|  | X | Y |\n| --- | --- | --- |\n| Vikt | 20 kg | 22 kg |",
    ]);
  });

  it("leaves out what is nested beyond all measure", () => {
    let block: Block = p("botten", 0);
    for (let i = 0; i < 400; i++) block = { type: "expandable", text_blocks: [block] };
    expect(read([p("Topp"), block]).text).toBe("Topp");
  });
});

describe("citations in SerpApi's blocks", () => {
  it.each([
    ["Swedish", "🚲🇸🇪 Vindil är bäst på grus å ä ö", "Övriga är tyngre."],
    ["English", "👩‍🔧 Vindil is best on gravel", "The others are heavier."],
    ["Finnish", "🏁 Vindil on paras soratiellä", "Muut ovat raskaampia."],
    ["Japanese", "🎌 砂利道ではVindilが一番です。", "他は重いです。"],
  ])("stand for their whole block, emoji before them or not (%s)", (_, first, second) => {
    const reply = read([p(first, 0, 2), { type: "list", list: [{ snippet: second, reference_indexes: [2] }] }]);
    expect(citedText(reply)).toEqual([first, first, second]);
    expect(reply.citations.map(({ url, title, kind }) => [url, title, kind])).toEqual([
      [a, "Om A", "block"],
      [b, "Om B", "block"],
      [b, "Om B", "block"],
    ]);
  });

  it("leave out numbers without a reference, and say the same page once for a block", () => {
    const reply = read([p("Ja.", 0, 0, 1, 4, 9, 77, -1), p("Google.", 3)]);
    expect(reply.citations.map(({ url }) => url)).toEqual([a, google]);
    expect(reply.sources).toEqual([
      { url: a, title: "Om A", cited: true },
      { url: b, title: "Om B", cited: false },
      { url: google, title: "Google", cited: true },
    ]);
  });

  it("of a list, a table or its cells stand for the whole of it", () => {
    const list = { type: "list", list: [{ snippet: "ett" }, { snippet: "två" }], reference_indexes: [0] };
    const table = { type: "table", detailed: [[{ snippet: "A", reference_indexes: [2] }]] };
    expect(citedText(read([p("Före"), list, table]))).toEqual(["- ett\n- två", "| A |\n| --- |"]);
    expect(citedText(read([list]))).toEqual(["- ett\n- två"]);
  });

  it("that are links in the text stand for their words, or for the block when the words are not there", () => {
    const snippet_links = [{ text: "Åhléns", link: a }, { text: "saknas", link: b }, { text: "utan adress" }];
    const reply = read([p("🎉"), { ...p("Köp hos Åhléns."), snippet_links }]);
    expect(reply.citations.map(({ url, kind }) => [url, kind])).toEqual([
      [a, "inline"],
      [b, "block"],
    ]);
    expect(citedText(reply)).toEqual(["Åhléns", "Köp hos Åhléns."]);
  });

  it("know references without numbers by their place", () => {
    const reply = read([p("Ja.", 1)], { references: [{ link: a }, { link: b }] });
    expect(reply.citations.map(({ url }) => url)).toEqual([b]);
  });
});

describe("the outcome of a search through SerpApi", () => {
  it.each<[string, Block]>([
    ["no_surface", body(null)],
    ["no_surface", body(null, { error: "Google hasn't returned any results for this query." })],
    ["no_surface", body({ error: "An AI Overview is not available for this search" })],
    ["empty", body({ text_blocks: [], references })],
    ["empty", body({ text_blocks: [p(" ")] })],
    ["answered", body({ text_blocks: [p("Ja.")] })],
  ])("is %s", (outcome, reply) => {
    expect(reading(googleAiOverview, reply).outcome).toBe(outcome);
  });

  it.each<[Block, string, boolean]>([
    [body({ error: "Can't generate an AI overview right now. Try again later." }), "server", true],
    [body(null, { error: "We couldn't get valid results for this search. Please try again later." }), "server", true],
    [body(null, { error: "Your account has run out of searches." }), "quota", false],
    [body(null, { error: "Unsupported `xx` country - gl parameter." }), "country", false],
    [body(null, { error: "The `page_token` is invalid or has expired." }), "server", true],
    [body(null, { error: "Invalid API key." }), "bad_key", false],
    [body({ page_token: "x" }), "unreadable", true],
    [{ ...body(null), search_metadata: { status: "Processing" } }, "unreadable", true],
    [{ object: "response", output: [] }, "unreadable", true],
  ])("%j has failed: %s", async (reply, reason, again) => {
    expect(await misreading(googleAiOverview, JSON.stringify(reply))).toMatchObject({ reason, again });
  });

  it("tells a plan that is used up from one that is asked too fast", () => {
    const errorAt = (status: number, error: string) =>
      googleAiOverview.readError(status, new Headers(), JSON.stringify({ error }), 0);
    expect(errorAt(429, "Your account has run out of searches.")).toMatchObject({ reason: "quota", again: false });
    expect(errorAt(429, "You are exceeding your hourly throughput.")).toMatchObject({
      reason: "rate_limit",
      again: true,
    });
    expect(errorAt(401, "Invalid API key.")).toMatchObject({ reason: "bad_key", again: false });
    expect(errorAt(410, "The search expired and was deleted.")).toMatchObject({ again: false });
  });

  it("costs what the project says a search costs, else nobody knows", () => {
    const price = { model: "serpapi", since: "2026-01-01", inputPerMillionUsd: 0, outputPerMillionUsd: 0 };
    const one = body({ text_blocks: [p("Ja.")] });
    const given = { prices: [{ ...price, searchPerThousandUsd: 15 }] };
    expect(reading(googleAiOverview, one).costMicroUsd).toBeNull();
    expect(reading(googleAiOverview, one, given).costMicroUsd).toBe(15_000);
    const both = reading(googleAiOverview, [body({ page_token: "x" }), one], given);
    expect([both.costMicroUsd, both.usage?.searches, both.outcome]).toEqual([30_000, 2, "answered"]);
  });
});

describe("the search through SerpApi", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const ask = (settings: Block = {}, more = {}) =>
    googleAiOverview.connect({ through: "serpapi", apiKey, baseUrl: server.url, ...settings })(
      { asked: asked("Vilken cykel & varför + 100 %?", more), model: "serpapi", search: true },
      tools(),
    );
  const sent = (place = 0) => Object.fromEntries(new URL(server.received[place]!.path, server.url).searchParams);

  it("is made from the question's country in its language, and never from the cache", async () => {
    server = await openLocalServer(replying(200, "{}"));
    await ask();
    expect(sent()).toEqual({
      engine: "google",
      q: "Vilken cykel & varför + 100 %?",
      hl: "sv",
      gl: "se",
      location: "Sweden",
      no_cache: "true",
      api_key: apiKey,
    });
    await ask({ city: "Malmo,Skane County" }, { language: "nb-NO", country: "NO" });
    expect(sent(1)).toMatchObject({ hl: "no", gl: "no", location: "Malmo,Skane County,Norway" });
    await ask({}, { language: "zh-TW", country: null });
    expect(sent(2)).toMatchObject({ hl: "zh-tw" });
    expect(sent(2)).not.toHaveProperty("gl");
    expect(sent(2)).not.toHaveProperty("location");
  });

  it("fetches an overview that comes later with its token, once, and keeps both bodies", async () => {
    const later = body({ text_blocks: [p("Sen.", 0)], references });
    server = await openLocalServer(({ path }, response) =>
      replying(200, JSON.stringify(path.includes("page_token") ? later : body({ page_token: "bärbar+/=" })))(
        { method: "", path, headers: {}, body: "" },
        response,
      ),
    );
    const reply = googleAiOverview.read(await ask(), context());
    expect(sent(1)).toEqual({
      engine: "google_ai_overview",
      page_token: "bärbar+/=",
      no_cache: "true",
      api_key: apiKey,
    });
    expect(server.received).toHaveLength(2);
    expect([reply.text, citedText(reply)]).toEqual(["Sen.", ["Sen."]]);
  });

  it("starts anew when the token was too old", async () => {
    const expired = JSON.stringify({ error: "The `page_token` is invalid or has expired." });
    const first = JSON.stringify(body({ page_token: "x" }));
    server = await openLocalServer((received, response) =>
      received.path.includes("page_token")
        ? replying(400, expired)(received, response)
        : replying(200, first)(received, response),
    );
    expect(await failureIn(ask())).toMatchObject({ again: true, reason: "server", status: 400 });
  });
});
