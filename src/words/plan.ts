/** How much to ask, and what an audit found, as people read it. */
import type { UiLanguage } from "../domain.ts";
import { counted } from "./counted.ts";

const en = {
  title: (metric: string, project: string, width: string, level: string) =>
    `${metric} of ${project} within ±${width} percentage points, at ${level}`,
  way: { now: "as it is now", more_days: "these questions, more days", more_prompts: "more questions" },
  repeated: (repeats: string) => `more questions, ${repeats} repeats`,
  together: (days: string) => `more questions, ${days} days together`,
  columns: ["", "Questions", "Assistants", "Repeats", "Days", "Answers a run", "All like these ±", "These alone ±"],
  costs: ["A run", "In all", "A month"],
  cheapest: "cheapest",
  notEnough: "not enough",
  none: "none",
  likes:
    "All like these: what such questions give (the market). These alone: only the luck of single answers is left (the panel).",
  month: "Days are daily runs whose answers go into one number; a month is 30 of them.",
  restsOnAnswers: (rate: string, answers: string, days: string, from: string, to: string) =>
    `Rests on ${rate} in ${counted(answers, "answer", "answers")} on ${counted(days, "day", "days")} (${from} to ${to}).`,
  worstCase: "There is no answer yet: it rests on 50 %, the worst case.",
  edge: (rate: string) => `Planned as if it were ${rate}: nearer to the edge the formula promises too much.`,
  rhos: (prompt: string, cell: string) =>
    `Answers to one question agree by ${prompt} between assistants and by ${cell} when one is asked again`,
  ownRhos: "as this project's own answers say.",
  defaultRhos: (days: string) =>
    `as published figures say; the project's own answers are used once ${days} days have any.`,
  repeatsPoor: (percent: string) =>
    `Repeats are poor value: asking each question three times takes ${percent} % more answers than once for the same width.`,
  never: (questions: string, least: string) =>
    `With ${counted(questions, "question", "questions")} no number of days is enough: it stays at ±${least} percentage points, as questions and assistants differ.`,
  long: (questions: string, days: string) =>
    `With ${counted(questions, "question", "questions")} it takes ${counted(days, "day", "days")}; \`--days ${days}\` plans for that.`,
  tooFewQuestions: (fewest: string) => `Fewer than ${fewest} questions have no interval.`,
  noWay: "No plan with up to 100,000 questions is that sure: ask for a wider interval.",
  unknownPrice: (assistants: string) =>
    `Costs are without ${assistants}, whose price is not known (set \`prices\` in the project file).`,
  round: (round: string, value: string, answers: string, cost: string) =>
    `Round ${round}: ${value}, ${counted(answers, "answer", "answers")}, ${cost} so far`,
  noAnswers: (round: string) => `Round ${round}: no answer yet`,
  auditTitle: (project: string, cells: string, width: string) =>
    `Asking ${counted(cells, "question", "questions")} a round about ${project} until its visibility is known within ±${width} percentage points.`,
  oneRound: (cost: string) => `A round is expected to cost ${cost}.`,
  ended: {
    narrow: "Narrow enough.",
    rounds: "Stopped after the most rounds allowed; --resume with more of them goes on.",
    budget: "Stopped by the budget; --resume goes on when there is room.",
    stopped: "Stopped; --resume goes on without paying twice.",
    unanswered: "Stopped: a round brought no answer.",
  },
  saved: (rounds: string, worst: string, percent: string, cost: string) =>
    `${counted(rounds, "round", "rounds")} instead of the ${worst} that a plan for the worst case takes: ${percent} % saved (${cost}).`,
  notSaved: (rounds: string, worst: string) =>
    `${counted(rounds, "round", "rounds")}; a plan for the worst case takes ${worst}.`,
  theseOnly: "The interval is for these very questions and assistants. No other number of the project has moved.",
  unansweredCells: (cells: string, all: string) =>
    `Without answer: ${cells} of ${all} pairs of question and assistant.`,
};

const sv: typeof en = {
  title: (metric, project, width, level) => `${metric} för ${project} inom ±${width} procentenheter, med ${level}`,
  way: { now: "som nu", more_days: "dessa frågor, fler dagar", more_prompts: "fler frågor" },
  repeated: (repeats) => `fler frågor, ${repeats} upprepningar`,
  together: (days) => `fler frågor, ${days} dagar tillsammans`,
  columns: [
    "",
    "Frågor",
    "Assistenter",
    "Upprepningar",
    "Dagar",
    "Svar per körning",
    "Alla som dessa ±",
    "Bara dessa ±",
  ],
  costs: ["En körning", "Totalt", "En månad"],
  cheapest: "billigast",
  notEnough: "räcker inte",
  none: "inget",
  likes:
    "Alla som dessa: vad sådana frågor ger (marknaden). Bara dessa: endast enstaka svars slump återstår (panelen).",
  month: "Dagar är dagliga körningar vars svar blir ett tal; en månad är 30 av dem.",
  restsOnAnswers: (rate, answers, days, from, to) =>
    `Bygger på ${rate} i ${answers} svar på ${counted(days, "dag", "dagar")} (${from} till ${to}).`,
  worstCase: "Det finns inget svar än: det bygger på 50 %, det värsta fallet.",
  edge: (rate) => `Planerat som om det vore ${rate}: närmare kanten lovar formeln för mycket.`,
  rhos: (prompt, cell) =>
    `Svar på en fråga stämmer överens med ${prompt} mellan assistenter och med ${cell} när en tillfrågas igen`,
  ownRhos: "enligt projektets egna svar.",
  defaultRhos: (days) => `enligt publicerade tal; projektets egna svar används när ${days} dagar har några.`,
  repeatsPoor: (percent) =>
    `Upprepningar lönar sig dåligt: tre gånger per fråga tar ${percent} % fler svar än en gång för samma bredd.`,
  never: (questions, least) =>
    `Med ${counted(questions, "fråga", "frågor")} räcker inget antal dagar: det stannar vid ±${least} procentenheter, då frågor och assistenter skiljer sig.`,
  long: (questions, days) =>
    `Med ${counted(questions, "fråga", "frågor")} tar det ${counted(days, "dag", "dagar")}; \`--days ${days}\` planerar för det.`,
  tooFewQuestions: (fewest) => `Färre än ${fewest} frågor har inget intervall.`,
  noWay: "Ingen plan med upp till 100 000 frågor är så säker: begär ett bredare intervall.",
  unknownPrice: (assistants) =>
    `Kostnaderna är utan ${assistants}, vars pris inte är känt (ange \`prices\` i projektfilen).`,
  round: (round, value, answers, cost) => `Omgång ${round}: ${value}, ${answers} svar, ${cost} hittills`,
  noAnswers: (round) => `Omgång ${round}: inget svar än`,
  auditTitle: (project, cells, width) =>
    `Ställer ${counted(cells, "fråga", "frågor")} per omgång om ${project} tills synligheten är känd inom ±${width} procentenheter.`,
  oneRound: (cost) => `En omgång väntas kosta ${cost}.`,
  ended: {
    narrow: "Smalt nog.",
    rounds: "Slutade efter högsta antalet omgångar; --resume med fler går vidare.",
    budget: "Budgeten tog slut; --resume går vidare när det finns utrymme.",
    stopped: "Stoppad; --resume går vidare utan att betala två gånger.",
    unanswered: "Slutade: en omgång gav inget svar.",
  },
  saved: (rounds, worst, percent, cost) =>
    `${counted(rounds, "omgång", "omgångar")} i stället för de ${worst} som en plan för det värsta fallet tar: ${percent} % sparat (${cost}).`,
  notSaved: (rounds, worst) => `${counted(rounds, "omgång", "omgångar")}; en plan för det värsta fallet tar ${worst}.`,
  theseOnly: "Intervallet gäller just dessa frågor och assistenter. Inget annat tal i projektet har rörts.",
  unansweredCells: (cells, all) => `Utan svar: ${cells} av ${all} par av fråga och assistent.`,
};

export const planWords: Record<UiLanguage, typeof en> = { en, sv };
