/** One answer for a terminal: mentions marked, citations, searches, cost. */
import type { Findings, Reply, UiLanguage } from "../domain.ts";
import { words } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { harmless, type Styles } from "./command.ts";

/** Lines of the answer and of what was found in it. `brands` gives names by key. */
export function readAloud(
  reply: Reply,
  findings: Findings,
  brands: Map<string, string>,
  language: UiLanguage,
  styles: Styles,
): string[] {
  const wording = words[language];
  const { ranking, citations, mentions } = findings;
  const nameOf = (key: string) => brands.get(key) ?? key;
  const ranks = Object.entries(ranking.positions).sort((a, b) => a[1] - b[1]);
  const unused = reply.sources.filter((source) => !source.cited);
  const list = (title: string, lines: string[]) => (lines.length ? ["", styles.bold(title), ...lines] : []);
  return [
    ...marked(reply.text, mentions, styles).split("\n"),
    ...list(wording.mentionsTitle, countBy(mentions.map((mention) => nameOf(mention.brand)))),
    ...list(
      wording.rankingTitle,
      ranks.map(([key, place]) => `${place}. ${nameOf(key)}`),
    ),
    ...list(
      wording.citations,
      citations.map((citation, i) => `${i + 1}. ${harmless(citation.canonicalUrl)} (${citation.owner})`),
    ),
    ...list(
      wording.unusedSources,
      unused.map((source) => harmless(source.url)),
    ),
    ...list(wording.searchesTitle, reply.searches.map(harmless)),
    "",
    styles.dim(
      `${wording.outcome[reply.outcome]} · ${harmless(reply.servedModel ?? wording.unknown)} · ${wording.cost} ${shownCost(reply.costMicroUsd, language)}`,
    ),
  ];
}

/** The text with each mention marked; without colours between ⟦ and ⟧. */
function marked(text: string, mentions: Findings["mentions"], styles: Styles): string {
  let at = 0;
  let result = "";
  for (const { start, end } of mentions) {
    const name = harmless(text.slice(start, end));
    const shown = styles.bold(styles.underline(name));
    result += harmless(text.slice(at, start)) + (shown === name ? `⟦${name}⟧` : shown);
    at = end;
  }
  return result + harmless(text.slice(at));
}

function countBy(names: string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} (${count})`);
}
