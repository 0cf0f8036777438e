/** The part of the report about what findings say beside the measures: counts of answers, each of how many. */
import type { UiLanguage } from "../domain.ts";
import type { Report } from "../measures/report.ts";
import { words } from "../words/index.ts";
import type { Styles } from "./command.ts";
import { table } from "./table.ts";

interface Section {
  title: string;
  lines: string[];
}

/** Brands named and cited, types of sources, and names ranked that nobody tracks. */
export function insightSections(
  { insights, from }: Report,
  nameOf: (brandId: string) => string,
  language: UiLanguage,
  { dim }: Styles,
): Section[] {
  const wording = words[language];
  const number = (count: number) => count.toLocaleString(wording.locale);
  const of = (some: number, all: number) => wording.of(number(some), number(all));
  const { answers, citing, ranked, sourceTypes, candidates } = insights;
  const heading = [wording.brand, wording.ghosts, wording.uncited, wording.denied, wording.toReview];
  const brands = insights.brands.map((brand) => [
    nameOf(brand.brandId),
    of(brand.ghosts, brand.cited),
    of(brand.uncited, brand.namedAmongCitations),
    of(brand.denied, answers),
    of(brand.uncertain, answers),
  ]);
  const types = sourceTypes.map((row) => [
    wording.sourceTypes[row.type],
    of(row.answers, citing),
    number(row.citations),
  ]);
  const names = candidates.map((row) => [row.name, of(row.answers, ranked)]);
  const listed = (head: string[], rows: string[][]) =>
    rows.length === 0 ? [wording.none] : table([head, ...rows], 1, dim);
  return [
    {
      title: wording.insightsTitle,
      lines: [
        dim(wording.insightsNote(number(answers), insights.from === from ? null : insights.from)),
        ...table([heading, ...brands], 1, dim),
      ],
    },
    {
      title: wording.sourceTypesTitle(number(citing)),
      lines: listed([wording.sourceType, wording.answersTitle, wording.citations], types),
    },
    { title: wording.candidatesTitle(number(ranked)), lines: listed([wording.name, wording.answersTitle], names) },
  ];
}
