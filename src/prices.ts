/** The dated price table and the cost of a call; pure, and overridable from the project file. */
import type { Day, Price, Usage } from "./domain.ts";

/** Long prompts cost more: [tokens above which, factor on input, factor on output]. */
const openaiLong = { aboveTokens: 272_000, inputFactor: 2, outputFactor: 1.5 };
const haikuLong = { aboveTokens: 100_000, inputFactor: 5, outputFactor: 5 };

/** One row of the table; OpenAI and Anthropic ask 10 USD per thousand searches. */
const row = (
  model: string,
  since: Day,
  [inputPerMillionUsd, cachedInputPerMillionUsd, outputPerMillionUsd]: [number, number, number],
  longPrompt?: Price["longPrompt"],
  searchPerThousandUsd = 10,
): Price => ({
  model,
  since,
  inputPerMillionUsd,
  cachedInputPerMillionUsd,
  outputPerMillionUsd,
  searchPerThousandUsd,
  ...(longPrompt && { longPrompt }),
});

/** Grok's search costs half; prices of 4.3 and 4.6 are exact: they give the cost that recorded replies state. */
const grok = (model: string, since: Day, perMillionUsd: [number, number, number]): Price => ({
  ...row(model, since, perMillionUsd),
  searchPerThousandUsd: 5,
});

/**
 * List prices in USD as the vendors published them or third parties reported them, read in November 2026.
 * Prices change: a project's own `prices` win over this table, and a model that is not here costs "unknown".
 */
export const priceTable: Price[] = [
  row("gpt-4.1", "2025-04-14", [2, 0.5, 8]),
  row("gpt-4.1-mini", "2025-04-14", [0.4, 0.1, 1.6]),
  row("gpt-4o", "2024-10-01", [2.5, 1.25, 10]),
  row("gpt-4o-mini", "2024-07-18", [0.15, 0.075, 0.6]),
  row("gpt-5", "2025-08-07", [1.25, 0.125, 10]),
  row("gpt-5-mini", "2025-08-07", [0.25, 0.025, 2]),
  row("gpt-5-nano", "2025-08-07", [0.05, 0.005, 0.4]),
  row("gpt-5-search-api", "2025-10-14", [1.25, 0.125, 10]),
  row("gpt-5.2", "2025-12-11", [1.75, 0.175, 14]),
  row("gpt-5.4", "2026-03-01", [2.5, 0.25, 15], openaiLong),
  row("gpt-5.4-mini", "2026-03-01", [0.75, 0.075, 4.5], openaiLong),
  row("gpt-5.5", "2026-04-01", [5, 0.5, 30], openaiLong),
  row("gpt-5.6-luna", "2026-07-30", [0.2, 0.02, 1.2], openaiLong),
  row("gpt-5.6-terra", "2026-07-30", [2, 0.2, 12], openaiLong),
  row("gpt-5.6-sol", "2026-09-22", [4, 0.4, 20], openaiLong),
  row("gpt-6-luna", "2026-09-22", [0.1, 0.01, 0.5], openaiLong),
  row("gpt-6-sol", "2026-09-22", [2, 0.2, 10], openaiLong),
  row("gpt-6-astra", "2026-09-01", [10, 1, 50], openaiLong),
  row("gpt-6.1-sol", "2026-10-01", [2, 0.1, 10], openaiLong),
  row("claude-haiku-4-5", "2025-10-01", [1, 0.1, 5]),
  row("claude-sonnet-4-5", "2025-09-29", [3, 0.3, 15]),
  row("claude-sonnet-4-6", "2026-02-01", [3, 0.3, 15]),
  row("claude-opus-4-5", "2025-11-01", [5, 0.5, 25]),
  row("claude-opus-5", "2026-07-24", [5, 0.5, 25]),
  row("claude-sonnet-5", "2026-06-01", [2, 0.2, 10]),
  row("claude-haiku-5-5", "2026-09-22", [0.1, 0.01, 0.5], haikuLong),
  row("claude-sonnet-5-5", "2026-09-22", [2, 0.1, 10]),
  row("claude-opus-5-5", "2026-09-22", [4, 0.2, 20]),
  grok("grok-3-mini", "2025-04-09", [0.3, 0.075, 0.5]),
  grok("grok-4-fast-reasoning", "2025-09-19", [0.2, 0.05, 0.5]),
  grok("grok-4-fast-non-reasoning", "2025-09-19", [0.2, 0.05, 0.5]),
  grok("grok-4.3", "2026-05-01", [1.25, 0.2, 2.5]),
  grok("grok-4.6", "2026-08-01", [2, 0.5, 6]),
];

/** The price in force for `model` on `day`: longest matching model name first, then the latest day; own prices win. */
export function priceOf(model: string, day: Day, own: Price[] = []): Price | null {
  for (const table of [own, priceTable]) {
    const fitting = table.filter((price) => matches(model, price.model) && price.since <= day);
    const best = fitting.sort((a, b) => b.model.length - a.model.length || (a.since < b.since ? 1 : -1))[0];
    if (best) return best;
  }
  return null;
}

/** `gpt-5` stands for `gpt-5` and its dated releases `gpt-5-2025-08-07`, not for `gpt-5-mini`. */
const matches = (model: string, name: string): boolean =>
  model === name ||
  (model.startsWith(`${name}-`) && /^-(?:\d{4}-?\d{2}-?\d{2}|latest)$/.test(model.slice(name.length)));

/** Cost of a call in micro-USD (USD per million tokens = micro-USD per token), or null when the price is unknown. */
export function costMicroUsd(price: Price | null, usage: Usage | null): number | null {
  if (!price || !usage) return null;
  if (usage.searches > 0 && price.searchPerThousandUsd === undefined) return null;
  const long = price.longPrompt && usage.inputTokens > price.longPrompt.aboveTokens ? price.longPrompt : undefined;
  const cached = usage.cachedInputTokens * (price.cachedInputPerMillionUsd ?? price.inputPerMillionUsd);
  const fresh = Math.max(0, usage.inputTokens - usage.cachedInputTokens) * price.inputPerMillionUsd;
  const input = (cached + fresh) * (long?.inputFactor ?? 1);
  const output = usage.outputTokens * price.outputPerMillionUsd * (long?.outputFactor ?? 1);
  return Math.round(input + output + usage.searches * (price.searchPerThousandUsd ?? 0) * 1000);
}
