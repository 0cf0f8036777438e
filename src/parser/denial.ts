/** Finds where an answer says that it knows nothing of a name: to be denied is not to be visible. */
import { languages } from "./languages/index.ts";

/** So much may stand between the denial and the name: other names, quotes, "the company". */
const mostBetween = 60;
const turn =
  /(?<!\p{L})(?:but|however|although|though|than|except|men|däremot|än|förutom|utom|aber|als|außer|bortsett|enn|end|undtagen|mutta)(?!\p{L})/iu;
const direct =
  /^[\s"'“”«»*_‘’]*(?:(?:a|an|any|the|ett|en|något|någon|das|die|der|ein|eine) )?(?:(?:company|brand|product|firm|business|service|tool|företag|företaget|märke|märket|bolag|bolaget|varumärket|firma|marke) )?(?:(?:called|named|som heter|vid namn|namens) )?["'“”«»*_‘’]*$/i;

const phrases = new RegExp(languages.flatMap(({ denials }) => denials.map((one) => one.source)).join("|"), "gi");
const aboutIt = /(?:about|on|for|of|with|regarding|mentions?|om|kring|på|gällande|über|zu|zum|zur|till)$/i;

/** Who else may lack something: "you can't find Acme in stores" says nothing of what the assistant knows. */
const others = /(?<!\p{L})(?:you|they|people|customers|users|du|ni|man|kunder|kunderna|sie|kunden) (?:also )?$/iu;

/** So far before a name a denial may end, and so long it may be itself. */
const reach = 80;
const longest = 140;

/** What stands before a name in its clause or cell: a denial ends with it. */
function clauseBefore(text: string, start: number): string {
  const least = Math.max(0, start - reach - longest);
  let from = start;
  while (from > least && !".!?;|\n".includes(text[from - 1]!)) from--;
  return text.slice(from, start);
}

/** Whether what is named at `start` is denied. Reads only what stands before it, and little of that. */
export function isDenied(text: string, start: number): boolean {
  const before = clauseBefore(text, start);
  let [phrase, from, end] = ["", -1, -1];
  phrases.lastIndex = 0;
  for (let found = phrases.exec(before); found; found = phrases.exec(before))
    [phrase, from, end] = [found[0], found.index, phrases.lastIndex];
  if (end < 0 || before.length - end > reach || others.test(before.slice(0, from))) return false;
  const gap = before.slice(end);
  return aboutIt.test(phrase) ? gap.length <= mostBetween && !turn.test(gap) : direct.test(gap);
}
