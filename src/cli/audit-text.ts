/** What `citera audit` says: each round's value with its interval and cost, why it ended, and what that saved. */
import type { Project, UiLanguage } from "../domain.ts";
import type { Audit, AuditEnd, AuditRound, AuditWish, RunPlan } from "../jobs/index.ts";
import { words } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { planWords } from "../words/plan.ts";
import { harmless, type Styles } from "./command.ts";

const isUnpriced = ({ costPerAnswerMicroUsd }: RunPlan["assistants"][number]) => costPerAnswerMicroUsd === null;

/** What is about to be asked, who is left out, and what a round is expected to cost. */
export function openingLines(plan: RunPlan, wish: AuditWish, language: UiLanguage): string[] {
  const said = planWords[language];
  const wording = words[language];
  const unpriced = plan.assistants.filter(isUnpriced);
  const cost = unpriced.length === plan.assistants.length ? null : plan.costMicroUsd;
  return [
    ...plan.leftOut.map(({ assistant, missing }) => wording.leftOut(harmless(assistant.title), missing.join(", "))),
    said.auditTitle(harmless(plan.project.name), number(plan.questions, language), points(wish.width, language)),
    said.oneRound(shownCost(cost, language)),
    ...(unpriced.length > 0
      ? [said.unknownPrice(harmless(unpriced.map(({ assistant }) => assistant.title).join(", ")))]
      : []),
  ];
}

/** `Round 3: 42.1 % (37.4–46.9), 720 answers, 1.23 USD so far`. */
export function roundLine({ round, visibility, costMicroUsd }: AuditRound, language: UiLanguage): string {
  const said = planWords[language];
  const shown = number(round, language);
  if (!visibility) return said.noAnswers(shown);
  const { value, low, high, answers } = visibility;
  const rate = `${points(value, language)} % (${points(low, language)}–${points(high, language)})`;
  return said.round(shown, rate, number(answers, language), shownCost(costMicroUsd, language));
}

/** Why it ended, and what was saved against a plan for the worst case. */
export function endLines(audit: Audit, end: AuditEnd, language: UiLanguage, { bold, dim }: Styles): string[] {
  const said = planWords[language];
  const { cells, saved } = figuresOf(audit, end);
  const { round } = end.rounds.at(-1)!;
  const [asked, worst] = [number(round, language), number(end.worstCaseRounds, language)];
  const silent = audit.plan.questions - cells;
  return [
    bold(said.ended[end.ended]),
    saved !== null && saved.share > 0
      ? said.saved(asked, worst, number(saved.share * 100, language), shownCost(saved.costMicroUsd, language))
      : said.notSaved(asked, worst),
    ...(silent > 0 ? [said.unansweredCells(number(silent, language), number(audit.plan.questions, language))] : []),
    dim(said.theseOnly),
  ];
}

/**
 * For programs: `{ project, width, level, run, ended, visibility: { value, low, high, cells, answers } | null, cells,
 * costMicroUsd, worstCaseRounds, saved: { share, costMicroUsd } | null, rounds: [{ round, visibility, costMicroUsd }] }`.
 * `cells`: pairs of question and assistant asked in each round; `saved` is null where it did not end narrow enough.
 */
export function auditData(project: Project, audit: Audit, wish: AuditWish, end: AuditEnd): object {
  const last = end.rounds.at(-1)!;
  return {
    ...{ project: project.key, width: wish.width, level: wish.level, run: audit.run.id, ended: end.ended },
    ...{ visibility: last.visibility, cells: audit.plan.questions, costMicroUsd: last.costMicroUsd },
    ...{ worstCaseRounds: end.worstCaseRounds, saved: figuresOf(audit, end).saved, rounds: end.rounds },
  };
}

/** What the rounds that were not needed would have cost, as much as those that were asked. */
function figuresOf(audit: Audit, { rounds, ended, worstCaseRounds }: AuditEnd) {
  const { round, visibility, costMicroUsd } = rounds.at(-1)!;
  const priced = !audit.plan.assistants.some(isUnpriced);
  const unasked = worstCaseRounds - round;
  return {
    cells: visibility?.cells ?? 0,
    saved:
      ended === "narrow"
        ? {
            share: Math.max(0, unasked / worstCaseRounds),
            costMicroUsd: priced ? Math.round((Math.max(0, unasked) * costMicroUsd) / round) : null,
          }
        : null,
  };
}

const number = (value: number, language: UiLanguage) =>
  value.toLocaleString(words[language].locale, { maximumFractionDigits: 0 });
const points = (share: number, language: UiLanguage) =>
  (share * 100).toLocaleString(words[language].locale, { maximumFractionDigits: 1 });
