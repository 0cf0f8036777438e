/** Swedish: genitive, definite and plural of names, closed compounds, frequent words that are firms. */
import { language, words } from "./endings.ts";

export const sv = language("sv", {
  letters: new Set("åäöé"),
  functionWords: words(`och att det som en på är av för med till den har de inte om ett men var jag från vid så kan när
    hade efter eller ska också mer än i hos alla där här nu vi man detta sina sin bara mycket får fick blir blev skulle
    fungerar enligt under mellan samt du din ditt dina dig mig sig oss han hon ni er ut upp in ner bra bäst bättre sedan
    utan då vad hur vilken vilka vilket år över finns flest mest minst först sist gör går ta tar vill inom både
    själv medan redan alltid aldrig något några någon andra annan många ingen inga eftersom kr mot per genom dessa denna
    denne hans hennes deras innan dock ändå varje samma`),
  wordEndings: words("ningen ningar arna orna erna heten skap ande iska"),
  endings: words("s n ns"),
  looseEndings: words("en ens et ets ar ars arna arnas er ers erna ernas"),
  stems: [{ cut: "a", endings: words("or ors orna ornas") }],
  heads:
    `bil mobil telefon lur dator möbel möbl butik varuhus affär aktie ägare ägd ägt ägda chef vd kontor konto sida sidor sidan
    sidorna kompis vän profil grupp app appar kund kort katalog modell produkt prylar tjänst fabrik koncern bolag företag
    anställd arbetare jobb köp lån bank ränta fond sparande spelare match mål manager tränare fans lag seger förlust
    supporter boss ledning styrelse direktör fond logga logotyp reklam kampanj märke varumärke affären skandal krisen kris
    kläder skor tröja väska hylla soffa säng stol bord lampa kök påse kasse mat burgare restaurang kaffe choklad öl
    vagn lastbil buss tåg flyg plan resa biljett hotell sändning kanal serie film spel konsol platta klocka hörlur högtalare
    skärm laddare kabel batteri tv skrivare kamera sökning annons video inlägg följare användare konto nät abonnemang
    system program server moln version uppdatering pengar kris stöld bränsle mack station däck motor förare
    garanti service reparation verkstad leverans frakt retur faktura betalning rabatt bonus medlem prenumeration
    avtal villkor pris rea bana linje terminal bagage flotta madrass kudde täcke gardin matta köksö garderob skåp
    dammsugare tvättmaskin diskmaskin ugn spis kyl frys fläkt robot bryggare maskin telefonen surfplatta hörlurar
    ryggsäck jacka byxor mössa handskar klänning jeans underkläder smink schampo kräm parfym glass godis chips dryck
    juice mjölk ost bröd korv pizza försäkring premie skada pension depå kort rapport utdelning kurs analytiker
    grundare vdn ledare chefen personal säljare kassör ombud återförsäljare leverantör konkurrent tidning artikel`
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
    klarna lime swish power peak sats komplett kicks lager hallon vimla boxer expert stadium indiska karma tiger hope
    enkel enkelt kry apropå länk jula rusta clas lager hall lampan golv tak rum sova sömn drömmar
    express direkt fast fasta kvick nu idag alltid aldrig mer mest minst under över ut inne ute aktuell mål match lag
    spelet bingo tur vinst lotto trumf ess kung drottning prins jarl telefon nät nätet ström fjärr värme`),
  verbs:
    words(`är har var hade ger gav får fick kan ska vill måste går gick ser gör gjorde säger sade tar tog kommer kom finns
    fanns står visar ligger håller börjar började tror vet heter känner behöver menar låter sätter söker arbetar
    leder skriver skrev talar berättar följer väljer valde lägger saknar förlorar
    förlorade vinner vann skapar hjälper fortsätter slutar kör drar ökar minskar växer stiger sjunker köper köpte
    säljer sålde betalar kostar öppnar öppnade stänger stängde bygger använder hör svarar förklarar lovar planerar
    hoppas lämnar blir blev erbjuder erbjöd lanserar lanserade startar höjer sänker byter äger passar satsar
    meddelar uppger toppar rankas hamnar sköter driver levererar lockar fungerar klarar når täcker kräver räcker
    ingår tillhör tillverkar`),
  givenNames:
    words(`herr fru president professor minister anna eva maria karin kristina lena sara emma kerstin ingrid malin marie jenny hanna annika linda ulla
    elin johanna sofia carina elisabeth helena birgitta lars anders johan per erik karl carl peter jan thomas daniel
    fredrik hans mikael michael bengt andreas göran magnus stefan sven björn mats martin jonas patrik henrik bo nils
    gustav axel oskar oscar viktor victor olle kurt åke rolf leif ulf lisa ida julia amanda klara matilda moa`),
  denials: [
    /(?:känner|kände) (?:jag )?(?:tyvärr )?inte (?:jag )?(?:till|igen)/,
    /(?:kan|kunde|lyckades|lyckas|har|gick|går) (?:jag )?(?:tyvärr )?(?:inte|ej)(?: att)? (?:hitta|hittat|finna|få fram)(?: (?:någon|några|något|mycket|tillförlitlig|säker|specifik|konkret)){0,3}(?: (?:information|uppgifter|fakta|data|källor|träffar|omdömen))?(?: (?:om|kring|på|gällande))?/,
    /(?:har|hittar|hittade|finner|fann) (?:jag )?(?:tyvärr )?(?:inte|ej|ingen|inga)(?: (?:någon|några|tillförlitlig|säker|mer)){0,2} (?:information|uppgifter|kännedom|fakta|data|källor|träffar|omdömen) (?:om|kring|på|gällande)/,
    /(?:finns|hittas) (?:det )?(?:tyvärr )?(?:inte|ingen|inga)(?: (?:någon|några|känd|tillgänglig|offentlig|tillförlitlig|säker|pålitlig|verifierad|publik)a?){0,2} (?:information|uppgifter|källor|data) (?:om|kring|på)/,
    /(?:hittar|hittade) (?:jag )?(?:tyvärr )?inte/,
    /(?:aldrig|inte) hört talas om/,
    /(?:jag saknar|saknar jag) (?:tyvärr )?(?:(?:tillförlitlig|säker|specifik|närmare)a? ){0,2}(?:information|uppgifter|kännedom|kunskap|fakta|data|källor) (?:om|kring|på|gällande)/,
    /(?:inget|ingen|inte (?:något|någon)) (?:(?:allmänt|mer) )?(?:väl)?(?:känt|känd|etablerat|etablerad) (?:företag|varumärke|märke|bolag|tjänst|produkt|verktyg|butik|kedja)/,
  ],
});
