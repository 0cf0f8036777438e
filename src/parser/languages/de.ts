/** German: genitive s, compounds mostly with a hyphen, nouns that all have a capital. */
import { language, words } from "./endings.ts";

export const de = language("de", {
  functionWords:
    words(`der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus
    er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
    mehr durch man laut steht besser`),
  wordEndings: /(?:ungen|ung|lich|liche|ische|keit|schaft)$/,
  endings: words("s"),
  heads:
    `auto wagen modell werk konzern chef händler aktie kunde gerät handy kamera konto seite fahrer motor filiale markt
    produkt mitarbeiter laden shop nutzer app werbung zentrale vorstand`.split(/\s+/),
  headEndings: words("s en n e es er ern in innen"),
  commonWords:
    words(`bild stern spiegel focus linde bayer man welt zeit orange premiere sky tag post bahn kaufland netto
    norma real penny mars müller metro kind vogel ring gut fein stadt land haus licht strom kraft`),
  verbs: words("ist hat war bietet verkauft kann wird baut gehört liegt macht kostet berichtet schreibt meldet"),
  articles: words(
    "das ein dieses jenes kein jedes mein dein sein ihr unser dem einem diesem des eines dieser jeder man",
  ),
  givenNames:
    words(`herr frau rudolf hans peter klaus wolfgang jürgen michael thomas andreas stefan christian martin frank anna maria ursula
    monika petra sabine susanne karl heinz werner otto friedrich carl ernst walter max julia katharina uwe bernd dieter`),
  denials: [
    /(?:kenne|kannte) (?:ich )?(?:leider )?(?:nicht|kein|keine|keinen)/,
    /(?:keine|keinerlei) (?:(?:verlässlichen|näheren|genauen|weiteren) )?(?:informationen|angaben|daten) (?:über|zu|zum|zur)/,
  ],
});
