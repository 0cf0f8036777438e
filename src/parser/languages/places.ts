/** Places that are names of firms and clubs too: after a preposition of place they are places. */
import { words } from "./endings.ts";

const places =
  words(`barcelona liverpool london paris madrid milano milan berlin hamburg köln oslo bergen göteborg malmö
  lund kalmar mora åre falun borås gävle örebro uppsala västerås umeå luleå boston chicago dallas denver houston
  phoenix seattle austin portland manchester leeds chelsea everton birmingham newcastle brighton amsterdam rotterdam turin
  torino roma rome napoli valencia sevilla lisbon porto genève geneva zürich bern wien vienna helsinki tampere turku lahti
  columbia virginia carolina montana dakota nevada florida georgia delaware vermont cambridge oxford harvard york bristol
  cleveland detroit philadelphia singapore dubai tokyo kyoto delhi sydney victoria solna kista`);

const toPlace =
  /(?:^|\s)(?:i|till|från|in|to|from|near|nach|aus|utanför|nära|(?:mellan|between|zwischen) \p{Lu}\p{L}{1,30} (?:och|and|und)) $/u;

/** Whether a name that is a place stands where places stand. */
export const isPlace = (name: string, before: string): boolean =>
  places.has(name.toLowerCase()) && toPlace.test(before);
