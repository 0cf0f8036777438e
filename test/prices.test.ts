/** What a call costs: whole micro-USD, or null when it is not known. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Price, Usage } from "../src/domain.ts";
import { costMicroUsd, priceOf, priceTable } from "../src/prices.ts";

const usage = (more: Partial<Usage> = {}): Usage => ({
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  searches: 0,
  ...more,
});
const price = (more: Partial<Price> = {}): Price => ({
  model: "m",
  since: "2026-01-01",
  inputPerMillionUsd: 2,
  cachedInputPerMillionUsd: 0.5,
  outputPerMillionUsd: 8,
  searchPerThousandUsd: 10,
  ...more,
});
const today = "2026-11-20";

describe("the cost of a call", () => {
  it("is tokens times USD per million, which is micro-USD per token", () => {
    expect(costMicroUsd(price(), usage({ inputTokens: 1_000_000 }))).toBe(2_000_000);
    expect(costMicroUsd(price(), usage({ inputTokens: 1_000, outputTokens: 500 }))).toBe(2_000 + 4_000);
    expect(costMicroUsd(price(), usage())).toBe(0);
  });

  it("takes cached tokens out of the input and prices them apart", () => {
    expect(costMicroUsd(price(), usage({ inputTokens: 1_000, cachedInputTokens: 400 }))).toBe(600 * 2 + 400 * 0.5);
    const noDiscount = price();
    delete noDiscount.cachedInputPerMillionUsd;
    expect(costMicroUsd(noDiscount, usage({ inputTokens: 1_000, cachedInputTokens: 400 }))).toBe(2_000);
  });

  it("does not count reasoning twice: it is part of the output", () => {
    const thought = usage({ outputTokens: 900, reasoningTokens: 800 });
    expect(costMicroUsd(price(), thought)).toBe(900 * 8);
    expect(costMicroUsd(price(), { ...thought, reasoningTokens: 0 })).toBe(900 * 8);
  });

  it("adds a cent for each search at 10 USD per thousand", () => {
    expect(costMicroUsd(price(), usage({ searches: 3 }))).toBe(30_000);
    expect(costMicroUsd(price({ searchPerThousandUsd: 0 }), usage({ searches: 3 }))).toBe(0);
  });

  it("is unknown when it searched and the price of a search is not known", () => {
    const withoutSearch = price();
    delete withoutSearch.searchPerThousandUsd;
    expect(costMicroUsd(withoutSearch, usage({ inputTokens: 10, searches: 1 }))).toBeNull();
    expect(costMicroUsd(withoutSearch, usage({ inputTokens: 10 }))).toBe(20);
  });

  it("is unknown without a price or without a count, and never 0 for that", () => {
    expect(costMicroUsd(null, usage({ inputTokens: 10 }))).toBeNull();
    expect(costMicroUsd(price(), null)).toBeNull();
  });

  it("raises the whole call when the prompt is longer than the limit, not when it is as long", () => {
    const long = price({ longPrompt: { aboveTokens: 1_000, inputFactor: 2, outputFactor: 1.5 } });
    const call = usage({ inputTokens: 1_000, cachedInputTokens: 200, outputTokens: 100, searches: 1 });
    expect(costMicroUsd(long, call)).toBe(800 * 2 + 200 * 0.5 + 100 * 8 + 10_000);
    expect(costMicroUsd(long, { ...call, inputTokens: 1_001 })).toBe(
      (801 * 2 + 200 * 0.5) * 2 + 100 * 8 * 1.5 + 10_000,
    );
  });

  it("is a whole number of micro-USD, never less for more use", () => {
    const tokens = fc.nat(2_000_000);
    const calls = fc.record({ input: tokens, cached: tokens, output: tokens, searches: fc.nat(20) });
    fc.assert(
      fc.property(fc.constantFrom(...priceTable), calls, (row, { input, cached, output, searches }) => {
        const call = usage({
          inputTokens: input + cached,
          cachedInputTokens: cached,
          outputTokens: output,
          searches,
        });
        const cost = costMicroUsd(row, call);
        const more = costMicroUsd(row, { ...call, outputTokens: output + 1_000, searches: searches + 1 });
        expect(Number.isSafeInteger(cost)).toBe(true);
        expect(more).toBeGreaterThan(cost ?? Infinity);
      }),
    );
  });
});

describe("the price of a model", () => {
  it("holds for the model and its dated releases, not for its relatives", () => {
    for (const model of ["gpt-5", "gpt-5-2025-08-07", "gpt-5-20250807", "gpt-5-latest"])
      expect(priceOf(model, today)?.model, model).toBe("gpt-5");
    expect(priceOf("gpt-5-mini-2025-08-07", today)?.model).toBe("gpt-5-mini");
    expect(priceOf("claude-haiku-4-5-20251001", today)?.model).toBe("claude-haiku-4-5");
  });

  it.each(["gpt-5-pro", "gpt-4o-search-preview", "gpt-50", "gpt", "GPT-5", "claude-haiku", "llama3.1:8b", ""])(
    "is unknown for %s",
    (model) => {
      expect(priceOf(model, today)).toBeNull();
    },
  );

  it("is unknown before its first day and changes on the day of a new one", () => {
    const own = [price({ since: "2026-03-01" }), price({ since: "2026-06-01", inputPerMillionUsd: 9 })];
    const on = (day: string) => priceOf("m", day, own)?.inputPerMillionUsd ?? null;
    expect([on("2026-02-28"), on("2026-03-01"), on("2026-05-31"), on("2026-06-01")]).toEqual([null, 2, 2, 9]);
    expect(priceOf("m", "2026-07-01", own.toReversed())?.inputPerMillionUsd).toBe(9);
    expect(priceOf("gpt-5", "2025-08-06")).toBeNull();
    expect(priceOf("gpt-5", "2025-08-07")).not.toBeNull();
  });

  it("is the project's own where it has one, for the days it holds", () => {
    const own = [price({ model: "gpt-5", since: "2026-06-01", inputPerMillionUsd: 99 })];
    expect(priceOf("gpt-5", "2026-06-01", own)?.inputPerMillionUsd).toBe(99);
    expect(priceOf("gpt-5-2025-08-07", "2026-06-01", own)?.inputPerMillionUsd).toBe(99);
    expect(priceOf("gpt-5", "2026-05-31", own)?.inputPerMillionUsd).toBe(1.25);
    expect(priceOf("gpt-5-mini", "2026-06-01", own)?.inputPerMillionUsd).toBe(0.25);
  });

  it("is the one for the release when release and model both have one", () => {
    const own = [price({ model: "m-2026-05-05", inputPerMillionUsd: 7 }), price({ since: "2026-06-01" })];
    expect(priceOf("m-2026-05-05", today, own)?.inputPerMillionUsd).toBe(7);
    expect(priceOf("m-2026-08-08", today, own)?.inputPerMillionUsd).toBe(2);
  });
});

describe("the table", () => {
  it("names each model once per day, with days that exist and are not in the future of its writing", () => {
    const keys = priceTable.map(({ model, since }) => `${model} ${since}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { since } of priceTable) {
      expect(new Date(since).toISOString().slice(0, 10)).toBe(since);
      expect(since <= "2026-11-30").toBe(true);
    }
  });

  it.each(priceTable)("$model costs something, less when cached and more when written", (row) => {
    const { inputPerMillionUsd, cachedInputPerMillionUsd, outputPerMillionUsd, searchPerThousandUsd } = row;
    expect(cachedInputPerMillionUsd).toBeGreaterThan(0);
    expect(cachedInputPerMillionUsd).toBeLessThan(inputPerMillionUsd);
    expect(outputPerMillionUsd).toBeGreaterThan(inputPerMillionUsd);
    expect(searchPerThousandUsd).toBe(row.model.startsWith("grok-") ? 5 : 10);
    expect(priceOf(row.model, today)).toBe(row);
  });
});
