/** OpenAI's Responses: what is asked for, and what is read from replies in the shapes they come in. */
import { afterEach, describe, expect, it } from "vitest";
import { openai } from "../../src/assistants/openai.ts";
import type { Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { asked, citedText, apiKey, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const searched = (...queries: string[]): Item => ({
  type: "web_search_call",
  status: "completed",
  action: { type: "search", queries, query: queries[0] },
});
const said = (text: string, annotations: Item[] = [], more: Item = {}): Item => ({
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text, annotations }],
  ...more,
});
const response = (output: Item[], more: Item = {}): Item => ({
  object: "response",
  status: "completed",
  error: null,
  incomplete_details: null,
  model: "gpt-5-2025-08-07",
  tools: [{ type: "web_search" }],
  output,
  usage: { input_tokens: 100, output_tokens: 50 },
  ...more,
});
const read = (output: Item[], more: Item = {}, context = {}): Reply => reading(openai, response(output, more), context);

const marker = (url: string, name = "cykeltest.example"): string => `([${name}](${url}?utm_source=openai))`;
/** A citation of the marker for `url` in `text`, counted in code points as `unit` says. */
function citing(text: string, url: string, unit: "utf16" | "points", title = "Titel"): Item {
  const units = text.indexOf(marker(url));
  const length = marker(url).length;
  const start = unit === "utf16" ? units : [...text.slice(0, units)].length;
  return {
    type: "url_citation",
    start_index: start,
    end_index: start + length,
    url: `${url}?utm_source=openai`,
    title,
  };
}

describe("the text of a Responses reply", () => {
  it.each([
    ["Swedish", ["Vindil är bäst på grus.\n\n", "Pedalus är billigast – men tyngre."]],
    ["English", ["Vindil is best on gravel.\n\n", "Pedalus is cheapest – but heavier."]],
  ])("is all parts of all messages, joined with nothing and not trimmed (%s)", (_, [first = "", second = ""]) => {
    const two = { type: "message", content: [first, second].map((text) => ({ type: "output_text", text })) };
    expect(read([searched("q"), two, said(`  ${second}\n`)]).text).toBe(`${first}${second}  ${second}\n`);
  });

  it("keeps markers, and leaves out reasoning, commentary and what is no text", () => {
    const text = `Vindil leder ${marker("https://cykeltest.example/a")}.`;
    const { text: got, asides } = read([
      { type: "reasoning", summary: [{ type: "summary_text", text: "tänker" }] },
      said("Jag letar efter tester.", [], { phase: "commentary" }),
      searched("q"),
      said(text, [], { phase: "final_answer" }),
      { type: "message", content: [{ type: "output_image", text: "nej" }] },
      { type: "message", content: null },
    ]);
    expect([got, asides]).toEqual([text, []]);
  });

  it("marks what stands before the first search as preamble, and nothing else", () => {
    const before = "Jag söker efter aktuella tester. ";
    const { text, asides } = read([
      said(before),
      said(""),
      searched("a"),
      said("Först. "),
      searched("b"),
      said("Sist."),
    ]);
    expect(text).toBe(`${before}Först. Sist.`);
    expect(asides).toEqual([{ start: 0, end: before.length, why: "preamble" }]);
    expect(read([said("Svaret."), searched("a")])).toMatchObject({ asides: [], outcome: "answered" });
    expect(read([said("Svaret.")], { tools: [] })).toMatchObject({ asides: [], outcome: "answered" });
  });

  it("holds nothing a database would refuse, and offsets stay right", () => {
    const url = "https://cykeltest.example/a";
    const text = `A\u0000B\ud83d ${marker(url)}`;
    const reply = read([searched("q\u0000"), said(text, [citing(text, url, "utf16", "T\ud800")])]);
    expect(reply.text).toBe(`A\ufffdB\ufffd ${marker(url)}`);
    expect([citedText(reply), reply.searches, reply.citations[0]?.title]).toEqual([
      [marker(url)],
      ["q\ufffd"],
      "T\ufffd",
    ]);
  });
});

describe("a citation of a Responses reply", () => {
  const first = "https://cykeltest.example/basta-elcykel";
  const second = "https://bikes.example/best";
  const texts: [string, string][] = [
    ["Swedish", `Åtta köpare föredrar Vindil ${marker(first)}. Övriga väljer Pedalus ${marker(second)}.`],
    ["English", `Eight buyers prefer Vindil ${marker(first)}. The others choose Pedalus ${marker(second)}.`],
    ["one emoji", `🚲 Vindil vinner ${marker(first)} före Pedalus ${marker(second)}.`],
    ["emoji", `🚲🇸🇪 Vindil 👩‍🔧 vinner ${marker(first)} 🎉 före Pedalus ${marker(second)}.`],
  ];

  it.each(texts.flatMap(([name, text]) => [[name, "utf16", text] as const, [name, "points", text] as const]))(
    "stands in UTF-16 where its marker is (%s, counted in %s)",
    (_, unit, text) => {
      const reply = read([searched("q"), said(text, [citing(text, first, unit), citing(text, second, unit)])]);
      expect(citedText(reply)).toEqual([marker(first), marker(second)]);
      const inline = { title: "Titel", kind: "inline" };
      const urls = [first, second].map((url) => `${url}?utm_source=openai`);
      expect(reply.citations).toMatchObject(urls.map((url) => ({ url, ...inline })));
    },
  );

  it("stands in the whole text when its message is not the first", () => {
    const text = `Ja ${marker(first)}`;
    const reply = read([searched("q"), said("🚲 Inledning. "), said(text, [citing(text, first, "points")])]);
    expect(citedText(reply)).toEqual([marker(first)]);
  });

  it("whose count is off stands at the nearest marker of its address", () => {
    const text = `Ett ${marker(first)}, två ${marker(first)}, slut.`;
    const last = text.lastIndexOf(marker(first));
    const citation = { ...citing(text, first, "utf16"), start_index: last + 3, end_index: last + 9 };
    const { citations } = read([searched("q"), said(text, [citation])]);
    expect(citations).toMatchObject([{ start: last, end: last + marker(first).length, kind: "inline" }]);
  });

  it("without a place, or whose address is nowhere in the text, is listed and has none", () => {
    const bare = { type: "url_citation", url: first, title: "T" };
    const lost = { ...citing("x", first, "utf16"), start_index: 0, end_index: 3, url: "https://nowhere.example/" };
    const { citations } = read([searched("q"), said("Vindil är bäst.", [bare, lost])]);
    expect(citations).toEqual([
      { url: first, title: "T", kind: "listed" },
      { url: "https://nowhere.example/", title: "Titel", kind: "listed" },
    ]);
  });

  it("is of the web and has an address; other annotations are none", () => {
    const others = [
      { type: "file_citation", url: first },
      { type: "url_citation" },
      { type: "url_citation", url: "" },
      null,
    ];
    const body = response([searched("q"), said("Text", others as Item[])]);
    expect(reading(openai, body).citations).toEqual([]);
  });
});

describe("pages and searches of a Responses reply", () => {
  it("keeps pages looked at apart from pages cited, each once whatever mark its address has", () => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => `https://${name}.example/`) as [
      string,
      string,
      string,
      string,
    ];
    const found = {
      type: "web_search_call",
      action: {
        type: "search",
        queries: ["bästa elcykel", "best e-bike", "bästa elcykel", ""],
        query: "bästa elcykel",
        sources: [{ url: a }, { url: b }, { type: "api", name: "oai-weather" }, { url: `${a}?utm_source=openai` }],
      },
    };
    const opened = { type: "web_search_call", action: { type: "open_page", url: c } };
    const text = `${marker(b)} ${marker(d)}`;
    const { sources, searches, citations } = read([
      found,
      opened,
      { type: "web_search_call", action: { type: "find_in_page", url: c, pattern: "x" } },
      { type: "web_search_call", action: null },
      { type: "web_search_call", action: { type: "search", query: "ws_call_id=call_00_x" } },
      said(text, [citing(text, b, "utf16"), citing(text, d, "utf16")]),
    ]);
    expect(searches).toEqual(["bästa elcykel", "best e-bike"]);
    expect(sources.map(({ url, cited }) => [url, cited])).toEqual([
      [a, false],
      [b, true],
      [c, false],
      [`${d}?utm_source=openai`, true],
    ]);
    expect(citations).toHaveLength(2);
  });

  it("counts billable searches as the reply does, else by its search calls", () => {
    const output = [
      searched("a"),
      searched("b"),
      { type: "web_search_call", action: { type: "open_page" } },
      said("x"),
    ];
    expect(read(output).usage?.searches).toBe(2);
    expect(read(output, { tool_usage: { web_search: { num_requests: 7 } } }).usage?.searches).toBe(7);
    expect(read(output, { tool_usage: { web_search: { num_requests: 0 } } }).usage?.searches).toBe(0);
  });

  it("reads usage, the served model and what it cost", () => {
    const usage = {
      input_tokens: 8_000,
      input_tokens_details: { cached_tokens: 2_000 },
      output_tokens: 1_000,
      output_tokens_details: { reasoning_tokens: 600 },
    };
    const reply = read([searched("q"), said("x")], { usage });
    expect(reply.usage).toEqual({
      inputTokens: 8_000,
      cachedInputTokens: 2_000,
      outputTokens: 1_000,
      reasoningTokens: 600,
      searches: 1,
    });
    // gpt-5: 1.25 fresh, 0.125 cached, 10 written; a search is a cent
    expect(reply.costMicroUsd).toBe(6_000 * 1.25 + 2_000 * 0.125 + 1_000 * 10 + 10_000);
    expect(reply.servedModel).toBe("gpt-5-2025-08-07");
    const own = [
      { model: "gpt-5", since: "2026-01-01", inputPerMillionUsd: 0, outputPerMillionUsd: 0, searchPerThousandUsd: 1 },
    ];
    expect(read([searched("q"), said("x")], { usage }, { prices: own }).costMicroUsd).toBe(1_000);
    expect(read([said("x")], { model: "gpt-unheard-of" }).costMicroUsd).toBeNull();
    expect(read([said("x")], { usage: null })).toMatchObject({ usage: null, costMicroUsd: null });
    expect(read([said("x")], { model: null })).toMatchObject({ servedModel: null, costMicroUsd: null });
  });
});

describe("the outcome of a Responses reply", () => {
  const cut = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
  const filtered = { status: "incomplete", incomplete_details: { reason: "content_filter" } };
  const refusal = { type: "message", content: [{ type: "refusal", refusal: "Jag kan tyvärr inte hjälpa till." }] };

  it.each<[string, Item[], Item, Partial<Reply>]>([
    ["answered", [searched("q"), said("Ja.")], {}, { finish: "completed" }],
    ["no_search", [said("Ja.")], {}, { text: "Ja." }],
    ["answered", [said("Ja.")], { tools: [] }, {}],
    ["no_search", [said("Ja.")], { tools: undefined }, {}],
    ["answered", [searched("q"), said("Ja, men")], cut, { finish: "max_output_tokens" }],
    ["empty", [{ type: "reasoning" }], cut, { text: "", finish: "max_output_tokens" }],
    ["empty", [searched("q"), said(" \n")], {}, { text: " \n" }],
    ["empty", [], {}, {}],
    ["refused", [refusal], {}, { text: "Jag kan tyvärr inte hjälpa till." }],
    ["blocked", [said("Det är")], filtered, { finish: "content_filter" }],
  ])("is %s", (outcome, output, more, rest) => {
    expect(read(output, more)).toMatchObject({ outcome, ...rest });
  });

  it("is answered without a search when none was asked for", () => {
    expect(read([said("Ja.")], {}, { search: false }).outcome).toBe("answered");
  });
});

describe("the request", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const sentFor = async (settings: Record<string, unknown>, search = true, country: string | null = "SE") => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?", { country }), model: "gpt-5", search };
    await openai.connect({ apiKey, baseUrl: `${server.url}/v1`, ...settings })(call, tools());
    return JSON.parse(server.received[0]?.body ?? "") as Item;
  };

  it("offers a search from the question's country and asks for the pages looked at", async () => {
    expect(await sentFor({ city: "Malmö", searchContextSize: "low" })).toEqual({
      model: "gpt-5",
      input: "Vilken?",
      store: false,
      max_output_tokens: 8192,
      include: ["web_search_call.action.sources"],
      tools: [
        {
          type: "web_search",
          search_context_size: "low",
          user_location: { type: "approximate", country: "SE", city: "Malmö", timezone: "Europe/Stockholm" },
        },
      ],
    });
  });

  it("names no country when the question has none, so that the United States are not taken for granted", async () => {
    expect(await sentFor({}, true, null)).toMatchObject({
      tools: [{ user_location: { type: "approximate", timezone: "Europe/Stockholm" } }],
    });
  });

  it("offers no search when none is asked for", async () => {
    expect(await sentFor({ maxOutputTokens: 300 }, false)).toEqual({
      model: "gpt-5",
      input: "Vilken?",
      store: false,
      max_output_tokens: 300,
    });
  });
});
