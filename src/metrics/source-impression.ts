/** Source impression: how much of an answer stands behind a source, early words weighing more (GEO). */
import { scoreMeasure } from "./making/answers.ts";
import { impressionOfSources } from "./making/impression.ts";
import { empty } from "./making/measure.ts";
import type { SourceMetric } from "./metric.ts";

export const sourceImpression: SourceMetric = {
  id: "source-impression",
  title: { en: "Source impression", sv: "Källans genomslag" },
  definition: {
    en: "The source's share of the words in cited sentences, each sentence divided among its sources and weighing less the later it comes, from 1 to 1/e",
    sv: "Källans andel av orden i meningar med citering, där varje mening delas mellan sina källor och väger mindre ju senare den kommer, från 1 till 1/e",
  },
  unit: "share",
  denominator: {
    en: "answers with a citation, of assistants with search on",
    sv: "svar med citering, från assistenter med sökning på",
  },
  source: "measures.md 1 (GEO, KDD 2024: position-adjusted word count, quirks mended), 3.4",
  reads: "findings",
  sentences: true,
  of: "source",
  measure: (answers, source) => {
    const searched = answers.filter((answer) => answer.searched);
    if (searched.length === 0 && answers.length > 0) return empty("no_search");
    return scoreMeasure(searched, ({ sentences }) => {
      const { share } = impressionOfSources(sentences);
      return share && (share.get(source) ?? 0);
    });
  },
};
