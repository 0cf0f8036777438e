/** The part of the report about where the own brand is not there: questions on which rivals are ahead, and answers. */
import type { UiLanguage } from "../domain.ts";
import { titleIn, type MissingAnswer, type Report, type ShownOpportunity } from "../measures/report.ts";
import { words } from "../words/index.ts";
import { shownGap } from "../words/numbers.ts";
import { shownOwner } from "../words/owners.ts";
import type { Styles } from "./command.ts";
import { table } from "./table.ts";

/** An address longer than this is cut: it would fill the terminal. */
const longestAddress = 120;

/** What the questions with a sure gap have in common, then each with its counts, its sources and an answer. */
export function opportunityLines(
  report: Report,
  nameOf: (brandId: string) => string,
  language: UiLanguage,
  styles: Styles,
): string[] {
  const { opportunitiesFound, opportunitiesNote, noOpportunity, locale } = words[language];
  const { listed, found, compared, why } = report.opportunities;
  if (why !== null) return [noOpportunity[why]];
  const number = (count: number) => count.toLocaleString(locale);
  return [
    opportunitiesFound(number(found), number(compared)),
    styles.dim(opportunitiesNote),
    ...listed.flatMap((one) => opportunity(report, one, nameOf, language, styles)),
  ];
}

function opportunity(
  report: Report,
  { prompt, answers, ownPresent, rival, others, assistants, answerIds, sources, example }: ShownOpportunity,
  nameOf: (brandId: string) => string,
  language: UiLanguage,
  styles: Styles,
): string[] {
  const wording = words[language];
  const number = (count: number) => count.toLocaleString(wording.locale);
  const of = (some: number, all: number) => wording.of(number(some), number(all));
  const own = report.brands.find(({ role }) => role === "own")!.id; // there is no opportunity without one
  const labels = [wording.phases[prompt.phase], ...(prompt.topic === null ? [] : [prompt.topic])];
  const counts = [
    wording.present(nameOf(rival.brandId), of(rival.present, answers)),
    wording.present(nameOf(own), of(ownPresent, answers)),
  ];
  const ahead = others.map(
    ({ brandId, present, gap }) =>
      `${wording.present(nameOf(brandId), of(present, answers))}, ${shownGap(gap, language)}`,
  );
  const rows = assistants.map((one) => [
    titleIn(report, report.assistants.find(({ assistant }) => assistant.id === one.assistantId)!.assistant),
    of(one.rivalPresent, one.answers),
    of(one.ownPresent, one.answers),
  ]);
  return [
    "",
    `${styles.underline(prompt.text)}  ${styles.dim(labels.join(" · "))}`,
    `  ${styles.bold(shownGap(rival.gap, language))} · ${counts.join(" · ")}`,
    ...ahead.map((line) => `  ${wording.alsoAhead}: ${line}`),
    ...indented(table([[wording.assistant, nameOf(rival.brandId), nameOf(own)], ...rows], 1, styles.dim)),
    ...(sources.length > 0 ? [`  ${wording.gapSources(number(answerIds.length))}:`] : []),
    ...indented(sourcesTable(report, sources, language, styles)),
    ...(example ? exampleLines(example, language, styles) : []),
  ];
}

function sourcesTable(
  report: Report,
  sources: ShownOpportunity["sources"],
  language: UiLanguage,
  { dim }: Styles,
): string[] {
  if (sources.length === 0) return [];
  const wording = words[language];
  const rows = sources.map(({ domain, ownerBrandId, answers, naming, url }) => [
    domain,
    shownOwner(report.brands, ownerBrandId, language),
    answers.toLocaleString(wording.locale),
    naming.toLocaleString(wording.locale),
    url.length > longestAddress ? `${url.slice(0, longestAddress)}…` : url,
  ]);
  const heading = [wording.source, wording.owner, wording.answersTitle, wording.aboutRivals, wording.page];
  return table([heading, ...rows], heading.length, dim);
}

const indented = (lines: string[]): string[] => lines.map((line) => `    ${line}`);

/** Answers that name rivals but not the own brand. */
export const missingLines = (missing: MissingAnswer[], language: UiLanguage, styles: Styles): string[] =>
  missing.length === 0
    ? [words[language].none]
    : missing.flatMap((one) => [styles.underline(one.question), ...exampleLines(one, language, styles)]);

function exampleLines(
  { day, assistant, rivals, unlocated, excerpt }: MissingAnswer,
  language: UiLanguage,
  { dim }: Styles,
): string[] {
  const wording = words[language];
  const named = rivals.length > 0 ? [`${wording.named}: ${rivals.join(", ")}`] : [];
  return [
    `  ${[day, assistant, ...named].join(" · ")}`,
    ...(unlocated ? [`  ${dim(wording.locationNotApplied)}`] : []),
    `  ${dim(excerpt)}`,
  ];
}
