/** Every assistant when there is no reply: asked once only, told apart, and never with its key in what is said. */
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import type { Failure } from "../../src/domain.ts";
import { AssistantError, TransportError } from "../../src/errors.ts";
import type { Faults } from "../../src/simulator/index.ts";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { openLocalServer, replying, type LocalServer } from "../support/local-server.ts";
import { village } from "../simulator/village.ts";
import { apiKey, askAt, asked, failureIn, speakers, tools, townsfolk } from "./asking.ts";

let town: Simulator | undefined;
let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
  await town?.close();
  town = server = undefined;
});

const openTown = async (rates: Faults["rates"], retryAfterSeconds = 7): Promise<Simulator> =>
  (town = await startSimulator(village({ assistants: townsfolk }), { faults: { rates, retryAfterSeconds } }));
const openServer = async (...given: Parameters<typeof openLocalServer>): Promise<LocalServer> =>
  (server = await openLocalServer(...given));
const question = "Vilken elcykel är bäst?";

describe.each(speakers)("$adapter.id", (speaker) => {
  const { adapter, base, model = "m", statuses = {} } = speaker;

  it.each<[keyof Faults["rates"], Partial<Failure>]>([
    ["rate_limit", { again: true, reason: "rate_limit", status: 429, afterMs: 7_000 }],
    ["rate_limit_bare", { again: true, reason: "rate_limit", status: 429 }],
    ["quota", { again: false, reason: "quota", status: statuses.quota ?? 429 }],
    ["server_error", { again: true, reason: "server", status: 500 }],
    ["unavailable", { again: true, reason: "server", status: 503 }],
    ["overloaded", { again: true, reason: "overloaded", status: statuses.overloaded ?? 503 }],
    ["html", { again: true, reason: "server", status: 502, message: "a web page came instead of a reply" }],
    ["cut", { again: true, reason: "network" }],
  ])("asks once when it meets %s, and says what it was", async (fault, expected) => {
    const simulator = await openTown({ [fault]: 1 });
    const failure = await failureIn(askAt(speaker, simulator.url, question));
    expect(failure).toMatchObject(expected);
    expect(failure.message.length).toBeGreaterThan(5);
    expect([simulator.calls().requests, simulator.calls().faults[fault]]).toEqual([1, 1]);
  });

  it("gives up a server that hangs, once its time is over", async () => {
    const simulator = await openTown({ hang: 1 });
    const failure = await failureIn(askAt(speaker, simulator.url, question, { timeoutMs: 80 }));
    expect(failure).toMatchObject({ again: true, reason: "timeout" });
    expect(simulator.calls().requests).toBe(1);
  });

  it("stops waiting when it is told to", async () => {
    const controller = new AbortController();
    const { url } = await openServer(() => controller.abort());
    const failure = await failureIn(askAt(speaker, url, question, { signal: controller.signal }));
    expect(failure).toMatchObject({ again: true, reason: "network" });
    expect(failure.message).toContain("cancelled");
    expect(server?.received).toHaveLength(1);
  });

  it("does not ask again for a key that is refused, and does not repeat the key", async () => {
    const simulator = await openTown({});
    const settings = { apiKey: `invalid-${apiKey}` };
    const status = statuses.bad_key ?? 401;
    const failure = await failureIn(askAt(speaker, simulator.url, question, { settings }));
    expect(failure).toEqual({ again: false, reason: "bad_key", message: "the key was refused", status });
    expect([simulator.calls().requests, simulator.calls().rejected]).toEqual([1, 1]);
  });

  it("does not ask again for a model that is not there", async () => {
    const simulator = await openTown({});
    const failure = await failureIn(askAt(speaker, simulator.url, question, { model: "unknown-9" }));
    expect(failure).toMatchObject({ again: false, reason: "model" });
    expect(failure.message).toContain("unknown-9");
  });

  it.each<[number, string, Partial<Failure>]>([
    [403, '{"error":{"message":"Country not supported"}}', { again: false, reason: "region" }],
    [404, '{"detail":"Not Found: no model x"}', { again: false, reason: "model", message: "Not Found: no model x" }],
    [400, '{"object":"error","message":"maximum context length is 8"}', { again: false, reason: "too_large" }],
    [400, '{"error":"model is loading, sorry"}', { again: false, message: "model is loading, sorry" }],
    [413, "too long", { again: false, reason: "too_large", message: "too long" }],
    [429, "", { again: true, reason: "rate_limit", message: "HTTP 429" }],
    [503, "<html><h1>Under maintenance</h1></html>", { again: true, message: "a web page came instead of a reply" }],
    [302, "", { again: false, reason: "bad_request", message: "HTTP 302" }],
  ])("understands HTTP %i with %s, whichever part of it the SDK keeps", async (status, body, expected) => {
    const { url, received } = await openServer(replying(status, body, { location: "http://127.0.0.1:1/" }));
    expect(await failureIn(askAt(speaker, url, question))).toMatchObject({ ...expected, status });
    expect(received).toHaveLength(1);
  });

  it("keeps the delay of an error reply, but not one that asks not to come back", async () => {
    const { url } = await openServer(({ headers }, response) => {
      const keys = [headers.authorization, headers["x-api-key"], headers["api-key"], headers["x-goog-api-key"]];
      const stay = keys.some((key) => String(key).includes("stay"));
      response.writeHead(429, { "retry-after": "12", ...(stay && { "x-should-retry": "false" }) }).end("{}");
    });
    expect(await failureIn(askAt(speaker, url, question))).toMatchObject({ again: true, afterMs: 12_000 });
    const settings = { apiKey: "stay-away" };
    expect(await failureIn(askAt(speaker, url, question, { settings }))).toMatchObject({ again: false });
  });

  it.each([400, 401, 403, 404, 429, 500])(
    "never says its key, not even a part, when HTTP %i brings it back",
    async (status) => {
      for (const filling of [0, 250, 280, 295]) {
        const message = `${"x".repeat(filling)} ${apiKey} was not accepted`;
        const desk = await openLocalServer(replying(status, JSON.stringify({ error: { message } })));
        const error: unknown = await askAt(speaker, desk.url, question).catch((thrown: unknown) => thrown);
        await desk.close();
        expect(error).toBeInstanceOf(AssistantError);
        expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(apiKey.slice(0, 8));
        expect((error as AssistantError).message.length).toBeLessThanOrEqual(300);
      }
    },
  );

  it.each(["connect ETIMEDOUT 203.0.113.9:443", "Connect Timeout Error", "getaddrinfo ENOTFOUND llm.example"])(
    "takes a connection that fails with %s for the network's fault, not for ours",
    async (words) => {
      const message = `llm.example cannot be reached (${words})`;
      const failing = {
        ...tools(),
        fetch: () => Promise.reject(new TransportError("network", message, { cause: new Error(words) })),
      };
      const asking = adapter.connect({ apiKey, ...speaker.settings, baseUrl: base("https://llm.example") })(
        { asked: asked(question), model, search: adapter.search },
        failing,
      );
      expect(await failureIn(asking)).toEqual({ again: true, reason: "network", message });
    },
  );

  it("does not reach a server on a private address that nobody allowed, and does not try again", async () => {
    const { url, connections } = await openServer(replying(200, "{}"));
    const failure = await failureIn(askAt(speaker, url, question, { allowHosts: [] }));
    expect(failure).toMatchObject({ again: false, reason: "refused_address" });
    expect(connections()).toBe(0);
  });

  it("does not take a reply beyond all measure", async () => {
    const { url } = await openServer(replying(200, JSON.stringify({ text: "x".repeat(20_000) })));
    const failure = await failureIn(askAt(speaker, url, question, { maxBytes: 10_000 }));
    expect(failure).toMatchObject({ again: false, reason: "too_large" });
  });

  it("lets a fault of our own through as what it is", async () => {
    const fault = new RangeError("our own mistake");
    const broken = {
      ...tools(),
      get signal(): AbortSignal {
        throw fault;
      },
    };
    const call = { asked: asked(question), model, search: adapter.search };
    await expect(
      adapter.connect({ apiKey, ...speaker.settings, baseUrl: "https://llm.example" })(call, broken),
    ).rejects.toBe(fault);
  });
});
