/** Which cited domains stay and which come and go, as people read it. */
import type { UiLanguage } from "../domain.ts";
import { counted } from "./counted.ts";

const en = {
  standing: { core: "core", carousel: "carousel", arrived: "arrived", left: "left", undecided: "undecided" },
  note: "Core: cited by surely more than half of a question's answers; carousel: by surely fewer than half; arrived or left: once, on the way; undecided: neither is sure. A question stays the same when it is edited or the model changes.",
  title: "Standing",
  share: "Citing answers",
  enough: (some: string, all: string, fewest: string) =>
    `${some} of ${counted(all, "question", "questions")} with ${fewest} answers or more`,
  coreShare: "citations to core domains",
  turnover: "domains that the next answer lacks",
  numbers: "Numbers below: questions.",
  onlyThis: "In brackets: 95 % interval for this question only.",
  nothingCited: "No page is cited.",
  tooFew: (answers: string, fewest: string) =>
    `${counted(answers, "answer", "answers")} in this period; below ${fewest} no habit shows. Ask for more days with --days or --from.`,
  noneEnough: (fewest: string) =>
    `No question has ${fewest} answers in this period; below that no habit shows. Ask for more days with --days or --from.`,
  noAnswers: (from: string, to: string) =>
    `From ${from} to ${to} there is no such answer of an assistant that was asked to search.`,
  more: (count: string) => `and ${counted(count, "other domain", "other domains")}; --json has all`,
};

const sv: typeof en = {
  standing: { core: "kärna", carousel: "karusell", arrived: "tillkommen", left: "försvunnen", undecided: "oklar" },
  note: "Kärna: citeras säkert av mer än hälften av svaren på en fråga; karusell: säkert av färre än hälften; tillkommen eller försvunnen: en gång, på vägen; oklar: inget är säkert. En fråga förblir densamma när den ändras eller modellen byts.",
  title: "Ställning",
  share: "Svar som citerar",
  enough: (some, all, fewest) => `${some} av ${counted(all, "fråga", "frågor")} med minst ${fewest} svar`,
  coreShare: "citeringar av kärndomäner",
  turnover: "domäner som saknas i nästa svar",
  numbers: "Talen nedan: frågor.",
  onlyThis: "Inom parentes: 95 % intervall för bara denna fråga.",
  nothingCited: "Ingen sida citeras.",
  tooFew: (answers, fewest) =>
    `${answers} svar i perioden; under ${fewest} syns ingen vana. Begär fler dagar med --days eller --from.`,
  noneEnough: (fewest) =>
    `Ingen fråga har ${fewest} svar i perioden; under det syns ingen vana. Begär fler dagar med --days eller --from.`,
  noAnswers: (from, to) => `Från ${from} till ${to} finns inget sådant svar av en assistent som ombetts söka.`,
  more: (count) => `och ${counted(count, "annan domän", "andra domäner")}; --json har alla`,
};

export const sourceWords: Record<UiLanguage, typeof en> = { en, sv };
