/** Norwegian: genitive, definite and plural of names, closed compounds. */
import { language, words } from "./endings.ts";

export const no = language("no", {
  letters: new Set("æøåé"),
  functionWords: words(`og i jeg det at en den til er som på de med han av for ikke der var meg seg men et har om vi min
    hadde ham hun nå over da fra du ut sin dem oss opp man hans hvor eller hva skal selv her alle vil ble kunne inn når enn
    etter mye noe noen deg blir være også bare uten både mellom dette disse hvis mest minst best bedre flest litt går får
    gjør kan mer ett år eller mens hos først siden kr ingen samme hver`),
  endings: words("s"),
  looseEndings: words("en ens et ets er ene enes"),
  heads:
    `bil mobil telefon datamaskin møbel møbl butikk varehus aksje eier sjef konto side profil gruppe app kunde katalog
    modell produkt fabrikk konsern ansatt kasse pose klubb spiller medlem garanti levering faktura betaling kort madrass
    sofa seng stol lampe jakke sko veske avtale bank lån rente fond forsikring tv skjerm lader bok fly tog buss`.split(
      /\s+/,
    ),
  headEndings: words("s en n et t er r ne ene ens ets ers e a"),
  commonWords: words("meny menyen tre max kiwi spar extra bunnpris joker posten fokus mars visa ice normal netto"),
  verbs: words(
    "er har var selger tilbyr kan vil ligger åpner koster gir får tar vinner leverer lager krever passer holder trenger",
  ),
  givenNames: words(
    "anne inger kari marit ingrid liv eva anna maria jan per bjørn ole lars kjell knut svein arne hans",
  ),
  denials: [/kjenner (?:jeg )?(?:dessverre )?ikke(?: til)?/, /(?:ingen|ikke noen) (?:informasjon|opplysninger) om/],
});
