/** Japanese, Chinese and Korean: where a name may begin and end in scripts that put no spaces between words. */

type Script = "han" | "hiragana" | "katakana" | "hangul" | null;

/** The script of one UTF-16 unit; null for all others. */
export function scriptOf(unit: number): Script {
  if (unit < 0x3041) return unit === 0x3005 ? "han" : unit >= 0x1100 && unit <= 0x11ff ? "hangul" : null;
  if (unit <= 0x309f) return "hiragana";
  if (unit <= 0x30ff) return unit === 0x30fb ? null : "katakana";
  if ((unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff)) return "han";
  return unit >= 0xac00 && unit <= 0xd7a3 ? "hangul" : null;
}

/** Particles and other beginnings of what may follow a name. */
const afterName = new Set(Array.from("のはがをとにもでやへかよなだこさし", (one) => one.charCodeAt(0)));
const afterHangul = new Set(Array.from("이가은는을를의에와과도로보만께처까부한", (one) => one.charCodeAt(0)));

/** Whether a name may begin at `at` although the unit before is part of a word. */
export function mayBegin(units: Uint16Array, at: number, japanese: boolean): boolean {
  const before = scriptOf(units[at - 1] ?? 0);
  const here = scriptOf(units[at] ?? 0);
  if (before !== here) return before !== null || here !== null;
  return here === "han" ? !japanese : here === "hiragana";
}

/** Whether a name may end before `at` although a word goes on there. */
export function mayEnd(units: Uint16Array, at: number, japanese: boolean): boolean {
  const last = scriptOf(units[at - 1] ?? 0);
  const next = scriptOf(units[at] ?? 0);
  if (next === "hangul") return afterHangul.has(units[at]!);
  if (last === "han" && next === "hiragana") return afterName.has(units[at]!);
  if (last !== next) return last !== null || next !== null;
  return last === "han" && !japanese;
}
