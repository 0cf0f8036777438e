/** Danish: genitive, definite and plural of names, closed compounds. */
import { language, words } from "./endings.ts";

export const da = language("da", {
  letters: new Set("æøåé"),
  functionWords: words(`og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min
    havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når
    end efter meget noget nogle nogen dig bliver være også kun uden både mellem dette disse hvis mest mindst bedst bedste
    bedre flest lidt går får gør kan mere år mens hos først siden kr ingen samme hver`),
  endings: words("s"),
  looseEndings: words("en ens et ets er erne ernes"),
  heads: `bil mobil telefon computer møbel møbl butik varehus aktie ejer chef konto side profil gruppe app kunde katalog
    model produkt fabrik koncern medarbejder kasse pose klub spiller medlem garanti levering faktura betaling kort madras
    sofa seng stol lampe jakke sko taske aftale bank lån rente fond forsikring tv skærm oplader bog fly tog bus`.split(
    /\s+/,
  ),
  headEndings: words("s en n et t er r ne erne ens ets ers e"),
  commonWords: words("netto tre max fakta meny posten fokus mars visa sol bog spar normal "),
  verbs: words(
    "er har var sælger tilbyder kan vil ligger åbner koster giver får tager vinder leverer laver kræver passer holder",
  ),
  givenNames: words("anne mette kirsten hanne anna maria helle peter jens lars michael henrik søren thomas niels hans"),
  denials: [/kender (?:jeg )?(?:desværre )?ikke(?: til)?/, /(?:ingen|ikke nogen) (?:information|oplysninger) om/],
});
