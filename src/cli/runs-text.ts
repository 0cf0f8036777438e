/** Runs for a terminal: a table of them, or one with its assistants, failures and calls. */
import type { UiLanguage } from "../domain.ts";
import type { Cost, FullCap } from "../store/index.ts";
import { words, type Wording } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { harmless, type Styles } from "./command.ts";
import { all, knownCost, type AssistantData, type RunData, type Standing } from "./runs-data.ts";
import { table } from "./table.ts";
import { shownDuration, shownTime } from "./times.ts";

/** So many characters of a run's id tell it from others: they are chance, while ids begin with the time. */
const idEnd = 12;

/** The runs as a table, then why questions of some were not asked. */
export function runsTable(data: RunData[], language: UiLanguage, { dim }: Styles): string[] {
  const { operations } = words[language];
  const { headings } = operations.runs;
  const several = new Set(data.map(({ project }) => project.id)).size > 1;
  const grouped = data.some(({ run }) => run.promptGroup !== "");
  const possibly = data.some(({ cost }) => cost.possiblyPaid.known + cost.possiblyPaid.unknown > 0);
  const only = (wanted: boolean, cell: string) => (wanted ? [cell] : []);
  const rows = data.map((one) => [
    one.run.id.slice(-idEnd),
    ...only(several, one.project.key),
    one.run.day,
    dueText(one),
    operations.runs.purposes[one.run.purpose],
    ...only(grouped, one.run.promptGroup),
    operations.runs.states[one.run.state],
    questionsText(one, words[language]),
    shownCost(one.run.forecastMicroUsd, language),
    paidText(one, language),
    ...only(possibly, costText(one.cost.possiblyPaid, language)),
    tookText(one, words[language]),
  ]);
  const heading = [
    headings.run,
    ...only(several, headings.project),
    ...[headings.day, headings.due, headings.purpose],
    ...only(grouped, headings.group),
    ...[headings.state, headings.questions, headings.forecast, headings.cost],
    ...only(possibly, headings.possiblyPaid),
    headings.took,
  ];
  const skipped = data.flatMap((one) =>
    one.skippedFor ? [`${one.run.id.slice(-idEnd)}: ${skippedText(one, one.skippedFor, language)}`] : [],
  );
  return [...table([heading, ...rows], heading.indexOf(headings.forecast), dim), ...skipped];
}

/** One run, line by line; `why` puts its failures into words. */
export function runText(
  one: RunData,
  assistants: AssistantData[],
  why: string[],
  language: UiLanguage,
  { bold, dim }: Styles,
): string[] {
  const wording = words[language];
  const { headings, ...said } = wording.operations.runs;
  const { run, project, cost } = one;
  const facts: [string, string][] = [
    [headings.run, run.id],
    [headings.project, project.key],
    [
      headings.due,
      `${shownTime(run.dueAt, project.timezone)} (${project.timezone}), ${headings.day.toLowerCase()} ${run.day}`,
    ],
    [headings.purpose, said.purposes[run.purpose]],
    ...(run.promptGroup === "" ? [] : [[headings.group, run.promptGroup] as [string, string]]),
    [headings.state, said.states[run.state]],
    [headings.questions, questionsText(one, wording)],
    [headings.forecast, shownCost(run.forecastMicroUsd, language)],
    [headings.cost, paidText(one, language)],
    [headings.possiblyPaid, costText(cost.possiblyPaid, language)],
    [headings.took, tookText(one, wording)],
  ];
  const skipped = one.skippedFor ? [skippedText(one, one.skippedFor, language)] : [];
  const cancelled = (one.standing?.cancelled ?? 0) > 0 ? [`${wording.state.cancelled}: ${said.cancelled}`] : [];
  const rows = assistants.map(({ assistant, standing, calls }) => [
    harmless(assistant.title),
    standingText(standing, wording),
    calls.map((sum) => `${said.calls[sum.payment]} ${sum.known + sum.unknown} (${costText(sum, language)})`).join(", "),
  ]);
  const part = (title: string, lines: string[]) => (lines.length > 0 ? ["", bold(title), ...lines] : []);
  return [
    ...table(
      facts.map(([name, value]) => [dim(name), value]),
      2,
      (line) => line,
    ),
    ...part(said.skipped, [...skipped, ...cancelled]),
    ...part(said.failures, why),
    ...(rows.length > 0
      ? ["", ...table([[said.assistants, headings.questions, headings.calls], ...rows], 3, dim)]
      : []),
  ];
}

/** The hour where it is of the run's day, as it is but for imports of another zone. */
function dueText({ run, project }: RunData): string {
  const due = shownTime(run.dueAt, project.timezone);
  return due.startsWith(run.day) ? due.slice(run.day.length + 1) : due;
}

function questionsText({ run, standing }: RunData, wording: Wording): string {
  const { locale, operations } = wording;
  if (standing) return standingText(standing, wording);
  const questions = run.questions.toLocaleString(locale);
  return run.questions === 0 ? questions : operations.runs.notKept(questions);
}

function standingText(standing: Standing, { locale, state, operations }: Wording): string {
  const shown = { ...state, open: operations.runs.open };
  const parts = (["done", "failed", "skipped_budget", "cancelled", "open"] as const).flatMap((name) =>
    standing[name] > 0 ? [`${standing[name].toLocaleString(locale)} ${shown[name]}`] : [],
  );
  return `${all(standing).toLocaleString(locale)}: ${parts.join(", ")}`;
}

function paidText({ cost }: RunData, language: UiLanguage): string {
  const { booked } = words[language].operations.runs;
  const paid = costText(cost.paid, language);
  return cost.from === "booked" && cost.paid.microUsd > 0 ? booked(paid) : paid;
}

function costText(cost: Cost, language: UiLanguage): string {
  const { operations, locale } = words[language];
  const known = knownCost(cost);
  const shown = shownCost(known, language);
  return known !== null && cost.unknown > 0
    ? operations.runs.partly(shown, cost.unknown.toLocaleString(locale))
    : shown;
}

function tookText({ run, tookMs }: RunData, wording: Wording): string {
  if (tookMs === null) return wording.unknown;
  const time = shownDuration(tookMs, wording.locale);
  return run.state === "running" ? wording.operations.runs.soFar(time) : time;
}

function skippedText({ standing }: RunData, caps: FullCap[], language: UiLanguage): string {
  const { state, operations, locale } = words[language];
  const { full, notFull, caps: names } = operations.runs;
  const why = caps.map(({ period, capMicroUsd, usedMicroUsd }) => {
    const kind = period.split("-")[0] as keyof typeof names;
    return full(names[kind] ?? names.other, shownCost(capMicroUsd, language), shownCost(usedMicroUsd, language));
  });
  return `${standing!.skipped_budget.toLocaleString(locale)} ${state.skipped_budget}: ${why.join("; ") || notFull}`;
}
