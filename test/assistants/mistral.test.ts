/** Mistral's conversations: what is asked for, and what is read from replies. */
import { afterEach, describe, expect, it } from "vitest";
import { mistral } from "../../src/assistants/mistral.ts";
import type { Failure, Reply } from "../../src/domain.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { apiKey, asked, citedText, misreading, reading, tools } from "./asking.ts";

type Item = Record<string, unknown>;

const [first, second, third] = ["https://cykeltest.example/a", "https://bikes.example/b", "https://hjul.example/c"];
const searched = (given?: unknown, name = "web_search"): Item => ({
  type: "tool.execution",
  name,
  ...(given !== undefined && { arguments: given }),
});
const text = (words: string): Item => ({ type: "text", text: words });
const reference = (url: string, title = "Titel"): Item => ({
  type: "tool_reference",
  tool: "web_search",
  title,
  url,
  source: "brave",
});
const said = (content: unknown, more: Item = {}): Item => ({
  type: "message.output",
  role: "assistant",
  model: "mistral-medium-2508",
  content,
  ...more,
});
const conversation = (outputs: unknown, more: Item = {}): Item => ({
  object: "conversation.response",
  conversation_id: "conv_1",
  outputs,
  usage: { prompt_tokens: 188, completion_tokens: 55, connector_tokens: 7_112, connectors: { web_search: 1 } },
  ...more,
});
const read = (outputs: unknown, more: Item = {}, context = {}): Reply =>
  reading(mistral, conversation(outputs, more), context);

describe("the references of a conversation", () => {
  it.each([
    ["Swedish", "Åtta av tio väljer Vindil ", ", övriga Pedalus"],
    ["emoji", "🚲🇸🇪 Vindil 👩‍🔧 vinner ", " 🎉 före Pedalus"],
    ["English", "Eight of ten choose Vindil ", ", the others Pedalus"],
    ["Finnish", "Vindil on paras sähköpyörä ", ", Pedalus halvin"],
    ["Japanese", "最も人気の電動自転車はVindilです", "。Pedalusは安いです"],
  ])("cite the text before them, several the same, and change nothing of it (%s)", (_, one, two) => {
    const reply = read([
      searched(),
      said([text(one), reference(first), reference(second), text(two), reference(first), text(".")]),
    ]);
    expect(reply.text).toBe(`${one}${two}.`);
    expect(reply.citations.map(({ url, kind }) => [url, kind])).toEqual([
      [first, "block"],
      [second, "block"],
      [first, "block"],
    ]);
    expect(citedText(reply)).toEqual([one, one, two]);
    expect(reply.sources).toEqual([
      { url: first, title: "Titel", cited: true },
      { url: second, title: "Titel", cited: true },
    ]);
  });

  it("that only a space parts from those before belong to the same text", () => {
    expect(citedText(read([searched(), said([text("Ja"), reference(first), text(" "), reference(second)])]))).toEqual([
      "Ja",
      "Ja",
    ]);
  });

  it("before any text of their message are listed, without a place", () => {
    const reply = read([searched(), said([text("Ja"), reference(first)]), said([reference(third, ""), text("Jo")])]);
    expect(reply.citations[1]).toEqual({ url: third, kind: "listed" });
    expect(reply.text).toBe("JaJo");
  });

  it("need an address, and other chunks are no text", () => {
    const chunks = [
      { type: "thinking", thinking: [text("tänker")] },
      text("Ja"),
      reference(""),
      { type: "tool_reference", tool: "web_search", title: "T" },
      { type: "tool_file", file_id: "f", url: first },
      { type: "document_url", document_url: second },
      null,
      "lös text",
      { type: "text", text: 7 },
    ];
    expect(read([searched(), said(chunks)])).toMatchObject({ text: "Ja", citations: [], sources: [] });
  });
});

describe("text and searches of a conversation", () => {
  it("may be plain, or missing", () => {
    expect(read([searched(), said("  🚲 Vindil.\n")]).text).toBe("  🚲 Vindil.\n");
    expect(read([searched(), said(null), said(undefined)])).toMatchObject({ text: "", outcome: "empty" });
  });

  it("set apart what was said before the first search", () => {
    const before = "Jag söker efter tester. ";
    const reply = read([said(before), searched(), said([text("Vindil"), reference(first)])]);
    expect(reply.asides).toEqual([{ start: 0, end: before.length, why: "preamble" }]);
    expect(citedText(reply)).toEqual(["Vindil"]);
    expect(read([said(before), searched()])).toMatchObject({ asides: [], outcome: "answered" });
    expect(read([said(before), searched(), said("")])).toMatchObject({ text: before, outcome: "empty" });
  });

  it("read the query from arguments given as text or as they are; there may be none", () => {
    const outputs = [
      searched('{"query":"bästa elcykel"}'),
      searched({ query: "best e-bike" }, "web_search_premium"),
      searched('{"query":"bästa elcykel"}'),
      searched(),
      searched("{half"),
      searched('{"query":"nej"}', "code_interpreter"),
    ];
    expect(read([...outputs, said("Ja.")]).searches).toEqual(["bästa elcykel", "best e-bike"]);
  });

  it("count what is billed: tokens of the connector are read, searches are counted by it, else by us", () => {
    expect(read([searched(), said("Ja.")])).toMatchObject({
      servedModel: "mistral-medium-2508",
      usage: { inputTokens: 7_300, cachedInputTokens: 0, outputTokens: 55, searches: 1 },
      finish: null,
    });
    const usage = { prompt_tokens: 10, completion_tokens: 5, connector_tokens: null, connectors: null };
    expect(read([searched(), searched(), said("Ja.")], { usage }).usage).toMatchObject({
      inputTokens: 10,
      searches: 2,
    });
    const both = { ...usage, connectors: { web_search: 2, web_search_premium: 1, code_interpreter: 4 } };
    expect(read([searched(), said("Ja.")], { usage: both }).usage?.searches).toBe(3);
  });

  it("cost what the project says, else nobody knows", () => {
    expect(read([searched(), said("Ja.")]).costMicroUsd).toBeNull();
    const price = { model: "mistral-medium", inputPerMillionUsd: 1, outputPerMillionUsd: 2, searchPerThousandUsd: 30 };
    const prices = [{ ...price, model: "mistral-medium-2508", since: "2026-01-01" }];
    expect(read([searched(), said("Ja.")], {}, { prices }).costMicroUsd).toBe(7_300 + 110 + 30_000);
  });
});

describe("the outcome of a conversation", () => {
  it.each<[string, Item[], Item, boolean]>([
    ["answered", [searched(), said("Ja.")], {}, true],
    ["no_search", [said("Ja.")], { usage: { prompt_tokens: 1 } }, true],
    ["answered", [said("Ja.")], {}, true], // a search was billed
    ["answered", [said("Ja.")], { usage: { prompt_tokens: 1 } }, false],
    ["empty", [searched()], {}, true],
    ["empty", [], {}, true],
  ])("is %s", (outcome, outputs, more, search) => {
    expect(read(outputs, more, { search }).outcome).toBe(outcome);
  });

  it("is a failure when there are no outputs", async () => {
    expect((await misreading(mistral, "{}")).message).toBe("the reply holds no outputs");
  });

  it.each<[number, Item, Partial<Failure>]>([
    [401, { detail: "Invalid API Key" }, { reason: "bad_key", message: "the key was refused" }],
    [
      422,
      { detail: [{ type: "missing", loc: ["body", "model"], msg: "Field required" }] },
      { reason: "bad_request", message: "body.model: Field required" },
    ],
    [
      422,
      { object: "error", message: { detail: [{ loc: ["body", 0], msg: "Bad" }, { msg: "Worse" }, {}] } },
      { reason: "bad_request", message: "body.0: Bad; Worse" },
    ],
    [
      400,
      { object: "error", message: "Invalid model: mistral-huge", type: "invalid_model", code: "1500" },
      { reason: "model", message: "Invalid model: mistral-huge" },
    ],
    [429, { message: "Requests rate limit exceeded", type: "rate_limited" }, { reason: "rate_limit", again: true }],
  ])("is told from HTTP %i with %j", (status, body, expected) => {
    expect(mistral.readError(status, new Headers(), JSON.stringify(body), 0)).toMatchObject({
      again: false,
      ...expected,
    });
  });
});

describe("the request", () => {
  let server: LocalServer;
  afterEach(() => server.close());
  const sentFor = async (settings: Item, search = true) => {
    server = await openLocalServer(replying(200, "{}"));
    const call = { asked: asked("Vilken?"), model: "mistral-medium-latest", search };
    await mistral.connect({ apiKey, baseUrl: server.url, ...settings })(call, tools());
    return JSON.parse(server.received[0]?.body ?? "") as Item;
  };

  it("offers the search of the settings, and keeps nothing there", async () => {
    const plain = {
      model: "mistral-medium-latest",
      inputs: "Vilken?",
      store: false,
      completion_args: { max_tokens: 4096 },
    };
    expect(await sentFor({})).toEqual({ ...plain, tools: [{ type: "web_search" }] });
    await server.close();
    expect(await sentFor({ searchTool: "web_search_premium" })).toEqual({
      ...plain,
      tools: [{ type: "web_search_premium" }],
    });
    await server.close();
    expect(await sentFor({}, false)).toEqual(plain);
  });

  it("has no place to tell, and says so", () => {
    expect(mistral.location).toEqual([]);
    expect(() => mistral.connect({ apiKey, city: "Malmö" })).toThrow(/city/);
  });
});
