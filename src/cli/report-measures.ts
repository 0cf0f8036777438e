/** The report's tables of measures: what each brand has, what changed, further measures, and trends. */
import type { UiLanguage } from "../domain.ts";
import { furtherMetrics, headlines } from "../measures/measures.ts";
import type { Report } from "../measures/report.ts";
import { words } from "../words/index.ts";
import { measureWords, shownChange, shownIn, shownUncertainty } from "../words/measures.ts";
import { shownBasis, shownMeasure } from "../words/numbers.ts";
import type { Styles } from "./command.ts";
import { table } from "./table.ts";

type NameOf = (brandId: string) => string;

/** A row of values per brand, and under it what they rest on and what changed. */
export function brandsTable(report: Report, nameOf: NameOf, language: UiLanguage, { dim }: Styles): string[] {
  const heading = [words[language].brand, ...headlines.map((metric) => metric.title[language])];
  const rows = report.overall.flatMap(({ brandId, measures, changes }) => {
    const shown = headlines.map(({ id }) => measures[id]!);
    return [
      [nameOf(brandId), ...shown.map((measure) => shownMeasure(measure, language))],
      ["", ...shown.map((measure) => dim(shownBasis(measure, language)))],
      ...(changes ? [["", ...headlines.map(({ id }) => shownChange(changes[id]!, language))]] : []),
    ];
  });
  const { comparedTo } = report;
  const uncertainty = shownUncertainty(report.overall[0], language);
  return [
    ...table([heading, ...rows], 1, dim),
    ...(comparedTo ? [dim(measureWords[language].comparedTo(comparedTo.from, comparedTo.to))] : []),
    ...(uncertainty === null ? [] : [dim(uncertainty)]),
  ];
}

/** A row per further metric that says something of any brand; brands side by side. */
export function furtherTable(report: Report, nameOf: NameOf, language: UiLanguage, { dim }: Styles): string[] {
  const heading = ["", ...report.overall.map(({ brandId }) => nameOf(brandId))];
  const rows = furtherMetrics(report.overall).map(({ id, unit, title }) => [
    title[language],
    ...report.overall.map(({ measures }) => shownIn(unit, measures[id]!, language)),
  ]);
  return rows.length > 0 ? table([heading, ...rows], 1, dim) : [];
}

/** What each brand's visibility has done so far; none where there are too few days to say. */
export const trendLines = ({ trends }: Report, nameOf: NameOf, language: UiLanguage): string[] =>
  trends.map(({ brandId, said }) => `${nameOf(brandId)}: ${said[language]}`);
