/** Self overlap: how alike the brands are that an assistant names when it is asked the same again. */
import { jaccard, likenessWithin } from "./making/lists.ts";
import type { PanelMetric } from "./metric.ts";

export const selfOverlap: PanelMetric = {
  id: "self-overlap",
  title: { en: "Self overlap of named brands", sv: "Nämnda varumärkens självöverlappning" },
  definition: {
    en: "Tracked brands named in both by those named in either, when one assistant answers the same question again",
    sv: "Bevakade varumärken som nämns i båda delat med dem som nämns i något av svaren, när en assistent svarar på samma fråga igen",
  },
  unit: "share",
  denominator: {
    en: "pairs of answers by one assistant to one question, unless both name nobody",
    sv: "par av svar från en assistent på en fråga, om inte båda saknar varumärken",
  },
  source: "measures.md 2 (Jaccard), 3.4",
  reads: "findings",
  of: "panel",
  measure: (answers) => likenessWithin(answers, ({ named }) => named, jaccard),
};
