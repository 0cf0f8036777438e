/** The languages whose rules the parser knows, and which of them a text is written in. */
import { da } from "./da.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { shared, type LanguageRules } from "./endings.ts";
import { fi } from "./fi.ts";
import { no } from "./no.ts";
import { sv } from "./sv.ts";

export type { LanguageRules } from "./endings.ts";

/** One line per language with a file of its own. */
export const languages: readonly LanguageRules[] = [sv, en, de, no, da, fi, ...shared];

const byCode = new Map(languages.map((rules) => [rules.code, rules]));
const aliases: Record<string, string> = { nb: "no", nn: "no" };

/** The rules of a BCP 47 tag; null for a language that is not known. */
export function rulesOf(tag: string): LanguageRules | null {
  const code = tag.toLowerCase().split(/[-_]/)[0]!;
  return byCode.get(aliases[code] ?? code) ?? null;
}

const speakers = new Map<string, LanguageRules[]>();
for (const rules of languages)
  for (const word of rules.functionWords) speakers.set(word, [...(speakers.get(word) ?? []), rules]);

const recognisable = languages.filter(
  (rules): rules is LanguageRules & { wordEndings: RegExp } => rules.wordEndings !== null,
);

/** So much of a text is read to recognise its language. */
const sample = 3_000;

/** The language of a text by its small words, or both of two that are as likely; empty when it cannot be said. */
export function detectLanguages(text: string): LanguageRules[] {
  const counts = new Map<LanguageRules, number>();
  const count = (rules: LanguageRules) => counts.set(rules, (counts.get(rules) ?? 0) + 1);
  for (const [word] of text
    .slice(0, sample)
    .toLowerCase()
    .normalize("NFC")
    .matchAll(/\p{L}{1,40}/gu)) {
    speakers.get(word)?.forEach(count);
    if (word.length > 5) for (const rules of recognisable) if (rules.wordEndings.test(word)) count(rules);
  }
  const most = Math.max(0, ...counts.values());
  if (most === 0 || (most === 1 && counts.size > 1)) return [];
  return languages.filter((rules) => (counts.get(rules) ?? 0) >= most * 0.85);
}
