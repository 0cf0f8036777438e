/** Says in words which names of a project are risky, and how to mend it. */
import type { UiLanguage } from "../domain.ts";
import type { LookAtNames, NameComplaint } from "../config/project-file.ts";
import type { Risk, RiskCode } from "../parser/parse.ts";
import { words } from "../words/index.ts";

/** So many names are told of one kind of risk; the last line says how many more there are. */
const mostOfOneKind = 5;

/** What the same settings mend; how is said once. */
const wordRisks = new Set<RiskCode>(["commonWord", "number", "givenName"]);

/** The parser's knowledge of names, as the project file's checks ask for it. */
export async function nameLooker(language: UiLanguage): Promise<LookAtNames> {
  const { refusals, risksOf } = await import("../parser/parse.ts");
  return (brands, languages) => {
    const risks = risksOf(brands, languages);
    const counts = new Map<RiskCode, number>();
    for (const { code } of risks) counts.set(code, (counts.get(code) ?? 0) + 1);
    const told = new Map<RiskCode, number>();
    return risks.flatMap((risk): NameComplaint[] => {
      const { code, brand, field, index } = risk;
      const number = (told.get(code) ?? 0) + 1;
      told.set(code, number);
      if (number > mostOfOneKind) return [];
      const rest = number === mostOfOneKind ? counts.get(code)! - number : 0;
      const refused = refusals.has(code);
      const mend = wordRisks.has(code) && ![...wordRisks].some((one) => one !== code && told.has(one)) && number === 1;
      return [{ brand, field, index, refused, text: textOf(risk, { refused, rest, mend }, language) }];
    });
  };
}

function textOf(
  risk: Risk,
  { refused, rest, mend }: { refused: boolean; rest: number; mend: boolean },
  language: UiLanguage,
): string {
  const { warning, moreOfThis, mendWord } = words[language].names;
  const more = rest > 0 ? ` (${moreOfThis(shown(rest, language))})` : "";
  const text = `${sentence(risk, language)}${more}${mend ? `. ${mendWord}` : ""}`;
  return refused ? text : `${warning}: ${text}`;
}

function sentence({ code, name, count, languages, other }: Risk, language: UiLanguage): string {
  const said = words[language].names;
  switch (code) {
    case "tooManyNames":
    case "tooLong":
      return said[code](shown(count, language));
    case "manyNames":
      return said[code](name, shown(count, language));
    case "sameName":
    case "sameSpelling":
      return said[code](name, other!.name, other!.brand); // both come with the other
    case "smallWord":
    case "commonWord":
      return said[code](name, languageList(languages, language));
    case "neverRead":
    case "oneLetter":
    case "number":
    case "givenName":
    case "place":
      return said[code](name);
  }
}

const shown = (count: number, language: UiLanguage): string => count.toLocaleString(words[language].locale);

/** `Swedish and English`. */
function languageList(codes: string[], language: UiLanguage): string {
  const names = new Intl.DisplayNames([words[language].locale], { type: "language" });
  const list = new Intl.ListFormat(words[language].locale, { type: "conjunction" });
  return list.format(codes.map((code) => names.of(code) ?? code));
}
