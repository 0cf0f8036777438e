/** Costs that a reply tells itself. */
import type { Reply } from "../../domain.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { ReadContext } from "../assistant.ts";

/** US dollars as micro-USD; null when the reply does not say. */
export const microUsd = (dollars: unknown): number | null =>
  typeof dollars === "number" && Number.isFinite(dollars) && dollars >= 0 ? Math.round(dollars * 1e6) : null;

/** What the price table says a reply cost; null when it does not know the model. */
export const listCost = (
  { servedModel, usage }: Pick<Reply, "servedModel" | "usage">,
  { day, prices }: ReadContext,
): number | null => (servedModel ? costMicroUsd(priceOf(servedModel, day, prices), usage) : null);
