/** What an answer is expected to cost: from the project's own history, else from prices and usual sizes. */
import type { Assistant, Day, Price, Project } from "../domain.ts";
import { costMicroUsd, priceOf, priceTable } from "../prices.ts";
import { meanCosts } from "../store/index.ts";
import { addDays, localDay } from "./days.ts";
import type { House } from "./job.ts";

/** History older than this says little about today's prices and lengths. */
const historyDays = 14;

/** Sizes of answers in recorded replies: search results make up most of what is paid for. */
const withSearch = { inputTokens: 12_000, cachedInputTokens: 0, outputTokens: 900, reasoningTokens: 0, searches: 1 };
const withoutSearch = { inputTokens: 60, cachedInputTokens: 0, outputTokens: 700, reasoningTokens: 0, searches: 0 };

/** What one answer usually costs by the prices; null when the price is not known. */
export const usualCost = (assistant: Pick<Assistant, "model" | "search">, today: Day, prices: Price[]): number | null =>
  costMicroUsd(priceOf(assistant.model, today, prices), assistant.search ? withSearch : withoutSearch);

/**
 * What is set aside for one answer: its expected cost, or, where that is not known and a cap must hold all the same, the
 * cost of the dearest model known.
 */
export function setAsideFor(
  { workspaceBudget }: Pick<House, "workspaceBudget">,
  { budget, prices }: Pick<Project, "budget" | "prices">,
  { search }: Pick<Assistant, "search">,
  expectedMicroUsd: number | null,
): number {
  if (expectedMicroUsd !== null) return expectedMicroUsd;
  const { perRunMicroUsd, perDayMicroUsd, perMonthMicroUsd, totalMicroUsd = null } = budget;
  const caps = [perRunMicroUsd, perDayMicroUsd, perMonthMicroUsd, totalMicroUsd];
  const capped = [...caps, workspaceBudget.perDayMicroUsd, workspaceBudget.perMonthMicroUsd].some(
    (cap) => cap !== null,
  );
  if (!capped) return 0;
  const usage = search ? withSearch : withoutSearch;
  return Math.max(...[...priceTable, ...prices].map((price) => costMicroUsd(price, usage) ?? 0));
}

/** Expected cost of one answer in micro-USD by assistant id; an assistant of unknown price is left out. */
export async function estimateCosts(
  house: Pick<House, "store" | "clock">,
  project: Project,
  assistants: Assistant[],
): Promise<Map<string, number>> {
  const today = localDay(house.clock.now(), project.timezone);
  const known = await meanCosts(house.store.read, project.id, addDays(today, -historyDays));
  for (const assistant of assistants) {
    if (known.has(assistant.id)) continue;
    const cost = usualCost(assistant, today, project.prices);
    if (cost !== null) known.set(assistant.id, cost);
  }
  return known;
}
