/** Collects the pages of an answer: those it cites where they stand, and those that are only listed with it. */
import type { Source, WireCitation } from "../../domain.ts";
import { optionalText, text, titled, type Json } from "./json.ts";

/** A page as a vendor of search results lists it: SerpApi says `link`, DataForSEO `url`. */
export interface Page {
  url: string;
  title?: string;
}

/** The page of a reference; null when it has no address. */
export function pageOf(reference: Json): Page | null {
  const url = optionalText(reference["link"]) ?? optionalText(reference["url"]);
  return url === null ? null : { url, ...titled(reference["title"]) };
}

/** The same page may be listed with and without the words it is to be opened at. */
export const bareUrl = (url: string): string => url.replace(/#:~:text=.*$/s, "");

/** Every page once, in first order; cited when a citation has it. */
export function sourcesOf(listed: Page[], citations: WireCitation[]): Source[] {
  const sources = new Map<string, Source>();
  const add = ({ url, title }: Page, cited: boolean): void => {
    const key = bareUrl(url);
    const known = sources.get(key);
    sources.set(key, { ...titled(title), ...known, url: known?.url ?? url, cited: cited || known?.cited === true });
  };
  for (const page of listed) add(page, false);
  for (const { url, title } of citations) add({ url, ...titled(title) }, true);
  return [...sources.values()];
}

/** Text to put between cells of one row: a line's end or a bar would end the cell. */
export const cell = (value: unknown): string =>
  text(value)
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");

/** Rows as a Markdown table, the first one its head; nothing when there is none. */
export function tableOf(rows: string[][]): string {
  const [head, ...rest] = rows;
  if (!head?.length) return "";
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rest.map(line)].join("\n");
}
