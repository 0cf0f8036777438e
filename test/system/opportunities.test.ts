/** Questions on which rivals are surely ahead, with what is cited there; every count and limit worked out by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Citation, Project, ProjectDefinition, Surface } from "../../src/domain.ts";
import { findOpportunities } from "../../src/measures/opportunities.ts";
import { getProject, listAllAssistants, listBrands } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const day = "2026-03-02";
const at = (local: string): number => Date.parse(`${local}T11:00:00Z`);
const zSquared = 1.959963984540054 ** 2;

const wanted = definition({
  brands: [brand("Acme", { role: "own", domains: ["acme.example"] }), brand("Bolt"), brand("Cord")],
  prompts: ["few", "many", "third"].map((key) => prompt(key, `What of ${key}?`, { topic: `topic ${key}` })),
  assistants: [assistant("chatgpt"), assistant("claude"), assistant("app", { surface: "ui" })],
});
const some = (count: number, key: string, more: Partial<Wanted> = {}): Wanted[] =>
  Array.from({ length: count }, () => ({ prompt: key, assistant: "chatgpt", ...more }));
const own = { domain: "acme.example", owner: "own" };

describe.each(databases)("opportunities on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, wanted);
  });
  afterEach(() => fresh.remove());

  const keep = async (answers: Wanted[], local = day) => {
    await keepAnswers(fresh.store, project, at(local), answers);
    await countDays(fresh.store, project, local);
  };
  /** What is found, brands and assistants by their keys. */
  async function found(surface: Surface = "api", more: Partial<Parameters<typeof findOpportunities>[2]> = {}) {
    const { read } = fresh.store;
    const query = { from: "2026-03-01", to: "2026-03-31", surface, limit: 10, ...more };
    const { listed, ...rest } = await findOpportunities(read, await getProject(read, project.id), query);
    const all = [...(await listBrands(read, project.id)), ...(await listAllAssistants(read, project.id))];
    const keyOf = (id: string | null) => all.find((one) => one.id === id)?.key ?? null;
    return {
      ...rest,
      listed: listed.map(({ prompt: asked, rival, others, assistants, answerIds, sources, ...counts }) => ({
        ...counts,
        prompt: asked.key,
        text: asked.text,
        rival: { ...rival, brandId: keyOf(rival.brandId) },
        others: others.map(({ brandId }) => keyOf(brandId)),
        assistants: assistants.map(({ assistantId, ...split }) => [keyOf(assistantId), ...Object.values(split)]),
        without: answerIds.length,
        sources: sources.map(({ ownerBrandId, ...source }) => ({ ...source, owner: keyOf(ownerBrandId) })),
      })),
    };
  }
  const why = async (...given: Parameters<typeof found>) => (await found(...given)).why;
  const prompts = async () => (await found()).listed.map((one) => one.prompt);

  it("come by the lower limit of the gap: half of forty answers before all of six", async () => {
    await keep([...some(6, "few", { named: ["Bolt"] }), ...some(20, "many", { named: ["Bolt"] }), ...some(20, "many")]);
    const { listed, ...rest } = await found();
    expect(rest).toEqual({ found: 2, compared: 2, why: null });
    expect(listed.map((one) => [one.prompt, one.answers, one.ownPresent, one.rival.brandId])).toEqual([
      ["many", 40, 0, "Bolt"],
      ["few", 6, 0, "Bolt"],
    ]);
    expect(listed[0]!.rival.gap.value).toBe(0.5);
    expect(listed[0]!.rival.gap.low).toBeCloseTo(0.352, 3); // Wilson's of 20 in 40
    expect(listed[1]!.rival.gap.low).toBeCloseTo((6 - zSquared) / (6 + zSquared), 9);
    expect(listed[1]!.rival.gap.high).toBe(1);
  });

  it("count answers with the rival alone against answers with the own brand alone, and the sure rivals beside", async () => {
    await keep([
      ...some(10, "few", { named: ["Bolt", "Cord"] }),
      ...some(1, "few", { named: ["Bolt", "Acme"] }),
      ...some(1, "few", { assistant: "claude", named: ["Acme"] }),
      ...some(9, "many", { named: ["Cord", "Acme"] }),
    ]);
    const { listed, compared } = await found();
    expect(compared).toBe(2);
    expect(listed).toMatchObject([
      {
        ...{ prompt: "few", text: "What of few?", answers: 12, ownPresent: 2, others: ["Cord"], without: 10 },
        rival: { brandId: "Bolt", present: 11, alone: 10, gap: { value: 0.75 } }, // 10 alone, 1 without it
      },
    ]);
    expect(listed[0]!.rival.gap.low).toBeGreaterThan(0);
    expect(listed[0]!.assistants).toEqual([
      ["chatgpt", 11, 1, 11],
      ["claude", 1, 1, 0],
    ]);
  });

  it("are none where the own brand is cited though not named, and are some where a rival is cited though not named", async () => {
    await keep(some(10, "few", { named: ["Bolt"], cited: [own] }));
    expect(await found()).toMatchObject({ listed: [], found: 0, compared: 1, why: "not_behind" });
    await keep(some(10, "many", { cited: [{ domain: "cord.example", owner: "competitor:Cord" }] }), "2026-03-03");
    expect((await found()).listed).toMatchObject([
      { prompt: "many", rival: { brandId: "Cord", alone: 10 }, without: 10 },
    ]);
  });

  it("never add up the surfaces", async () => {
    await keep([
      ...some(6, "few", { named: ["Acme"] }),
      ...some(1, "few", { named: ["Bolt"] }),
      ...some(6, "few", { assistant: "app", named: ["Bolt"], cited: [{ domain: "seen.example", owner: "other" }] }),
    ]);
    expect(await why("api")).toBe("not_behind");
    const { listed } = await found("ui");
    expect(listed).toMatchObject([{ answers: 6, ownPresent: 0, without: 6, sources: [{ domain: "seen.example" }] }]);
    expect(listed[0]!.assistants).toEqual([["app", 6, 0, 6]]);
  });

  it("say why there are none: too few answers, nothing sure, no answers or no rivals", async () => {
    expect(await why()).toBe("no_answers");
    await keep(some(4, "few", { named: ["Bolt"] }));
    expect(await why()).toBe("too_few_answers");
    await keep([...some(3, "many", { named: ["Bolt"] }), ...some(7, "many")], "2026-03-03");
    expect(await why()).toBe("none_sure"); // three against none: √3 < 1.96
    expect(await why("api", { from: "2026-03-04" })).toBe("no_answers");
    project = await applied(fresh.store, { ...wanted, brands: wanted.brands.slice(0, 1) });
    expect(await why()).toBe("no_rivals");
  });

  it("take the versions of a question as one, as it is asked now, and leave out what is no longer asked", async () => {
    const edited = (text: string | null): ProjectDefinition => ({
      ...wanted,
      prompts: [...(text === null ? [] : [prompt("few", text)]), prompt("many", "What of many?")],
    });
    await keep(some(3, "few", { named: ["Bolt"] }));
    project = await applied(fresh.store, edited("What of few now?"));
    await keep(some(3, "few", { named: ["Bolt"], cited: [{ domain: "new.example", owner: "other" }] }), "2026-03-03");
    expect((await found()).listed).toMatchObject([{ text: "What of few now?", answers: 6, without: 6 }]);
    project = await applied(fresh.store, edited(null));
    expect(await found()).toMatchObject({ listed: [], compared: 0, why: "no_answers" });
  });

  it("are no more than asked for, and stand as the questions were added where they are equally sure", async () => {
    await keep(["third", "few", "many"].flatMap((key) => some(6, key, { named: ["Bolt"] })));
    expect(await prompts()).toEqual(["few", "many", "third"]);
    const { listed, found: all } = await found("api", { limit: 2 });
    expect([listed.length, all]).toEqual([2, 3]);
  });

  it("are refused for a period that is none", async () => {
    await expect(found("api", { from: "2026-04-01" })).rejects.toThrow("from: 2026-04-01 is after 2026-03-31");
  });

  it("look at the answers that are counted so: no refusals, no doubtful names, no pages where nothing was searched", async () => {
    const doubtful = { start: 0, end: 4, text: "Acme", form: "Acme", via: "name", certainty: "uncertain" } as const;
    await keep([
      ...some(6, "few", { named: ["Bolt"] }),
      ...some(2, "few", { named: ["Bolt"], search: false, cited: [own] }),
      ...some(1, "few", { cited: [{ domain: "cord.example", owner: "competitor:Cord" }], search: false }),
      ...some(1, "few", { findings: { mentions: [{ brand: "Bolt", ...doubtful }] } }),
      ...some(1, "few", {
        findings: {
          mentions: [
            { brand: "Bolt", ...doubtful, certainty: "certain" },
            { brand: "Acme", ...doubtful },
          ],
        },
      }),
      ...some(1, "few", { named: ["Bolt"], outcome: "refused" }),
      ...some(1, "few", { named: ["Bolt", "Acme"] }),
    ]);
    await keepAnswers(fresh.store, project, at(day) + 1, some(2, "few", { named: ["Bolt"] }), "adhoc");
    expect((await found()).listed).toMatchObject([{ answers: 12, rival: { present: 10, alone: 9 }, without: 9 }]);
  });

  it("name the domains cited there, first those that speak of a rival, with their owners and most cited pages", async () => {
    const page = (url: string, brands: string[] | undefined, owner = "other", title?: string): Citation => ({
      ...{ url, canonicalUrl: url, host: "x", domain: new URL(url).hostname, kind: "inline", owner },
      ...(brands && { named: brands }),
      ...(title !== undefined && { title }),
    });
    const tests = page("https://tests.example/a", ["Bolt"], "other", "Tests of tools");
    const answer = (citations: Citation[], named = ["Bolt"]): Wanted[] =>
      some(1, "few", { named, findings: { citations } });
    await keep([
      ...answer([tests, tests, page("https://tests.example/b", ["Cord"])]),
      ...answer([tests, page("https://often.example/", ["Acme"])]),
      ...answer([
        page("https://often.example/", undefined),
        page("https://bolt.example/x", ["Bolt"], "competitor:Bolt"),
      ]),
      ...answer([page("https://often.example/", [])]),
      ...answer([page("https://not.example/", ["Bolt"])], ["Bolt", "Acme"]),
      ...answer([1, 2, 3, 4].map((i) => page(`https://more${i}.example/`, []))),
      ...answer([]),
      ...answer([]),
    ]);
    const { listed } = await found();
    expect(listed[0]).toMatchObject({ answers: 8, without: 7 });
    const none = { owner: null, title: null };
    expect(listed[0]!.sources).toEqual([
      {
        ...none,
        domain: "tests.example",
        answers: 2,
        naming: 2,
        url: "https://tests.example/a",
        title: "Tests of tools",
      },
      { ...none, domain: "bolt.example", answers: 1, naming: 1, url: "https://bolt.example/x", owner: "Bolt" },
      { ...none, domain: "often.example", answers: 3, naming: 0, url: "https://often.example/" },
      { ...none, domain: "more1.example", answers: 1, naming: 0, url: "https://more1.example/" },
      { ...none, domain: "more2.example", answers: 1, naming: 0, url: "https://more2.example/" },
    ]);
  });
});
