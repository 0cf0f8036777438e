/** The texts of the interface: the same in both languages, none left empty, and numbers as each language writes them. */
import { describe, expect, it } from "vitest";
import type { Break, Measure } from "../src/domain.ts";
import { shownBreak } from "../src/words/breaks.ts";
import { words } from "../src/words/index.ts";
import { shownUncertainty } from "../src/words/measures.ts";
import { shownBasis, shownCost, shownCosts, shownMeasure, shownUnlocated } from "../src/words/numbers.ts";

type Entry = string | ((...given: never[]) => string) | { [name: string]: Entry };

/** Every text by its path; texts that take arguments are given their places' names, or what is told. */
function textsOf(entry: Entry, path = "", give = (i: number) => `<${i}>`): [path: string, text: string][] {
  if (typeof entry === "string") return [[path, entry]];
  if (typeof entry === "function") {
    const given = Array.from({ length: entry.length }, (_, i) => give(i)) as never[]; // any argument can be shown
    return [[`${path}(${entry.length})`, entry(...given)]];
  }
  return Object.entries(entry).flatMap(([name, inner]) => textsOf(inner, path ? `${path}.${name}` : name, give));
}

const [english, swedish] = [textsOf(words.en), textsOf(words.sv)];
const measure = (more: Partial<Measure> = {}): Measure => ({
  value: 0.4249,
  low: 0.3512,
  high: 0.4951,
  answers: 210,
  prompts: 30,
  hits: 89,
  note: null,
  ...more,
});
/** Spaces that do not break are written as such by Intl. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("the texts", () => {
  it("have the same keys and arguments in both languages", () => {
    expect(swedish.map(([path]) => path).sort()).toEqual(english.map(([path]) => path).sort());
    expect(english.length).toBeGreaterThan(50);
  });

  it("are never empty and carry no stray space", () => {
    for (const [path, text] of [...english, ...swedish]) {
      expect(text, path).toBe(text.trim());
      expect(text, path).not.toBe("");
      expect(text, path).not.toMatch(/ {2}|undefined|\[object/);
    }
  });

  it("show every argument they are given", () => {
    for (const [path, text] of [...english, ...swedish]) {
      const count = Number(/\((\d)\)$/.exec(path)?.[1] ?? 0);
      for (let i = 0; i < count; i++) expect(text, path).toContain(`<${i}>`);
    }
  });

  it("speak of one as of one", () => {
    const plural = /\b1 (?:API )?(?:answers|questions|rows|days|brands|are|were|frågor|rader|dagar|varumärken)\b/;
    for (const [path, text] of [words.en, words.sv].flatMap((entry) => textsOf(entry, "", () => "1")))
      if (!path.startsWith("doctor.")) expect(text, path).not.toMatch(plural); // its hosts answer and are no counts
    expect(words.en.forecast(1, "x")).toBe("1 question, expected cost x");
    expect(words.sv.stopped(1)).toMatch(/^Stoppat; 1 fråga återstår\./);
    expect(words.en.imported("1,000", "2")).toBe("1,000 answers kept, 2 known already.");
  });

  it("name the same commands in both languages", () => {
    const commands = (texts: [string, string][]) =>
      new Map(texts.map(([path, text]) => [path, text.match(/`[^`]+`/g)?.sort() ?? []]));
    expect(commands(swedish)).toEqual(commands(english));
  });

  it("are translated: sentences differ", () => {
    const sentences = new Map(english.filter(([, text]) => text.split(" ").length > 3));
    for (const [path, text] of swedish) if (sentences.has(path)) expect(text, path).not.toBe(sentences.get(path));
  });
});

describe("a place that was not passed on", () => {
  const told = (unlocated: number, takes: string[]) =>
    shownUnlocated({ unlocated, outcomes: { answered: 3, refused: 1 } }, takes, "en");

  it("is told with its share, and the time zone alone where the rest was taken", () => {
    expect(told(4, ["country"])).toBe("country and time zone could not be passed on: 4 of 4");
    expect(told(0, ["country", "city"])).toBe("the time zone could not be passed on");
    expect(told(1, ["country"])).toBe(
      "country and time zone could not be passed on: 1 of 4; the time zone could not be passed on",
    );
    expect(told(0, ["country", "timezone"])).toBeNull();
    expect(told(0, [])).toBeNull(); // imported answers: nobody knows
  });
});

describe("a measure", () => {
  it("is a whole percentage with its interval", () => {
    expect(shownMeasure(measure(), "en")).toBe("42 % (35–50)");
    expect(shownMeasure(measure(), "sv")).toBe("42 % (35–50)");
    expect(shownMeasure(measure({ value: 1, low: 0.66, high: 1 }), "en")).toBe("100 % (66–100)");
  });

  it("that is a real zero is shown as zero, one that is nothing never", () => {
    expect(shownMeasure(measure({ value: 0, low: 0, high: 0.09, hits: 0 }), "en")).toBe("0 % (0–9)");
    const nothing = { value: null, low: null, high: null, answers: 0, prompts: 0, hits: 0, note: "nothing" } as const;
    expect(shownMeasure(nothing, "en")).toBe("no answers");
    expect(shownMeasure(nothing, "sv")).toBe("inga svar");
    expect(shownMeasure({ ...nothing, note: "no_search" }, "en")).toBe("no search");
    expect(shownMeasure({ ...nothing, note: "no_search" }, "sv")).toBe("söker inte");
  });

  it("of too few questions is no number at all", () => {
    const few = measure({ low: null, high: null, prompts: 3, note: "too_few_prompts" });
    expect(shownMeasure(few, "en")).toBe("too few questions");
    expect(shownMeasure(few, "sv")).toBe("för få frågor");
  });

  it("says what it rests on, in the singular and the plural", () => {
    expect(shownBasis(measure(), "en")).toBe("210 answers, 30 questions");
    expect(shownBasis(measure(), "sv")).toBe("210 svar, 30 frågor");
    const one = measure({ answers: 1, prompts: 1, note: "one_prompt" });
    expect(shownBasis(one, "en")).toBe("1 answer, 1 question (this question only)");
    expect(shownBasis(one, "sv")).toBe("1 svar, 1 fråga (bara denna fråga)");
    expect(shownBasis(measure({ prompts: 0, answers: 0 }), "en")).toBe("");
  });

  it("groups thousands as each language does", () => {
    expect(shownBasis(measure({ answers: 12_345 }), "en")).toBe("12,345 answers, 30 questions");
    expect(plain(shownBasis(measure({ answers: 12_345 }), "sv"))).toBe("12 345 svar, 30 frågor");
  });
});

describe("an amount of money", () => {
  it("has a decimal point in English and a decimal comma in Swedish", () => {
    expect(shownCost(12_345_678, "en")).toBe("12.35 USD");
    expect(plain(shownCost(12_345_678, "sv"))).toBe("12,35 USD");
    expect(plain(shownCost(1_234_567_890, "sv"))).toBe("1 234,57 USD");
    expect(shownCost(1_234_567_890, "en")).toBe("1,234.57 USD");
  });

  it("shows small amounts with the decimals they need", () => {
    expect(shownCost(31_000, "en")).toBe("0.0310 USD");
    expect(shownCost(31_000, "sv")).toBe("0,0310 USD");
    expect(shownCost(0, "en")).toBe("0.00 USD");
    expect(shownCosts({ costMicroUsd: 31_000, unpriced: 2 }, "en")).toBe("0.0310 USD (+ 2 unknown)");
    expect(shownCosts({ costMicroUsd: 31_000, unpriced: 0 }, "sv")).toBe("0,0310 USD");
    expect(shownCosts({ costMicroUsd: null, unpriced: 2 }, "sv")).toBe("okänd");
  });

  it("below nothing has the minus sign of the language", () => {
    expect(shownCost(-2_500_000, "en")).toBe("-2.50 USD");
    expect(shownCost(-2_500_000, "sv")).toBe("\u22122,50 USD");
  });

  it("that is not known is never zero", () => {
    expect(shownCost(null, "en")).toBe("unknown");
    expect(shownCost(null, "sv")).toBe("okänd");
  });
});

describe("a period", () => {
  it("names its first and last day as they are kept", () => {
    expect(words.en.period("2026-03-01", "2026-03-28")).toBe("2026-03-01 to 2026-03-28");
    expect(words.sv.period("2026-03-01", "2026-03-28")).toBe("2026-03-01 till 2026-03-28");
  });
});

describe("what is said of levels and changes", () => {
  const brand = (visibility: Measure, change?: Measure) => ({
    measures: { visibility },
    ...(change && { changes: { visibility: change } }),
  });
  const level = measure({ low: 0.3, high: 0.5, prompts: 1234 });
  const change = (low: number, high: number) => measure({ low, high, prompts: 1200 });

  it("counts the questions that stand for others, and those asked both times", () => {
    expect(shownUncertainty(brand(level, change(0, 0.1)), "en")).toBe(
      "The level is uncertain because 1,234 questions stand for thousands of real ones; " +
        "the change is more certain because the same 1,200 were asked both times.",
    );
    expect(plain(shownUncertainty(brand(level, change(0, 0.1)), "sv")!)).toBe(
      "Nivån är osäker eftersom 1 234 frågor står för tusentals verkliga; " +
        "förändringen är säkrare eftersom samma 1 200 ställdes båda gångerna.",
    );
  });

  it("calls no change more certain that is not, or that is not known", () => {
    const levelOnly = "The level is uncertain because 1,234 questions stand for thousands of real ones.";
    for (const other of [undefined, change(-0.1, 0.2), measure({ low: null, high: null })])
      expect(shownUncertainty(brand(level, other), "en")).toBe(levelOnly);
  });

  it("says nothing where there is no level, or that of one question", () => {
    for (const none of [undefined, brand(measure({ low: null, high: null })), brand(measure({ prompts: 1 }))])
      expect(shownUncertainty(none, "en")).toBeNull();
  });
});

describe("a break of a series", () => {
  const day = "2026-03-04";
  it.each([
    [
      { kind: "prompt_edited", day, prompt: "best" },
      "2026-03-04 question best edited",
      "2026-03-04 frågan best ändrad",
    ],
    [
      { kind: "panel_changed", day, added: ["a", "b"], removed: ["c"] },
      "2026-03-04 questions added: a, b; questions removed: c",
      "2026-03-04 nya frågor: a, b; borttagna frågor: c",
    ],
    [
      { kind: "panel_changed", day, added: [], removed: ["a", "b", "c", "d", "e", "f", "g"] },
      "2026-03-04 questions removed: a, b, c, d, e + 2",
      "2026-03-04 borttagna frågor: a, b, c, d, e + 2",
    ],
    [
      { kind: "model_changed", day, assistant: "chatgpt", before: "m-1", after: "" },
      "2026-03-04 chatgpt answers with an unnamed model, before with m-1",
      "2026-03-04 chatgpt svarar med en modell utan namn, förut med m-1",
    ],
  ] as const)("is told on one line: %j", (one, english, swedish) => {
    const given = structuredClone(one) as Break;
    expect([shownBreak(given, "en"), shownBreak(given, "sv")]).toEqual([english, swedish]);
  });
});
