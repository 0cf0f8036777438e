/** The page's tables of measures: what changed stands below, and every heading leads to its definition. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allMetrics } from "../../src/metrics/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";
import { askPage } from "../support/page.ts";

const keys = ["a", "b", "c", "d", "e", "f"];
let fresh: FreshStore;
beforeEach(async () => void (fresh = await databases[0]![1]()));
afterEach(() => fresh.remove());

/** Six questions answered on two days, four weeks apart; Acme is named in so many of them. */
async function weeks(before: number, after: number): Promise<void> {
  const project = await applied(
    fresh.store,
    definition({
      brands: [brand("Acme", { role: "own" }), brand("Bolt")],
      prompts: keys.map((key) => prompt(key, `Which ${key}?`)),
      assistants: [assistant("one")],
    }),
  );
  const answers = (named: number): Wanted[] =>
    keys.map((key, i) => ({ prompt: key, assistant: "one", named: i < named ? ["Acme", "Bolt"] : ["Bolt"] }));
  for (const [day, named] of [
    ["2026-03-02", before],
    ["2026-03-30", after],
  ] as const) {
    await keepAnswers(fresh.store, project, Date.parse(`${day}T11:00:00Z`), answers(named));
    await countDays(fresh.store, project, day);
  }
}
const page = async (path: string) => (await askPage(fresh.store, path)).text();

describe("measures on the page", () => {
  it("have what changed since the weeks before, and say since when", async () => {
    await weeks(1, 4);
    const english = await page("/?lang=en");
    expect(english).toContain("change in percentage points against 2026-02-03 to 2026-03-02");
    expect(english).toMatch(/class="change">\+50 pp \(−?\+?\d+ to \+\d+\)</);
    expect(await page("/?lang=sv")).toMatch(/class="change">\+50 pe \(−?\+?\d+ till \+\d+\)</);
  });

  it("say why a level is uncertain, with the number of questions", async () => {
    await weeks(1, 4);
    expect(await page("/?lang=en")).toContain("because 6 questions stand for thousands of real ones");
    expect(await page("/?lang=sv")).toContain("eftersom 6 frågor står för tusentals verkliga");
  });

  it("lead to their definitions, which are there in both languages", async () => {
    await weeks(3, 3);
    const linked = [...(await page("/?lang=sv")).matchAll(/href="\/definitions\?lang=sv#([a-z0-9-]+)"/g)];
    expect(linked.length).toBeGreaterThan(3);
    for (const language of ["en", "sv"] as const) {
      const definitions = await page(`/definitions?lang=${language}`);
      expect(definitions).toContain(`<html lang="${language}">`);
      for (const { id, title } of allMetrics) {
        expect(definitions).toContain(`<section id="${id}">`);
        expect(definitions).toContain(`<h2>${title[language]}</h2>`);
      }
      for (const [, id] of linked) expect(definitions).toContain(`id="${id}"`);
    }
  });
});
