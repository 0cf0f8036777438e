/** Reads HTML character references such as `&amp;`, `&ouml;` and `&#x20;`. */

const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  ensp: "\u2002",
  emsp: "\u2003",
  thinsp: "\u2009",
  shy: "\u00ad",
  zwj: "\u200d",
  zwnj: "\u200c",
  ndash: "–",
  mdash: "—",
  hyphen: "\u2010",
  lsquo: "‘",
  rsquo: "’",
  sbquo: "‚",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  laquo: "«",
  raquo: "»",
  lsaquo: "‹",
  rsaquo: "›",
  hellip: "…",
  bull: "•",
  middot: "·",
  copy: "©",
  reg: "®",
  trade: "™",
  deg: "°",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  sect: "§",
  para: "¶",
  times: "×",
  divide: "÷",
  plusmn: "±",
  frac12: "½",
  frac14: "¼",
  frac34: "¾",
  sup2: "²",
  sup3: "³",
  micro: "µ",
  iexcl: "¡",
  iquest: "¿",
  szlig: "ß",
  aelig: "æ",
  AElig: "Æ",
  oslash: "ø",
  Oslash: "Ø",
  oelig: "œ",
  OElig: "Œ",
  eth: "ð",
  ETH: "Ð",
  thorn: "þ",
  THORN: "Þ",
  larr: "←",
  rarr: "→",
  uarr: "↑",
  darr: "↓",
  check: "✓",
  star: "☆",
  starf: "★",
  num: "#",
  ast: "*",
  lowbar: "_",
  grave: "`",
  lsqb: "[",
  rsqb: "]",
  lpar: "(",
  rpar: ")",
  colon: ":",
  semi: ";",
  comma: ",",
  period: ".",
  excl: "!",
  quest: "?",
  commat: "@",
  dollar: "$",
  percnt: "%",
  plus: "+",
  equals: "=",
  sol: "/",
  bsol: "\\",
  vert: "|",
  Tab: "\t",
  NewLine: "\n",
};

/** Accents whose references are made of the letter and the accent's name. */
const accents: Record<string, string> = {
  grave: "\u0300",
  acute: "\u0301",
  circ: "\u0302",
  tilde: "\u0303",
  uml: "\u0308",
  ring: "\u030a",
  cedil: "\u0327",
  caron: "\u030c",
};

const reference = /&(?:#(?:(\d{1,7})|[xX]([\da-fA-F]{1,6}))|([A-Za-z]{2,8}\d{0,2}));/y;
const accented = /^([A-Za-z])(grave|acute|circ|tilde|uml|ring|cedil|caron)$/;

/** The reference that begins at `at`, or null where there is none that is known. */
export function readEntity(text: string, at: number): { end: number; shown: string } | null {
  reference.lastIndex = at;
  const match = reference.exec(text);
  if (!match) return null;
  const [, decimal, hex, name] = match;
  const shown = name === undefined ? numbered(decimal ? Number(decimal) : parseInt(hex!, 16)) : byName(name);
  return shown === null ? null : { end: reference.lastIndex, shown };
}

function numbered(point: number): string {
  const wrong = point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff);
  return wrong ? "\ufffd" : String.fromCodePoint(point);
}

function byName(name: string): string | null {
  if (Object.hasOwn(named, name)) return named[name]!;
  const match = accented.exec(name);
  return match ? (match[1]! + accents[match[2]!]!).normalize("NFC") : null;
}

/** Takes escapes and references out of a link's target or title. */
export function plainTarget(raw: string): string {
  let target = raw;
  if (target.includes("\\")) target = target.replace(/\\([!-/:-@[-`{-~])/g, "$1");
  if (target.includes("&")) target = target.replace(/&[#\w]{1,10};/g, (found) => readEntity(found, 0)?.shown ?? found);
  return target;
}
