/** Words that head sections, rows and items in any answer: a lead that is made of them is no name. */

/** What answers weigh and how they are laid out; `s` or a definite ending may follow. */
const english = `accessibility accessory accessories accuracy advantage advice affordability affordable alternative
  analytics app application area aspect assistance audience automation availability background basic battery benefit best
  bottom brand brightness budget build business camera capacity category categories charging choice cleaning climate
  collaboration color colour comfort community company companies comparison compatibility compliance conclusion
  connectivity con consideration construction content contract control convenience cost coverage criteria cruelty culture
  customer customization customisation daily data decision delivery description design detail difference digital dimension
  disadvantage discount display documentation downside drawback durability ease easy eco ecosystem education efficiency
  energy enterprise environment ergonomics example experience expert factor faq feature fee feedback final financial fit
  flexibility free friendly function functionality general goal good guarantee guide hardware health help high highlight
  history home honorable human ideal image impact important improvement information innovation insight installation
  insurance integration intelligence interface interior introduction issue key language latency layout legal level life
  lightweight limitation line link list local location long low loyalty machine main maintenance management manufacturer
  market marketing material measurement mention method mobile mode model money more name need network next noise note
  number offer office official ongoing online open operation option order origin other overall overview ownership package
  payment people performance personal pick plan planning platform portability portable power practical premium price
  pricing privacy pro process product professional profile program project protection public purchase purpose quality
  question quick range ranking rate rating real reason recommendation reference reliability remote reporting reputation
  requirement research resolution resource result return review reward risk role room runner-up runner safety sale sales
  scalability scale schedule screen search season security selection service setting setup shipping shop shopping short
  simplicity size small smart social software solution sound source space special specification speed staff standard start
  status step storage store strategy strength strong structure student style subscription suitability summary supply
  support surface sustainability system take takeaway target taste team tech technical technology test testing time
  timeline tip tool topic total traffic training transparency transport travel trial trend trip type unlimited up update
  upgrade usability use user value variety verdict versatility video view volume warning warranty waste water way weakness
  weaknesses weather web website weight winner wireless work workflow world year`;
const swedish = `alternativ användare användarvänlighet användning anpassning ansvar arbete avgift avtal bakgrund batteri
  batteritid bedömning begränsning behov bekvämlighet beskrivning besparing bra budget butik bild design detalj
  driftskostnad effekt effektivitet egenskap ekonomi energi erbjudande erfarenhet exempel expertis faktor finansiering
  flexibilitet fokus fråga frågor funktion funktionalitet fördel företag förpackning försäkring garanti grund handel
  hantering helhet hemsida hjälp hållbarhet innehåll information inköp innovation installation integration
  inställning jämförelse kapacitet kategori klimat kommentar komfort kommunikation konsument kostnad krav kund kundservice
  kundtjänst kvalitet källa laddning lagring leverans leverantör ljud ljudkvalitet läge löptid marknad material mat miljö
  modell motor märke möjlighet nackdel namn nivå notering nytta område omdöme original passform passar plats plattform
  prestanda pris prisklass prisnivå process produkt produktion program prestation punkt rabatt rekommendation reklamation
  resa resultat ränta räckvidd råd rengöring risk sammanfattning service serviceavtal skäl skillnad skydd slutsats
  smak sortiment stil stabilitet storlek struktur styrka styrkor support svaghet system säkerhet sätt teknik test
  tid tillbehör tillgänglighet tips tjänst transport trygghet typ underhåll upplevelse uppdatering urval utbud utbildning
  utrustning utrymme varumärke verktyg video vikt villkor vinnare värde år återförsäljare öppettider översikt övrigt`;
const others = `preis qualität kosten vorteil vorteile nachteil nachteile fazit zusammenfassung tipp tipps funktion funktionen
  leistung reichweite sicherheit größe gewicht material lieferung kundendienst hersteller modell auswahl empfehlung
  pris kvalitet fordel fordele fordeler ulempe ulemper konklusjon konklusion oppsummering opsummering sikkerhet sikkerhed
  rekkevidde rækkevidde størrelse vekt vægt kundeservice levering anbefaling hinta laatu edut haitat yhteenveto vinkki
  vinkit turvallisuus koko paino toimitus asiakaspalvelu suositus ominaisuudet prix qualité avantages inconvénients
  conclusion conseils precio calidad ventajas desventajas conclusión consejos prezzo qualità vantaggi svantaggi`;

const wordsOf = (list: string): string[] => list.trim().split(/\s+/);
const known = new Set([english, swedish, others].flatMap(wordsOf));
const endings = ["", "s", "es", "n", "en", "et", "er", "ar", "or", "erna", "arna"];

/** True of a word in lower case that heads sections, also in the plural or the definite form. */
export const isHeadingWord = (word: string): boolean =>
  known.has(word) ||
  endings.some((ending) => word.endsWith(ending) && known.has(word.slice(0, word.length - ending.length)));

/** Last words of titles of parts of an answer: "Recommended Products", "Detailed Overview". */
const partsOfAnswers = new Set(
  wordsOf(`advice alternatives breakdown checklist comparison considerations conclusion details factors faq features
    guide highlights ideas links notes options overview picks pick products questions reasons recommendations references
    resources results reviews sources steps strategies summary table takeaway takeaways thoughts tips tricks verdict
    alternativ frågor fördelar jämförelse källor länkar nackdelar omdöme råd slutsats steg tabell tips översikt`),
);

/** True where a lead says what part of the answer it heads. */
export const namesPart = (text: string): boolean =>
  partsOfAnswers.has((/[\p{L}]+$/u.exec(text)?.[0] ?? "").toLowerCase());

/** First words of labels, questions, advice and steps. */
const openers = new Set(
  wordsOf(`a an best top most why how what when where who which whether is are do does can if should will would step tip note
    consider choose check compare look use buy avoid try make get set find add ask test read see visit start begin decide
    determine identify know understand keep take go pick go-to ideal great good perfect another other more final finally
    overall key quick honorable additional also my our your these this that for with in on at by from to as and or not no
    budget-friendly user-friendly high-quality long-lasting all any both each every some many few less first second third
    bäst bästa mest varför hur vad när var vem vilken vilket vilka är kan om ska steg tips notera tänk välj jämför
    kolla kontrollera använd köp undvik prova testa gör hitta fråga läs se besök börja bestäm ta håll andra fler slutligen
    mitt vår din dessa detta den det för med i på vid av från till som och eller inte alla några första tredje även
    warum wie was wann wo wer welche wählen prüfen vergleichen kaufen der die das für mit bei von zu beste bester bestes
    hvorfor hvordan hva hvad når hvor velg vælg beste bedste miksi miten mikä valitse paras`),
);

/** "Understanding", before another word, is what a section does. */
const gerund = /^\p{L}{5,}ing /u;

/** True where the first word belongs to a label, a question or advice. */
export const mayNotBegin = (text: string): boolean =>
  openers.has((/^[\p{L}\p{N}'’-]+/u.exec(text)?.[0] ?? "").toLowerCase()) || gerund.test(text);
