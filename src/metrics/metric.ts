/** The metric's contract: an id, words in both languages, a denominator, and one pure function. */
import type { Counts, Measure, Verdict, Words } from "../domain.ts";

/**
 * `share`: 0 to 1. `balance`: -1 to 1, from all against to all for. `difference`: -1 to 1, one share minus another.
 * `place`: 1 is the best, there is no worst.
 */
export type Unit = "share" | "balance" | "difference" | "place";

/** What people read about a metric. */
export interface MetricWords {
  id: string;
  title: Words;
  definition: Words;
  unit: Unit;
  denominator: Words;
  /** Where the formula comes from. */
  source: string;
  /** Id of a metric without which this one misleads: shown only next to it. */
  beside?: string;
}

/** One prompt's counts for the brand that is measured. */
export interface PromptCounts extends Counts {
  /** The same of all tracked brands together, each counted once per answer: what shares are parts of. */
  all: Counts;
}

/** The first kind reads counts, which roll-ups keep: as quick for two years as for a day. */
export interface CountMetric extends MetricWords {
  reads: "counts";
  /** One brand's measure from the counts of its prompts. */
  measure(prompts: readonly PromptCounts[]): Measure;
  /** What it changed by from one period to another, of the prompts that count in both. */
  change(pairs: readonly { before: PromptCounts; after: PromptCounts }[]): Measure;
}

/** A sentence of an answer: what is named there and which sources stand behind it. */
export interface ReadSentence {
  /** Runs of letters and digits; markers of citations are none. */
  words: number;
  /** Keys of brands. */
  brands: readonly string[];
  /** Pages or domains, whichever are to be compared. */
  sources: readonly string[];
}

/** One valid answer (outcome answered or no_search) as its findings and verdicts tell it; brands are keys. */
export interface ReadAnswer {
  prompt: string;
  assistant: string;
  /** The assistant was asked to search. */
  searched: boolean;
  /** The answer cites some page. */
  cites: boolean;
  /** Brands named, in order. */
  named: readonly string[];
  /** Brand to place in the primary ranking, in which others may stand, too; null without a ranking. */
  places: ReadonlyMap<string, number> | null;
  /** Brands of which a page is cited. */
  cited: readonly string[];
  /** Brand to tone, where a judge gave one. */
  tones: ReadonlyMap<string, Verdict["tone"]>;
  sentences: readonly ReadSentence[];
}

/** A brand, and all that it is compared with: a share depends on them and is kept with them. */
export interface Subject {
  brand: string;
  /** The brand among them. */
  tracked: readonly string[];
}

/**
 * The second kind reads findings, answer by answer, because it needs whole rankings, sentences or verdicts, of which
 * roll-ups keep no counts: its work grows with the answers.
 */
interface AnswersMetric extends MetricWords {
  reads: "findings";
  /** It reads sentences: answers without their texts are not enough. */
  sentences?: true;
}
export interface BrandMetric extends AnswersMetric {
  of: "brand";
  measure(answers: readonly ReadAnswer[], subject: Subject): Measure;
}
export interface PairMetric extends AnswersMetric {
  of: "pair";
  measure(answers: readonly ReadAnswer[], pair: { brand: string; rival: string }): Measure;
}
export interface SourceMetric extends AnswersMetric {
  of: "source";
  measure(answers: readonly ReadAnswer[], source: string): Measure;
}
/** About all tracked brands together. */
export interface PanelMetric extends AnswersMetric {
  of: "panel";
  measure(answers: readonly ReadAnswer[]): Measure;
}

/** Reads outcomes, also those that are no answers. */
export interface OutcomeMetric extends MetricWords {
  reads: "outcomes";
  measure(prompts: readonly { answered: number; noSurface: number }[]): Measure;
}

/** Hits of answers: of a prompt in one period. */
export interface Hits {
  hits: number;
  answers: number;
}

/** Reads two periods, or two brands, of any rate on the same prompts. */
export interface ChangeMetric extends MetricWords {
  reads: "pairs";
  measure(prompts: readonly { before: Hits; after: Hits }[]): Measure;
}

export type FindingsMetric = BrandMetric | PairMetric | SourceMetric | PanelMetric;
export type Metric = CountMetric | FindingsMetric | OutcomeMetric | ChangeMetric;
