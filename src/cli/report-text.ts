/** The report as text for a terminal. */
import type { Day, UiLanguage } from "../domain.ts";
import type { MeasureRow } from "../measures/measures.ts";
import { isMixed, phaseOrder, shownSurface, titleIn, type Report } from "../measures/report.ts";
import { shownBreak } from "../words/breaks.ts";
import { words } from "../words/index.ts";
import { measureWords } from "../words/measures.ts";
import { shownBasis, shownCosts, shownMeasure, shownUnlocated } from "../words/numbers.ts";
import { shownOwner } from "../words/owners.ts";
import { harmless, type Styles } from "./command.ts";
import { insightSections } from "./report-insights.ts";
import { brandsTable, furtherTable, trendLines } from "./report-measures.ts";
import { missingLines, opportunityLines } from "./report-opportunities.ts";
import { table } from "./table.ts";

/** What the list of assistants knows beside the report. */
export interface AboutAssistants {
  /** Which do not answer, and why. */
  attention: string[];
  /** What of a question's place an adapter passes on. */
  takes: (adapter: string) => readonly string[];
  /** When the project is asked next. */
  schedule: string[];
}

const nothingKnown: AboutAssistants = { attention: [], takes: () => [], schedule: [] };

/** Lines of the whole report. */
export function reportText(
  made: Report,
  language: UiLanguage,
  styles: Styles,
  { attention, takes, schedule }: AboutAssistants = nothingKnown,
): string[] {
  const report = harmlessReport(made);
  const wording = words[language];
  const section = (title: string, lines: string[]) => ["", styles.bold(title), ...lines];
  const sectionIfAny = (title: string, lines: string[]) => (lines.length > 0 ? section(title, lines) : []);
  const nameOf = (brandId: string) => brandName(report, brandId, language);
  const ofSurface = (title: string) => `${title} · ${shownSurface(report.surface)}`;
  const split = (rows: MeasureRow[], columns: { title: string; holds: (row: MeasureRow) => boolean }[]) =>
    splitTable(report, rows, columns, language, styles);
  return [
    ...headLines(report, schedule, language, styles),
    ...attention.map(styles.red),
    ...(report.rereading ? [styles.red(wording.rereading)] : []),
    ...section(ofSurface(wording.measuresTitle), brandsTable(report, nameOf, language, styles)),
    ...sectionIfAny(ofSurface(measureWords[language].furtherTitle), furtherTable(report, nameOf, language, styles)),
    ...sectionIfAny(ofSurface(measureWords[language].trendTitle), trendLines(report, nameOf, language)),
    ...section(
      isMixed(report) ? wording.byAssistantTitle : ofSurface(wording.byAssistantTitle),
      split(
        report.byAssistant,
        report.assistants.map(({ assistant }) => ({
          title: titleIn(report, assistant),
          holds: (row) => row.split.assistant === assistant.id,
        })),
      ),
    ),
    ...section(
      ofSurface(wording.byPhaseTitle),
      split(
        report.byPhase,
        phaseOrder.map((phase) => ({ title: wording.phases[phase], holds: (row) => row.split.phase === phase })),
      ),
    ),
    ...section(wording.assistantsTitle, [
      ...assistantsTable(report, language, styles),
      ...report.assistants.flatMap((reported) => {
        const unlocated = shownUnlocated(reported, takes(reported.assistant.adapter), language);
        return unlocated === null ? [] : [styles.dim(`${reported.assistant.title}: ${unlocated}`)];
      }),
    ]),
    ...sectionIfAny(
      ofSurface(wording.breaksTitle),
      report.breaks.map((one) => shownBreak(one, language)),
    ),
    ...section(ofSurface(wording.sourcesTitle), sourcesTable(report, language, styles)),
    ...insightSections(report, nameOf, language, styles).flatMap(({ title, lines }) =>
      section(ofSurface(title), lines),
    ),
    ...section(ofSurface(wording.opportunitiesTitle), opportunityLines(report, nameOf, language, styles)),
    ...section(ofSurface(wording.missingTitle), missingLines(report.missing, language, styles)),
  ];
}

/** What the report is about, and what is to be known of it. */
function headLines(report: Report, schedule: string[], language: UiLanguage, { bold, dim }: Styles): string[] {
  const wording = words[language];
  const keptFrom = keptLater(report);
  return [
    `${bold(report.project.name)}  ${wording.period(report.from, report.to)}`,
    dim(wording.intervalNote),
    ...schedule.map((line) => dim(harmless(line))),
    ...(report.answersElsewhere ? [dim(elsewhere(report, language))] : []),
    ...(keptFrom ? [dim(wording.operations.keptFrom(keptFrom))] : []),
  ];
}

/** From when answers are kept, where the period begins earlier. */
const keptLater = ({ project: { answersKeptFrom }, from }: Report): Day | null =>
  answersKeptFrom !== null && answersKeptFrom > from ? answersKeptFrom : null;

/** How many answers of the other surface there are, and how to see them. */
const elsewhere = ({ surface, answersElsewhere }: Report, language: UiLanguage): string => {
  const { oneSurface, locale } = words[language];
  const other = surface === "api" ? "ui" : "api";
  return `${oneSurface[surface](answersElsewhere.toLocaleString(locale))}: \`citera report --surface ${other}\``;
};

/** Names, titles and excerpts on one line each, without characters that steer a terminal: all that comes after is ours. */
const harmlessReport = (report: Report): Report =>
  JSON.parse(
    JSON.stringify(report, (_, value: unknown) =>
      typeof value === "string" ? harmless(value).replace(/\s+/g, " ") : value,
    ),
  ) as Report; // a report is plain data, and only its texts change

const brandName = (report: Report, brandId: string, language: UiLanguage): string => {
  const brand = report.brands.find(({ id }) => id === brandId)!;
  return brand.role === "own" ? `${brand.name} (${words[language].own})` : brand.name;
};

function splitTable(
  report: Report,
  rows: MeasureRow[],
  columns: { title: string; holds: (row: MeasureRow) => boolean }[],
  language: UiLanguage,
  { dim }: Styles,
): string[] {
  const heading = [words[language].brand, ...columns.map((column) => column.title)];
  const body = report.brands.flatMap((brand) => {
    const cells = columns.map(
      (column) => rows.find((row) => row.brandId === brand.id && column.holds(row))?.measures["visibility"],
    );
    return [
      [
        brandName(report, brand.id, language),
        ...cells.map((cell) => (cell ? shownMeasure(cell, language) : words[language].nothing)),
      ],
      ["", ...cells.map((cell) => (cell ? dim(shownBasis(cell, language)) : ""))],
    ];
  });
  return table([heading, ...body], 1, dim);
}

function assistantsTable(report: Report, language: UiLanguage, { dim }: Styles): string[] {
  const wording = words[language];
  const heading = [wording.assistant, "", wording.model, wording.answersTitle, wording.cost];
  const rows = report.assistants.map(({ assistant, servedModels, outcomes, costMicroUsd, unpriced }) => [
    assistant.title,
    shownSurface(assistant.surface),
    servedModels.join(", ") || wording.unknown,
    Object.entries(outcomes)
      .map(([outcome, count]) => `${count} ${wording.outcome[outcome as keyof typeof wording.outcome]}`)
      .join(", "),
    shownCosts({ costMicroUsd, unpriced }, language),
  ]);
  return table([heading, ...rows], 4, dim);
}

function sourcesTable(report: Report, language: UiLanguage, { dim }: Styles): string[] {
  const wording = words[language];
  if (report.sources.length === 0) return [wording.none];
  const rows = report.sources.map((source) => {
    return [
      source.domain,
      shownOwner(report.brands, source.ownerBrandId, language),
      String(source.answers),
      String(source.citations),
    ];
  });
  return table([[wording.source, wording.owner, wording.answersTitle, wording.citations], ...rows], 2, dim);
}
