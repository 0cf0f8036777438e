/** Finds where an answer says that it knows nothing of a name: to be denied is not to be visible. */
import { languages } from "./languages/index.ts";

/** What may stand between the denial and the name: other names, quotes, "the company". */
const between = /^[^.!?;\n]{0,60}$/;
const turn =
  /(?<!\p{L})(?:but|however|although|though|than|except|men|däremot|än|förutom|utom|aber|als|außer|bortsett|enn|end|undtagen|mutta)(?!\p{L})/iu;
const direct =
  /^[\s"'“”«»*_‘’]*(?:(?:a|an|any|the|ett|en|något|någon|das|die|der|ein|eine) )?(?:(?:company|brand|product|firm|business|service|tool|företag|företaget|märke|märket|bolag|bolaget|varumärket|firma|marke) )?(?:(?:called|named|som heter|vid namn|namens) )?["'“”«»*_‘’]*$/i;

const phrases = new RegExp(languages.flatMap(({ denials }) => denials.map((one) => one.source)).join("|"), "giu");
const aboutIt = /(?:about|on|for|of|with|regarding|mentions?|om|kring|på|gällande|über|zu|zum|zur|till)$/i;

/** Tells of a place whether what is named there is denied. Linear in the text's length. */
export function denialsOf(text: string): (start: number) => boolean {
  const ends = Array.from(text.matchAll(phrases), (match) => ({
    end: match.index + match[0].length,
    loose: aboutIt.test(match[0]),
  }));
  let at = 0;
  return (start) => {
    while (at + 1 < ends.length && ends[at + 1]!.end <= start) at++;
    const phrase = ends[at];
    if (!phrase || phrase.end > start || start - phrase.end > 80) return false;
    const gap = text.slice(phrase.end, start);
    return phrase.loose ? between.test(gap) && !turn.test(gap) : direct.test(gap);
  };
}
