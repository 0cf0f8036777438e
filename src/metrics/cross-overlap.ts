/** Cross overlap: how alike the brands are that different assistants name for the same question. */
import { jaccard, likenessAcross } from "./making/lists.ts";
import type { PanelMetric } from "./metric.ts";

export const crossOverlap: PanelMetric = {
  id: "cross-overlap",
  title: { en: "Cross overlap of named brands", sv: "Nämnda varumärkens överlappning mellan assistenter" },
  definition: {
    en: "Tracked brands named by both of two assistants by those named by either, for the same question",
    sv: "Bevakade varumärken som båda av två assistenter nämner delat med dem som någon av dem nämner, för samma fråga",
  },
  unit: "share",
  denominator: {
    en: "pairs of answers by different assistants to one question, unless both name nobody",
    sv: "par av svar från olika assistenter på en fråga, om inte båda saknar varumärken",
  },
  source: "measures.md 2 (Jaccard), 3.4",
  beside: "self-overlap",
  reads: "findings",
  of: "panel",
  measure: (answers) => likenessAcross(answers, ({ named }) => named, jaccard),
};
