/** Roll-ups and answers read back against the answers themselves, whatever these are. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../src/domain.ts";
import { labelsOf } from "../../src/measures/cells.ts";
import { measure, metrics } from "../../src/measures/measures.ts";
import { readAnswers } from "../../src/measures/read-answers.ts";
import type { ReadAnswer } from "../../src/metrics/metric.ts";
import { listAllAssistants, listBrands, listPrompts } from "../../src/store/index.ts";
import { anyAnswer, brands, promptCounts } from "../metrics/answers.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const monday = "2026-03-02";
const period = { from: monday, to: "2026-03-08" };
const dayAfter = "2026-03-03";

const wantedOf = ({ prompt, assistant, searched, named, places, cited, tones }: ReadAnswer): Wanted => {
  const last = Math.max(1, ...(places?.values() ?? []));
  const at = new Map([...(places ?? [])].map(([brand, place]) => [place, brand]));
  return {
    ...{ prompt, assistant, search: searched, named: [...named], tones: Object.fromEntries(tones) },
    ranked: places ? Array.from({ length: last }, (_, i) => at.get(i + 1) ?? null) : [],
    cited: cited.map((key) => ({
      domain: `${key}.example`,
      owner: key === brands[0] ? "own" : `competitor:${key}`,
    })),
  };
};

/** One text for all answers that are the same. */
const told = ({ places, tones, cited, ...rest }: ReadAnswer): string =>
  JSON.stringify({
    ...rest,
    sentences: [],
    places: places && [...places].sort(),
    tones: [...tones].sort(),
    cited: [...cited].sort(),
  });

describe.each(databases)("on %s", (_, open) => {
  let fresh: FreshStore;
  let wanted = 0;
  beforeEach(async () => void (fresh = await open()));
  afterEach(() => fresh.remove());

  const newProject = (): Promise<Project> =>
    applied(
      fresh.store,
      definition({
        key: `project-${wanted++}`,
        brands: brands.map((key, i) => brand(key, i === 0 ? { role: "own" } : {})),
        prompts: ["p", "q", "r", "s", "t", "u"].map((key) => prompt(key, `What is ${key}?`)),
        assistants: ["a", "b", "c"].map((key) => assistant(key)),
      }),
    );

  /** The same answers with keys instead of ids. */
  async function readBack(project: Project): Promise<string[]> {
    const { read } = fresh.store;
    const all = [
      ...(await listBrands(read, project.id)),
      ...(await listAllAssistants(read, project.id)),
      ...(await listPrompts(read, project.id)),
    ];
    const keyOf = (id: string) => all.find((one) => one.id === id)!.key;
    const keyed = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].map(([id, one]) => [keyOf(id), one]));
    const tracked = new Set((await listBrands(read, project.id)).map(({ id }) => id));
    const back: string[] = [];
    const frame = { labels: await labelsOf(read, project.id), tracked, sentences: false };
    for await (const { read: one } of readAnswers(read, project, period, frame))
      back.push(
        told({
          ...one,
          prompt: keyOf(one.prompt),
          assistant: keyOf(one.assistant),
          named: one.named.map(keyOf),
          cited: one.cited.map(keyOf),
          places: one.places && keyed(one.places),
          tones: keyed(one.tones),
        }),
      );
    return back;
  }

  const some = fc.array(anyAnswer, { maxLength: 8 });

  it("counts of roll-ups give what the answers give, also those that come late, and answers are read back as they were", () =>
    fc.assert(
      fc.asyncProperty(fc.record({ early: some, late: some, next: some }), async ({ early, late, next }) => {
        const project = await newProject();
        const keep = async (day: string, hour: number, answers: ReadAnswer[]) => {
          if (answers.length === 0) return;
          await keepAnswers(fresh.store, project, Date.parse(`${day}T${hour}:00:00Z`), answers.map(wantedOf));
          await countDays(fresh.store, project, day);
        };
        await keep(monday, 10, early);
        await keep(dayAfter, 10, next);
        await keep(monday, 11, late);
        const all = [...early, ...late, ...next];
        expect((await readBack(project)).sort()).toEqual(all.map(told).sort());
        const { rows } = await measure(fresh.store.read, project, period);
        const ids = new Map((await listBrands(fresh.store.read, project.id)).map(({ id, key }) => [key, id]));
        for (const key of all.length > 0 ? brands : []) {
          const row = rows.find(({ brandId }) => brandId === ids.get(key))!;
          for (const metric of metrics) {
            const expected = metric.measure(promptCounts(all, key, brands));
            const found = row.measures[metric.id]!;
            expect({ id: metric.id, note: found.note, answers: found.answers }).toEqual({
              id: metric.id,
              note: expected.note,
              answers: expected.answers,
            });
            for (const name of ["value", "low", "high", "hits"] as const)
              if (expected[name] === null) expect(found[name]).toBeNull();
              else expect(found[name]).toBeCloseTo(expected[name], 9);
          }
        }
      }),
      { numRuns: 6 },
    ));
});
