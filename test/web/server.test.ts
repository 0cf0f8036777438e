/** The page's server: whom it answers, what it lets a browser do, and that nobody's text becomes markup. */
import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applied, countDays, keepAnswers } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";
import { askPage } from "../support/page.ts";
import { serveWeb } from "../../src/web/server.ts";
import { logInto } from "../support/log.ts";

const day = "2026-03-02";
const noon = Date.parse(`${day}T11:00:00Z`);

let fresh: FreshStore;
beforeEach(async () => {
  fresh = await databases.find(([name]) => name === "SQLite")![1]();
});
afterEach(() => fresh.remove());

const page = async (...given: Parameters<typeof askPage> extends [unknown, ...infer Rest] ? Rest : never) =>
  (await askPage(fresh.store, ...given)).text();

describe("the name the page is asked under", () => {
  it.each(["localhost", "localhost:4747", "127.0.0.1:4747", "[::1]:4747", "[::1]"])("may be %s", async (host) => {
    expect((await askPage(fresh.store, "/", { host })).status).toBe(200);
  });

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:4747", "0.0.0.0:4747", "192.168.1.7", ""])(
    "may not be %j",
    async (host) => {
      await applied(fresh.store, definition({ name: "Secret project" }));
      const response = await askPage(fresh.store, "/", { host });
      expect(response.status).toBe(421);
      expect(await response.text()).not.toContain("Secret project");
    },
  );

  it("may be one the operator allows or the one it is bound to, IPv6 too", async () => {
    const status = async (host: string, boundTo: string, ...allowHosts: string[]) =>
      (await askPage(fresh.store, "/", { host, boundTo, allowHosts })).status;
    expect(await status("citera.lan:4747", "127.0.0.1", "citera.lan")).toBe(200);
    expect(await status("citera.lan:4747", "127.0.0.1", "other.lan")).toBe(421);
    expect(await status("192.168.1.7:4747", "192.168.1.7")).toBe(200);
    expect(await status("[fd00::7]:4747", "fd00::7")).toBe(200);
    expect(await status("[fd00::8]:4747", "fd00::7")).toBe(421);
  });

  it("is checked on every path", async () => {
    const css = /href="(\/style-[^"]+)"/.exec(await page())![1]!;
    for (const path of [css, "/nowhere"])
      expect((await askPage(fresh.store, path, { host: "evil.example" })).status).toBe(421);
  });
});

describe("what a browser may do with the page", () => {
  it.each(["/", "/nowhere"])(
    "at %s is told by headers: no script, no frame, no guessing, no referrer",
    async (path) => {
      const { headers } = await askPage(fresh.store, path);
      const policy = headers.get("content-security-policy")!;
      expect(policy.split(/;\s*/).filter(Boolean).sort()).toEqual([
        "base-uri 'none'",
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "style-src 'self'",
      ]);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.has("x-powered-by")).toBe(false);
      expect(headers.has("access-control-allow-origin")).toBe(false);
    },
  );

  it("needs nothing that the policy forbids", async () => {
    const html = await page();
    expect(html).not.toMatch(/<script|<style|style=|\son\w+=|<iframe|<img/i);
  });

  it("finds the style under a name that changes with it, to be kept", async () => {
    const css = /href="(\/style-[0-9a-f]+\.css)"/.exec(await page())![1]!;
    const response = await askPage(fresh.store, css);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(await response.text()).toContain("{");
  });
});

describe("a request", () => {
  it.each(["/nowhere", "/index.php", "/../../etc/passwd", "/style-0.css", "/%00", "/api"])(
    "for %s finds nothing",
    async (path) => {
      expect((await askPage(fresh.store, path)).status).toBe(404);
    },
  );

  it.each(["POST", "PUT", "PATCH", "DELETE"])("by %s does nothing", async (method) => {
    expect((await askPage(fresh.store, "/", { method })).status).toBe(404);
  });

  it("by HEAD gets the headers alone", async () => {
    const response = await askPage(fresh.store, "/", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });
});

describe("the language of the page", () => {
  const lang = async (acceptLanguage: string | undefined, language: "en" | "sv" = "en", query = "") => {
    const html = await page(`/${query}`, { language, ...(acceptLanguage !== undefined && { acceptLanguage }) });
    return /<html lang="(\w+)"/.exec(html)![1];
  };

  it.each([
    ["sv", "sv"],
    ["sv-SE,sv;q=0.9,en-US;q=0.8,en;q=0.7", "sv"],
    ["en-GB,en;q=0.9", "en"],
    ["en;q=0.5, sv;q=0.8", "sv"],
    ["de-DE, sv;q=0.4, en;q=0.6", "en"],
    ["nb-NO,nb;q=0.9,sv;q=0.8,en;q=0.7", "sv"],
    ["SV-se", "sv"],
    ["sv;q=0, en;q=0.1", "en"],
  ])("follows the browser that asks for %s", async (accepted, chosen) => {
    expect(await lang(accepted, "en")).toBe(chosen);
    expect(await lang(accepted, "sv")).toBe(chosen);
  });

  it.each([undefined, "", "de, fr;q=0.9", "*", ";;;,q=", "svk"])("is the operator's for %j", async (accepted) => {
    expect(await lang(accepted, "sv")).toBe("sv");
    expect(await lang(accepted, "en")).toBe("en");
  });

  it("is the reader's who chose it on the page", async () => {
    expect(await lang("en", "en", "?lang=sv")).toBe("sv");
    expect(await lang("sv", "sv", "?lang=en")).toBe("en");
    expect(await lang("de", "sv", "?lang=tlh")).toBe("sv");
  });

  it("is said to depend on the request, so that no cache mixes them up", async () => {
    expect((await askPage(fresh.store)).headers.get("vary")).toMatch(/accept-language/i);
  });

  it("is the language of all its words", async () => {
    const project = await applied(fresh.store, definition());
    await keepAnswers(fresh.store, project, noon, [{ prompt: "best", assistant: "chatgpt", named: ["Acme"] }]);
    await countDays(fresh.store, project, day);
    const [english, swedish] = [await page("/?lang=en"), await page("/?lang=sv")];
    for (const text of [
      "Visibility",
      "Citation rate",
      "Sources cited most",
      "Cited, not named",
      "1 answer, 1 question",
      "Svenska",
    ])
      expect(english).toContain(text);
    for (const text of [
      "Synlighet",
      "Citeringsgrad",
      "Mest citerade källor",
      "Citerat, inte nämnt",
      "1 svar, 1 fråga",
      "English",
    ])
      expect(swedish).toContain(text);
    for (const text of ["Visibility", "answers", "question"]) expect(swedish).not.toContain(text);
  });
});

describe("the page's projects", () => {
  it("are none at first, and the page says what to do", async () => {
    expect(await page()).toContain("No project yet");
    expect(await page("/?lang=sv")).toContain("Inget projekt än");
  });

  it("without answers say so", async () => {
    await applied(fresh.store, definition());
    expect(await page()).toContain("No answers yet");
  });

  it("can be chosen by name, and a name that is not there is not found", async () => {
    await applied(fresh.store, definition());
    await applied(fresh.store, definition({ key: "other & more", name: "Other" }));
    expect(await page("/?project=acme")).toContain("<h1>Acme</h1>");
    expect(await page("/?project=other%20%26%20more")).toContain("<h1>Other</h1>");
    expect(await page("/")).toContain('href="/?project=other%20%26%20more&amp;lang=en"');
    const nobody = await askPage(fresh.store, "/?project=nobody");
    expect(nobody.status).toBe(404);
    expect(await nobody.text()).toMatch(/href="\/\?project=acme[^]*There is no such project/);
  });
});

describe("hostile text", () => {
  const bait = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{7*7}}`;

  /** A project in which every text that comes from elsewhere is bait. */
  async function poisoned(): Promise<void> {
    const project = await applied(
      fresh.store,
      definition({
        name: `Project ${bait}`,
        brands: [brand("own", { name: `Own ${bait}`, role: "own" }), brand("rival", { name: `Rival ${bait}` })],
        prompts: [prompt("p", `Question ${bait}`)],
        assistants: [assistant("chatgpt", { title: `Title ${bait}` })],
      }),
    );
    const domains = ["javascript:alert(3)", `host${bait}`, "data:text/html,<script>alert(4)</script>"];
    const candidates = [{ text: `candidate ${bait}`, start: 0, end: 4, position: 1 }];
    await keepAnswers(fresh.store, project, noon, [
      {
        prompt: "p",
        assistant: "chatgpt",
        named: ["rival"],
        text: `${bait} javascript:alert(5) [link](javascript:alert(6)) https://evil.example/`,
        servedModel: `model ${bait}`,
        cited: domains.map((domain) => ({ domain, owner: "other" })),
        findings: { ranking: { source: "list", positions: {}, order: [], candidates } },
      },
    ]);
    await countDays(fresh.store, project, day);
  }

  it("in names, questions, answers, models and addresses stays text", async () => {
    await poisoned();
    const html = await page();
    expect(html).not.toMatch(/<script|<img|<svg|<iframe/i);
    const places = ["Project", "Own", "Rival", "Question", "Title", "model", "host", "candidate"];
    for (const place of places) expect(html, place).toMatch(new RegExp(`${place} ?&quot;&#39;&gt;&lt;script&gt;`));
    expect(html).toContain("&amp;amp;{{7*7}}");
    expect(html.match(/<blockquote>[^<]*<\/blockquote>/g)).toHaveLength(1);
  });

  it("never becomes a link: all links stay here", async () => {
    await poisoned();
    const links = [...(await page()).matchAll(/(?:href|src|action|formaction)\s*=\s*"([^"]*)"/gi)].map(([, to]) => to!);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toMatch(/^\/(?!\/)/);
  });

  it("in the address of the page stays out of it", async () => {
    const html = await page(`/?project=${encodeURIComponent(bait)}&lang=${encodeURIComponent(bait)}`);
    expect(html).not.toContain("alert(");
  });
});

describe("the served page", () => {
  it("answers on its socket, checks the name there too, and frees the port when it is closed", async () => {
    const web = await serveWeb({
      store: fresh.store,
      log: logInto(),
      language: "en",
      host: "127.0.0.1",
      port: 0,
      allowHosts: [],
    });
    const { port } = new URL(web.url);
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asking = request({ host: "127.0.0.1", port, headers: { host }, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asking.on("error", reject).end();
      });
    expect(await statusFor(`localhost:${port}`)).toBe(200);
    expect(await statusFor("evil.example")).toBe(421);
    await expect(
      serveWeb({
        store: fresh.store,
        log: logInto(),
        language: "en",
        host: "127.0.0.1",
        port: Number(port),
        allowHosts: [],
      }),
    ).rejects.toThrow(/EADDRINUSE/);
    await web.close();
    await expect(statusFor("localhost")).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe("a page that cannot be made", () => {
  it("says so without a reason, which is for the log", async () => {
    const lines: string[] = [];
    const broken = new Proxy(fresh.store, {
      get: (store, name, self) => {
        if (name === "read") throw new Error("the database is gone");
        return Reflect.get(store, name, self) as unknown;
      },
    });
    const response = await askPage(broken, "/", { lines });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("database");
    expect(lines.join("")).toContain("the database is gone");
  });
});
