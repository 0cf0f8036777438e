/** What can be asked of the measures, and what is wrong with a question that cannot be answered. */
import type { Day } from "../domain.ts";
import { InputError } from "../errors.ts";
import { allMetrics } from "../metrics/index.ts";
import type { MetricWords } from "../metrics/metric.ts";
import { addDays, daysFrom } from "./days.ts";
import { dimensions, type Dimension } from "./dimensions.ts";

/** Days, ISO weeks (by their Monday) and months (by their first day), in the project's time zone as all days are. */
export type Bucket = "day" | "week" | "month";

export interface MeasureQuery {
  /** First and last day, both included. */
  from: Day;
  to: Day;
  /** Ids of metrics; all where left out. */
  metrics?: readonly string[];
  /** Only answers with one of these values, in numerator and denominator alike. */
  filter?: Partial<Record<Dimension, readonly string[]>>;
  /** Ids of brands whose rows are wanted; a share of voice is still one of all tracked brands. */
  brands?: readonly string[];
  groupBy?: readonly Dimension[];
  bucket?: Bucket;
  /** An earlier period to compare with; not together with buckets. */
  compareTo?: { from: Day; to: Day };
}

/** Labels that have a fixed set of values; "" is that of prompts without one. */
const vocabulary: Partial<Record<Dimension, readonly string[]>> = {
  surface: ["api", "ui"],
  phase: ["awareness", "consideration", "purchase", "post_purchase"],
  segment: ["b2c", "b2b", ""],
  branded: ["true", "false"],
};

/** Longer periods would have to be read for minutes. */
const mostDays = 3_660;
/** More dimensions leave a handful of answers in each group. */
const mostDimensions = 4;
const buckets: readonly Bucket[] = ["day", "week", "month"];

/** Throws InputError that names what is allowed; `metrics`: those that can be asked for. */
export function checkQuery(query: MeasureQuery, metrics: readonly MetricWords[]): void {
  const problems = [
    ...metricProblems(
      query.metrics ?? [],
      metrics.map(({ id }) => id),
    ),
    ...unknown("filter", Object.keys(query.filter ?? {}), Object.keys(dimensions)),
    ...Object.entries(query.filter ?? {}).flatMap(([dimension, values]) =>
      unknown(dimension, values, vocabulary[dimension as Dimension] ?? values),
    ),
    ...unknown("group", query.groupBy ?? [], Object.keys(dimensions)),
    ...unknown("bucket", query.bucket === undefined ? [] : [query.bucket], buckets),
    ...periodProblems(query),
    ...comparisonProblems(query),
  ];
  if ((query.groupBy?.length ?? 0) > mostDimensions) problems.push(`group: at most ${mostDimensions} at a time`);
  if (problems.length > 0) throw new InputError(problems);
}

const metricProblems = (given: readonly string[], allowed: readonly string[]): string[] => {
  const elsewhere = allMetrics.map(({ id }): string => id).filter((id) => !allowed.includes(id));
  return [
    ...unknown(
      "metric",
      given.filter((one) => !elsewhere.includes(one)),
      allowed,
    ),
    ...given
      .filter((one) => elsewhere.includes(one))
      .map((one) => `metric: ${one} is not asked for together with these: ${allowed.join(", ")}`),
  ];
};

const unknown = (noun: string, given: readonly string[], allowed: readonly string[]): string[] =>
  given
    .filter((one) => !allowed.includes(one))
    .map((one) => `${noun}: there is no ${JSON.stringify(one.slice(0, 40))}; there are ${allowed.join(", ")}`);

function periodProblems({ from, to }: Pick<MeasureQuery, "from" | "to">): string[] {
  const wrong = Object.entries({ from, to }).filter(([, day]) => !isDay(day));
  if (wrong.length > 0) return wrong.map(([field]) => `${field}: write a day as YYYY-MM-DD`);
  if (from > to) return [`from: ${from} is after ${to}`];
  const days = daysFrom(from, to) + 1;
  return days > mostDays ? [`from: at most ${mostDays} days at a time, not ${days}`] : [];
}

function comparisonProblems({ from, bucket, compareTo }: MeasureQuery): string[] {
  if (!compareTo) return [];
  const problems = periodProblems(compareTo);
  if (problems.length > 0) return problems.map((problem) => `compareTo: ${problem}`);
  if (bucket !== undefined) return ["compareTo: leave out bucket; a series shows what changed by itself"];
  return compareTo.to < from ? [] : [`compareTo: it must end before ${from}`];
}

const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** The first day of a day's bucket. */
export function bucketOf(day: Day, bucket: Bucket): Day {
  if (bucket === "day") return day;
  if (bucket === "month") return `${day.slice(0, 7)}-01`;
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}
