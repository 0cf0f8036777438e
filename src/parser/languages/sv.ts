/** Swedish: genitive, definite and plural of names, closed compounds, frequent words that are firms. */
import { language, words } from "./endings.ts";

export const sv = language("sv", {
  functionWords: words(`och att det som en på är av för med till den har de inte om ett men var jag från vid så kan när
    hade efter eller ska också mer än i hos alla där här nu vi man detta sina sin bara mycket får fick blir blev skulle
    fungerar enligt under mellan samt`),
  wordEndings: /(?:ningen|ningar|arna|orna|erna|heten|skap|ande|iska)$/,
  endings: words("s n ns"),
  looseEndings: words("en ens et ets ar ars arna arnas er ers erna ernas"),
  stems: [{ cut: "a", endings: words("or ors orna ornas") }],
  heads:
    `bil mobil telefon lur dator möbel möbl butik varuhus affär aktie ägare ägd ägt ägda chef vd kontor konto sida sidor sidan
    sidorna kompis vän profil grupp app appar kund kort katalog modell produkt prylar tjänst fabrik koncern bolag företag
    anställd arbetare jobb köp lån bank ränta fond sparande spelare match mål manager tränare fans lag seger förlust
    supporter boss ledning styrelse direktör fond logga logotyp reklam kampanj märke varumärke affären skandal krisen kris
    kläder skor tröja väska hylla soffa säng stol bord lampa kök påse kasse mat burgare meny restaurang kaffe choklad öl
    vagn lastbil buss tåg flyg plan resa biljett hotell sändning kanal serie film spel konsol platta klocka hörlur högtalare
    skärm laddare kabel batteri tv skrivare kamera sökning annons video inlägg följare användare konto nät abonnemang
    system program server moln version uppdatering pengar kris stöld bränsle mack station däck motor förare
    fullträff målvakt back forward trio succé fest gala sporten redaktör tidning artikel`
      .trim()
      .split(/\s+/),
  headEndings: words(`s en n et t ar er or na arna erna orna ens ns ets ars ers ors arnas ernas ornas e an ets are aren
    arnas a ans ade`),
  commonWords:
    words(`max tre mars meny posten post fokus sprint expo mora ving metro linje apotek apoteket systemet blocket
    bolaget fyra fem sex sju åtta nio tio ett två första andra svenska spel visa stena stenar abba nyheter dagens hem hemmet
    mat bil bilen resa resor lycka liv livet natur sol måne stjärna stjärnan vinter sommar höst vår klang plus minus tempo
    kraft energi ljus ton tid tiden hälsa bra bäst bättre ny nya stor stora liten små snabb trygg trygga fri fria egen
    hand handel handla köp skor kläder barn barnen kök skog hav havet ö öar berg dal strand sten träd blad blomma ros lilja
    ek björk varg björn lejon örn svan räv katt hund häst fisk fågel guld silver brons järn stål glas papper bok boken
    böcker pen penna spegel fönster dörr port bro väg gata torg by stad land världen ord bild bilden klar klara smart
    enkel enkelt kry kivra apropå länk bokus jula rusta byggmax clas lager hall lampan golv tak rum sova sömn drömmar
    express direkt fast fasta kvick nu idag alltid aldrig mer mest minst under över ut inne ute aktuell mål match lag
    spelet bingo tur vinst lotto trumf ess kung drottning prins jarl telefon nät nätet ström fjärr värme`),
  verbs:
    words(`är har var hade säljer erbjuder ger får fick kan ska vill tar kommer lanserar lämnar vd ökar minskar köpte sålde lanserade öppnade visar startar stänger höjer sänker betalar bygger byter öppnar äger gör blir
    blev kostar finns passar vinner erbjöd köper satsar meddelar uppger säger skriver står toppar rankas
    hamnar sköter driver levererar lockar fungerar`),
  givenNames:
    words(`herr fru president professor minister anna eva maria karin kristina lena sara emma kerstin ingrid malin marie jenny hanna annika linda ulla
    elin johanna sofia carina elisabeth helena birgitta lars anders johan per erik karl carl peter jan thomas daniel
    fredrik hans mikael michael bengt andreas göran magnus stefan sven björn mats martin jonas patrik henrik bo nils
    gustav axel oskar oscar viktor victor olle kurt åke rolf leif ulf lisa ida julia amanda klara matilda moa`),
  denials: [
    /(?:känner|kände) (?:jag )?(?:tyvärr )?inte (?:jag )?(?:till|igen)/,
    /(?:kan|kunde|lyckades|lyckas|har|gick|går) (?:jag )?(?:tyvärr )?(?:inte|ej)(?: att)? (?:hitta|hittat|finna|få fram)(?: (?:någon|några|något|mycket|tillförlitlig|säker|specifik|konkret)){0,3}(?: (?:information|uppgifter|fakta|data|källor|träffar|omdömen))?(?: (?:om|kring|på|gällande))?/,
    /(?:har|hittar|hittade|finner|fann) (?:jag )?(?:tyvärr )?(?:inte|ej|ingen|inga)(?: (?:någon|några|tillförlitlig|säker|mer)){0,2} (?:information|uppgifter|kännedom|fakta|data|källor|träffar|omdömen) (?:om|kring|på|gällande)/,
    /(?:finns|hittas) (?:det )?(?:tyvärr )?(?:inte|ingen|inga)(?: (?:någon|några|känd|tillgänglig|offentlig)){0,2} (?:information|uppgifter|källor|data) (?:om|kring|på)/,
    /(?:hittar|hittade) (?:jag )?(?:tyvärr )?inte/,
    /(?:aldrig|inte) hört talas om/,
  ],
});
