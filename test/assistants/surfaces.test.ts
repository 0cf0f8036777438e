/** Assistants that are asked as people see them, through every vendor: what is sent, what is read, how it fails. */
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { copilot } from "../../src/assistants/copilot.ts";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import { googleAiOverview } from "../../src/assistants/google-ai-overview.ts";
import { assistants } from "../../src/assistants/index.ts";
import type { Failure } from "../../src/domain.ts";
import { AssistantError, InputError } from "../../src/errors.ts";
import {
  startSimulator,
  type Faults,
  type Habits,
  type Simulator,
  type SimulatorOptions,
} from "../../src/simulator/index.ts";
import { forwarding, openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { noHabits, prompts, village } from "../simulator/village.ts";
import { apiKey, asked, context, failureIn, tools } from "./asking.ts";

const [login, password] = ["citera@firma.example", "losen-0123456789abcdef"] as const;
const viaSerpApi = { through: "serpapi", apiKey };
const viaDataForSeo = { through: "dataforseo", login, password };

const ways: [name: string, adapter: AssistantAdapter, settings: Record<string, unknown>, path: string][] = [
  ["the overview through SerpApi", googleAiOverview, viaSerpApi, "/search.json"],
  ["the overview through DataForSEO", googleAiOverview, viaDataForSeo, "/v3/serp/google/organic/live/advanced"],
  ["AI Mode through SerpApi", googleAiMode, viaSerpApi, "/search.json"],
  ["AI Mode through DataForSEO", googleAiMode, viaDataForSeo, "/v3/serp/google/ai_mode/live/advanced"],
  ["Copilot through SerpApi", copilot, { apiKey }, "/search.json"],
];

let town: Simulator | undefined;
let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
  await town?.close();
  town = server = undefined;
});

const shownIn = ["google-ai-overview", "google-ai-mode", "copilot"];
const openTown = async (habits: Partial<Habits> = {}, options: SimulatorOptions = {}): Promise<Simulator> =>
  (town = await startSimulator(
    village({
      habits: { ...noHabits, ...habits },
      assistants: shownIn.map((id) => ({ id, servedModel: "not told", search: true, effect: 0 })),
    }),
    options,
  ));
const openServer = async (...given: Parameters<typeof openLocalServer>): Promise<LocalServer> =>
  (server = await openLocalServer(...given));
const question = "Vilken elcykel är bäst?";

const ask = (
  adapter: AssistantAdapter,
  settings: Record<string, unknown>,
  baseUrl: string,
  text = question,
  limits: Parameters<typeof tools>[0] = {},
): Promise<string> =>
  adapter.connect({ baseUrl, ...settings })({ asked: asked(text), model: "shown", search: true }, tools(limits));

it("every assistant that is asked as shown is asked here", () => {
  const shown = assistants.filter(({ surface }) => surface === "ui").map(({ id }) => id);
  expect([...new Set(ways.map(([, { id }]) => id))]).toEqual(shown.filter((id) => shownIn.includes(id)));
  for (const [, adapter] of ways) expect(adapter).toMatchObject({ surface: "ui", verified: "unverified" });
});

describe.each(ways)("%s", (_, adapter, settings, path) => {
  const dataForSeo = "login" in settings;

  it("reads of the town's answers what the town has put into them, in Swedish and in English", async () => {
    const simulator = await openTown({ uncited: 0.1, pause: 0.5 });
    for (const { text } of prompts(16)) {
      const reply = adapter.read(await ask(adapter, settings, simulator.url, text), context());
      const truth = simulator.answers().at(-1)!;
      expect([truth.assistant, truth.question]).toEqual([adapter.id, text]);
      expect(reply).toMatchObject({ outcome: "answered", servedModel: null, searches: [], asides: [] });
      expect(reply.text.length).toBe(truth.textLength);
      for (const name of truth.named) expect(reply.text.toLowerCase()).toContain(name);
      const bare = (url: string) => url.replace(/#:~:text=.*/, "");
      expect(new Set(reply.citations.map(({ url }) => bare(url)))).toEqual(new Set(truth.cited));
      expect(new Set(reply.sources.map(({ url }) => bare(url)))).toEqual(new Set(truth.sources));
      expect(reply.sources.filter(({ cited }) => cited).length).toBe(truth.cited.length);
      for (const { start, end, kind } of reply.citations) {
        expect([kind, end! > start!]).toEqual([dataForSeo ? "inline" : "block", true]);
        expect(reply.text.slice(start, end)).toMatch(dataForSeo ? /^\[\[\d+\]\]\(https:.+\)$/s : /\p{L}/u);
      }
      expect(reply.costMicroUsd).toBe(dataForSeo ? 2_000 : null);
    }
    expect(simulator.calls().answered).toBe(16);
  });

  it.each([
    ["no_surface", { refusal: 1 }],
    ["empty", { empty: 1 }],
    ["answered", { noSearch: 1 }],
  ])("reads that the outcome is %s", async (outcome, habits) => {
    const simulator = await openTown(habits);
    const reply = adapter.read(await ask(adapter, settings, simulator.url), context());
    expect([reply.outcome, reply.citations]).toEqual([outcome, []]);
  });

  it.each([
    ["Swedish", "Vilken elcykel är bäst för pendling i Skåne?"],
    ["odd characters", '  "Bäst" 100 % + frakt\n\n- elcykel 🚲 <b>&amp;</b>\t\\n ?  '],
  ])("sends the question unchanged, once and with no other words (%s)", async (_name, text) => {
    const { url } = await openTown();
    const desk = await openServer(forwarding(url));
    await ask(adapter, settings, `${desk.url}/`, text);
    expect(town?.answers().at(-1)?.question).toBe(text);
    expect(desk.received.map((one) => one.path.split("?")[0])).toEqual([path]);
    const [one] = desk.received;
    const sent = one?.body || decodeURIComponent(one?.path ?? "");
    for (const word of ["system", "instructions", "temperature", "context", "model"]) expect(sent).not.toContain(word);
  });

  it("asks the vendor at the address it tells, with and without secrets", async () => {
    const addresses: string[] = [];
    const heard = async (input: string | URL | Request) => {
      addresses.push(input instanceof Request ? input.url : String(input));
      return new Response("{}");
    };
    await adapter.connect(settings)(
      { asked: asked(question), model: "shown", search: true },
      { ...tools(), fetch: heard },
    );
    const through = "through" in settings ? { through: settings["through"] } : {};
    const told = [settings, through].map((given) => adapter.address(given));
    expect(addresses.map((address) => address.split("?")[0])).toEqual([`${told[0]}${path}`]);
    expect(told[1]).toBe(told[0]);
    expect(adapter.address({ ...through, baseUrl: "http://127.0.0.1:1" })).toBe("http://127.0.0.1:1");
  });

  it("shows its key to the vendor and to nobody else, even when the vendor brings it back", async () => {
    const { received, url } = await openServer(({ path: address }, response) => {
      const body = { search_metadata: { status: "Success", url: address }, text_blocks: [], key: apiKey };
      response.writeHead(200).end(JSON.stringify(body));
    });
    const body = await ask(adapter, settings, url);
    const [one] = received;
    if (dataForSeo) {
      expect(one?.headers.authorization).toBe(`Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`);
      expect(one?.path).toBe(path);
    } else {
      expect(new URL(one!.path, url).searchParams.get("api_key")).toBe(apiKey);
      expect(one?.headers.authorization).toBeUndefined();
      expect(body).toContain("[redacted]");
      expect(body).not.toContain(apiKey);
    }
  });

  it.each([400, 401, 429, 500])("never says a key when HTTP %i brings it back", async (status) => {
    const words = `${"x".repeat(280)} ${apiKey} ${password} were not accepted`;
    const { url } = await openServer(replying(status, JSON.stringify({ error: words, status_message: words })));
    const error: unknown = await ask(adapter, settings, url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AssistantError);
    const all = inspect(error, { depth: 12, showHidden: true });
    for (const key of [apiKey, password])
      expect(all).not.toContain(dataForSeo === (key === password) ? key.slice(0, 8) : "\0");
  });

  it("does not say its address, and so not its key, when nobody listens there", async () => {
    const { url, close } = await openLocalServer(replying(200));
    await close();
    const error: unknown = await ask(adapter, settings, url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure: { again: true, reason: "network" } });
    expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch(/hemlig|losen|api_key/);
  });

  it("gives the body as it came, byte for byte", async () => {
    const body = '{ "å": "\\u00e5 🚲",\n"n": 1.0 }';
    const { url } = await openServer(replying(200, body));
    expect(await ask(adapter, settings, url)).toBe(body);
    expect(() => adapter.read(body, context())).toThrow("the reply is none of SerpApi's");
  });

  it.each<[keyof Faults["rates"], Partial<Failure>]>([
    ["rate_limit", { again: true, reason: "rate_limit" }],
    ["quota", { again: false, reason: "quota" }],
    ["server_error", { again: true, reason: "server", status: 500 }],
    ["unavailable", { again: true, reason: "server" }],
    ["overloaded", { again: true, reason: dataForSeo ? "rate_limit" : "overloaded" }],
    ["html", { again: true, reason: "server", status: 502, message: "a web page came instead of a reply" }],
    ["cut", { again: true, reason: "network" }],
  ])("asks once when it meets %s, and says what it was", async (fault, expected) => {
    const simulator = await openTown({}, { faults: { rates: { [fault]: 1 }, retryAfterSeconds: 7 } });
    const asking = ask(adapter, settings, simulator.url).then((body) => adapter.read(body, context()));
    const failure = await failureIn(asking);
    expect(failure).toMatchObject(expected);
    expect(failure.message.length).toBeGreaterThan(5);
    if (fault === "rate_limit" && !dataForSeo) expect(failure.afterMs).toBe(7_000);
    expect([simulator.calls().requests, simulator.calls().faults[fault]]).toEqual([1, 1]);
  });

  it("does not ask again for a key that is refused, and does not repeat the key", async () => {
    const simulator = await openTown();
    const bad = dataForSeo ? { password: `invalid-${password}` } : { apiKey: `invalid-${apiKey}` };
    const failure = await failureIn(ask(adapter, { ...settings, ...bad }, simulator.url));
    expect(failure).toEqual({ again: false, reason: "bad_key", message: "the key was refused", status: 401 });
  });

  it("says that it cannot be asked without a search", async () => {
    expect(adapter.alwaysSearches).toBe(true);
    const call = { asked: asked(question), model: "shown", search: false };
    const failure = await failureIn(adapter.connect(settings)(call, tools()));
    expect(failure).toMatchObject({ again: false, reason: "bad_request" });
    expect(failure.message).toContain("`search: false`");
  });

  it("refuses settings it does not know, and names the variable of a key that is missing", () => {
    const problems = (given: Record<string, unknown>): string[] => {
      try {
        adapter.connect(given);
      } catch (error) {
        if (error instanceof InputError) return error.problems;
        throw error;
      }
      return [];
    };
    expect(problems(settings)).toEqual([]);
    expect(problems({ ...settings, systemPrompt: "x" })[0]).toContain("systemPrompt");
    expect(problems({ ...settings, baseUrl: "ftp://x" })[0]).toContain("baseUrl");
    if (!("through" in settings)) return expect(problems({})[0]).toContain("apiKey");
    expect(problems({})[0]).toContain("through");
    expect(problems({ through: settings["through"] })[0]).toContain(
      dataForSeo ? "DATAFORSEO_LOGIN" : "SERPAPI_API_KEY",
    );
    expect(adapter.needs(settings)).toEqual(dataForSeo ? ["login", "password"] : ["apiKey"]);
  });
});
