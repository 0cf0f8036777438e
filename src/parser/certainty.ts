/** How sure it is that a name means the brand: case, place, neighbours; always with its reason. */
import type { Certainty } from "../domain.ts";
import { languages as known, type LanguageRules } from "./languages/index.ts";
import { isPlace } from "./languages/places.ts";

export interface Judged {
  certainty: Certainty;
  reason?: string;
}

export interface Place {
  text: string;
  start: number;
  end: number;
  /** The word starts with a capital, or the list writes the name without one. */
  capital: boolean;
  /** What the word has after the name itself. */
  inflected: boolean;
  name: string;
  common: boolean;
  /** Where the mention before this one ended. */
  lastEnd: number;
}

/** So much is read before and after a name; more does not change what is meant. */
const reach = 100;
const certain: Judged = { certainty: "certain" };
const uncertain = (reason: string): Judged => ({ certainty: "uncertain", reason });
const likely = (reason: string): Judged => ({ certainty: "likely", reason });

/** The text of the same line before a name. */
const lineBefore = (text: string, start: number): string => {
  const before = text.slice(Math.max(0, start - reach), start);
  return before.slice(before.lastIndexOf("\n") + 1);
};

/** Marks that may stand before the first word of a sentence, item, heading, cell or label. */
const opening = /(?:^|[.!?…:;|•—]|\s[-–])[\s*_#>"'“”‘’«»([`\]\\\p{So}]*(?:\d{1,3}[.)]\s*)?[\s*_"“'([`]*$/u;
const marked = /[*_#|•[`:]|\d[.)]|^\s*[-+]\s/;

/** Whether a name is the first word of its sentence, item or cell. */
export const isFirst = (text: string, start: number): boolean => opening.test(lineBefore(text, start));

/** Judges one name; null where it is an ordinary word. */
export function judge(place: Place, languages: readonly LanguageRules[]): Judged | null {
  const before = lineBefore(place.text, place.start);
  if (place.capital && place.lastEnd < place.start - 1 && isFamilyName(before))
    return uncertain("a person's family name");
  if (
    place.capital &&
    (kin.test(before.slice(-longestKin)) || isGivenName(place.name, place.text.slice(place.end, place.end + 30)))
  )
    return uncertain("a person's name");
  if (isPlace(place.name, before)) return uncertain("a place");
  if (!place.common) return isVerb(place) ? null : certain;
  if (!place.capital) return languages.length === 0 ? uncertain("a frequent word in lower case") : null;
  const rest = place.text.slice(place.end, place.end + reach);
  const after = rest.slice(0, (rest + "\n").indexOf("\n"));
  if (/^['’:]s\b/.test(after)) return certain;
  if (/^\d+$/.test(place.name) && isFigure(before, after, languages)) return uncertain("a number");
  if (/^-\p{L}/u.test(after)) return likely("first part of a compound");
  return opening.test(before) ? judgeFirst(before, after, languages) : judgeInside(place, before, after, languages);
}

/** `google it`, `googla det`: a name in lower case that acts on something is a verb. */
function isVerb({ text, end, capital, inflected }: Place): boolean {
  return (
    !capital &&
    !inflected &&
    /^ (?:it|them|this|that|how|what|your|yourself|det|den|dem|detta|dette|es|das)(?!\p{L})/u.test(
      text.slice(end, end + 12),
    )
  );
}

/** Words for who somebody is, before the name: "min dotter Hedvig", "the god Apollo". */
const kin =
  /(?<!\p{L})(?:gud(?:en|innan)|kung(?:en)?|drottning(?:en)?|helgonet|(?:min|din|hans|hennes|vår|er|deras) (?:dotter|son|bror|syster|fru|man|kusin|vän|hund|katt)|(?:the )?(?:god|goddess|king|queen|saint)|(?:my|your|his|her|our|their) (?:daughter|son|brother|sister|wife|husband|cousin|friend|dog|cat)|(?:meine?|deine?|seine?|ihre?|unsere?) (?:tochter|sohn|bruder|schwester|frau|mann|hund|katze)) $/iu;

const longestKin = 24;

const allGivenNames = new Set(known.flatMap((rules) => [...rules.givenNames]));

/** Before a family's name a name is a person's, if people are called so: "Max Eriksson", but "Max Burgers". */
const isGivenName = (name: string, after: string): boolean =>
  /^ (?:von|van|af|av|de la) \p{Lu}/u.test(after) ||
  (allGivenNames.has(name.toLowerCase()) &&
    /^ \p{Lu}\p{Ll}*(?:son|sen|berg|ström|gren|qvist|kvist|lund|dahl|holm|stedt|mann|feldt|nen|ski)(?!\p{L})/u.test(
      after,
    ));

function isFamilyName(before: string): boolean {
  if (!before.endsWith(" ")) return false;
  const [, given] = /(?:^|[^\p{L}])(\p{Lu}\p{Ll}+) (?:\p{Lu}\.? )?$/u.exec(before.slice(-30)) ?? [];
  return given !== undefined && allGivenNames.has(given.toLowerCase());
}

/** Words before a number that only numbers things: "step 3", "version 3". */
const numbering =
  /(?:^|[^\p{L}])(?:version|model|modell|steg|step|kapitel|chapter|nr|no|nummer|number|sida|page|kl|vecka|week|del|part|top|topp|punkt|fas|phase|nivå|level|plats|place|platz|schritt|teil|seite)\.?[\s*_]+$/iu;
const joining = /^(?:och|eller|samt|men|om|som|and|or|but|if|und|oder|aber|og|eller|ja|tai|et|y|e)$/;

/** Whether a number counts, measures or numbers something: "3 GB", "for 3 months", "Model 3", the "3." of an item. */
function isFigure(before: string, after: string, languages: readonly LanguageRules[]): boolean {
  if (/[\p{N}$€£]\s?$|[.,:#/+–-]$/u.test(before) || numbering.test(before)) return true;
  if (/^(?:[.,:]\d|\s?[%€$£°]|[/+)\]–-]|\s[+–-]\s?\d)/.test(after)) return true;
  if (/^[\s>#*_|-]*$/.test(before) && /^(?:\\?[.)]|\s*\|)/.test(after)) return true;
  const [, ahead = "", word = ""] = /(\S+)\s+(\S*[\p{L}\p{N}])[\s*_]+$/u.exec(before) ?? [];
  if (/\p{Lu}/u.test(word) && /[\p{L}\p{N},;)]$/u.test(ahead)) return true; // a product's name
  const next = /^[\s*_]+(\p{L}+)/u.exec(after)?.[1]?.toLowerCase();
  return next !== undefined && !joining.test(next) && !languages.some((rules) => rules.verbs.has(next));
}

/** The first word of something has a capital in any case: what follows decides. */
function judgeFirst(before: string, after: string, languages: readonly LanguageRules[]): Judged {
  const closed = after.replace(/^(?:\]\([^)]*\)|[*_`\]"”'’®™])+/, "");
  const next = /^\s*([\p{L}\p{N}]+)/u.exec(closed)?.[1];
  const lead = marked.test(before);
  if (lead && closed.length < after.length) return likely("leads an item");
  if (next === undefined || !/^\s*[\p{L}\p{N}]/u.test(closed)) return lead ? certain : likely("stands alone");
  if (/\p{Lu}/u.test(next)) return likely("part of a longer name");
  if (languages.some((rules) => rules.verbs.has(next.toLowerCase()))) return likely("does something");
  if (/^\s*(?:by|from|från|von|av|af|fra)\s+\p{Lu}/u.test(closed)) return likely("its maker follows");
  if (/^\s*(?:och|and|und|og|ja|et|y|e)\s+\p{Lu}[\p{L}&’'-]*\s+\p{Ll}/u.test(closed))
    return likely("joined with another name");
  if (lead && /^(?:om|if|when|när|wenn|hvis|jos|für|för)$/.test(next)) return likely("leads an item");
  if (/^\p{N}/u.test(next)) return lead ? likely("leads an item") : uncertain("a frequent word before a number");
  return uncertain("a frequent word at the start of a sentence");
}

/** Words that makers put behind a model's name. */
const modelWords = new Set(
  "max pro plus ultra mini air lite one go prime edge core classic basic premium elite express fit smart nano x".split(
    " ",
  ),
);

function judgeInside(place: Place, before: string, after: string, languages: readonly LanguageRules[]): Judged {
  const segment = before.slice(Math.max(...Array.from('|:([.!?"“”', (mark) => before.lastIndexOf(mark))) + 1);
  const previous = /([\p{L}\p{N}&+/®™]+)[\s*_]*$/u.exec(segment)?.[1] ?? "";
  const small = languages.some((rules) => rules.functionWords.has(previous.toLowerCase()));
  if (languages.some((rules) => rules.articles.has(previous.toLowerCase())))
    return uncertain("an article stands before");
  if (languages.some(({ code }) => code === "de") && /^\p{Ll}+(?:es|em)$/u.test(previous))
    return uncertain("an adjective stands before");
  const isName = /^[\p{Lu}\p{N}]/u.test(previous) && !small;
  if (isName && modelWords.has(place.name.toLowerCase())) return uncertain("part of a product's name");
  if (/^(?:for|of|and|with|in|[&+/]|för|und|och|mit|für)$/i.test(previous) && isTitle(segment)) {
    if (!/^ \p{Ll}/u.test(after)) return uncertain("a frequent word in a heading");
    return likely("before an ordinary word");
  }
  if (isName && /^[\s*_]*(?:$|[.:,|])/.test(after) && isTitle(segment) && place.lastEnd < place.start - 2)
    return uncertain("a frequent word in a heading");
  return isName ? likely("part of a longer name") : certain;
}

/** Every longer word of a heading such as "Best for ..." has a capital. */
function isTitle(segment: string): boolean {
  const all = segment.match(/\p{L}+/gu) ?? [];
  return all.length > 1 && all.every((word) => word.length < 4 || /^\p{Lu}/u.test(word)) && /\p{Lu}/u.test(all[0]!);
}
