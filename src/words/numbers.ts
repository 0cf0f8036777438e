/** Numbers as people read them: shares with their interval, money, dates. */
import type { Measure, Outcome, UiLanguage } from "../domain.ts";
import { counted } from "./counted.ts";
import { words, type Wording } from "./index.ts";

const percent = (share: number, wording: Wording): string =>
  (share * 100).toLocaleString(wording.locale, { maximumFractionDigits: 0 });

/** `42 % (35–49)`, or the reason why there is no number. */
export function shownMeasure(measure: Measure, language: UiLanguage): string {
  const wording = words[language];
  const { value, low, high, note } = measure;
  if (note === "no_search") return wording.noSearch;
  if (value === null) return wording.nothing;
  if (low === null || high === null) return wording.tooFewPrompts;
  return `${percent(value, wording)} % (${percent(low, wording)}–${percent(high, wording)})`;
}

/** `210 answers, 30 questions`: what a measure rests on; empty when it rests on nothing. */
export function shownBasis({ answers, prompts, note }: Measure, language: UiLanguage): string {
  const wording = words[language];
  if (prompts === 0) return "";
  const some = (count: number, one: string, many: string) => counted(count.toLocaleString(wording.locale), one, many);
  const basis = `${some(answers, wording.oneAnswer, wording.answers)}, ${some(prompts, wording.oneQuestion, wording.prompts)}`;
  return note === "one_prompt" ? `${basis} (${wording.onePrompt})` : basis;
}

/** `gap 45 percentage points (20–64)`, from shares. */
export function shownGap(
  { value, low, high }: { value: number; low: number; high: number },
  language: UiLanguage,
): string {
  const wording = words[language];
  return wording.gap(percent(value, wording), percent(low, wording), percent(high, wording));
}

/** USD with as many decimals as the amount needs; unknown stays unknown. */
export function shownCost(costMicroUsd: number | null, language: UiLanguage): string {
  const wording = words[language];
  if (costMicroUsd === null) return wording.unknown;
  const usd = costMicroUsd / 1e6;
  const digits = usd !== 0 && Math.abs(usd) < 1 ? 4 : 2;
  return `${usd.toLocaleString(wording.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} USD`;
}

/** Costs of several answers: the sum of those that are known, and how many are not. */
export function shownCosts(
  { costMicroUsd, unpriced }: { costMicroUsd: number | null; unpriced: number },
  language: UiLanguage,
): string {
  const { unknown, locale } = words[language];
  const some = unpriced > 0 && costMicroUsd !== null ? ` (+ ${unpriced.toLocaleString(locale)} ${unknown})` : "";
  return shownCost(costMicroUsd, language) + some;
}

/**
 * `country and time zone could not be passed on: 12 of 40`, and of the others, where the assistant `takes` a place but
 * no time zone, that it could not; null where both always were.
 */
export function shownUnlocated(
  { unlocated, outcomes }: { unlocated: number; outcomes: Partial<Record<Outcome, number>> },
  takes: readonly string[],
  language: UiLanguage,
): string | null {
  const { locationNotApplied, timezoneNotApplied, of, locale } = words[language];
  const all = Object.values(outcomes).reduce((sum, answers) => sum + answers, 0);
  const some = `${locationNotApplied}: ${of(unlocated.toLocaleString(locale), all.toLocaleString(locale))}`;
  const placeOnly = takes.length > 0 && !takes.includes("timezone") && unlocated < all;
  return [unlocated > 0 && some, placeOnly && timezoneNotApplied].filter(Boolean).join("; ") || null;
}
