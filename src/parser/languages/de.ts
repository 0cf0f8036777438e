/** German: genitive s, compounds mostly with a hyphen, nouns that all have a capital. */
import { language, words } from "./endings.ts";

export const de = language("de", {
  letters: new Set("äöüß"),
  functionWords:
    words(`wir ihr ich du in diese dieser dieses kann wenn zwischen ohne gegen unter beim vom ins am besten meine deine sein
    ihre mein kein keine sehr schon jetzt immer bereits beide der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus
    er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
    mehr durch man laut steht besser`),
  wordEndings: words("ungen ung lich liche ische keit schaft"),
  endings: words("s"),
  heads:
    `auto wagen modell werk konzern chef händler aktie kunde gerät handy kamera konto seite fahrer motor filiale markt
    regal möbel schrank sofa küche kühlschrank waschmaschine garantie rechnung zahlung versand lieferung vertrag tarif netz
    bank karte fahrzeug reifen tankstelle jacke schuh hose tasche creme schokolade
    produkt mitarbeiter laden shop nutzer app werbung zentrale vorstand`.split(/\s+/),
  headEndings: words("s en n e es er ern in innen"),
  commonWords: words(`ring nest power fokus adler hirsch wolf fuchs blume rose sonne mond quelle herz
    bild stern spiegel focus linde bayer man welt zeit orange premiere sky tag post bahn netto
    real penny mars müller metro kind vogel ring gut fein stadt land haus licht strom kraft`),
  verbs: words(
    "ist hat war bietet verkauft kann wird baut gehört liegt macht kostet berichtet schreibt meldet gewinnt liefert führt braucht bekommt öffnet schließt passt hält verlangt",
  ),
  articles: words(
    "das ein dieses jenes kein jedes mein dein sein ihr unser dem einem diesem des eines dieser jeder man",
  ),
  givenNames:
    words(`herr frau hans peter klaus wolfgang jürgen michael thomas andreas stefan christian martin frank anna maria ursula
    monika petra sabine susanne karl heinz werner otto friedrich carl ernst walter max julia katharina uwe bernd dieter
    alfred albert anton arthur bruno christoph claus daniel egon emil erich erwin ferdinand florian franz fritz
    georg gerd gerhard gottfried günter günther gustav harald hartmut helmut herbert hermann horst ingo joachim johannes
    josef jörg kai kurt lothar ludwig lukas manfred markus matthias norbert oliver oskar ralf rainer reinhard robert
    roland rolf rudolf sebastian siegfried stephan sven theodor thorsten tobias ulrich volker wilhelm willi angelika
    anja anke barbara birgit brigitte christa christine claudia doris elisabeth elke erika eva gabriele gerda gisela
    hannelore heike helga hildegard ilse inge ingrid irmgard jutta karin kerstin lena lieselotte margarete marion martina
    nicole renate ruth silke simone stefanie susanna sylvia tanja ulrike ute vera waltraud`),
  denials: [
    /(?:kenne|kannte) (?:ich )?(?:leider )?(?:nicht|kein(?:e|en)?)(?!\p{L})/u,
    /(?:keine|keinerlei) (?:(?:verlässlichen|näheren|genauen|weiteren) )?(?:informationen|angaben|daten) (?:über|zu|zum|zur)/,
  ],
});
