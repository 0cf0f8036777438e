/** The page's two surfaces: answers of APIs and answers as people see them are shown one at a time, each by its name. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../src/domain.ts";
import { applyDefinition } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, definition } from "../support/definition.ts";
import { askPage } from "../support/page.ts";

const day = "2026-03-02";
const api = assistant("chatgpt", { title: "ChatGPT" });
const app = assistant("app", { title: "Overview", surface: "ui" });

let fresh: FreshStore;
beforeEach(async () => {
  fresh = await databases.find(([name]) => name === "SQLite")![1]();
});
afterEach(() => fresh.remove());

const page = async (address = "/") => (await askPage(fresh.store, address)).text();
const keep = async (project: Project, answers: Wanted[]) => {
  await keepAnswers(fresh.store, project, Date.parse(`${day}T11:00:00Z`), answers);
  await countDays(fresh.store, project, day);
};
/** Two answers of the API, one of them naming Acme, and one as people see it that names Bolt. */
async function both(more: Partial<Wanted> = {}): Promise<void> {
  await keep(await applied(fresh.store, definition({ assistants: [api, app] })), [
    { prompt: "best", assistant: "chatgpt", named: ["Acme"], cited: [{ domain: "api.example", owner: "other" }] },
    { prompt: "cheap", assistant: "chatgpt", named: ["Bolt"], text: "The API says Bolt." },
    {
      prompt: "best",
      assistant: "app",
      named: ["Bolt"],
      text: "Seen: Bolt.",
      cited: [{ domain: "app.example", owner: "other" }],
      ...more,
    },
  ]);
}

/** Headings with the surface beside each. */
const headings = (html: string): [title: string, surface: string | undefined][] =>
  [...html.matchAll(/<h2>(.*?) (?:<span class="tag">(\w+)<\/span>)?<\/h2>/g)].map(([, title, tag]) => [title!, tag]);
/** Links of the switch, with a mark at the one that is shown. */
const links = (html: string): string[] => {
  const nav = /<nav aria-label="[^"]+" class="switch">(.*?)<\/nav>/.exec(html)?.[1] ?? "";
  return [...nav.matchAll(/<a href="([^"]+)"( aria-current="page")?>/g)].map(
    ([, to, current]) => `${to!.replaceAll("&amp;", "&")}${current ? " *" : ""}`,
  );
};

describe("the switch between surfaces", () => {
  it("is there when a project has both, and goes to the one or the other", async () => {
    await both();
    const ways = ["/?project=acme&lang=en&surface=api", "/?project=acme&lang=en&surface=ui"];
    expect(links(await page())).toEqual([`${ways[0]} *`, ways[1]]);
    expect(links(await page(ways[1]))).toEqual([ways[0], `${ways[1]} *`]);
    expect(await page(ways[0])).toBe(await page("/?surface=api&lang=en&project=acme"));
    const swedish = await page("/?lang=sv&surface=ui");
    expect(links(swedish)[1]).toBe("/?project=acme&lang=sv&surface=ui *");
    expect(swedish).toContain('aria-current="page">Så som människor ser dem (UI)</a>');
    expect(swedish).toContain("Svar från API:er</a>");
  });

  it.each([
    ["APIs", api],
    ["what people see", app],
  ])("is not there when a project has only assistants of %s", async (_, only) => {
    await keep(await applied(fresh.store, definition({ assistants: [only] })), [
      { prompt: "best", assistant: only.key, named: ["Acme"] },
    ]);
    expect(await page()).not.toContain('class="switch"');
    expect(new Set(headings(await page()).map(([, tag]) => tag))).toEqual(
      new Set([only.surface.toUpperCase(), undefined]),
    );
  });

  it("is kept by the other language, and takes nothing but a surface", async () => {
    await both();
    expect(await page("/?surface=ui")).toContain('href="/?project=acme&amp;lang=sv&amp;surface=ui" lang="sv"');
    const bait = await page(`/?surface=${encodeURIComponent('"><script>')}`);
    expect(bait).not.toContain("script");
    expect(links(bait)[0]).toMatch(/surface=api \*$/);
  });

  it("leads to a page without numbers where a surface has no answers yet, and back", async () => {
    await applied(fresh.store, definition({ assistants: [api, app] }));
    const html = await page("/?surface=ui");
    expect(html).toContain("No answers yet");
    expect(links(html)).toEqual(["/?project=acme&lang=en&surface=api", "/?project=acme&lang=en&surface=ui *"]);
  });

  it("stays when the assistant that people see was taken out, as its answers do", async () => {
    await both();
    await fresh.store.tx((tx) => applyDefinition(tx, definition({ assistants: [api] }), 1));
    expect(links(await page())).toHaveLength(2);
  });
});

describe("numbers over several assistants", () => {
  it("are of the surface shown, which stands beside each of them", async () => {
    await both();
    for (const surface of ["api", "ui"] as const) {
      const titles = headings(await page(`/?surface=${surface}`));
      expect(titles.length).toBe(11);
      const named = titles.filter(([, tag]) => tag === surface.toUpperCase()).map(([title]) => title);
      expect(titles.map(([title]) => title).filter((title) => !named.includes(title))).toEqual([
        "Visibility by assistant", // whose columns say so themselves
        "Assistants",
      ]);
    }
  });

  it("hold no answer of the other surface", async () => {
    await both();
    const [ofApi, ofApp] = [await page("/?surface=api"), await page("/?surface=ui")];
    expect(ofApi).toContain("2 answers, 2 questions");
    expect(ofApi).toContain("1 answer as people see it (UI) stands apart.");
    expect(ofApp).toContain("2 API answers stand apart.");
    expect([ofApi.includes("api.example"), ofApi.includes("app.example")]).toEqual([true, false]);
    expect([ofApp.includes("api.example"), ofApp.includes("app.example")]).toEqual([false, true]);
    expect([ofApi.includes("The API says"), ofApi.includes("Seen: Bolt")]).toEqual([true, false]);
    expect([ofApp.includes("The API says"), ofApp.includes("Seen: Bolt")]).toEqual([false, true]);
    for (const html of [ofApi, ofApp])
      for (const title of ["ChatGPT (API)", "Overview (UI)"]) expect(html).toContain(`<th scope="col">${title}</th>`);
  });
});

describe("a place that could not be told", () => {
  it("is said of the answer and of how many of its assistant, in both languages", async () => {
    await both({ locationApplied: false });
    const [en, sv] = [await page("/?surface=ui"), await page("/?surface=ui&lang=sv")];
    expect(en).toContain('<span class="basis">country and time zone could not be passed on: 1 of 1</span>');
    expect(en).toMatch(/: Bolt · country and time zone could not be passed on<\/p>/);
    expect(sv).toContain('<span class="basis">land och tidszon kunde inte skickas med: 1 av 1</span>');
    expect(sv).toMatch(/: Bolt · land och tidszon kunde inte skickas med<\/p>/);
  });

  it.each([true, null])("is not said where it was told or is not known (%s)", async (locationApplied) => {
    await both({ locationApplied });
    expect(await page("/?surface=ui")).not.toContain("could not be passed on");
  });
});
