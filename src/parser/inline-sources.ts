/** Tells where an appended list of sources begins and which lines belong to it. */

const titles = new Set(
  [
    "source|sources|sources used|sources cited|sources consulted|sources and references|sources & references",
    "source list|reference|references|references and sources|reference list|citation|citations|works cited|bibliography|links|source links",
    "källa|källor|källor och länkar|källförteckning|källhänvisningar|referens|referenser|referenslista|länkar",
    "kilde|kilder|referanser|referencer|lähde|lähteet|viitteet",
    "quelle|quellen|quellenangaben|quellenverzeichnis|referenzen|bron|bronnen|referenties",
    "fuente|fuentes|referencias|référence|références|fonte|fonti|fontes|referências|riferimenti",
    "źródło|źródła|источник|источники|出典|参考|参考文献|参考资料|来源|资料来源|參考資料|來源|출처|참고",
  ]
    .join("|")
    .split("|"),
);

/** With these a title begins; most lines are told apart by them. */
const firstWords = new Set([...titles].map((title) => title.split(" ", 1)[0]!));
const longestWord = Math.max(...[...firstWords].map((word) => word.normalize("NFD").length));

const longestTitle = 80;
const longestLine = 2000;
/** More letters than these beside the links, and it is a sentence that cites, not a line of sources. */
const mostLetters = 30;

const bare = (line: string): string =>
  line
    .replace(/[#*_~:：\s]+/g, " ")
    .replace(/^[^\p{L}]+/u, "")
    .replace(/ ?\([^()]{0,20}\) ?$/, "")
    .replace(/[^\p{L}]{1,20}$/u, "")
    .normalize("NFC")
    .toLowerCase();

/** Whether a line's first word may begin the title of a list of sources. */
export function beginsAsSources(text: string, start: number, end: number): boolean {
  const last = Math.min(end, start + longestTitle);
  let from = start;
  while (from < last && !isLetterAt(text, from)) from++;
  let to = from;
  while (to < end && to - from <= longestWord && (isLetterAt(text, to) || isAccent(text.charCodeAt(to)))) to++;
  return firstWords.has(text.slice(from, to).normalize("NFC").toLowerCase());
}

function isLetterAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 0x80 ? (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a : /\p{L}/u.test(text[at]!);
}

const isAccent = (unit: number): boolean => unit >= 0x300 && unit <= 0x36f;

/** A line that is nothing but the title of a list of sources. */
export const isSourcesTitle = (line: string): boolean => line.length <= longestTitle && titles.has(bare(line));

/** `Sources: [a](url), [b](url)`: title and links in one line. */
export function isSourcesLine(line: string): boolean {
  if (line.length > longestLine) return false;
  const colon = line.search(/[:：]/);
  if (colon < 0 || !isSourcesTitle(line.slice(0, colon))) return false;
  const rest = line.slice(colon + 1);
  if (!/https?:\/\/|\bwww\.|\]\(/i.test(rest)) return false;
  const words = rest.replace(/\[[^\][]*\]\([^()\s]*\)|https?:\/\/\S+/gi, " ").replace(/[^\p{L}]/gu, "");
  return words.length <= mostLetters;
}

/** A line that holds a link or an address, be it only a domain. */
export const holdsLink = (line: string): boolean =>
  /https?:\/\/|www\.|\]\(|\]\[|^\W*\[\^?\w{1,20}\]|[\p{L}\d]\.[a-z]{2,10}(?![\p{L}\d])/iu.test(
    line.slice(0, longestLine),
  );

/** How a line begins: lines of one list begin alike. */
export function lineStart(line: string): "bullet" | "number" | "link" | "words" {
  if (/^\s*[-*+•]\s/.test(line)) return "bullet";
  if (/^\s*(?:\d{1,3}[.):]|\[\^?\w{1,20}\](?!\()|【|\d{1,3}\s)/.test(line)) return "number";
  return /^\s*(?:[([<]|https?:|www\.)/i.test(line) ? "link" : "words";
}
