/** Changes, trends and measures in their own unit, as people read them. */
import type { Measure, UiLanguage } from "../domain.ts";
import { words } from "./index.ts";
import { shownMeasure } from "./numbers.ts";

const said = {
  en: {
    points: "pp",
    to: " to ",
    notTheSame: "no question was asked both times",
    comparedTo: (from: string, to: string) =>
      `Below each: change in percentage points against ${from} to ${to}, of the questions and assistants asked both times.`,
    uncertainLevel: (prompts: string) =>
      `The level is uncertain because ${prompts} questions stand for thousands of real ones`,
    surerChange: (prompts: string) => `the change is more certain because the same ${prompts} were asked both times`,
    furtherTitle: "Further measures",
    trendTitle: "Visibility so far",
  },
  sv: {
    points: "pe",
    to: " till ",
    notTheSame: "ingen fråga ställdes båda gångerna",
    comparedTo: (from: string, to: string) =>
      `Under varje tal: förändring i procentenheter mot ${from} till ${to}, för frågor och assistenter som fanns båda gångerna.`,
    uncertainLevel: (prompts: string) => `Nivån är osäker eftersom ${prompts} frågor står för tusentals verkliga`,
    surerChange: (prompts: string) => `förändringen är säkrare eftersom samma ${prompts} ställdes båda gångerna`,
    furtherTitle: "Fler mått",
    trendTitle: "Synligheten hittills",
  },
} satisfies Record<UiLanguage, object>;

export const measureWords = said;

/** `+4`, `−2` or `0`: a minus sign is not a hyphen, and nothing is neither. */
function signed(value: number, language: UiLanguage, digits: number): string {
  const text = Math.abs(value).toLocaleString(words[language].locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (Number(Math.abs(value).toFixed(digits)) === 0) return text;
  return (value < 0 ? "−" : "+") + text;
}

/** `+4 pp (−2 to +10)`, or the reason why there is none. */
export function shownChange({ value, low, high }: Measure, language: UiLanguage): string {
  const { points, to, notTheSame } = said[language];
  if (value === null) return notTheSame;
  if (low === null || high === null) return words[language].tooFewPrompts;
  const shown = (share: number) => signed(share * 100, language, 0);
  return `${shown(value)} ${points} (${shown(low)}${to}${shown(high)})`;
}

const plain = (value: number, language: UiLanguage): string =>
  value.toLocaleString(words[language].locale, { maximumFractionDigits: 1 });

/**
 * Why a brand's visibility is less certain than its change, with the numbers of questions; of the change only where its
 * interval is indeed the narrower one. Null where the level has no interval, or that of one question.
 */
export function shownUncertainty(
  brand: { measures: Record<string, Measure>; changes?: Record<string, Measure> } | undefined,
  language: UiLanguage,
): string | null {
  const [level, change] = [brand?.measures["visibility"], brand?.changes?.["visibility"]];
  if (!level || level.low === null || level.prompts < 2) return null;
  const { uncertainLevel, surerChange } = said[language];
  const width = ({ low, high }: Measure) => (low === null || high === null ? Infinity : high - low);
  const count = ({ prompts }: Measure) => prompts.toLocaleString(words[language].locale);
  const surer = change && width(change) < width(level) ? `; ${surerChange(count(change))}` : "";
  return `${uncertainLevel(count(level))}${surer}.`;
}

/** A measure in its metric's unit: shares in per cent, balances from −1 to +1, places as numbers. */
export function shownIn(unit: string, measure: Measure, language: UiLanguage): string {
  const { value, low, high, note } = measure;
  if (note === "unjudged") return words[language].unjudged;
  if (unit === "share" || value === null || low === null || high === null) return shownMeasure(measure, language);
  const shown = (number: number) => (unit === "place" ? plain(number, language) : signed(number, language, 2));
  return `${shown(value)} (${shown(low)}${said[language].to}${shown(high)})`;
}
