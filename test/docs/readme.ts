/** The parts of the README that the source writes. */
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import type { CountMetric } from "../../src/metrics/metric.ts";
import { assistantsTable } from "./assistants-table.ts";
import { metricsList } from "./metrics-list.ts";

/** The text with its table of assistants and its list of metrics made anew. Throws when it has no place for one. */
export const writtenAnew = (text: string, adapters: AssistantAdapter[], metrics: readonly CountMetric[]): string =>
  withBlock(withBlock(text, "assistants", assistantsTable(adapters)), "metrics", metricsList(metrics));

function withBlock(text: string, name: string, block: string): string {
  const [opening, closing] = [`<!-- ${name}: written by \`npm run docs\` -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(opening), text.indexOf(closing)];
  if (start === -1 || end < start) throw new Error(`no ${opening} with ${closing} behind it`);
  return `${text.slice(0, start)}${opening}\n\n${block}\n\n${text.slice(end)}`;
}
