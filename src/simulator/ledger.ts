/** What happened in town: counts of calls, and a bounded log of what was put into each answer. */
import type { Day, UiLanguage } from "../domain.ts";
import { BoundedMap } from "./bounded.ts";
import type { Draw, NamedBrand } from "./draw.ts";
import type { FaultKind } from "./faults.ts";
import type { Form } from "./telling/forms.ts";
import type { Answer } from "./telling/tell.ts";

/** One answer that was completely sent. */
export interface AnswerRecord {
  /** Counts up from 1 over all answers. */
  number: number;
  question: string;
  assistant: string;
  day: Day;
  /** The how manyeth answer to this question by this assistant on this day, from 0. */
  nth: number;
  servedModel: string;
  outcome: Draw["outcome"];
  /** Its end is missing; brands that stood only there are not in `named`. */
  truncated: boolean;
  form: Form | null;
  language: UiLanguage;
  /** Keys of the brands named. */
  named: string[];
  /** Keys of brands the question names and the answer says it knows nothing of. */
  denied: string[];
  /** Keys of the ranked brands, best first; null when the answer ranks nobody. */
  ranking: string[] | null;
  tones: Record<string, NamedBrand["tone"]>;
  facts: { brand: string; statement: string; right: boolean }[];
  /** URLs as cited, without what the wire adds to them. */
  cited: string[];
  citedDomains: string[];
  /** URLs of the pages looked at. */
  sources: string[];
  searches: string[];
  /** All text on the wire, markers included, in UTF-16 units. */
  textLength: number;
}

/**
 * requests = answered + paused + rejected + aborted + underway + every fault but `truncated`, which is an answer too.
 */
export interface Calls {
  requests: number;
  /** Replies completely written. */
  answered: number;
  /** Replies completely written that only paused the turn. */
  paused: number;
  /** Requests the provider would refuse: no key, unknown model, missing input. */
  rejected: number;
  /** Left by the client before the reply was written. */
  aborted: number;
  underway: number;
  faults: Record<FaultKind, number>;
  /** Replies completely sent for each question and assistant. */
  sent: { question: string; assistant: string; replies: number }[];
}

/** Questions counted apart; the oldest are forgotten first. */
const mostQuestions = 50_000;

const unique = (list: string[]): string[] => [...new Set(list)];

/** The record of an answer, read from what was drawn and what was left of it. */
export function recordOf(answer: Answer, text: string, number: number): AnswerRecord {
  const { draw, pieces, truncated } = answer;
  const stands = (name: string): boolean => !truncated || text.includes(name);
  const named = draw.named.filter(({ brand }) => stands(brand.name));
  const pages = pieces.flatMap((piece) => piece.pages);
  const ranking = answer.ranking?.filter((brand) => stands(brand.name)) ?? [];
  return {
    number,
    question: draw.question.text,
    assistant: draw.assistant.id,
    day: draw.day,
    nth: draw.nth,
    servedModel: answer.servedModel,
    outcome: truncated && pieces.length === 0 ? "empty" : draw.outcome,
    truncated,
    form: answer.form,
    language: draw.language,
    named: named.map(({ brand }) => brand.key),
    denied: draw.denied.filter((brand) => stands(brand.name)).map((brand) => brand.key),
    ranking: ranking.length > 1 ? ranking.map((brand) => brand.key) : null,
    tones: Object.fromEntries(named.map(({ brand, tone }) => [brand.key, tone])),
    facts: named.flatMap(({ brand, fact }) => {
      const statement = fact?.statement[draw.language];
      return fact && statement && stands(statement) ? [{ brand: brand.key, statement, right: fact.right }] : [];
    }),
    cited: unique(pages.map((page) => page.url)),
    citedDomains: unique(pages.map((page) => page.domain)),
    sources: draw.found.map((page) => page.url),
    searches: answer.queries,
    textLength: text.length,
  };
}

export class Ledger {
  readonly calls: Omit<Calls, "sent">;
  private readonly sent = new BoundedMap<string, { question: string; assistant: string; replies: number }>(
    mostQuestions,
  );
  private readonly log: AnswerRecord[] = [];
  private readonly logLength: number;
  private numbered = 0;

  /** Keeps the last `logLength` answers. */
  constructor(kinds: readonly FaultKind[], logLength: number) {
    const faults = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<FaultKind, number>; // one entry per kind
    this.calls = { requests: 0, answered: 0, paused: 0, rejected: 0, aborted: 0, underway: 0, faults };
    this.logLength = logLength;
  }

  /** Writes down an answer that was completely sent. */
  keep(answer: Answer, text: string): void {
    const record = recordOf(answer, text, ++this.numbered);
    this.calls.answered++;
    const { question, assistant } = record;
    this.sent.ensure(`${assistant} ${question}`, () => ({ question, assistant, replies: 0 })).replies++;
    this.log[record.number % this.logLength] = record;
  }

  counts(): Calls {
    const faults = { ...this.calls.faults };
    return { ...this.calls, faults, sent: [...this.sent.values()].map((row) => ({ ...row })) };
  }

  /** Up to `limit` answers kept after the number `after`, oldest first. */
  answersAfter(after: number, limit: number): AnswerRecord[] {
    const first = Math.max(after, this.numbered - this.logLength) + 1;
    const count = Math.max(0, Math.min(limit, this.numbered - first + 1));
    return Array.from({ length: count }, (_, place) => this.log[(first + place) % this.logLength]).filter(
      (record) => record !== undefined,
    );
  }
}
