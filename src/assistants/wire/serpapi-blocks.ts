/**
 * Writes SerpApi's blocks down as one text. The vendor gives an answer in blocks and not as text, so this form is ours:
 * a blank line between blocks, `## ` before headings, `- ` before items (or the number they bring along) with their
 * title in bold, tables in Markdown. The words are the vendor's, unchanged.
 */
import { list, number, records, record, text, type Json } from "./json.ts";
import { cell, tableOf } from "./pages.ts";
import type { Span } from "./spans.ts";

/** Where the words of a block or item stand. */
export interface Part extends Span {
  words: string;
  block: Json;
}

export interface Written {
  text: string;
  parts: Part[];
}

/** Blocks in blocks deeper than this are left out; answers have three levels at most. */
const deepest = 8;

export function writeBlocks(header: string, blocks: unknown): Written {
  const written: Written = { text: "", parts: [] };
  if (header) write(written, "## ", header, {});
  addBlocks(written, blocks, 0);
  return written;
}

/** Adds words with a prefix that is not theirs. */
function write(written: Written, prefix: string, words: string, block: Json, separator = "\n\n"): void {
  if (!words.trim()) return;
  if (written.text) written.text += separator;
  written.text += prefix;
  const start = written.text.length;
  written.text += words;
  written.parts.push({ start, end: written.text.length, words, block });
}

function addBlocks(written: Written, blocks: unknown, depth: number): void {
  if (depth > deepest) return;
  for (const block of records(blocks)) {
    const kind = text(block["type"]);
    if (kind === "list") addWhole(written, block, () => addItems(written, block, depth));
    else if (kind === "expandable") addWhole(written, block, () => addExpandable(written, block, depth));
    else if (kind === "heading") write(written, "## ", text(block["snippet"]), block);
    else if (kind === "code_block") write(written, "```\n", `${text(block["code"])}\n\`\`\``, block);
    else if (kind === "table") write(written, "", tableOf(tableRows(block)), block);
    else if (kind === "comparison") write(written, "", tableOf(comparisonRows(block)), block);
    else write(written, "", text(block["snippet"]), block);
  }
}

/** Adds what a block holds, then the block itself as one part, because it may have references of its own. */
function addWhole(written: Written, block: Json, add: () => void): void {
  const before = written.text.length;
  add();
  const start = before === 0 ? 0 : before + 2; // behind the blank line
  if (written.text.length <= start) return;
  written.parts.push({ start, end: written.text.length, words: "", block });
}

function addExpandable(written: Written, block: Json, depth: number): void {
  write(written, "## ", text(block["title"]), {});
  write(written, "", text(block["subtitle"]), {});
  addBlocks(written, block["text_blocks"], depth + 1);
}

function addItems(written: Written, block: Json, depth: number, indent = ""): void {
  if (depth > deepest) return;
  let separator = indent ? "\n" : "\n\n";
  list(block["list"]).forEach((entry) => {
    const item = typeof entry === "string" ? { snippet: entry } : record(entry);
    const words = itemWords(item);
    const prefix = /^\d+[.)]\s/.test(words) ? "" : "- ";
    write(written, indent + prefix, words, item, separator);
    if (words.trim()) separator = "\n";
    addItems(written, item, depth + 1, `${indent}  `);
    addBlocks(written, item["text_blocks"], depth + 1);
  });
}

/** An item's title stands in bold before its text, unless the text begins with it. */
function itemWords(item: Json): string {
  const [title, snippet] = [text(item["title"]), text(item["snippet"])];
  if (!title || snippet.startsWith(title)) return snippet;
  return snippet ? `**${title}** ${snippet}` : `**${title}**`;
}

/** Rows of text, or of cells with texts of their own. */
function tableRows(block: Json): string[][] {
  const rows = list(block["table"]).length ? list(block["table"]) : list(block["detailed"]);
  const headers = list(block["headers"]);
  return [...(headers.length ? [headers] : []), ...rows].map((row) =>
    list(row).map((one) => cell(typeof one === "string" ? one : record(one)["snippet"])),
  );
}

function comparisonRows(block: Json): string[][] {
  const rows = records(block["comparison"]).map((row) => [cell(row["feature"]), ...list(row["values"]).map(cell)]);
  return rows.length ? [["", ...list(block["product_labels"]).map(cell)], ...rows] : [];
}

/** Numbers of the references a block points to, each once; a table's cells may have their own. */
export function referencesOf(block: Json): number[] {
  const cells = list(block["detailed"]).flatMap((row) => records(row));
  const all = [block, ...cells].flatMap((one) => list(one["reference_indexes"]));
  return [...new Set(all.filter((index) => typeof index === "number").map(number))];
}
