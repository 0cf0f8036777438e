/** The page that says of every metric what it is, of what it is a part, and where its formula comes from. */
import type { UiLanguage } from "../../domain.ts";
import type { Metric, MetricWords } from "../metric.ts";

/** What stands around the definitions. */
export const definitionWords = {
  en: {
    title: "Metrics",
    denominator: "Of",
    unit: "Unit",
    units: {
      share: "share, 0 to 1, shown in per cent",
      balance: "-1 to 1",
      difference: "difference of two shares, -1 to 1, shown in percentage points",
      place: "place, 1 is the best",
    },
    source: "Formula",
    beside: "Shown only beside",
    later: "Read from answers one by one, on request.",
  },
  sv: {
    title: "Mått",
    denominator: "Av",
    unit: "Enhet",
    units: {
      share: "andel, 0 till 1, visas i procent",
      balance: "-1 till 1",
      difference: "skillnad mellan två andelar, -1 till 1, visas i procentenheter",
      place: "plats, 1 är bäst",
    },
    source: "Formel",
    beside: "Visas bara bredvid",
    later: "Läses ur svaren ett för ett, på begäran.",
  },
};

/** Markdown with one section per metric, in the order of the list. `shown`: those that the report has. */
export function definitionsPage(metrics: readonly Metric[], shown: readonly Metric[], language: UiLanguage): string {
  const words = definitionWords[language];
  const titleOf = (id: string) => metrics.find((metric) => metric.id === id)!.title[language];
  const section = (metric: MetricWords, isShown: boolean) =>
    [
      `## ${metric.title[language]}`,
      "",
      `${metric.definition[language]}.${isShown ? "" : ` ${words.later}`}`,
      "",
      `- ${words.denominator}: ${metric.denominator[language]}`,
      `- ${words.unit}: ${words.units[metric.unit]}`,
      ...(metric.beside ? [`- ${words.beside}: ${titleOf(metric.beside)}`] : []),
      `- ${words.source}: ${metric.source}`,
    ].join("\n");
  return [`# ${words.title}`, ...metrics.map((metric) => section(metric, shown.includes(metric)))].join("\n\n") + "\n";
}
