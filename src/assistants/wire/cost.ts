/** What a reply cost: what it says itself, else what the price table makes of its usage. */
import type { Reply } from "../../domain.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { ReadContext } from "../assistant.ts";
import { record, type Json } from "./json.ts";

/** 10,000,000,000 ticks are a dollar: recorded replies' tokens and searches at list prices come to exactly their ticks. */
const ticksPerMicroUsd = 10_000;

/** Micro-USD, or null when neither the reply nor a price tells. */
export function costOf(body: Json, { usage, servedModel }: Pick<Reply, "usage" | "servedModel">, context: ReadContext) {
  const ticks = record(body["usage"])["cost_in_usd_ticks"];
  if (typeof ticks === "number" && ticks >= 0) return Math.round(ticks / ticksPerMicroUsd);
  return servedModel ? costMicroUsd(priceOf(servedModel, context.day, context.prices), usage) : null;
}
