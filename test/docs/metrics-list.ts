/** The README's list of the numbers in the report, written from the metrics' own words. */
import type { CountMetric } from "../../src/metrics/metric.ts";

/** One line per metric: its title, its definition and its denominator. */
export const metricsList = (metrics: readonly CountMetric[]): string =>
  metrics
    .map(({ title, definition, denominator }) => `- **${title.en}**: ${definition.en}. Of: ${denominator.en}.`)
    .join("\n");
