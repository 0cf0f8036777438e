/** What an answer is expected to cost: from the project's own history, else from prices and usual sizes. */
import type { Assistant, Project } from "../domain.ts";
import { costMicroUsd, priceOf } from "../prices.ts";
import { meanCosts } from "../store/index.ts";
import { addDays, localDay } from "./days.ts";
import type { House } from "./job.ts";

/** History older than this says little about today's prices and lengths. */
const historyDays = 14;

/** Sizes of answers in recorded replies: search results make up most of what is paid for. */
const withSearch = { inputTokens: 12_000, cachedInputTokens: 0, outputTokens: 900, reasoningTokens: 0, searches: 1 };
const withoutSearch = { inputTokens: 60, cachedInputTokens: 0, outputTokens: 700, reasoningTokens: 0, searches: 0 };

/** Expected cost of one answer in micro-USD by assistant id; an assistant of unknown price is left out. */
export async function estimateCosts(
  house: House,
  project: Project,
  assistants: Assistant[],
): Promise<Map<string, number>> {
  const today = localDay(house.clock.now(), project.timezone);
  const known = await meanCosts(house.store.read, project.id, addDays(today, -historyDays));
  for (const assistant of assistants) {
    if (known.has(assistant.id)) continue;
    const price = priceOf(assistant.model, today, project.prices);
    const cost = costMicroUsd(price, assistant.search ? withSearch : withoutSearch);
    if (cost !== null) known.set(assistant.id, cost);
  }
  return known;
}
