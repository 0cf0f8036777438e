/** The town of the demo and the bench: five makers of coffee machines, and what happens to them in two months. */
import type { Day, Words } from "../domain.ts";
import type { ThirdParty, TownBrand, TownEvent, Traits, WorldDefinition } from "./world.ts";

const words = (en: string, sv: string): Words => ({ en, sv });

const brands: TownBrand[] = [
  {
    key: "norrbrygd",
    name: "Norrbrygd",
    role: "own",
    domains: ["norrbrygd.example"],
    products: ["Norrbrygd Duo"],
    strength: -0.2,
    perLanguage: { sv: 0.6 },
    perPhase: { awareness: -0.6, post_purchase: 0.4 },
    tone: { positive: 0.5, negative: 0.1 },
    facts: {
      right: [
        words(
          "Norrbrygd gives a five-year warranty on its machines",
          "Norrbrygd lämnar fem års garanti på sina maskiner",
        ),
        words("Norrbrygd builds its machines in Luleå", "Norrbrygd bygger sina maskiner i Luleå"),
      ],
      wrong: [
        words(
          "Norrbrygd gives a one-year warranty on its machines",
          "Norrbrygd lämnar ett års garanti på sina maskiner",
        ),
        words("Norrbrygd has stopped selling spare parts", "Norrbrygd har slutat sälja reservdelar"),
      ],
    },
  },
  {
    key: "caffelia",
    name: "Caffelia",
    role: "competitor",
    domains: ["caffelia.example"],
    products: ["Caffelia Prima"],
    strength: 0.8,
    tone: { positive: 0.45, negative: 0.15 },
    facts: {
      right: [words("Caffelia was founded in 1974", "Caffelia grundades 1974")],
      wrong: [words("Caffelia was founded in 2015", "Caffelia grundades 2015")],
    },
  },
  {
    key: "brewmark",
    name: "Brewmark",
    role: "competitor",
    domains: ["brewmark.example", "brewmark-support.example"],
    products: ["Brewmark One"],
    strength: 0.3,
    perLanguage: { sv: -0.3, en: 0.5 },
    tone: { positive: 0.35, negative: 0.2 },
    facts: { right: [], wrong: [] },
  },
  {
    key: "espresio",
    name: "Espresio",
    role: "competitor",
    domains: ["espresio.example"],
    products: ["Espresio Bar"],
    strength: -0.6,
    perAssistant: { anthropic: 0.5 },
    tone: { positive: 0.3, negative: 0.3 },
    facts: { right: [], wrong: [] },
  },
  {
    key: "kopparbonan",
    name: "Kopparbönan",
    role: "competitor",
    domains: ["kopparbonan.example"],
    products: ["Kopparbönan Mini"],
    strength: -1.4,
    perLanguage: { sv: 0.5 },
    tone: { positive: 0.5, negative: 0.1 },
    facts: { right: [], wrong: [] },
  },
];

const source = (domain: string, title: string, weight: number, language: ThirdParty["language"]): ThirdParty => ({
  domain,
  title,
  weight,
  language,
});

const sources: ThirdParty[] = [
  source("testkoket.example", "Testköket", 5, "sv"),
  source("rad-och-test.example", "Råd & Test", 4, "sv"),
  source("kaffeforum.example", "Kaffeforum", 3, "sv"),
  source("nordkusten-nyheter.example", "Nordkusten Nyheter", 2, "sv"),
  source("hemprylar.example", "Hemprylar", 3, "sv"),
  source("prislaget.example", "Prisläget", 3, "sv"),
  source("kitchentests.example", "Kitchen Tests", 5, "en"),
  source("thebeanreview.example", "The Bean Review", 4, "en"),
  source("coffeetalk-forum.example", "Coffee Talk Forum", 3, "en"),
  source("dailyharbour.example", "The Daily Harbour", 2, "en"),
  source("gadgetshed.example", "Gadget Shed", 3, "en"),
  source("kettleandco.example", "Kettle & Co", 2, "en"),
];

const traits: Traits = {
  strengths: [
    words("a low noise level", "låg ljudnivå"),
    words("easy cleaning", "enkel rengöring"),
    words("a long warranty", "lång garanti"),
    words("solid build quality", "gedigen byggkvalitet"),
    words("good availability of spare parts", "god tillgång på reservdelar"),
    words("helpful customer service", "hjälpsam kundtjänst"),
    words("an even brewing temperature", "jämn bryggtemperatur"),
    words("reasonable prices", "rimliga priser"),
    words("simple controls", "lättskötta reglage"),
    words("quick heating", "snabb uppvärmning"),
    words("a full-bodied, balanced coffee", "fylligt och balanserat kaffe"),
    words("low energy use", "låg energiförbrukning"),
  ],
  weaknesses: [
    words("a high noise level", "hög ljudnivå"),
    words("fiddly descaling", "krånglig avkalkning"),
    words("a short warranty", "kort garanti"),
    words("uneven build quality", "ojämn byggkvalitet"),
    words("long waits for spare parts", "långa väntetider på reservdelar"),
    words("slow customer service", "långsam kundtjänst"),
    words("lukewarm coffee", "ljummet kaffe"),
    words("expensive accessories", "dyra tillbehör"),
    words("unclear instructions", "otydliga instruktioner"),
    words("a slow start in the morning", "långsam start på morgonen"),
    words("leaking jugs", "läckande kannor"),
  ],
  plain: [
    words("models in several price ranges", "modeller i flera prisklasser"),
    words("both filter and espresso machines", "både bryggare och espressomaskiner"),
    words("machines for homes and small offices", "maskiner för både hem och mindre kontor"),
    words("versions with and without a grinder", "varianter med och utan kvarn"),
    words("several colours and sizes", "flera färger och storlekar"),
    words("a basic and a more advanced model", "en enklare och en mer avancerad modell"),
    words("accessories such as jugs and filters", "tillbehör som kannor och filter"),
  ],
  criteria: [
    {
      name: words("brewing method", "bryggmetoden"),
      why: words(
        "If you mostly drink filter coffee, a good filter machine will make you happier than a cheap espresso machine.",
        "Dricker du mest bryggkaffe har du större glädje av en bra bryggare än av en billig espressomaskin.",
      ),
    },
    {
      name: words("capacity", "kapaciteten"),
      why: words(
        "Two people rarely need more than a litre at a time, while an office needs a larger tank and a thermos jug.",
        "Två personer behöver sällan mer än en liter åt gången, medan ett kontor behöver större tank och termoskanna.",
      ),
    },
    {
      name: words("cleaning", "rengöringen"),
      why: words(
        "Removable parts and a clear descaling program save a lot of time, especially if your water is hard.",
        "Löstagbara delar och ett tydligt avkalkningsprogram sparar mycket tid, särskilt om vattnet är hårt.",
      ),
    },
    {
      name: words("warranty", "garantin"),
      why: words(
        "A machine that can be repaired lasts longer, so check that seals, jugs and filters are sold separately.",
        "En maskin som går att laga håller längre, så kontrollera att packningar, kannor och filter säljs separat.",
      ),
    },
    {
      name: words("running costs", "driftskostnaden"),
      why: words(
        "Capsules cost several times more per cup than beans or ground coffee.",
        "Kapslar kostar flera gånger mer per kopp än hela bönor eller malet kaffe.",
      ),
    },
    {
      name: words("size", "måtten"),
      why: words(
        "Measure the height under your kitchen cabinets, since many models need to be filled from above.",
        "Mät höjden under köksskåpen, eftersom många modeller fylls på uppifrån.",
      ),
    },
  ],
  steps: [
    {
      name: words("Descale the machine", "Avkalka maskinen"),
      why: words(
        "Run a full cycle with descaling solution and then two with clean water; limescale causes most faults.",
        "Kör ett helt program med avkalkningsmedel och sedan två med rent vatten, kalk ligger bakom de flesta fel.",
      ),
    },
    {
      name: words("Clean the loose parts", "Rengör de lösa delarna"),
      why: words(
        "Wash the jug, filter holder and tank by hand, as old coffee oils make the coffee bitter.",
        "Diska kanna, filterhållare och tank för hand, gamla kaffeoljor gör kaffet beskt.",
      ),
    },
    {
      name: words("Check the seals", "Kontrollera packningarna"),
      why: words(
        "A dry or cracked seal is the most common reason for leaks, and cheap to replace.",
        "En torr eller sprucken packning är den vanligaste orsaken till läckage och billig att byta.",
      ),
    },
    {
      name: words("Adjust the grind and the dose", "Justera malning och mängd"),
      why: words(
        "Start from 60 grams per litre and change one thing at a time.",
        "Utgå från 60 gram per liter och ändra en sak i taget.",
      ),
    },
    {
      name: words("Contact customer service", "Kontakta kundtjänst"),
      why: words(
        "Have the receipt and model number ready and describe what you have already tried.",
        "Ha kvitto och modellnummer till hands och beskriv vad du redan har provat.",
      ),
    },
  ],
};

const events: TownEvent[] = [
  { kind: "lost_source", day: 30, domain: "testkoket.example" },
  { kind: "drop", day: 40, brand: "norrbrygd", assistant: "openai", logit: -2 },
  { kind: "model_change", day: 50, assistant: "anthropic", servedModel: "claude-sonnet-5-5", logit: 0.3 },
];

/** A fresh definition of the demo's town, opening on `startDay`; its prompts are registered by whoever asks them. */
export const demoTown = (startDay: Day, seed = 1): WorldDefinition => ({
  seed,
  startDay,
  category: {
    en: { singular: "coffee machine", plural: "coffee machines" },
    sv: { singular: "kaffemaskin", plural: "kaffemaskiner" },
  },
  brands,
  prompts: [],
  assistants: [
    { id: "openai", servedModel: "gpt-6-luna-2026-09-22", search: true, effect: 0 },
    { id: "anthropic", servedModel: "claude-sonnet-5", search: true, effect: 0.3 },
    { id: "chat", servedModel: "gpt-oss:120b", search: false, effect: -0.3 },
  ],
  spread: "mid",
  sources,
  events,
  traits,
});
