/** Health as machines ask for it: who lives, who is ready, and the numbers; under our names only. */
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addHealth, serveHealth, type Health } from "../../src/web/health.ts";
import { createApp } from "../../src/web/server.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { logInto } from "../support/log.ts";

const health = (reasons: string[] = []): Health => ({
  ready: () => Promise.resolve(reasons),
  metrics: () => Promise.resolve("citera_questions_total 7\n"),
});
const ask = (path: string, given = health(), method = "GET") => {
  const app = new Hono();
  addHealth(app, given);
  return app.request(path, { method });
};

it("lives without asking for anything", async () => {
  const unwell: Health = {
    ready: () => Promise.reject(new Error("no")),
    metrics: () => Promise.reject(new Error("no")),
  };
  const alive = await ask("/healthz", unwell);
  expect([alive.status, await alive.text()]).toEqual([200, "alive\n"]);
});

it("is ready, or says line by line why not", async () => {
  const ready = await ask("/readyz");
  expect([ready.status, await ready.text()]).toEqual([200, "ready\n"]);
  const unready = await ask("/readyz", health(["database cannot be reached", "stopping"]));
  expect([unready.status, await unready.text()]).toEqual([503, "database cannot be reached\nstopping\n"]);
});

it("gives the numbers as Prometheus wants them", async () => {
  const { status, headers } = await ask("/metrics");
  expect([status, headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
});

it.each(["/healthz", "/readyz", "/metrics"])("%s is never kept by a cache, and only read", async (path) => {
  expect((await ask(path)).headers.get("cache-control")).toBe("no-store");
  expect((await ask(path, health(), "POST")).status).toBe(404);
});

describe("beside the page", () => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await databases.find(([name]) => name === "SQLite")![1]()));
  afterEach(() => fresh.remove());

  it("is refused under a name that is not ours", async () => {
    const options = { log: logInto(), language: "en", host: "127.0.0.1", allowHosts: [], health: health() } as const;
    const app = createApp({ ...options, store: fresh.store, allowHosts: [] });
    const status = async (path: string, host: string) => (await app.request(path, { headers: { host } })).status;
    for (const path of ["/healthz", "/readyz", "/metrics"]) {
      expect(await status(path, "localhost:4747")).toBe(200);
      expect(await status(path, "evil.example")).toBe(421);
    }
  });
});

it("is served alone by processes without a page, under the same names", async () => {
  const served = await serveHealth({ health: health(), host: "127.0.0.1", port: 0, allowHosts: [] });
  try {
    expect(await (await fetch(`${served.url}metrics`)).text()).toBe("citera_questions_total 7\n");
    expect((await fetch(served.url)).status).toBe(404);
  } finally {
    await served.close();
  }
  await expect(fetch(served.url)).rejects.toThrow();
});
