/** The report for scripts: JSON with ids turned into names, and CSV that no spreadsheet takes for formulas. */
import { stringify } from "csv-stringify/sync";
import type { Surface } from "../domain.ts";
import type { MeasureRow } from "../measures/measures.ts";
import type { Report, ShownOpportunity } from "../measures/report.ts";

interface NamedRow {
  brand: string;
  /** The assistant's; of numbers over several assistants the report's. */
  surface: Surface;
  assistant?: string;
  phase?: string;
  day?: string;
  measures: MeasureRow["measures"];
  changes?: MeasureRow["measures"];
}

/** A JSON-ready report; numbers are shares from 0 to 1, money is micro-USD. */
export function reportData(report: Report) {
  const brandOf = new Map(report.brands.map((brand) => [brand.id, brand]));
  const assistantOf = new Map(report.assistants.map(({ assistant }) => [assistant.id, assistant]));
  const named = (rows: MeasureRow[]): NamedRow[] =>
    rows.map(({ brandId, split: { assistant, phase }, bucket, measures, changes }) => ({
      brand: brandOf.get(brandId)!.key,
      surface: assistantOf.get(assistant ?? "")?.surface ?? report.surface,
      ...(assistant !== undefined && { assistant: assistantOf.get(assistant)?.key ?? assistant }),
      ...(phase !== undefined && { phase }),
      ...(bucket !== undefined && { day: bucket }),
      measures,
      ...(changes && { changes }),
    }));
  return {
    project: report.project.key,
    name: report.project.name,
    from: report.from,
    to: report.to,
    surface: report.surface,
    answersElsewhere: report.answersElsewhere,
    rereading: report.rereading,
    brands: report.brands.map(({ key, name, role }) => ({ brand: key, name, role })),
    comparedTo: report.comparedTo,
    overall: named(report.overall),
    byAssistant: named(report.byAssistant),
    byPhase: named(report.byPhase),
    byDay: named(report.byDay),
    trends: report.trends.map(({ brandId, trend }) => ({
      brand: brandOf.get(brandId)!.key,
      metric: "visibility",
      ...trend,
    })),
    breaks: report.breaks,
    assistants: report.assistants.map(({ assistant, ...rest }) => ({
      assistant: assistant.key,
      title: assistant.title,
      adapter: assistant.adapter,
      surface: assistant.surface,
      search: assistant.search,
      requestedModel: assistant.model,
      ...rest,
    })),
    sources: report.sources.map(({ domain, ownerBrandId, citations, answers }) => ({
      domain,
      owner: ownerOf(brandOf.get(ownerBrandId ?? "")),
      citations,
      answers,
    })),
    insights: {
      ...report.insights,
      brands: report.insights.brands.map(({ brandId, ...counts }) => ({ brand: brandOf.get(brandId)!.key, ...counts })),
    },
    opportunities: opportunitiesData(report),
    missing: report.missing,
    attention: report.attention.map(({ assistant, ...rest }) => ({ assistant: assistant.key, ...rest })),
  };
}

/** Shares and gaps go from -1 to 1; each gap is of its question's answers. */
function opportunitiesData({ brands, assistants, opportunities }: Report) {
  const { listed, ...rest } = opportunities;
  const brandOf = new Map(brands.map((brand) => [brand.id, brand]));
  const keyOf = new Map(assistants.map(({ assistant }) => [assistant.id, assistant.key]));
  const rivalOf = ({ brandId, ...counts }: ShownOpportunity["rival"]) => ({
    brand: brandOf.get(brandId)!.key,
    ...counts,
  });
  return {
    ...rest,
    listed: listed.map(({ prompt, rival, others, assistants: split, answerIds, sources, ...counts }) => ({
      prompt: prompt.key,
      question: prompt.text,
      phase: prompt.phase,
      topic: prompt.topic,
      ...counts,
      rival: rivalOf(rival),
      others: others.map(rivalOf),
      assistants: split.map(({ assistantId, ...present }) => ({ assistant: keyOf.get(assistantId)!, ...present })),
      withoutOwn: answerIds.length,
      sources: sources.map(({ ownerBrandId, ...source }) => ({
        ...source,
        owner: ownerOf(brandOf.get(ownerBrandId ?? "")),
      })),
    })),
  };
}

const ownerOf = (brand: Report["brands"][number] | undefined): string =>
  brand === undefined ? "other" : brand.role === "own" ? "own" : `competitor:${brand.key}`;

const columns = [
  "brand",
  "assistant",
  "phase",
  "day",
  "metric",
  "value",
  "low",
  "high",
  "hits",
  "answers",
  "prompts",
  "note",
  "surface",
  "change",
  "changeLow",
  "changeHigh",
];

/** One line per brand, group and metric. */
export function reportCsv(report: Report): string {
  const { overall, byAssistant, byPhase, byDay } = reportData(report);
  const lines = [overall, byAssistant, byPhase, byDay].flatMap((rows) =>
    rows.flatMap(({ measures, changes, ...group }) =>
      Object.entries(measures).map(([metric, measure]) => {
        const { value: change, low: changeLow, high: changeHigh } = changes?.[metric] ?? {};
        return { ...group, metric, ...measure, change, changeLow, changeHigh };
      }),
    ),
  );
  return stringify(lines, { header: true, columns, escape_formulas: true });
}
