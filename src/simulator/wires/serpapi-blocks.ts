/** Cuts an answer into SerpApi's blocks: paragraphs, headings, lists in lists and tables, without marks of Markdown. */
import type { JsonObject } from "../json.ts";
import { isText, objectsOf } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Piece } from "../telling/teller.ts";

interface Line {
  text: string;
  pages: Page[];
}

/** The lines of an answer, each with the pages cited in it. */
function linesOf(pieces: Piece[]): Line[] {
  const lines: Line[] = [{ text: "", pages: [] }];
  for (const { text, pages } of pieces) {
    const [first = "", ...rest] = text.split("\n");
    lines.at(-1)!.text += first;
    lines.push(...rest.map((line) => ({ text: line, pages: [] })));
    lines.at(-1)!.pages.push(...pages);
  }
  return lines.filter((line) => line.text.trim() !== "");
}

const plain = (text: string): string => text.replaceAll("**", "");
const itemForm = /^(\s*)(?:[-*] |(?=\d+[.)] ))(.*)$/;

/** `indexOf` gives a page's number; `past` is a number that no page has, which the last block points to as well. */
export function blocksOf(pieces: Piece[], indexOf: (page: Page) => number, past: number): JsonObject[] {
  const blocks: JsonObject[] = [];
  const numbers = ({ pages }: Line): JsonObject => (pages.length ? { reference_indexes: pages.map(indexOf) } : {});
  const open = (type: string, list: string): JsonObject[] => {
    if (blocks.at(-1)?.["type"] !== type) blocks.push({ type, [list]: [] });
    return blocks.at(-1)![list] as JsonObject[]; // made in the line above
  };
  for (const line of linesOf(pieces)) {
    const item = itemForm.exec(line.text);
    const heading = /^#+ (.*)$/.exec(line.text);
    if (line.text.startsWith("|")) addRow(open("table", "table"), line.text, blocks.at(-1)!, numbers(line));
    else if (item) addItem(open("list", "list"), item[1] !== "", { snippet: plain(item[2]!), ...numbers(line) });
    else if (heading) blocks.push({ type: "heading", snippet: plain(heading[1]!), ...numbers(line) });
    else blocks.push({ type: "paragraph", snippet: plain(line.text), ...numbers(line) });
  }
  const last = blocks.at(-1);
  if (last) last["reference_indexes"] = [...((last["reference_indexes"] as number[] | undefined) ?? []), past];
  return blocks;
}

function addRow(rows: unknown[], line: string, block: JsonObject, { reference_indexes: more }: JsonObject): void {
  if (Array.isArray(more))
    block["reference_indexes"] = [...((block["reference_indexes"] as number[]) ?? []), ...(more as number[])];
  if (/^\|[\s:|-]+\|$/.test(line)) return;
  rows.push(
    line
      .slice(1, line.trimEnd().endsWith("|") ? line.trimEnd().length - 1 : undefined)
      .split("|")
      .map((one) => plain(one.trim())),
  );
}

function addItem(list: JsonObject[], nested: boolean, item: JsonObject): void {
  const parent = nested ? list.at(-1) : undefined;
  if (!parent) list.push(item);
  else parent["list"] = [...objectsOf(parent["list"]), item];
}

/** The blocks as a reader sees them, the way every monitor of this town is told to write them down. */
export const shown = (blocks: JsonObject[]): string => blocks.map(shownBlock).join("\n\n");

function shownBlock(block: JsonObject): string {
  const { type, snippet } = block;
  if (type === "list") return shownItems(block, "");
  if (type === "table") return shownTable(block["table"] as string[][]);
  return `${type === "heading" ? "## " : ""}${String(snippet)}`;
}

const shownItems = (block: JsonObject, indent: string): string =>
  objectsOf(block["list"])
    .flatMap((item) => {
      const words = isText(item["snippet"]) ? item["snippet"] : "";
      const line = `${indent}${/^\d+[.)] /.test(words) ? "" : "- "}${words}`;
      const inner = shownItems(item, `${indent}  `);
      return inner ? [line, inner] : [line];
    })
    .join("\n");

function shownTable([head = [], ...rows]: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
