/** Random histories of a project: answers that come, come late and are read again, verdicts, edits, and days counted meanwhile. */
import fc from "fast-check";
import { eq } from "drizzle-orm";
import type { Findings, Project, ProjectDefinition, Purpose, Verdict } from "../../src/domain.ts";
import { RetryLater } from "../../src/errors.ts";
import { countDay, rollup } from "../../src/jobs/rollup.ts";
import type { House } from "../../src/jobs/job.ts";
import * as stored from "../../src/store/index.ts";
import { applied, findingsOf, keepAnswers, type Wanted } from "./answers.ts";
import { assistant, brand, definition, prompt } from "./definition.ts";

export const days = ["2026-03-02", "2026-03-03", "2026-03-04"] as const;
type SomeDay = (typeof days)[number];
const names = ["Acme", "Bolt", "Cord"];
const brands = names.map((name, i) => brand(name, { role: i === 0 ? "own" : "competitor" }));

type Tones = Record<string, Verdict["tone"]>;

type Step =
  | { kind: "keep"; day: SomeDay; purpose: Purpose; answers: Wanted[] }
  /** The roll-up job, or two at once. */
  | { kind: "count"; day: SomeDay; jobs: number }
  /** Answers come between what a count reads and what it writes; perhaps another job counts them meanwhile. */
  | { kind: "overtake"; day: SomeDay; answers: Wanted[]; counted: boolean }
  /** A new reading finds other things, in the first few answers or in all, after which it is in force. */
  | { kind: "reread"; found: Partial<Findings>[]; first: number | "all"; withCord: boolean }
  | { kind: "judge"; answer: number; tones: Tones }
  | { kind: "edit"; prompt: string };

const noRanking: Findings["ranking"] = { source: null, positions: {}, order: [], candidates: [] };
const brandName = fc.constantFrom(...names);
const findings: fc.Arbitrary<Partial<Findings>> = fc.record({
  mentions: fc.array(
    fc.record({ brand: brandName, certainty: fc.constantFrom("certain", "likely", "uncertain") }).map((mention) => ({
      ...{ start: 0, end: 1, text: "x", form: "x", via: "name" as const },
      ...mention,
    })),
    { maxLength: 4 },
  ),
  ranking: fc.record({
    source: fc.constantFrom("list", "table", "stated", "order", null),
    positions: fc.dictionary(brandName, fc.integer({ min: 1, max: 5 }), { noNullPrototype: true }),
    order: fc.constant([]),
    candidates: fc.constant([]),
  }),
  citations: fc.array(
    fc
      .record({
        domain: fc.constantFrom("acme.example", "bolt.example", "news.example", ""),
        path: fc.constantFrom("", "a"),
        owner: fc.constantFrom("own" as const, "competitor:Bolt" as const, "other" as const),
      })
      .map(({ domain, path, owner }) => {
        const url = `https://${domain}/${path}`;
        return { url, canonicalUrl: url, host: domain, domain, owner, kind: "inline" as const };
      }),
    { maxLength: 4 },
  ),
});

const answer: fc.Arbitrary<Wanted> = fc.record({
  prompt: fc.constantFrom("best", "cheap"),
  assistant: fc.constantFrom("searching", "local", "app"),
  search: fc.boolean(),
  servedModel: fc.constantFrom("m-1", "m-2", null),
  outcome: fc.oneof(
    { weight: 4, arbitrary: fc.constant("answered" as const) },
    fc.constantFrom("no_search" as const, "empty" as const, "refused" as const, "no_surface" as const),
  ),
  costMicroUsd: fc.constantFrom(null, 1_000, 2_500),
  locationApplied: fc.constantFrom(true, false, null),
  findings,
});
const answers = fc.array(answer, { minLength: 1, maxLength: 3 });
const day = fc.constantFrom(...days);
const tone = fc.constantFrom("positive", "neutral", "negative", "mixed");

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("keep" as const),
      day,
      purpose: fc.oneof(
        { weight: 3, arbitrary: fc.constant("scheduled" as const) },
        fc.constantFrom("import" as const, "adhoc" as const, "audit" as const, "confirm" as const),
      ),
      answers,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("count"), day, jobs: fc.integer({ min: 1, max: 2 }) }) },
  fc.record({ kind: fc.constant("overtake"), day, answers, counted: fc.boolean() }),
  fc.record({
    kind: fc.constant("reread"),
    found: fc.array(findings, { minLength: 1, maxLength: 4 }),
    first: fc.oneof(fc.constant("all" as const), fc.integer({ min: 0, max: 3 })),
    withCord: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("judge"),
      answer: fc.nat(20),
      tones: fc.dictionary(brandName, tone, { maxKeys: 2 }),
    }),
  },
  fc.record({ kind: fc.constant("edit"), prompt: fc.constantFrom("best", "cheap") }),
);

export const histories = fc.array(step, { minLength: 1, maxLength: 14 });
export type History = Step[];

/** A project that lives through a history; several may lie in one store. */
export class Lived {
  readonly #house: House;
  #project: Project;
  #wanted: ProjectDefinition;
  #edits = 0;
  #due = 0;

  private constructor(house: House, project: Project, wanted: ProjectDefinition) {
    [this.#house, this.#project, this.#wanted] = [house, project, wanted];
  }

  static async begin(house: House, key: string): Promise<Lived> {
    const wanted = definition({
      key,
      brands,
      prompts: [prompt("best", "Which is best?"), prompt("cheap", "Which is cheap?")],
      assistants: [assistant("searching"), assistant("local", { search: false }), assistant("app", { surface: "ui" })],
    });
    return new Lived(house, await applied(house.store, wanted), wanted);
  }

  get projectId(): string {
    return this.#project.id;
  }

  async live(history: History): Promise<void> {
    for (const one of history) {
      if (one.kind === "keep") await this.keep(one.day, one.answers, one.purpose);
      else if (one.kind === "count") await this.count(one.day, one.jobs);
      else if (one.kind === "overtake") await this.#overtake(one);
      else if (one.kind === "reread") await this.#reread(one);
      else if (one.kind === "judge") await this.judge(one.answer, one.tones);
      else await this.#edit(one.prompt);
    }
  }

  /** The roll-up job for a day, whether it is marked or not. */
  async count(onDay: string, jobs = 1): Promise<void> {
    const job = async () => {
      try {
        await rollup(this.#house, { projectId: this.projectId, day: onDay });
      } catch (error) {
        if (!(error instanceof RetryLater)) throw error;
      }
    };
    await Promise.all(Array.from({ length: jobs }, job));
  }

  /** Until no day is out of date. */
  async countAll(): Promise<void> {
    const { store } = this.#house;
    const dirty = () => stored.listDirtyDays(store.read, this.projectId);
    for (let left = await dirty(); left.length > 0; left = await dirty())
      for (const { day: next } of left) await this.count(next);
  }

  async keep(onDay: SomeDay, wanted: Wanted[], purpose: Purpose = "scheduled"): Promise<void> {
    const { store } = this.#house;
    const newest = (await stored.newestReading(store.read, this.projectId))!;
    const now = { ...this.#project, reading: newest.number };
    const possible = await this.#possible();
    const told = wanted.map((one) => ({ ...one, findings: possible(one.findings ?? {}) }));
    await keepAnswers(store, now, Date.parse(`${onDay}T11:00:00Z`) + this.#due++, told, purpose);
  }

  /** Leaves out of findings what cannot be found, because the brand is not tracked any more. */
  async #possible() {
    const tracked = (await stored.listBrands(this.#house.store.read, this.projectId)).map(({ key }) => key);
    return ({ mentions = [], ranking = noRanking, citations = [] }: Partial<Findings>): Partial<Findings> => ({
      mentions: mentions.filter((mention) => tracked.includes(mention.brand)),
      ranking: {
        ...ranking,
        positions: Object.fromEntries(Object.entries(ranking.positions).filter(([key]) => tracked.includes(key))),
      },
      citations,
    });
  }

  async #overtake({ day: onDay, answers: late, counted }: Extract<Step, { kind: "overtake" }>): Promise<void> {
    const { store } = this.#house;
    const mark = await stored.findMark(store.read, this.projectId, onDay);
    if (mark === null) return;
    const slow: stored.Store = {
      ...store,
      tx: async (work) => {
        await this.keep(onDay, late);
        if (counted) await this.count(onDay);
        return store.tx(work);
      },
    };
    await countDay(slow, this.#project, onDay, mark);
  }

  async #reread({ found, first, withCord }: Extract<Step, { kind: "reread" }>): Promise<void> {
    const { store } = this.#house;
    if (first === "all") await this.#apply({ brands: brands.filter(({ key }) => withCord || key !== "Cord") });
    const reading = await store.tx((tx) => stored.addReading(tx, this.#project, 1));
    const most = first === "all" ? 1_000 : first;
    const tracked = await stored.listBrands(store.read, this.projectId);
    const possible = await this.#possible();
    const unread = await stored.listUnread(store.read, this.projectId, reading.number, "", most);
    for (const [i, kept] of unread.entries()) {
      const findings = findingsOf({ findings: possible(found[i % found.length]!) });
      await store.tx((tx) => stored.saveFindings(tx, [{ answer: kept, findings }], reading.number, tracked));
    }
    if (first !== "all") return;
    await store.tx((tx) => stored.switchReading(tx, this.projectId, reading.number));
    this.#project = await stored.getProject(store.read, this.projectId);
    await store.tx((tx) => stored.removeOldFindings(tx, this.#project, 1_000));
  }

  /** Verdicts on one of the answers, counted round and round, by brand. */
  async judge(number: number, tones: Tones): Promise<void> {
    const { store } = this.#house;
    const { answers: table } = store.read.tables;
    const all = await store.read.select().from(table).where(eq(table.projectId, this.projectId)).orderBy(table.id);
    if (all.length === 0) return;
    const tracked = await stored.listBrands(store.read, this.projectId);
    const verdicts = Object.entries(tones)
      .filter(([key]) => tracked.some((one) => one.key === key))
      .map(([key, said]) => ({ brand: key, judge: "somebody", promptVersion: 1, tone: said, quote: "" }));
    await store.tx((tx) => stored.saveVerdicts(tx, all[number % all.length]!, verdicts, tracked));
  }

  #edit(key: string): Promise<void> {
    const prompts = this.#wanted.prompts.map((one) =>
      one.key === key ? { ...one, text: `${one.text} Version ${++this.#edits}.` } : one,
    );
    return this.#apply({ prompts });
  }

  async #apply(more: Partial<ProjectDefinition>): Promise<void> {
    const { store } = this.#house;
    this.#wanted = { ...this.#wanted, ...more };
    await store.tx((tx) => stored.applyDefinition(tx, this.#wanted, 0));
    this.#project = await stored.getProject(store.read, this.projectId);
  }
}
