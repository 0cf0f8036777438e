/** What `citera sources` prints: habits per assistant, or each assistant's on one question. */
import type { Assistant, Brand, Day, UiLanguage } from "../domain.ts";
import { shownSurface } from "../measures/report.ts";
import {
  fewestAnswers,
  habitsOver,
  standings,
  type Habits,
  type QuestionHabits,
  type SourceHabits,
} from "../measures/sources.ts";
import type { listPromptLabels } from "../store/index.ts";
import { words } from "../words/index.ts";
import { shownBasis, shownMeasure } from "../words/numbers.ts";
import { shownOwner } from "../words/owners.ts";
import { sourceWords } from "../words/sources.ts";
import { harmless, type Styles } from "./command.ts";
import { table } from "./table.ts";

/** Habits with what they are about. */
export interface ShownSources extends SourceHabits {
  project: string;
  from: Day;
  to: Day;
  assistants: Assistant[];
  brands: Brand[];
  /** The one asked for, in its newest wording. */
  prompt: Awaited<ReturnType<typeof listPromptLabels>>[number] | null;
}

/** So many fit a terminal. */
const mostDomains = 20;

/** Each assistant that has answers, with its questions. */
const byAssistant = ({
  assistants,
  questions,
}: ShownSources): { assistant: Assistant; questions: QuestionHabits[] }[] =>
  assistants
    .map((assistant) => ({ assistant, questions: questions.filter(({ assistantId }) => assistantId === assistant.id) }))
    .filter((one) => one.questions.length > 0);

const overQuestions = (questions: readonly QuestionHabits[]): { enough: number } & Habits => {
  const enough = questions.flatMap(({ habits }) => habits ?? []);
  return { enough: enough.length, ...habitsOver(enough) };
};

/** All of it for programs, with the names of the project file. */
export function sourcesData(shown: ShownSources): object {
  const { project, from, to, prompt, brands, owners } = shown;
  const owned = <T extends { domain: string }>(domains: readonly T[]) =>
    domains.map((one) => ({ ...one, owner: brands.find(({ id }) => id === owners.get(one.domain))?.key ?? null }));
  const assistants = byAssistant(shown).map(({ assistant, questions }) => {
    const named = { assistant: assistant.key, surface: assistant.surface };
    if (prompt) {
      const { answers, habits } = questions[0]!;
      return { ...named, answers, habits: habits && { ...habits, domains: owned(habits.domains) } };
    }
    const { domains, ...over } = overQuestions(questions);
    return { ...named, questions: questions.length, ...over, domains: owned(domains) };
  });
  return { project, from, to, ...(prompt && { prompt: prompt.prompt.key }), assistants };
}

/** Lines for a terminal. */
export function sourcesText(shown: ShownSources, language: UiLanguage, styles: Styles): string[] {
  const { from, to, prompt } = shown;
  const said = sourceWords[language];
  const assistants = byAssistant(shown);
  const wording = words[language];
  const title = `${styles.bold(wording.period(from, to))}  ${styles.dim(prompt ? said.onlyThis : wording.intervalNote)}`;
  if (assistants.length === 0) return [title, said.noAnswers(from, to)];
  return [
    title,
    styles.dim(said.note),
    ...(prompt ? ["", styles.underline(harmless(prompt.version.text))] : []),
    ...assistants.flatMap(({ assistant, questions }) => [
      "",
      `${styles.bold(harmless(assistant.title))} (${shownSurface(assistant.surface)})`,
      ...(prompt
        ? questionLines(shown, questions[0]!, language, styles)
        : assistantLines(shown, questions, language, styles)),
    ]),
  ];
}

function assistantLines(
  shown: ShownSources,
  questions: readonly QuestionHabits[],
  language: UiLanguage,
  { dim }: Styles,
): string[] {
  const said = sourceWords[language];
  const wording = words[language];
  const number = (count: number) => count.toLocaleString(wording.locale);
  const { enough, coreShare, turnover, domains } = overQuestions(questions);
  if (enough === 0) return [said.noneEnough(number(fewestAnswers))];
  const some = said.enough(number(enough), number(questions.length), number(fewestAnswers));
  if (domains.length === 0) return [`${some} · ${said.nothingCited}`];
  const numbers = [
    `${said.coreShare} ${shownMeasure(coreShare, language)}`,
    `${said.turnover} ${shownMeasure(turnover, language)}`,
  ];
  const rows = domains
    .slice(0, mostDomains)
    .map(({ domain, questions: of }) => [
      harmless(domain),
      ownerOf(shown, domain, language),
      ...standings.map((standing) => number(of[standing])),
    ]);
  const heading = [wording.source, wording.owner, ...standings.map((standing) => said.standing[standing])];
  return [
    `${[some, ...numbers].join(" · ")}  ${dim(shownBasis(coreShare, language))}`,
    dim(said.numbers),
    ...table([heading, ...rows], 2, dim),
    ...furtherLines(domains.length, language),
  ];
}

function questionLines(
  shown: ShownSources,
  { answers, habits }: QuestionHabits,
  language: UiLanguage,
  { dim }: Styles,
): string[] {
  const said = sourceWords[language];
  const wording = words[language];
  const number = (count: number) => count.toLocaleString(wording.locale);
  if (!habits) return [said.tooFew(number(answers), number(fewestAnswers))];
  if (habits.domains.length === 0) return [said.nothingCited];
  const rows = habits.domains
    .slice(0, mostDomains)
    .map((one) => [
      harmless(one.domain),
      ownerOf(shown, one.domain, language),
      said.standing[one.standing],
      shownMeasure({ ...one, prompts: 1, note: "one_prompt" }, language),
      wording.of(number(one.hits), number(one.answers)),
    ]);
  const heading = [wording.source, wording.owner, said.title, "", said.share];
  return [...table([heading, ...rows], 3, dim), ...furtherLines(habits.domains.length, language)];
}

const ownerOf = ({ brands, owners }: ShownSources, domain: string, language: UiLanguage): string =>
  harmless(shownOwner(brands, owners.get(domain) ?? null, language));

const furtherLines = (domains: number, language: UiLanguage): string[] =>
  domains > mostDomains
    ? [sourceWords[language].more((domains - mostDomains).toLocaleString(words[language].locale))]
    : [];
