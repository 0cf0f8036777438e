/**
 * Reads the overview that DataForSEO gives: its own Markdown where it has it, markers and all, else the elements one
 * after the other with a blank line between.
 */
import type { WireCitation } from "../../domain.ts";
import { list, record, records, text, type Json } from "./json.ts";
import { bareUrl, cell, pageOf, tableOf, type Page } from "./pages.ts";
import { passagesIn } from "./passages.ts";
import { CitedText, type Span } from "./spans.ts";

export interface Overview {
  text: string;
  citations: WireCitation[];
  /** All pages that came with it. */
  pages: Page[];
}

/** `[[1]](https://page.example/#:~:text=words)`, also with brackets in the address. */
const marker = /\[\[\d+\]\]\((https?:(?:[^\s()]|\([^\s()]*\))+)\)/g;

export function readOverview(item: Json): Overview {
  const elements = records(item["items"]).flatMap(withComponents);
  const whole = text(item["markdown"]);
  const answer = whole.trim() ? whole : elements.map(wordsOf).filter(Boolean).join("\n\n");
  const pages = [...elements, item].flatMap((element) => pagesOf(element));
  const titles = new Map(pages.toReversed().map((page) => [bareUrl(page.url), page]));
  const inline = [...answer.matchAll(marker)].map((match): WireCitation => {
    const url = match[1]!;
    const span = { start: match.index, end: match.index + match[0].length };
    return { ...titles.get(bareUrl(url)), url, ...span, kind: "inline" };
  });
  return { text: answer, citations: [...inline, ...blockCitations(answer, elements, inline)], pages };
}

/** An expanded element, then its components, as elements of their own. */
const withComponents = (element: Json): Json[] => [element, ...records(element["components"])];

/** Pages an element refers to, each once; a video is a page itself. */
function pagesOf(element: Json): Page[] {
  const pages = new Map<string, Page>();
  const video = element["type"] === "ai_overview_video_element" ? [element] : [];
  for (const reference of [...records(element["references"]), ...video]) {
    const page = pageOf(reference);
    if (page && !pages.has(page.url)) pages.set(page.url, page);
  }
  return [...pages.values()];
}

function wordsOf(element: Json): string {
  const [title, markdown] = [text(element["title"]), text(element["markdown"])];
  if (markdown.trim())
    return title && !markdown.includes(title)
      ? `${title}

${markdown}`
      : markdown;
  const { table_header: head, table_content: rows } = record(element["table"]);
  const table = tableOf([...(list(head).length ? [head] : []), ...list(rows)].map((row) => list(row).map(cell)));
  return [title, text(element["text"]) || text(element["snippet"]), table].filter(Boolean).join("\n\n");
}

/** References of an element stand for the whole of it, unless a marker in it says more exactly what for. */
function blockCitations(answer: string, elements: Json[], inline: WireCitation[]): WireCitation[] {
  const find = passagesIn(answer);
  const cited = new CitedText(answer);
  return elements.flatMap((element) => {
    const span = find(wordsOf(element)) ?? find(text(element["markdown"])) ?? find(text(element["text"]));
    const marked = new Set(markersOf(span, inline).map(({ url }) => bareUrl(url)));
    return pagesOf(element)
      .filter(({ url }) => !marked.has(bareUrl(url)))
      .map((page): WireCitation => {
        if (span) return { ...page, ...span, kind: "block" };
        const place = cited.placeMarker(page.url, 0, 0);
        return place ? { ...page, ...place, kind: "inline" } : { ...page, kind: "listed" };
      });
  });
}

/** The markers that stand in a span, or behind it one after the other; all of them where there is no span. */
function markersOf(span: Span | null, inline: WireCitation[]): WireCitation[] {
  if (!span) return inline;
  let { end } = span;
  return inline.filter((one) => {
    if (one.start! < span.start || one.start! > end + 1) return false;
    end = Math.max(end, one.end!);
    return true;
  });
}
