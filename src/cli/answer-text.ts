/** One answer for a terminal: mentions marked, citations, searches, cost. */
import type { Citation, Findings, HeardReply, Mention, Surface, UiLanguage } from "../domain.ts";
import { words, type Wording } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { harmless, type Styles } from "./command.ts";

/** An answer that was heard, with what was found in it. */
export interface Heard {
  reply: HeardReply;
  findings: Findings;
  surface: Surface;
}

/** Lines of the answer and of what was found in it. `brands` gives names by key. */
export function readAloud(
  { reply, findings, surface }: Heard,
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
    ...list(wording.mentionsTitle, mentionLines(mentions, nameOf, wording)),
    ...list(wording.ghosts, findings.ghosts.map(nameOf)),
    ...list(
      wording.rankingTitle,
      ranks.map(([key, place]) => `${place}. ${nameOf(key)}`),
    ),
    ...list(
      wording.candidates,
      ranking.candidates.map(({ position, text }) => `${position}. ${harmless(text)}`),
    ),
    ...list(
      wording.citations,
      citations.map((citation, i) => `${i + 1}. ${citationLine(citation, nameOf, wording)}`),
    ),
    ...list(
      wording.unusedSources,
      unused.map((source) => harmless(source.url)),
    ),
    ...list(wording.searchesTitle, reply.searches.map(harmless)),
    "",
    styles.dim(
      `${wording.outcome[reply.outcome]} · ${surface.toUpperCase()} · ${harmless(reply.servedModel ?? wording.unknown)} · ${wording.cost} ${shownCost(reply.costMicroUsd, language)}`,
    ),
    ...(reply.locationApplied === false ? [styles.dim(wording.locationNotApplied)] : []),
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

/** Each brand with how often it is named, then where, and what is to be known of these names. */
function mentionLines(mentions: Mention[], nameOf: (key: string) => string, wording: Wording): string[] {
  const reasons: Record<string, string> = wording.reasons;
  const brands = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const named = brands.get(mention.brand);
    if (named) named.push(mention);
    else brands.set(mention.brand, [mention]);
  }
  return [...brands].flatMap(([key, named]) => {
    const doubts = named.flatMap(({ certainty, reason = "", denied }) =>
      certainty === "certain" ? [] : [denied ? wording.denied : `${wording[certainty]}: ${reasons[reason] ?? reason}`],
    );
    const unsupported = named.filter(({ uncited }) => uncited).map(() => wording.uncited);
    const lines = [
      countBy(named.flatMap(({ place }) => (place ? [wording.places[place]] : []))).join(", "),
      ...countBy([...doubts, ...unsupported]),
    ];
    return [`${nameOf(key)} (${named.length})`, ...lines.filter(Boolean).map((line) => `  ${line}`)];
  });
}

/** Address, owner and type of the source, and the brands named in what it supports. */
function citationLine(citation: Citation, nameOf: (key: string) => string, wording: Wording): string {
  const { canonicalUrl, owner, type, named = [] } = citation;
  const about = [owner, ...(type ? [wording.sourceTypes[type]] : [])].join(", ");
  const supports = named.length > 0 ? `; ${wording.supports} ${named.map(nameOf).join(", ")}` : "";
  return `${harmless(canonicalUrl)} (${about}${supports})`;
}

function countBy(names: string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} (${count})`);
}
