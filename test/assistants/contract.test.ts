/** Every assistant, through its official SDK and a real connection: asks once, unchanged, and fails in known ways. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { assistants } from "../../src/assistants/index.ts";
import { InputError } from "../../src/errors.ts";
import { startSimulator, type Habits, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { forwarding, openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { noHabits, prompts, village } from "../simulator/village.ts";
import { apiKey, askAt, asked, context, speakers, tools, townsfolk } from "./asking.ts";

let town: Simulator | undefined;
let server: LocalServer | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  await town?.close();
  town = server = undefined;
});

const openTown = async (habits: Partial<Habits> = {}, options: SimulatorOptions = {}): Promise<Simulator> =>
  (town = await startSimulator(village({ assistants: townsfolk, habits: { ...noHabits, ...habits } }), options));
const openServer = async (...given: Parameters<typeof openLocalServer>): Promise<LocalServer> =>
  (server = await openLocalServer(...given));

/** All texts in a value, however deep. */
const textsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

const problemsOf = (connecting: () => unknown): string[] => {
  try {
    connecting();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
};

it("the list of speakers is the list of assistants with an API; surfaces.test.ts asks the others", () => {
  const withApi = assistants.filter(({ surface }) => surface === "api");
  expect(speakers.map(({ adapter }) => adapter.id)).toEqual(withApi.map(({ id }) => id));
});

describe.each(speakers)("$adapter.id", (speaker) => {
  const {
    adapter,
    base,
    path,
    town: inTown,
    home,
    model = "m",
    silentOn = [],
    settings: needed,
    refusal = "refused",
  } = speaker;

  it("has a title in both languages and says what it can", () => {
    expect(adapter.title.en.length).toBeGreaterThan(3);
    expect(adapter.title.sv.length).toBeGreaterThan(3);
    expect(adapter.title.sv).not.toBe(adapter.title.en);
    expect(adapter.concurrency).toBeGreaterThan(0);
    if (!adapter.search) expect(adapter.citations).toBe("none");
  });

  it("marks its secrets, and only those, in the schema of its settings", () => {
    const marked = Object.entries(adapter.settings.shape).filter(
      ([, field]) => (field as z.ZodType).meta()?.["secret"],
    );
    expect(marked.map(([name]) => name)).toEqual(["apiKey"]);
    expect(adapter.secrets).toEqual({ apiKey: `${adapter.id.toUpperCase().replaceAll("-", "_")}_API_KEY` });
  });

  it("refuses settings it does not know, addresses that are none and keys no header can carry, without the key", () => {
    const problems = (settings: Record<string, unknown>) =>
      problemsOf(() => adapter.connect({ apiKey, baseUrl: "https://llm.example/v1", ...needed, ...settings }));
    expect(problems({})).toEqual([]);
    expect(problems({ apiKey: `${apiKey}\n` })).toEqual([]);
    expect(problems({ systemPrompt: "Be kind" })[0]).toContain("systemPrompt");
    for (const baseUrl of ["file:///etc/passwd", "ftp://llm.example", "llm.example", ""])
      expect(problems({ baseUrl })[0], baseUrl).toContain(`${adapter.id} setting baseUrl: `);
    for (const bad of [`”${apiKey}”`, `${apiKey}\n${apiKey}`, `${apiKey} x`, " ", 7]) {
      const [problem] = problems({ apiKey: bad });
      expect(problem).toContain(`${adapter.id} setting apiKey: `);
      expect(problem).not.toContain(apiKey);
    }
  });

  it("reads of the town's answers what the town has put into them, in Swedish and in English", async () => {
    const simulator = await openTown({ preamble: 0.5, thinking: 0.5, uncited: 0.1 });
    for (const { text } of prompts(16)) {
      const reply = adapter.read(await askAt(speaker, simulator.url, text), context({ search: adapter.search }));
      const truth = simulator.answers().at(-1);
      expect([truth?.assistant, truth?.question]).toEqual([inTown, text]);
      expect(reply).toMatchObject({ outcome: truth?.outcome, servedModel: truth?.servedModel });
      expect(reply.text.length).toBe(truth?.textLength);
      expect(reply.searches).toEqual(silentOn.includes("searches") ? [] : truth?.searches);
      const bare = (url: string): string => url.replace(/\?utm_source=openai|#ws_call_id=.*/, "");
      // who gives no citations beside the text writes links, which are the parser's to find
      const cited = adapter.citations === "none" ? [] : truth?.cited;
      expect(new Set(reply.citations.map(({ url }) => bare(url)))).toEqual(new Set(cited));
      const keptBack = speaker.mayKeepPagesBack && reply.sources.length === truth?.cited.length;
      const pages = keptBack || silentOn.includes("sources") ? truth?.cited : truth?.sources;
      expect(new Set(reply.sources.map(({ url }) => bare(url)))).toEqual(new Set(pages));
      expect(reply.sources.filter(({ cited }) => cited).length).toBe(cited?.length);
      expect(reply.usage?.searches).toBe(truth?.searches.length);
    }
    expect(simulator.calls().requests).toBe(16);
  });

  it.each([
    ["refused", { refusal: 1 }],
    ["empty", { empty: 1 }],
    ["no_search", { noSearch: 1 }],
  ])("reads an answer that is %s as that", async (outcome, habits) => {
    const simulator = await openTown(habits);
    const body = await askAt(speaker, simulator.url, "Vilken elcykel är bäst?");
    const reply = adapter.read(body, context({ search: adapter.search }));
    const expected = outcome === "no_search" && !adapter.search ? "answered" : outcome;
    expect(simulator.answers().at(-1)?.outcome).toBe(expected);
    // a refusal in plain words, which the wire does not set apart, is an answer that did not search
    const refused = silentOn.includes("refusal") ? "no_search" : refusal;
    expect(reply.outcome).toBe(outcome === "refused" ? refused : expected);
  });

  it("reads an answer cut short as answered as long as there is text", async () => {
    const simulator = await openTown({}, { faults: { rates: { truncated: 1 } } });
    const outcomes = new Set<string>();
    for (const { text } of prompts(8)) {
      const reply = adapter.read(await askAt(speaker, simulator.url, text), context({ search: adapter.search }));
      if (silentOn.includes("ending")) expect(reply.finish).toBeNull();
      else expect(reply.finish).toMatch(/^(max_output_tokens|max_tokens|length)$/i);
      expect(reply.outcome).toBe(reply.text.trim() ? "answered" : "empty");
      outcomes.add(reply.outcome);
    }
    expect(outcomes).toContain("answered");
  });

  it.each([
    ["Swedish", "Vilken elcykel är bäst för pendling i Skåne?"],
    ["English", "Which e-bike is best for commuting?"],
    ["odd characters", '  "Bäst"\n\n- elcykel 🚲 <b>&amp;</b>\t\\n ?  '],
  ])("sends the question unchanged, once and with no other words (%s)", async (_, text) => {
    const { url } = await openTown();
    const desk = await openServer(forwarding(url));
    await askAt(speaker, desk.url, text, { settings: "city" in adapter.settings.shape ? { city: "Malmö" } : {} });
    expect(desk.received.map((one) => [one.method, one.path])).toEqual([["POST", path]]);
    const sent = JSON.parse(desk.received[0]?.body ?? "") as Record<string, unknown>;
    expect(textsIn(sent).filter((part) => part === text)).toHaveLength(1);
    for (const word of ["instructions", "system", "temperature", "top_p", "stream", "response_format", "text"])
      expect(sent).not.toHaveProperty(word);
    expect(textsIn(sent).filter((part) => part === "system" || part === "developer" || part === "assistant")).toEqual(
      [],
    );
    // names of tools, models and places are short; anything longer would be words of our own
    expect(textsIn(sent).filter((part) => part !== text && part.length > 40)).toEqual([]);
  });

  it("takes a base address with a slash at its end", async () => {
    const { url } = await openTown();
    const desk = await openServer(forwarding(url));
    await askAt(speaker, desk.url, "Vilken elcykel?", { settings: { baseUrl: `${base(desk.url)}/` } });
    expect(desk.received.map((one) => one.path)).toEqual([path]);
  });

  it("sends its key as the provider wants it, without the line's end of a key file, and no other credential", async () => {
    for (const name of ["OPENAI_BASE_URL", "ANTHROPIC_BASE_URL"]) vi.stubEnv(name, "http://127.0.0.1:1");
    const strangers = [
      "OPENAI_API_KEY",
      "ANTHROPIC_API_KEY",
      "ANTHROPIC_AUTH_TOKEN",
      "OPENAI_ORG_ID",
      "OPENAI_PROJECT_ID",
    ];
    for (const name of strangers) vi.stubEnv(name, "from-the-environment");
    const { url } = await openTown();
    const desk = await openServer(forwarding(url));
    await askAt(speaker, desk.url, "Vilken elcykel?", { settings: { apiKey: `${apiKey}\n` } });
    const headers = desk.received[0]?.headers ?? {};
    // Anthropic's SDK sends the one or the other by its version
    const sent = [
      headers.authorization?.replace("Bearer ", ""),
      headers["x-api-key"],
      headers["api-key"],
      headers["x-goog-api-key"],
    ].filter((key) => key !== undefined);
    expect(sent).toEqual([apiKey]);
    expect(JSON.stringify(headers)).not.toContain("from-the-environment");
  });

  it("asks the provider when no base address is given, whatever the environment says", async () => {
    for (const name of ["OPENAI_BASE_URL", "ANTHROPIC_BASE_URL"]) vi.stubEnv(name, "http://elsewhere.example");
    const addresses: string[] = [];
    const given = {
      ...tools(),
      fetch: async (input: string | URL | Request) => {
        addresses.push(input instanceof Request ? input.url : String(input));
        return new Response("{}");
      },
    };
    const told = adapter.address({ ...needed });
    if (home === undefined) {
      expect(told).toBeNull();
      return expect(problemsOf(() => adapter.connect({ apiKey }))[0]).toContain("baseUrl");
    }
    await adapter.connect({ apiKey, ...needed })({ asked: asked("Vilken?"), model, search: true }, given);
    expect(addresses).toEqual([home]);
    expect(home.startsWith(`${told}/`)).toBe(true);
    const elsewhere = base("http://127.0.0.1:1");
    expect(adapter.address({ apiKey: "${A_KEY}", baseUrl: elsewhere, ...needed })).toBe(elsewhere);
    expect(adapter.address({ ...needed, baseUrl: "nowhere" })).toBeNull();
  });

  it("gives the body as it came, byte for byte", async () => {
    const body = '{ "å": "\\u00e5 🚲",\n"n": 1.0 }';
    const { url } = await openServer(replying(200, body));
    expect(await askAt(speaker, url, "Vilken?")).toBe(body);
  });
});
