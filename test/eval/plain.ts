/** What an afternoon with regular expressions would read from a text: the baseline that the parser must beat. */
import type { Prediction, Row } from "./corpora.ts";

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Names between word boundaries, in any case, wherever they stand. */
function plainMentions(text: string, brands: Row["brands"]): Prediction["mentions"] {
  const found = brands.flatMap(({ name, aliases = [] }) => {
    const names = [name, ...aliases].sort((a, b) => b.length - a.length).map(escaped);
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${names.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
    return [...text.matchAll(pattern)].map((match) => ({
      brand: name,
      start: match.index,
      end: match.index + match[0].length,
    }));
  });
  return found.sort((a, b) => a.start - b.start);
}

/** Web addresses up to white space, quotes or a closing bracket, without the sentence's punctuation. */
export function plainUrls(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"'`)\]]+/g) ?? [];
  return [...new Set(found.map((url) => url.replace(/[.,;:!?*]+$/, "")))];
}

/** The first name in each line that begins with a number has that place. */
function plainRank(text: string, mentions: Prediction["mentions"]): Record<string, number> {
  const rank: Record<string, number> = {};
  for (const line of text.matchAll(/^[ \t#*]*(\d{1,2})[.)][^\n]*/gm)) {
    const end = line.index + line[0].length;
    const first = mentions.find(({ start }) => start >= line.index && start < end);
    if (first) rank[first.brand] ??= Number(line[1]);
  }
  return rank;
}

/** The last two labels of the host. */
export function plainDomain(url: string): string {
  const host = /^[a-z]+:\/\/([^/:?#]*)/i.exec(url)?.[1] ?? "";
  return host.toLowerCase().split(".").slice(-2).join(".");
}

export function plain({ id, text, brands }: Row): Prediction {
  const mentions = plainMentions(text, brands);
  return {
    id,
    mentions,
    rank: plainRank(text, mentions),
    order: [...new Set(mentions.map(({ brand }) => brand))],
    citations: plainUrls(text).map((url) => ({ url, canonicalUrl: url, domain: plainDomain(url) })),
  };
}
