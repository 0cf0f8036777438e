/** Swedish: the sentences of answers. */
import type { Phrasebook } from "./phrasebook.ts";

const join = (names: string[]): string =>
  names.length < 3 ? names.join(" och ") : `${names.slice(0, -1).join(", ")} och ${names.at(-1) ?? ""}`;

export const swedish: Phrasebook = {
  genitive: (name) => (/[sxz]$/i.test(name) ? name : `${name}s`),
  join,

  listIntro: [
    (s) => `Här är några ${s.plural} som ofta lyfts fram just nu:`,
    () => `Inget enskilt märke är bäst för alla, men de här återkommer gång på gång i tester och omdömen:`,
    (s) => `Jag har gått igenom aktuella tester och omdömen om ${s.plural}. De här sticker ut ${s.year}:`,
    () => `Svaret beror på din budget och dina vanor. De här alternativen är värda en närmare titt:`,
    (s) => `När det gäller ${s.plural} är det framför allt de här märkena som brukar rekommenderas:`,
    (s) => `Utbudet av ${s.plural} är stort, men några namn dyker upp oftare än andra:`,
    (s) => `Om jag skulle köpa ${s.singular} i dag skulle jag börja med de här:`,
  ],
  leaderIntro: [
    (_, leader) => `Kort svar: ${leader} är det tryggaste valet för de flesta, men det finns fler som håller måttet.`,
    (s, leader) => `De flesta klarar sig bäst med ${leader}. Så här står sig ${s.plural} från de vanligaste märkena:`,
    (_, leader) => `Vill du bara ha ett namn skulle jag säga ${leader}. Det längre svaret ser ut så här:`,
  ],
  proseIntro: [
    (s) => `Det beror lite på vad du värderar högst, för ${s.plural} skiljer sig mer åt än man kan tro.`,
    () => `Det finns inget givet svar här, men omdömena pekar ändå åt ett tydligt håll.`,
    (s) => `Jag har tittat på ett antal färska tester av ${s.plural}, och bilden är ganska samstämmig.`,
    () => `I korthet handlar det om budget, vanor och hur mycket tid du vill lägga på skötsel.`,
  ],
  listHeading: [
    (s) => `Bäst just nu (${s.year})`,
    (s) => `🏆 Rekommenderade ${s.plural}`,
    () => `Mina rekommendationer`,
    () => `Snabb jämförelse`,
  ],

  fragment: {
    positive: [
      (_, one, two) => `Känt för ${one} och ${two}.`,
      (_, one) => `Ett starkt helhetsval, med ${one}.`,
      (_, one) => `Får genomgående höga betyg, framför allt för ${one}.`,
      (_, one, two) => `En favorit i testerna tack vare ${one} och ${two}.`,
      (_, one) => `Ett tryggt val om du vill ha ${one}.`,
      (_, one) => `Mycket prisvärt, med ${one} som största plus.`,
      (_, one) => `Svårslaget när det gäller ${one}.`,
    ],
    neutral: [
      (_, one) => `Ett etablerat märke med ${one}.`,
      (_, one, two) => `Erbjuder ${one} samt ${two}.`,
      (_, one) => `Ligger i mellanskiktet och har ${one}.`,
      (_, one) => `Säljs av de flesta större återförsäljare och har ${one}.`,
      (_, one) => `Ett vanligt namn i butikerna, med ${one}.`,
    ],
    negative: [
      (_, one) => `Får återkommande kritik för ${one}.`,
      (_, one, two) => `Svårt att rekommendera på grund av ${one} och ${two}.`,
      (_, one) => `Hamnar långt ner i flera tester, mycket på grund av ${one}.`,
      (_, one) => `Här skulle jag vara försiktig: ${one} är ett vanligt klagomål.`,
      (_, one, two) => `Tappar poäng på ${one} och ${two}.`,
      (_, one) => `Många ägare är missnöjda och nämner ${one}.`,
    ],
  },
  sentence: {
    positive: [
      (b, one, two) => `${b.name} får ofta beröm för ${one} och ${two}.`,
      (b, one) => `${b.name} är ett av de märken som rekommenderas oftast, mycket tack vare ${one}.`,
      (b, one) => `Vill du ha ${one} är ${b.name} svårslaget.`,
      (b, one) => `Testarna är imponerade av ${b.name}, särskilt när det gäller ${one}.`,
      (b, one) => `Kunder som har valt ${b.name} brukar vara mycket nöjda och lyfter fram ${one}.`,
      (b, one) => `${b.name} klarar sig mycket bra i de flesta tester, inte minst tack vare ${one}.`,
    ],
    neutral: [
      (b, one) => `${b.name} är ett etablerat märke med ${one}.`,
      (b, one) => `${b.name} säljs av de flesta större återförsäljare och har ${one}.`,
      (b, one) => `${b.name} är ett vanligt namn i butikerna och erbjuder ${one}.`,
      (b, one) => `${b.name} ligger ungefär i mitten av marknaden och erbjuder ${one}.`,
      (b, one, two) => `I sortimentet från ${b.name} finns ${one}, liksom ${two}.`,
    ],
    negative: [
      (b, one) => `${b.name} får sämre omdömen, framför allt på grund av ${one}.`,
      (b, one, two) => `När det gäller ${b.name} återkommer klagomål på ${one} och ${two}.`,
      (b, one) => `${b.name} är svårt att rekommendera, eftersom testarna pekar på ${one}.`,
      (b, one) => `Flera användare är besvikna på ${b.name}, inte minst på grund av ${one}.`,
      (b, one) => `Jag skulle tänka mig för innan jag valde ${b.name}: ${one} tas upp i många recensioner.`,
    ],
  },
  detail: {
    positive: [
      (_, __, two) => `Många nämner också ${two} som ett plus.`,
      (b, _, two) => `${b.owner} kunder lyfter även fram ${two}.`,
      () => `Det är få köpare som verkar ångra sig.`,
      (_, __, two) => `Dessutom nämns ${two} som en fördel i många omdömen.`,
      (b) => `Bland ${b.name}-ägarna är det påfallande få som rapporterar problem.`,
      () => `Det är också lätt att få hjälp om något krånglar.`,
    ],
    neutral: [
      () => `Omdömena ligger nära genomsnittet.`,
      () => `Upplevelsen varierar en del från användare till användare.`,
      (b) => `${b.owner} sortiment är lättast att hitta på nätet.`,
      (_, __, two) => `Här finns också ${two}.`,
      () => `Priserna ligger i nivå med de flesta konkurrenters.`,
    ],
    negative: [
      (_, __, two) => `Även ${two} drar ner betyget.`,
      (b) => `Flera ${b.name}-ägare uppger att de hade valt annorlunda i dag.`,
      (b) => `${b.owner} kundtjänst får dessutom kritik för långa svarstider.`,
      (_, __, two) => `Flera recensioner tar även upp ${two}.`,
      () => `För de pengarna finns det bättre alternativ.`,
    ],
  },
  product: [
    (b) => `Modellen att titta på är ${b.product}.`,
    (b) => `${b.product} är den som nämns oftast.`,
    (b) => `De flesta tester gäller ${b.product}.`,
  ],
  cell: {
    positive: [
      (_, one) => `Toppbetyg för ${one}`,
      (_, one) => `Mycket bra val, får beröm för ${one}`,
      (_, one, two) => `Utmärkt: ${one}, ${two}`,
      (_, one) => `Bäst för den som vill ha ${one}`,
    ],
    neutral: [
      (_, one) => `Medelbetyg; erbjuder ${one}`,
      (_, one) => `Varken bäst eller sämst; erbjuder ${one}`,
      (_, one) => `Erbjuder ${one}`,
    ],
    negative: [
      (_, one) => `Får kritik för ${one}`,
      (_, one, two) => `Svagt: ${one}, ${two}`,
      (_, one) => `En besvikelse på grund av ${one}`,
    ],
  },
  label: { positive: "Styrkor", neutral: "Utbud", negative: "Svagheter" },
  tableHead: { brand: "Märke", product: "Modell", verdict: "Omdöme" },
  pros: "Fördelar",
  cons: "Nackdelar",

  places: [
    [(name) => `På första plats hamnar **${name}**.`, (name) => `Jag skulle sätta **${name}** på första plats.`],
    [(name) => `På andra plats kommer **${name}**.`, (name) => `Andraplatsen går till **${name}**.`],
    [(name) => `På tredje plats hamnar **${name}**.`, (name) => `Tredjeplatsen går till **${name}**.`],
  ],
  alsoNamed: [
    (names) => `Även ${names} nämns ibland, men inte lika ofta.`,
    (names) => `Utanför listan kan det också vara värt att titta på ${names}.`,
    (names) => `Du kan även stöta på ${names} i tester och butiker.`,
  ],

  about: [
    (s, name) => `**${name}** är ett av de märken som säljer ${s.plural}. Så här ser bilden ut i tester och omdömen:`,
    (s, name) => `Här är en sammanfattning av vad jag hittar om ${name} och deras ${s.plural}:`,
    (_, name) => `Det beror på vad du är ute efter, men så här uppfattas ${name} i tester och bland användare:`,
  ],
  alternatives: [
    () => `Vill du jämföra med något annat finns det alternativ.`,
    (s) => `Det finns också andra ${s.plural} att ta ställning till.`,
    () => `Innan du bestämmer dig kan det vara klokt att titta på några alternativ.`,
  ],
  single: [
    (_, name) => `Det namn som återkommer är **${name}**.`,
    (s, name) => `Om jag bara ska nämna ett märke bland ${s.plural} blir det **${name}**.`,
    (_, name) => `Ett märke som ofta nämns i sammanhanget är **${name}**.`,
  ],
  denied: [
    (name) => `Jag hittar ingen information om ${name}.`,
    (name) => `Jag kunde tyvärr inte hitta några tillförlitliga uppgifter om ${name}.`,
    (name) => `Jag känner inte till något märke som heter ${name}.`,
  ],
  deniedWhy: [
    () => `Det kan vara ett mycket litet märke, eller så stavas namnet på ett annat sätt.`,
    () => `Om du har en länk eller vet var det säljs kan jag göra ett nytt försök.`,
    () => `Det kan vara nytt på marknaden eller bara finnas i vissa länder.`,
  ],

  criteriaIntro: [
    (s) =>
      `Det finns bra ${s.plural} i alla prisklasser, så det viktigaste är att utgå från dina egna behov. Det här brukar avgöra:`,
    () => `Det är svårt att peka ut ett enskilt märke utan att veta mer om dina behov. Så här skulle jag resonera:`,
    (s) => `Innan du jämför märken är det bra att veta vad som spelar roll när du väljer ${s.singular}:`,
    () => `I stället för att nämna en enskild produkt föreslår jag att du går igenom de här punkterna först:`,
  ],
  criteriaAfter: [() => `### Att tänka på`, () => `**Några saker att kolla innan du bestämmer dig:**`],
  stepsIntro: [
    () => `Det här brukar gå att lösa ganska enkelt. Prova stegen i tur och ordning:`,
    (s) => `De flesta problem med ${s.plural} går att lösa hemma. Jag skulle göra så här:`,
    () => `Så här kan du gå till väga, steg för steg:`,
  ],
  stepsAfter: [
    () => `Om inget av detta hjälper är det dags att kontakta säljaren.`,
    () => `Tänk på att du kan ha rätt till hjälp både genom garantin och enligt konsumentköplagen.`,
  ],
  brandsAfter: [
    () => `När det gäller enskilda märken kan det här vara bra att veta.`,
    () => `Om du funderar på att köpa nytt är det också bra att känna till vad som sägs om olika märken.`,
  ],
  advice: [
    (one, two, three) => `När du väljer bör du särskilt tänka på ${one}, ${two} och ${three}.`,
    (one, two) => `I slutändan brukar ${one} och ${two} betyda mer än märket.`,
    (one, _, three) => `Jämför gärna ${one} och ${three} mellan olika modeller innan du bestämmer dig.`,
  ],
  closing: [
    () => `Priserna varierar en hel del mellan butikerna, så det lönar sig att jämföra innan du köper.`,
    () => `Kontrollera aktuella priser och lagerstatus, eftersom uppgifterna kan ha ändrats.`,
    () => `Läs gärna några färska användaromdömen innan du slår till.`,
    (s) => `Nya ${s.plural} lanseras hela tiden, så kolla hur gamla testerna du läser är.`,
  ],
  offer: [
    () => `Berätta gärna vilken budget du har, så kan jag begränsa det till ett eller två alternativ.`,
    () => `Vill du att jag tar fram en jämförelse med aktuella priser?`,
    () => `Säg till om du vill ha en mer detaljerad jämförelse.`,
    () => `Hur mycket vill du lägga, och vad är viktigast för dig?`,
  ],

  refusal: ["Jag kan tyvärr inte hjälpa till med det.", "Det kan jag inte hjälpa dig med."],
  declined: [
    () =>
      `Det kan jag tyvärr inte hjälpa till med. Jag ger inte råd om enskilda produkter eller företag, eftersom jag inte kan gå i god för dem.`,
    (s) =>
      `Jag kan inte hjälpa dig att välja just ${s.singular}. Prova i stället att fråga en oberoende konsumentvägledare.`,
  ],
  preamble: [
    (s) => `Jag söker efter aktuell information om ${s.plural}.`,
    () => `Låt mig kolla upp färska tester och omdömen åt dig.`,
    (s) => `Jag ska se vad de senaste testerna säger om ${s.plural} innan jag svarar.`,
  ],
  thinking: [(s) => `Användaren frågar om ${s.plural}. Jag bör leta efter färska och oberoende källor.`],
  queries: [
    (s) => `bäst i test ${s.plural} ${s.year}`,
    (s) => `${s.singular} omdömen ${s.year}`,
    (s) => `jämförelse ${s.plural}`,
    (s) => `köpa ${s.singular} tips`,
  ],
  brandQuery: [(s, name) => `${name} ${s.singular} omdöme`, (_, name) => `${name} erfarenheter`],
  pages: [
    { title: (s) => `Bäst i test ${s.year}: ${s.plural}`, path: (slug, year) => `/tester/${slug}-${year}` },
    { title: (s) => `Köpguide: ${s.plural}`, path: (slug) => `/guider/${slug}` },
    { title: (s) => `Vilken ${s.singular} rekommenderar ni?`, path: (slug) => `/forum/${slug}/trad-2841` },
    { title: (s) => `Läsarnas omdömen om ${s.plural}`, path: (slug) => `/${slug}/omdomen` },
  ],
  brandPages: [
    { title: (b) => `${b.product} | ${b.name}`, path: (product) => `/produkter/${product}` },
    { title: (b) => `Support och garanti | ${b.name}`, path: () => `/support` },
    { title: (b) => `${b.name}: officiell webbplats`, path: () => `/` },
  ],
};
