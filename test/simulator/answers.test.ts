/** What answers say: everything drawn stands in the text, and nothing else does. */
import { describe, expect, it } from "vitest";
import type { TownPrompt } from "../../src/simulator/index.ts";
import { recordOf } from "../../src/simulator/ledger.ts";
import { guessLanguage } from "../../src/simulator/questions.ts";
import type { Answer } from "../../src/simulator/telling/tell.ts";
import { askAll, openTown, prompts, village } from "./village.ts";

const asking = (text: string, language: string): TownPrompt => ({ text, language, phase: "purchase", segment: null });
const branded = [
  asking("Är Vindil bra?", "sv"),
  asking("What do owners say about Ekerlund?", "en"),
  asking("Pedalus eller Rullvik?", "sv"),
  asking("Vindil vs Ekerlund vs Rullvik", "en"),
];
const textOf = ({ pieces }: Answer): string => pieces.map((piece) => piece.text).join("");
const told = openTown({ prompts: [...prompts(40), ...branded] });
const answers = askAll(told, 10).map((answer) => {
  const text = textOf(answer);
  return { answer, text, record: recordOf(answer, text, 1), ...answer.draw };
});
const baseForm = (name: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}-])${name}(?![\\p{L}\\p{N}-])`, "u");

describe("the text of an answer", () => {
  it.each(told.world.brands)("names $name in its base form when it is drawn and not at all when it is not", (brand) => {
    const base = baseForm(brand.name);
    for (const { text, named, denied } of answers) {
      const isTold = named.some((one) => one.brand.key === brand.key) || denied.some(({ key }) => key === brand.key);
      if (isTold) expect(text).toMatch(base);
      else expect(text.toLowerCase()).not.toContain(brand.name.toLowerCase());
    }
  });

  it("uses genitives and compounds as well as base forms", () => {
    const all = answers.map(({ text }) => text).join("\n");
    expect(all).toContain("Vindils ");
    expect(all).toMatch(/Vindil-ägar/);
    expect(all).toContain("Vindil's ");
    expect(all).toContain("Pedalus' ");
    expect(all).not.toContain("Pedaluss");
  });

  it("ranks in the order in which the ranked brands first appear", () => {
    const names = new Map(told.world.brands.map((brand) => [brand.key, brand.name]));
    const ranked = answers.filter(({ record }) => record.ranking !== null);
    expect(ranked.length).toBeGreaterThan(answers.length / 4);
    for (const { text, record } of ranked) {
      const places = (record.ranking ?? []).map((key) => text.indexOf(names.get(key) ?? "?"));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThanOrEqual(0);
    }
  });

  it("takes every form, and the form decides whether it ranks", () => {
    const forms = new Map(answers.map(({ record }) => [record.form, record]));
    const ranking = ["numbered", "bulleted", "headings", "table", "pros_cons", "stated"];
    for (const form of ranking) expect(forms.get(form as never)?.ranking, form).not.toBeNull();
    for (const form of ["comparison", "prose", "single", "criteria", "steps", "about", "unknown"])
      expect(forms.get(form as never)?.ranking, form).toBeNull();
  });

  it("leads numbered lists with bold names, in ranked order", () => {
    for (const { text, record } of answers) {
      if (record.form !== "numbered") continue;
      const leads = [...text.matchAll(/^\d+\. \*\*([^*:]+):?\*\*/gm)].map(([, name]) => name?.toLowerCase());
      expect(leads).toEqual(record.ranking);
    }
  });

  it("is of a real answer's length and is whole", () => {
    for (const { text } of answers) {
      expect(text.length).toBeGreaterThan(350);
      expect(text.length).toBeLessThan(3_500);
      expect(text).not.toMatch(/undefined|NaN|\[object|\S {2,}\S|\.\.|\?\?| ,/);
    }
    const lengths = answers.map(({ text }) => text.length).toSorted((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length * 0.05)]).toBeGreaterThan(550);
    expect(lengths[Math.floor(lengths.length * 0.95)]).toBeLessThan(2_500);
  });

  it("is in the language of the question", () => {
    const names = told.world.brands.map((brand) => brand.name);
    for (const { text, language } of answers) {
      const bare = names.reduce((rest, name) => rest.replaceAll(name, ""), text);
      expect(guessLanguage(bare)).toBe(language);
      if (language === "sv") expect(text).toMatch(/[åäö]/);
      else expect(bare).not.toMatch(/[åäö]/);
    }
  });

  it("is hardly ever the same twice", () => {
    const texts = answers.filter(({ named }) => named.length > 1).map(({ text }) => text);
    expect(new Set(texts).size).toBeGreaterThan(texts.length * 0.99);
  });

  it("tells facts word for word, right ones and wrong ones, and speaks in the tones drawn", () => {
    const facts = answers.flatMap(({ record, text }) => record.facts.map((fact) => ({ ...fact, text })));
    for (const { statement, text } of facts) expect(text).toContain(statement);
    const wrong = facts.filter(({ right }) => !right).length / facts.length;
    expect(wrong).toBeGreaterThan(0.2);
    expect(wrong).toBeLessThan(0.4);
    expect(new Set(answers.flatMap(({ record }) => Object.values(record.tones)))).toEqual(
      new Set(["positive", "neutral", "negative"]),
    );
  });

  it("says when it knows nothing of the brand it is asked about", () => {
    const denials = answers.filter(({ record }) => record.form === "unknown");
    expect(denials.length).toBeGreaterThan(0);
    for (const { text, record } of denials) {
      expect(record.named).not.toContain(record.denied[0]);
      expect(text).toMatch(/^(Jag (hittar|kunde|känner)|I (couldn't|don't|wasn't))/);
    }
  });

  it("speaks of the town's own goods, whatever they are", () => {
    const texts = askAll(
      openTown({ category: { en: { singular: "bank", plural: "banks" }, sv: { singular: "bank", plural: "banker" } } }),
      3,
    ).map(textOf);
    expect(texts.join(" ")).toMatch(/\bbanks\b/);
    expect(texts.join(" ")).not.toMatch(/e-bike|elcyk|coffee|kaffe/i);
  });
});

describe("oddities", () => {
  it("come at their rates and name nobody", () => {
    const habits = { refusal: 0.1, declined: 0.1, empty: 0.1, noSearch: 0.2 };
    const odd = askAll(openTown({ habits, prompts: prompts(60) }), 10);
    const share = (is: (answer: Answer) => boolean): number => odd.filter(is).length / odd.length;
    const sigma = 0.5 / Math.sqrt(odd.length);
    expect(Math.abs(share(({ draw }) => draw.outcome === "refused") - 0.1)).toBeLessThan(5 * sigma);
    expect(Math.abs(share(({ draw }) => draw.outcome === "empty") - 0.09)).toBeLessThan(5 * sigma);
    expect(Math.abs(share(({ draw }) => draw.declined) - 0.081)).toBeLessThan(5 * sigma);
    for (const { draw, pieces } of odd) {
      if (draw.outcome === "refused" || draw.outcome === "empty") expect(pieces).toEqual([]);
      if (draw.outcome === "refused" || draw.outcome === "empty" || draw.declined) expect(draw.named).toEqual([]);
      if (draw.outcome === "no_search" || draw.assistant.id === "chat") expect(draw.found).toEqual([]);
    }
  });

  it("cut an answer short and keep only what still stands in it", () => {
    const town = openTown();
    const [assistant] = town.world.assistants;
    if (!assistant) throw new Error("the village is empty");
    for (const { text: asked } of prompts(24)) {
      const place = town.next(town.question(asked), assistant);
      const whole = textOf(town.answer(place, "auto", false));
      const short = town.answer(place, "auto", true);
      const text = textOf(short);
      expect(whole.startsWith(text)).toBe(true);
      const { named, truncated, outcome } = recordOf(short, text, 1);
      expect([truncated, outcome]).toEqual([true, text === "" ? "empty" : "answered"]);
      for (const brand of town.world.brands) expect(named.includes(brand.key)).toBe(text.includes(brand.name));
    }
  });
});

describe("the pages of a town", () => {
  const searching = answers.filter(({ searches }) => searches > 0);
  it("are looked at ten a search and cited among those, each once", () => {
    for (const { record, searches } of searching) {
      expect(record.sources.length).toBe(new Set(record.sources).size);
      expect(record.sources.length).toBe(Math.min(searches * 10, 28));
      expect(record.cited.every((url) => record.sources.includes(url))).toBe(true);
    }
    expect(searching.some(({ record }) => record.cited.length === 0)).toBe(true);
  });

  it("are a brand's own more often when it is named, and sometimes when it is not", () => {
    const share = (isNamed: boolean): number => {
      const some = searching.filter(({ record }) => record.named.includes("vindil") === isNamed);
      return some.filter(({ record }) => record.citedDomains.includes("vindil.example")).length / some.length;
    };
    expect(share(true)).toBeGreaterThan(3 * share(false));
    expect(share(false)).toBeGreaterThan(0);
  });

  it("are never found again once their source is lost", () => {
    const town = openTown({ events: [{ kind: "lost_source", day: 3, domain: "cykeltest.example" }] });
    const domains = (): Set<string> => new Set(askAll(town, 2).flatMap(({ draw }) => draw.found.map((p) => p.domain)));
    expect(domains()).toContain("cykeltest.example");
    town.setDay("2026-03-04");
    expect(domains()).not.toContain("cykeltest.example");
  });

  it("have addresses under the reserved top-level domain only", () => {
    const urls = new Set(searching.flatMap(({ record }) => record.sources));
    for (const url of urls) expect(new URL(url).hostname).toMatch(/\.example$/);
  });
});

describe("a question nobody registered", () => {
  it.each([
    ["Vilken elcykel är bäst?", "sv"],
    ["Vilken cykel ska jag ha", "sv"],
    ["Which e-bike is best?", "en"],
    ["best e-bikes for commuting", "en"],
    ["Tell me about Kopparbönan", "sv"],
  ])("%s is taken for %s", (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it("is answered in English although a brand's name looks Swedish", () => {
    const { brands } = village();
    const town = openTown({
      brands: brands.map((brand, place) => ({ ...brand, ...(place === 0 && { name: "Åhjulet" }) })),
    });
    expect(town.question("Tell me about Åhjulet")).toMatchObject({ language: "en", phase: "consideration" });
    expect(town.question("Tell me about Åhjulet").asked.map(({ key }) => key)).toEqual(["vindil"]);
  });
});
