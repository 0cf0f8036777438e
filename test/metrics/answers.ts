/** Answers as metrics read them, made by hand and by chance. */
import fc from "fast-check";
import type { Counts, Measure, Verdict } from "../../src/domain.ts";
import { allMetrics } from "../../src/metrics/index.ts";
import type { PromptCounts, ReadAnswer } from "../../src/metrics/metric.ts";

/** What a test says of an answer; the rest is an answer that searched and says nothing. */
export interface Told {
  prompt?: string;
  assistant?: string;
  searched?: boolean;
  named?: string[];
  /** Brands by place; untracked entries as "-". */
  ranking?: string[];
  cited?: string[];
  tones?: Record<string, Verdict["tone"]>;
  sentences?: [words: number, brands: string[], sources?: string[]][];
}

export function answer(told: Told = {}): ReadAnswer {
  const { prompt = "p", assistant = "a", searched = true, ranking, cited = [], sentences = [] } = told;
  const places = ranking?.flatMap((brand, i) => (brand === "-" ? [] : [[brand, i + 1] as const]));
  return {
    prompt,
    assistant,
    searched,
    cites: cited.length > 0,
    named: told.named ?? places?.map(([brand]) => brand) ?? [],
    places: places ? new Map(places) : null,
    cited,
    tones: new Map(Object.entries(told.tones ?? {})),
    sentences: sentences.map(([words, brands, sources = []]) => ({ words, brands, sources })),
  };
}

export const brands = ["acme", "globex", "initech"];
const some = fc.subarray(brands);
const tone = fc.constantFrom<Verdict["tone"]>("positive", "neutral", "negative", "mixed");

export const anyAnswer = fc
  .record({
    prompt: fc.constantFrom("p", "q", "r", "s", "t", "u"),
    assistant: fc.constantFrom("a", "b", "c"),
    searched: fc.boolean(),
    named: some,
    ranking: fc.option(fc.shuffledSubarray([...brands, "-"]), { nil: undefined }),
    cited: some,
    tones: fc.dictionary(fc.constantFrom(...brands), tone, { noNullPrototype: true }),
    sentences: fc.array(fc.tuple(fc.nat(30), some, fc.subarray(["x.se", "y.se"])), { maxLength: 5 }),
  })
  .map(({ ranking, named, ...rest }) =>
    answer({
      ...rest,
      ...(ranking && { ranking }),
      named: [...new Set([...named, ...(ranking ?? [])])].filter((one) => one !== "-"),
    }),
  );
export const anyAnswers = fc.array(anyAnswer, { maxLength: 40 });

export type Id = (typeof allMetrics)[number]["id"];
export const find = (id: Id) => allMetrics.find((metric) => metric.id === id)!;

/** What a roll-up would keep of answers, counted in another way than there. */
function countsOf(answers: readonly ReadAnswer[], brand: string): Counts {
  const times = (is: (answer: ReadAnswer) => boolean) => answers.filter(is).length;
  const places = answers.flatMap((one) => one.places?.get(brand) ?? []);
  const searched = answers.filter((one) => one.searched);
  const judged = answers.filter((one) => one.named.includes(brand)).flatMap((one) => one.tones.get(brand) ?? []);
  return {
    answers: answers.length,
    named: times(({ named }) => named.includes(brand)),
    ranked: times((one) => one.places !== null),
    top1: places.filter((place) => place === 1).length,
    top3: places.filter((place) => place <= 3).length,
    reciprocalRanks: places.reduce((sum, place) => sum + 1 / place, 0),
    searched: searched.length,
    citing: searched.filter((one) => one.cites).length,
    cited: searched.filter((one) => one.cited.includes(brand)).length,
    ghosts: searched.filter((one) => one.cited.includes(brand) && !one.named.includes(brand)).length,
    uncited: searched.filter((one) => !one.cited.includes(brand) && one.named.includes(brand)).length,
    judged: judged.length,
    positive: judged.filter((tone) => tone === "positive").length,
    negative: judged.filter((tone) => tone === "negative").length,
    present: times((one) => one.named.includes(brand) || (one.searched && one.cited.includes(brand))),
    withoutOwn: 0,
  };
}

/** The counts of each prompt, and those of all tracked brands together. */
export function promptCounts(answers: readonly ReadAnswer[], brand: string, tracked: string[]): PromptCounts[] {
  const prompts = [...new Set(answers.map(({ prompt }) => prompt))];
  return prompts.map((prompt) => {
    const own = answers.filter((one) => one.prompt === prompt);
    const all = countsOf([], brand);
    for (const one of tracked)
      for (const [name, value] of Object.entries(countsOf(own, one))) all[name as keyof Counts] += value;
    return { ...countsOf(own, brand), all };
  });
}

/** The measure of acme, against globex where it takes two, of the page x.se where it is about a page. */
export function measure(id: Id, answers: readonly ReadAnswer[], brand = "acme"): Measure {
  const metric = find(id);
  if (metric.reads === "counts") return metric.measure(promptCounts(answers, brand, brands));
  if (metric.reads !== "findings") throw new Error(`${id} reads ${metric.reads}`);
  if (metric.of === "brand") return metric.measure(answers, { brand, tracked: brands });
  if (metric.of === "pair") return metric.measure(answers, { brand, rival: brand === "acme" ? "globex" : "acme" });
  return metric.of === "source" ? metric.measure(answers, "x.se") : metric.measure(answers);
}
