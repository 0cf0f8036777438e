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

const more =
  'AMP & LT < GT > QUOT " COPY © REG ® TRADE ™ dash ‐ horbar ― mldr … lsquor ‚ ldquor „ rsquor ’ rdquor ” ' +
  "lbrace { lcub { rbrace } rcub } lbrack [ rbrack ] verbar | Hat ^ half ½ ordf ª ordm º sup1 ¹ curren ¤ brvbar ¦ not ¬ " +
  "macr ¯ acute ´ cedil ¸ uml ¨ circ ˆ tilde ˜ caron ˇ fnof ƒ dagger † Dagger ‡ permil ‰ prime ′ Prime ″ oline ‾ frasl ⁄ " +
  "harr ↔ lArr ⇐ rArr ⇒ hArr ⇔ minus − radic √ infin ∞ asymp ≈ cong ≅ sim ∼ ne ≠ equiv ≡ le ≤ ge ≥ sum ∑ prod ∏ part ∂ " +
  "nabla ∇ isin ∈ cap ∩ cup ∪ and ∧ or ∨ forall ∀ exist ∃ empty ∅ sdot ⋅ odot ⊙ oplus ⊕ otimes ⊗ loz ◊ " +
  "spades ♠ clubs ♣ hearts ♥ diams ♦ checkmark ✓ cross ✗ phone ☎ female ♀ male ♂ flat ♭ natural ♮ sharp ♯ bigstar ★ " +
  "cdot ċ Cdot Ċ edot ė Edot Ė gdot ġ Gdot Ġ zdot ż Zdot Ż lstrok ł Lstrok Ł dstrok đ Dstrok Đ hstrok ħ Hstrok Ħ inodot ı imath ı Idot İ " +
  "Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο " +
  "Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η " +
  "theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ sigmaf ς tau τ upsilon υ phi φ chi χ psi ψ " +
  "omega ω";
for (const pair of more.match(/\S+ \S+/g)!) named[pair.split(" ")[0]!] = pair.split(" ")[1]!;
Object.assign(named, { hairsp: "\u200a", numsp: "\u2007", puncsp: "\u2008", ZeroWidthSpace: "\u200b" });
Object.assign(named, { NoBreak: "\u2060", lrm: "\u200e", rlm: "\u200f", NonBreakingSpace: "\u00a0" });

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
  ogon: "\u0328",
  breve: "\u0306",
  macr: "\u0304",
  dblac: "\u030b",
};

const reference = /&(?:#(?:(\d{1,7})|[xX]([\da-fA-F]{1,6}))|([A-Za-z]{2,8}\d{0,2}));/y;
const accented = new RegExp(`^([A-Za-z])(${Object.keys(accents).join("|")})$`);

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
  const letter = match ? (match[1]! + accents[match[2]!]!).normalize("NFC") : "";
  return letter.length === 1 ? letter : null;
}

/** Takes escapes and references out of a link's target or title. */
export function plainTarget(raw: string): string {
  let target = raw;
  if (target.includes("\\")) target = target.replace(/\\([!-/:-@[-`{-~])/g, "$1");
  if (target.includes("&")) target = target.replace(/&[#\w]{1,18};/g, (found) => readEntity(found, 0)?.shown ?? found);
  return target;
}
