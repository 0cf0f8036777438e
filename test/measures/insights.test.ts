/** What the report says beside its measures: counts of answers, each with how many it is of. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Candidate, Citation, Mention, Project, Ranking, SourceType } from "../../src/domain.ts";
import { makeReport } from "../../src/measures/report.ts";
import { applied, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { definition } from "../support/definition.ts";

const noon = Date.parse("2026-03-02T11:00:00Z");
const mention = (brand: string, more: Partial<Mention> = {}): Mention => ({
  ...{ brand, start: 0, end: 4, text: brand, form: brand, via: "name", certainty: "certain" },
  ...more,
});
const page = (owner: string, type: SourceType): Citation => ({
  url: "https://x.example/",
  canonicalUrl: "https://x.example/",
  host: "x.example",
  domain: "x.example",
  kind: "inline",
  owner,
  type,
});
const ranking = (source: Ranking["source"], ...names: string[]): Ranking => ({
  source,
  positions: {},
  order: [],
  candidates: names.map((text, i): Candidate => ({ text, start: 0, end: 4, position: i + 1 })),
});
const uncited = { uncited: true } as const;
const uncertain = { certainty: "uncertain", reason: "stands alone" } as const;
const denied = { certainty: "uncertain", reason: "denied", denied: true } as const;

describe.each(databases)("the insights of a report on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, definition());
  });
  afterEach(() => fresh.remove());

  async function insightsOf(...findings: NonNullable<Wanted["findings"]>[]) {
    const from = { prompt: "best", assistant: "chatgpt" };
    await keepAnswers(fresh.store, project, noon, [
      ...findings.map((one) => ({ ...from, findings: one })),
      { ...from, outcome: "refused", findings: { mentions: [mention("Acme", uncertain)] } },
    ]);
    const report = await makeReport(fresh.store.read, project, { days: 1 });
    const keyOf = (id: string) => report!.brands.find((brand) => brand.id === id)!.key;
    const { brands, ...insights } = report!.insights;
    return { ...insights, brands: brands.map(({ brandId, ...counts }) => ({ key: keyOf(brandId), ...counts })) };
  }
  const none = { namedAmongCitations: 0, uncited: 0, uncertain: 0, denied: 0, cited: 0, ghosts: 0 };

  it("count answers in which a brand is cited and not named, or named and not supported", async () => {
    const found = await insightsOf(
      { citations: [page("own", "company"), page("own", "company")] },
      { citations: [page("own", "company")], mentions: [mention("Acme", uncertain)] },
      { citations: [page("own", "company")], mentions: [mention("Acme"), mention("Acme", uncited)] },
      { citations: [page("other", "news")], mentions: [mention("Acme", uncited), mention("Bolt")] },
      { mentions: [mention("Acme")] },
    );
    expect(found).toMatchObject({ answers: 5, citing: 4 });
    expect(found.brands).toEqual([
      { ...none, key: "Acme", cited: 3, ghosts: 2, namedAmongCitations: 2, uncited: 1, uncertain: 1 },
      { ...none, key: "Bolt", namedAmongCitations: 1 },
    ]);
  });

  it("tell names that wait for review from brands that are said to be unknown", async () => {
    const { brands } = await insightsOf(
      { mentions: [mention("Acme", uncertain), mention("Acme", uncertain), mention("Acme")] },
      { mentions: [mention("Acme", denied)] },
      { mentions: [mention("Acme", denied), mention("Acme", uncertain)] },
      {},
    );
    expect(brands[0]).toEqual({ ...none, key: "Acme", uncertain: 2, denied: 2 });
    expect(brands[1]).toEqual({ ...none, key: "Bolt" });
  });

  it("count types of sources by answers and by citations", async () => {
    const { sourceTypes, citing } = await insightsOf(
      { citations: [page("other", "news"), page("other", "news"), page("other", "shop")] },
      { citations: [page("other", "shop")] },
      {},
    );
    expect(citing).toBe(2);
    expect(sourceTypes).toEqual([
      { type: "shop", answers: 2, citations: 2 },
      { type: "news", answers: 1, citations: 2 },
    ]);
  });

  it("name what is ranked and not tracked, in all its spellings, of all answers with a ranking", async () => {
    const many = Array.from({ length: 12 }, (_, i) => `Other ${i}`);
    const { candidates, ranked } = await insightsOf(
      { ranking: ranking("list", "KANDOR x1", "Lumo") },
      { ranking: ranking("table", "Kandor X1") },
      { ranking: ranking("headings", ...many) },
      { ranking: ranking("order") },
      { ranking: ranking(null) },
    );
    expect(ranked).toBe(3);
    expect(candidates).toHaveLength(10);
    expect(candidates[0]).toMatchObject({ answers: 2 });
    expect(candidates[0]!.name.toLowerCase()).toBe("kandor x1");
    expect(candidates[1]).toEqual({ name: "Lumo", answers: 1 });
  });
});
