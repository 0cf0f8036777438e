/** Opportunities as people and scripts read them: in both languages, on the page and in the terminal, with nobody's markup. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reportData } from "../../src/cli/report-data.ts";
import { reportText } from "../../src/cli/report-text.ts";
import { styles } from "../../src/cli/command.ts";
import type { Citation, UiLanguage } from "../../src/domain.ts";
import { makeReport } from "../../src/measures/report.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";
import { askPage } from "../support/page.ts";

const day = "2026-03-02";
const bait = `"><script>alert(1)</script>`;
const steering = "\u001b[31m\nred";

let fresh: FreshStore;
beforeEach(async () => {
  fresh = await databases.find(([name]) => name === "SQLite")![1]();
});
afterEach(() => fresh.remove());

const wanted = definition({
  brands: [brand("Acme", { role: "own" }), brand("Bolt", { name: `Bolt ${bait}` })],
  prompts: [prompt("best", `Which is best? ${bait}`, { topic: "tools", phase: "purchase" })],
  assistants: [assistant("chatgpt", { title: "ChatGPT" })],
});

async function keep(...answers: Wanted[]) {
  const project = await applied(fresh.store, wanted);
  await keepAnswers(fresh.store, project, Date.parse(`${day}T11:00:00Z`), answers);
  await countDays(fresh.store, project, day);
  const report = (await makeReport(fresh.store.read, project, { days: 1 }))!;
  const text = (language: UiLanguage) => reportText(report, language, styles(false)).join("\n");
  const page = async (language: UiLanguage) => (await askPage(fresh.store, `/?lang=${language}`)).text();
  return { report, text, page };
}
const cited = (url: string, domain: string, title: string): Citation => ({
  ...{ url, canonicalUrl: url, host: domain, domain, title, kind: "inline", owner: "other", named: ["Bolt"] },
});
/** Six answers with Bolt alone of seven, five of which cite. */
const ahead = (...citations: Citation[]) => {
  const one: Wanted = { prompt: "best", assistant: "chatgpt", named: ["Bolt"], text: `Take Bolt. ${bait}` };
  return keep(...Array.from({ length: 6 }, () => ({ ...one, findings: { citations } })), { ...one, named: [] });
};
const tests = cited("https://tests.example/tools", "tests.example", "Tests of tools");
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("opportunities", () => {
  it("are told in English", async () => {
    const { text } = await ahead(tests);
    const [, section] = plain(text("en")).split("\n\nOpportunities: questions on which rivals are ahead · API\n");
    expect(section).toContain("A rival is surely ahead on 1 of the questions compared (1); the surest first.\n");
    expect(section).toContain("95 % interval for this question only");
    expect(section).toContain("Which is best? ");
    expect(section).toContain("  Purchase · tools\n");
    expect(section).toMatch(
      /\n {2}gap 86 percentage points \(\d+–\d+\) · Bolt .* in 6 of 7 answers · Acme \(own\) in 0 of 7 answers\n/,
    );
    expect(section).toMatch(/\n {4}ChatGPT +6 of 7 +0 of 7\n/);
    expect(section).toContain("\n  Cited in 6 answers with a rival and without the own brand:\n");
    expect(section).toMatch(/\n {4}tests\.example +other +6 +6 +https:\/\/tests\.example\/tools\n/);
    expect(section).toMatch(/\n {2}2026-03-02 · ChatGPT · Named instead: Bolt/);
  });

  it("are told in Swedish", async () => {
    const { text, page } = await ahead(tests);
    const [, section] = plain(text("sv")).split("\n\nMöjligheter: frågor där konkurrenter ligger före · API\n");
    expect(section).toMatch(
      /\n {2}försprång 86 procentenheter \(\d+–\d+\) · Bolt .* i 6 av 7 svar · Acme \(eget\) i 0 av 7 svar\n/,
    );
    expect(section).toContain("\n  Citeras i 6 svar med en konkurrent och utan det egna varumärket:\n");
    const html = plain(await page("sv"));
    for (const words of [
      "Möjligheter: frågor där",
      "försprång 86 procentenheter",
      "Om en konkurrent",
      "Tests of tools",
    ])
      expect(html).toContain(words);
  });

  it("are on the page with their counts and sources", async () => {
    const { page } = await ahead(tests);
    const html = plain(await page("en"));
    expect(html).toMatch(/<strong>gap 86 percentage points \(\d+–\d+\)<\/strong>/);
    expect(html).toContain('<th scope="row">ChatGPT</th><td class="number">6 of 7</td><td class="number">0 of 7</td>');
    expect(html).toContain("https://tests.example/tools");
  });

  it("give scripts names, counts, limits and one answer", async () => {
    const { report } = await ahead(tests);
    const { listed, ...rest } = reportData(report).opportunities;
    expect(rest).toEqual({ found: 1, compared: 1, why: null });
    expect(JSON.parse(JSON.stringify(listed))).toMatchObject([
      {
        ...{ prompt: "best", phase: "purchase", topic: "tools", answers: 7, ownPresent: 0, withoutOwn: 6, others: [] },
        rival: { brand: "Bolt", present: 6, alone: 6, gap: { high: expect.any(Number) as number } },
        assistants: [{ assistant: "chatgpt", answers: 7, ownPresent: 0, rivalPresent: 6 }],
        sources: [{ domain: "tests.example", owner: "other", answers: 6, naming: 6, title: "Tests of tools" }],
        example: { day, assistant: "ChatGPT", rivals: [`Bolt ${bait}`] },
      },
    ]);
  });

  it.each([
    ["en", "No rival is ahead on any question."],
    ["sv", "Ingen konkurrent ligger före på någon fråga."],
  ] as const)("that are none say why in %s", async (language, words) => {
    const { text, page } = await keep({ prompt: "best", assistant: "chatgpt", named: ["Acme"] });
    expect(text(language)).toContain(words);
    expect(await page(language)).toContain(words);
  });

  it("keep titles and addresses from outside harmless, and never link to them", async () => {
    const { text, page } = await ahead(
      cited("javascript:alert(2)", "javascript.example", `Title ${bait}${steering}`),
      cited(`https://long.example/${"a".repeat(5_000)}`, "long.example", steering),
      cited(`https://x.example/${steering}${bait}`, `x.example${bait}`, bait),
    );
    const html = await page("en");
    expect(html).not.toMatch(/<script|<img/i);
    expect(html).toContain("Title &quot;&gt;&lt;script&gt;");
    const links = [...html.matchAll(/(?:href|src)\s*=\s*"([^"]*)"/gi)].map(([, to]) => to!);
    for (const link of links) expect(link).toMatch(/^\/(?!\/)/);
    expect(text("en")).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text("en")).toContain("javascript:alert(2)");
    expect(
      Math.max(
        ...text("en")
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThan(500);
  });
});
