/** The one way out: whole replies come back unpacked, and time, size and secrets have their limits. */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { TransportError } from "../src/errors.ts";
import { createFetch, retryAfterMs, type OutgoingLimits } from "../src/http.ts";
import { openLocalServer, replying, type Answering, type LocalServer } from "./support/local-server.ts";

let server: LocalServer;
afterEach(() => server.close());

const open = async (answering: Answering): Promise<LocalServer> => (server = await openLocalServer(answering));
const fetchWith = (limits: Partial<OutgoingLimits> = {}) =>
  createFetch({ timeoutMs: 10_000, maxBytes: 1_000_000, allowHosts: ["127.0.0.1"], ...limits });

async function errorOf(request: Promise<Response>): Promise<TransportError> {
  const error: unknown = await request.catch((thrown: unknown) => thrown);
  if (error instanceof TransportError) return error;
  throw new Error(`no TransportError but ${inspect(error)}`);
}

describe("a reply", () => {
  it("comes back with its status, headers and body, whatever was sent", async () => {
    await open(replying(201, "Smörgåsbord 🥪", { "x-request-id": "r1", "set-cookie": "a=1" }));
    const reply = await fetchWith()(`${server.url}/v1/x?q=å`, {
      method: "POST",
      headers: { authorization: "Bearer k", "content-type": "application/json" },
      body: '{"text":"Vilken är bäst?"}',
    });
    expect([reply.status, reply.headers.get("x-request-id"), await reply.text()]).toEqual([
      201,
      "r1",
      "Smörgåsbord 🥪",
    ]);
    expect(server.received).toMatchObject([
      {
        method: "POST",
        path: "/v1/x?q=%C3%A5",
        headers: { authorization: "Bearer k", "content-type": "application/json" },
        body: '{"text":"Vilken är bäst?"}',
      },
    ]);
  });

  it("with an error status is a reply like any other", async () => {
    await open(replying(503, '{"error":"busy"}', { "retry-after": "7" }));
    const reply = await fetchWith()(server.url);
    expect([reply.ok, reply.status, reply.headers.get("retry-after")]).toEqual([false, 503, "7"]);
    expect(await reply.json()).toEqual({ error: "busy" });
  });

  it.each([204, 205, 304])("with status %i has no body", async (status) => {
    await open(replying(status));
    const reply = await fetchWith()(server.url);
    expect([reply.status, await reply.text()]).toEqual([status, ""]);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("packed with %s is unpacked, and no header speaks of the packing any more", async (encoding, pack) => {
    const text = "Åtta köksöar. ".repeat(500);
    await open(replying(200, pack(Buffer.from(text)), { "content-encoding": encoding }));
    const reply = await fetchWith()(server.url);
    expect(await reply.text()).toBe(text);
    expect([reply.headers.get("content-encoding"), reply.headers.get("content-length")]).toEqual([null, null]);
    expect(server.received[0]?.headers["accept-encoding"]).toContain(encoding);
  });

  it("that names an encoding but has nothing to unpack is empty", async () => {
    await open(replying(200, "", { "content-encoding": "gzip" }));
    expect(await (await fetchWith()(server.url)).text()).toBe("");
  });

  it("that cannot be unpacked is a network failure", async () => {
    await open(replying(200, gzipSync("a whole text").subarray(0, 20), { "content-encoding": "gzip" }));
    const { kind, message } = await errorOf(fetchWith()(server.url));
    expect([kind, message]).toEqual(["network", `127.0.0.1:${server.port} sent a body that cannot be unpacked`]);
  });
});

describe("the limit of size", () => {
  it("lets a body of exactly that size through and no larger one", async () => {
    await open(({ path }, response) => void response.end("x".repeat(Number(path.slice(1)))));
    const fetch = fetchWith({ maxBytes: 5_000 });
    expect((await (await fetch(`${server.url}/5000`)).text()).length).toBe(5_000);
    expect((await errorOf(fetch(`${server.url}/5001`))).kind).toBe("too_large");
  });

  it("breaks off a body without end", async () => {
    let closed: Promise<unknown> | undefined;
    await open((_, response) => {
      closed = once(response, "close");
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(16_384)));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    });
    expect((await errorOf(fetchWith({ maxBytes: 100_000 })(server.url))).kind).toBe("too_large");
    await closed; // hangs here if the connection is kept
  });

  const zeros = Buffer.alloc(20_000_000);
  it.each([
    ["gzip", gzipSync(zeros)],
    ["deflate", deflateSync(zeros)],
    ["br", brotliCompressSync(zeros)],
  ])("holds for what %s unpacks to", async (encoding, bomb) => {
    await open(replying(200, bomb, { "content-encoding": encoding }));
    expect(bomb.length).toBeLessThan(100_000);
    const { kind, message } = await errorOf(fetchWith({ maxBytes: 3_000_000 })(server.url));
    expect([kind, message]).toEqual(["too_large", `127.0.0.1:${server.port} sent more than 3 MB`]);
    expect((await (await fetchWith({ maxBytes: 20_000_000 })(server.url)).arrayBuffer()).byteLength).toBe(20_000_000);
  });
});

describe("the limit of time", () => {
  const timedOut = async (): Promise<void> => {
    const { kind, message } = await errorOf(fetchWith({ timeoutMs: 60 })(server.url));
    expect([kind, message]).toEqual(["timeout", `127.0.0.1:${server.port} did not answer within 0 s`]);
  };

  it("ends the wait for a server that says nothing", async () => {
    let response: ServerResponse | undefined;
    await open((_, silent) => void (response = silent));
    await timedOut();
    if (response?.closed === false) await once(response, "close"); // hangs here if the connection is kept
  });

  it("ends the wait for a body that stops", async () => {
    await open((_, response) => void response.writeHead(200, { "content-length": 1_000 }).write("{"));
    await timedOut();
  });

  it("ends the wait for a body that drips, however steadily", async () => {
    let drops = 0;
    await open((_, response) => {
      const drip = setInterval(() => response.write(`${drops++}`), 5);
      response.once("close", () => clearInterval(drip));
    });
    await timedOut();
    expect(drops).toBeGreaterThan(1);
  });

  it("does not touch what comes in time", async () => {
    await open(replying(200, "in time"));
    expect(await (await fetchWith({ timeoutMs: 10_000 })(server.url)).text()).toBe("in time");
  });
});

describe("a request that is called off", () => {
  it("fails as cancelled, at once and without being sent when the signal has been given before", async () => {
    await open(replying(200, "never asked"));
    const { kind } = await errorOf(fetchWith()(server.url, { signal: AbortSignal.abort() }));
    expect([kind, server.received.length]).toEqual(["aborted", 0]);
  });

  it("fails as cancelled while it waits, and leaves the server", async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> | undefined;
    await open((_, response) => {
      closed = once(response, "close");
      controller.abort();
    });
    const { kind, message } = await errorOf(fetchWith()(server.url, { signal: controller.signal }));
    expect([kind, message]).toEqual(["aborted", `the request to 127.0.0.1:${server.port} was cancelled`]);
    await closed;
  });
});

describe("a connection", () => {
  it("that breaks in the middle of the body is a network failure, never half a reply", async () => {
    await open((_, response) => {
      response.writeHead(200, { "content-length": 1_000 });
      response.write('{"text":"half', () => response.destroy());
    });
    expect((await errorOf(fetchWith()(server.url))).kind).toBe("network");
  });

  it("that breaks before the headers, or is refused, is a network failure", async () => {
    await open((_, response) => void response.destroy());
    expect((await errorOf(fetchWith()(server.url))).kind).toBe("network");
    await server.close();
    expect((await errorOf(fetchWith()(server.url))).message).toContain("ECONNREFUSED");
  });

  it("is kept for later requests", async () => {
    await open(replying(200, "again"));
    const fetch = fetchWith();
    for (let i = 0; i < 20; i++) await (await fetch(server.url)).text();
    expect(server.received.length).toBe(20);
    expect(server.connections()).toBeLessThan(10);
  });
});

describe("an error", () => {
  const secret = "s3cr3t-value-of-a-key";
  const closed = "http://127.0.0.1:1";

  it("holds no secret of address, headers or body, in no cause either", async () => {
    await open((_, response) => void response.destroy());
    const init = { method: "POST", headers: { authorization: `Bearer ${secret}`, "x-api-key": secret }, body: secret };
    const failing: Promise<TransportError>[] = [
      errorOf(fetchWith()(`${server.url}/hooks/${secret}?key=${secret}`, init)),
      errorOf(fetchWith()(`${closed}/hooks/${secret}?key=${secret}`, init)),
      errorOf(fetchWith()(`http://user:${secret}@127.0.0.1:1/`, init)),
      errorOf(fetchWith()(`http://10.0.0.1/${secret}?key=${secret}`, init)),
      errorOf(fetchWith()(`ftp://127.0.0.1/${secret}`, init)),
    ];
    for (const error of await Promise.all(failing))
      expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(secret);
  });

  it.each([
    ["a line break", `${secret}\nmore`],
    ["a curly quote", `”${secret}”`],
  ])("about a header with %s in it does not repeat the header", async (_, value) => {
    await open(replying(200));
    const error = await errorOf(fetchWith()(server.url, { headers: { authorization: `Bearer ${value}` } }));
    expect(error.message).toBe(`a header for 127.0.0.1:${server.port} holds characters that cannot be sent`);
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(secret);
    expect(server.received).toEqual([]);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-20T10:00:00Z");
  const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

  it.each([
    ["seconds", { "retry-after": "31" }, 31_000],
    ["a fraction of seconds", { "retry-after": "0.5" }, 500],
    ["nought", { "retry-after": "0" }, 0],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 10:02:00 GMT" }, 120_000],
    ["a date that has passed", { "retry-after": "Fri, 20 Nov 2026 09:00:00 GMT" }, 0],
    ["milliseconds", { "retry-after-ms": "174" }, 174],
    ["seconds when the milliseconds are 0", { "retry-after-ms": "0", "retry-after": "1" }, 1_000],
    ["milliseconds before seconds", { "retry-after-ms": "1500", "retry-after": "2" }, 1_500],
    ["seconds when the milliseconds are none", { "retry-after-ms": "soon", "retry-after": "2" }, 2_000],
  ])("is understood as %s", (_, headers, ms) => {
    expect(wait(headers)).toBe(ms);
  });

  it.each([{}, { "retry-after": "" }, { "retry-after": "soon" }, { "retry-after": "-5" }, { "retry-after": "NaN" }])(
    "says nothing in %j",
    (headers) => {
      expect(wait(headers as Record<string, string>)).toBeUndefined();
    },
  );
});
