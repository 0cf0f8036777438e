/** Findings are read back as they were written, on both databases. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Brand, Findings, Project, ProjectDefinition } from "../../src/domain.ts";
import * as store from "../../src/store/index.ts";
import { applied, keepAnswers } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { brand, definition } from "../support/definition.ts";
import { drained } from "../support/drained.ts";

const nothing: Findings = {
  parserVersion: 3,
  mentions: [],
  ranking: { source: null, positions: {}, order: [], candidates: [] },
  citations: [],
  ghosts: [],
};
const page = { url: "https://x.example/", canonicalUrl: "https://x.example/", host: "x.example", domain: "x.example" };
const named = { brand: "Acme", start: 0, end: 4, text: "Acme", form: "ACME", via: "alias" } as const;
const full: Findings = {
  parserVersion: 3,
  mentions: [
    { ...named, certainty: "certain", place: "table", sentence: { start: 0, end: 13 }, uncited: true },
    {
      ...named,
      certainty: "uncertain",
      reason: "denied",
      denied: true,
      place: "quote",
      sentence: { start: 0, end: 4 },
    },
    { ...named, brand: "Bolt", via: "product", certainty: "likely", reason: "stands alone" },
  ],
  ranking: {
    source: "table",
    positions: { Bolt: 3 },
    order: ["Acme", "Bolt"],
    candidates: [{ text: "Is  Good", start: 5, end: 12, position: 1 }],
  },
  citations: [
    {
      ...page,
      owner: "own",
      kind: "inline",
      start: 0,
      end: 4,
      type: "company",
      supports: { start: 0, end: 13 },
      named: ["Acme"],
    },
    {
      ...page,
      owner: "competitor:Bolt",
      kind: "block",
      title: "T",
      type: "news",
      supports: { start: 0, end: 2 },
      named: [],
    },
    { ...page, owner: "other", kind: "listed" },
  ],
  ghosts: ["Bolt"],
};

describe.each(databases)("findings on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  let brands: Brand[];
  let answers: store.KeptAnswer[];
  let reading: store.Reading;

  async function begin(wanted: ProjectDefinition) {
    project = await applied(fresh.store, wanted);
    brands = await store.listBrands(fresh.store.read, project.id);
    const asked = ["best", "cheap"].map((prompt) => ({ prompt, assistant: "chatgpt", text: "Acme is good. 🎉 Åäö" }));
    await keepAnswers(fresh.store, project, Date.parse("2026-03-02T12:00:00Z"), asked);
    answers = await store.listUnread(fresh.store.read, project.id, 2, "", 10);
    reading = await fresh.store.tx((tx) => store.ensureReading(tx, project, 3));
  }
  beforeEach(async () => {
    fresh = await open();
    await begin(definition());
  });
  afterEach(() => fresh.remove());

  const save = (findings: Findings, which = 0) =>
    fresh.store.tx((tx) => store.saveFindings(tx, [{ answer: answers[which]!, findings }], reading.number, brands));
  const load = (tracked = brands) => store.loadFindings(fresh.store.read, answers[0]!, reading, tracked);

  it("come back as they were written", async () => {
    expect(await load()).toBeNull();
    await save(full);
    await save(nothing); // the same reading writes once
    expect(await load()).toEqual(full);
  });

  it("come back without what a brand had in them that is gone", async () => {
    await save(full);
    const left = await load(brands.filter(({ key }) => key !== "Bolt"));
    expect(left!.mentions).toEqual(full.mentions.slice(0, 2));
    expect(left).toMatchObject({ ranking: { positions: {}, order: ["Acme"] }, ghosts: [] });
    expect(left!.citations[1]!.owner).toBe("other");
  });

  it("of old readings are removed whole", async () => {
    await save(full);
    const next = { ...project, reading: reading.number + 1 };
    expect(await fresh.store.tx((tx) => store.removeOldFindings(tx, next, 10))).toBe(2);
    for (const table of ["findings", "mentions", "citations", "candidates"] as const)
      expect(await fresh.store.read.select().from(fresh.store.read.tables[table])).toEqual([]);
  });

  it("keep the brands named beside a citation up to a bound", async () => {
    const many = Array.from({ length: 150 }, (_, i) => brand(`B${i}`));
    await begin(definition({ brands: many }));
    const keys = many.map(({ key }) => key);
    await save({ ...nothing, citations: [{ ...page, owner: "other", kind: "inline", named: keys }] });
    expect((await load())!.citations[0]!.named).toEqual(keys.slice(0, 100));
  });

  it("count an answer that ranks only brands nobody tracks as one with a ranking", async () => {
    const candidates = [{ text: "Kandor X1", start: 0, end: 4, position: 1 }];
    await save({ ...nothing, ranking: { source: "list", positions: {}, order: [], candidates } }, 0);
    await save({ ...nothing, ranking: { source: "order", positions: {}, order: ["Acme"], candidates: [] } }, 1);
    const facts = await drained(store.factsOfDay(fresh.store.read, project.id, "2026-03-02", reading.number));
    expect(facts.map(({ ranked }) => ranked).sort()).toEqual([false, true]);
  });
});
