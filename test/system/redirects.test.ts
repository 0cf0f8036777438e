/** Redirects that only their server can resolve: asked once, never followed, and read again into the citations. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFetch } from "../../src/http.ts";
import { findRedirects, listBrands, newestReading, type Redirect } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { keepAnswers, type Wanted } from "../support/answers.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { openLocalServer, type LocalServer } from "../support/local-server.ts";

const google = "https://vertexaisearch.cloud.google.com";
const address = (name: string) => `${google}/grounding-api-redirect/${name}`;

/** What the server does with each name; `huge` and `slow` never come to an end that helps. */
const targets: Record<string, string> = {
  vindil: "https://www.vindil.example/cyklar/?utm_source=x",
  relative: "//blogg.example/å",
  private: "http://127.0.0.1:9/admin",
  network: "http://router/",
  self: address("self"),
  widget: "https://www.google.com/search?q=elcykel",
};

describe.each(databases)("redirects on %s", (_, open) => {
  let fresh: FreshStore;
  let home: TestHouse;
  let server: LocalServer;
  beforeEach(async () => {
    fresh = await open();
    home = await openTestHouse(fresh);
    server = await openLocalServer(({ path, method }, response) => {
      const name = path.split("/").at(-1)!;
      if (name === "slow") return; // the client has to give up
      if (name === "down") return void response.writeHead(503).end();
      if (name === "huge" && method === "GET") return void response.writeHead(200).end(Buffer.alloc(2_000_000));
      if (name === "get" && method === "HEAD") return void response.writeHead(405).end();
      const target = name === "get" ? "https://hjulforum.example/get" : targets[name];
      if (name === "huge") return void response.writeHead(200).end();
      if (target === undefined) return void response.writeHead(404).end();
      response.writeHead(302, { location: target }).end();
    });
    const out = createFetch({ timeoutMs: 300, maxBytes: 1_000_000, allowHosts: ["127.0.0.1"] });
    home.house.fetch = (url, init) =>
      out(String(url instanceof Request ? url.url : url).replace(google, server.url), init);
  });
  afterEach(async () => {
    await server.close();
    await home.close();
    await fresh.remove();
  });

  /** An answer that cites these redirects on the wire; what is kept of it when all jobs are done. */
  const cite = (...names: string[]) => resolved({ citations: listed(names) });
  const listed = (names: string[]) => names.map((name) => ({ url: address(name), kind: "listed" as const }));

  async function resolved(said: Pick<Wanted, "text" | "citations">) {
    const project = await home.apply();
    await keepAnswers(fresh.store, project, home.clock.now(), [{ prompt: "p0", assistant: "chatgpt", ...said }]);
    const { read } = fresh.store;
    const [answer] = await read.select().from(read.tables.answers);
    const job = {
      name: "redirects",
      key: "redirects-x",
      lane: "redirects",
      payload: { answerId: answer!.id },
    } as const;
    await home.house.queue.add([job]);
    await home.finish();
    return { project, job };
  }
  const kept = async (name: string): Promise<Redirect> =>
    (await findRedirects(fresh.store.read, [address(name)])).get(address(name))!;
  const citations = () => fresh.store.read.select().from(fresh.store.read.tables.citations);

  it("gives citations the pages that redirects lead to, and their owners", async () => {
    const { project, job } = await cite("vindil", "relative", "get");
    const own = (await listBrands(fresh.store.read, project.id)).find(({ role }) => role === "own");
    const found = await citations();
    expect(found.map(({ url, canonicalUrl }) => [url, canonicalUrl])).toEqual([
      [address("vindil"), "https://vindil.example/cyklar"],
      [address("relative"), "https://blogg.example/%C3%A5"],
      [address("get"), "https://hjulforum.example/get"],
    ]);
    expect(found[0]).toMatchObject({ ownerBrandId: own!.id, domain: "vindil.example" });
    const requests = server.received.length;
    await home.house.queue.add([job]);
    await home.finish();
    expect(await citations()).toEqual(found);
    expect(server.received).toHaveLength(requests); // asked once
    expect((await newestReading(fresh.store.read, project.id))!.number).toBe(1);
  });

  it("resolves redirects that stand in the text only, and each once where the wire has them, too", async () => {
    const text = `Vindil [1](${address("vindil")}) och <${address("get")}>. 🚲 [1](${address("vindil")})`;
    await resolved({ text, citations: listed(["relative", "vindil"]) });
    expect((await citations()).map(({ canonicalUrl, domain }) => [canonicalUrl, domain])).toEqual([
      ["https://vindil.example/cyklar", "vindil.example"],
      ["https://hjulforum.example/get", "hjulforum.example"],
      ["https://vindil.example/cyklar", "vindil.example"],
      ["https://blogg.example/%C3%A5", "blogg.example"],
    ]);
    const asked = server.received.map(({ path, method }) => `${method} ${path.split("/").at(-1)}`);
    expect(asked.sort()).toEqual(["GET get", "HEAD get", "HEAD relative", "HEAD vindil"]);
  });

  it("follows nothing, and takes nobody's own network, other redirects and pages that are gone for no page", async () => {
    await cite("private", "network", "self", "gone", "huge");
    const reasons = await Promise.all(["private", "network", "self", "gone", "huge"].map(kept));
    expect(reasons.map(({ state, reason, target }) => [state, reason, target])).toEqual([
      ["failed", "not_public", null],
      ["failed", "not_public", null],
      ["failed", "loop", null],
      ["failed", "expired", null],
      ["failed", "too_large", null],
    ]);
    expect(server.received.filter(({ path }) => path.endsWith("/self"))).toHaveLength(1);
  });

  it("asks again what is slow or down, a few times only", async () => {
    await cite("slow", "down");
    expect(await kept("slow")).toMatchObject({ state: "failed", reason: "timeout", attempts: 3 });
    expect(await kept("down")).toMatchObject({ state: "failed", reason: "http_503", attempts: 3 });
  });

  it("leaves out a redirect to a page of search results", async () => {
    await cite("widget");
    expect(await kept("widget")).toMatchObject({ state: "resolved" });
    expect(await citations()).toEqual([]);
  });

  it("refuses a redirect whose own server is on a private address", async () => {
    const guarded = createFetch({ timeoutMs: 300, maxBytes: 1_000_000, allowHosts: [] });
    home.house.fetch = (url, init) =>
      guarded(String(url instanceof Request ? url.url : url).replace(google, server.url), init);
    await cite("vindil");
    expect(await kept("vindil")).toMatchObject({ state: "failed", reason: "refused_address", attempts: 1 });
    expect(server.received).toEqual([]);
  });
});
