/** Svenska texter för kommandona som håller tjänsten i gång: körningar, jobb, säkerhetskopior, det som tas bort. */
import { counted } from "./counted.ts";
import type { operations as english } from "./en-operations.ts";

export const operations: typeof english = {
  runs: {
    none: "Det finns inga körningar än.",
    headings: {
      run: "Körning",
      project: "Projekt",
      day: "Dag",
      due: "Tid",
      purpose: "Syfte",
      group: "Grupp",
      state: "Läge",
      questions: "Frågor",
      forecast: "Prognos",
      cost: "Kostnad",
      possiblyPaid: "Kanske betalt",
      took: "Tog",
      calls: "Anrop",
    },
    purposes: {
      scheduled: "enligt schema",
      confirm: "bekräftelse",
      adhoc: "vid sidan av",
      audit: "granskning",
      import: "import",
    },
    states: { running: "pågår", done: "klar", cancelled: "avbruten" },
    open: "öppna",
    notKept: (questions) => `${questions} (sparas inte längre)`,
    booked: (cost) => `${cost} (bokfört)`,
    soFar: (time) => `${time} hittills`,
    partly: (cost, unknown) => `${cost} (+ ${unknown} okända)`,
    calls: { open: "pågår", paid: "betalda", free: "gratis", possibly_paid: "kanske betalda" },
    assistants: "Assistenter",
    failures: "Misslyckades",
    skipped: "Ställdes inte",
    full: (cap, limit, used) => `${cap} på ${limit}: ${used} använt`,
    notFull: "inget tak är fullt längre: de har höjts sedan dess, eller så har det som var avsatt lämnats tillbaka",
    caps: { run: "tak per körning", day: "tak per dag", month: "tak per månad", total: "tak totalt", other: "ett tak" },
    cancelled: "avbruten med `citera run --new`, eller så väntade ingen på svaret längre",
  },
  jobs: {
    none: "Inget jobb väntar, pågår eller är lagt åt sidan.",
    noneFailed: "Inget jobb är lagt åt sidan.",
    headings: {
      lane: "Fil",
      waiting: "Väntar",
      delayed: "Senare",
      underWay: "Pågår",
      setAside: "Åt sidan",
      oldest: "Har väntat",
      key: "Jobb",
      at: "Sedan",
      attempts: "Försök",
      error: "Orsak",
    },
    seeFailed: (jobs) =>
      `${counted(jobs, "jobb är lagt", "jobb är lagda")} åt sidan: \`citera jobs --failed\` säger varför, \`citera retry --all\` börjar om.`,
    more: (limit) => `Visas högst: ${limit}; \`--limit\` visar fler.`,
    retried: (jobs) => `${counted(jobs, "jobb börjar", "jobb börjar")} om med nästa \`citera start\` eller arbetare.`,
    locked:
      "Jobben ligger i databasen, och den löpande tjänsten håller den: stoppa den, kör `citera retry` igen och starta den. Inget går förlorat under tiden.",
  },
  copies: {
    backedUp: (file, size, database) => `${file}: ${size}, kontrollerad; databasen tar ${database}.`,
    behind: "Den är gjord av en äldre version och uppdateras när den öppnas.",
    restored: (file, size) => `${file}: återställd, ${size}, kontrollerad.`,
    kept: (file) => `Det som låg där förut: ${file}`,
    postgres: (commands) =>
      `Postgres kopieras med sina egna verktyg, som kan dess roller, storlekar och tidsgränser bättre. I ett skal:\n${commands}\nLösenordet efterfrågas, eller tas ur PGPASSWORD eller ~/.pgpass.`,
  },
  keptFrom: (day) =>
    `Svar sparas från och med ${day}: tidigare dagar har kvar sina räkningar, och det som läses ur svaren säger inget om dem.`,
  deleting: {
    about: (key, answers, questions) =>
      `Projektet ${key} försvinner för alltid, med ${counted(answers, "svar", "svar")} på ${counted(questions, "fråga", "frågor")} och alla räkningar. \`citera backup\` sparar en kopia.`,
    sayYes: "ingen är här som kan bekräfta det; ange --yes",
    typeKey: "Skriv projektets id för att gå vidare:",
    notTyped: "det är inte projektets id; inget togs bort",
    deleted: (key) => `Projektet ${key} är borttaget.`,
    stopped: (key) => `Stoppat; en del av projektet ${key} är borta. Samma kommando går vidare.`,
  },
};
