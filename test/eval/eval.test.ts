/** The evaluation's own reckoning: what the baseline reads, where precision is taken, and how sure a figure is. */
import { expect, it } from "vitest";
import { bestCutoff, bootstrap, figureOf } from "./figures.ts";
import { ours } from "./ours.ts";
import { plain, plainDomain, plainUrls } from "./plain.ts";

const row = (text: string, ...names: string[]) => ({
  id: "1",
  lang: "sv",
  text,
  brands: names.map((name) => ({ name })),
  labels: {},
});

it("reads names plainly: whole words in any case, no grammar", () => {
  const { mentions } = plain(row("Ångbo, ÅNGBO och Ångbos; nyÅngbo. C++ går", "Ångbo", "C++"));
  expect(mentions.map(({ brand, start }) => [brand, start])).toEqual([
    ["Ångbo", 0],
    ["Ångbo", 7],
    ["C++", 34],
  ]);
});

it("reads addresses plainly, without the sentence's punctuation", () => {
  expect(plainUrls("Se [a](https://a.example/x?y=1), https://b.example/. Och b.example.")).toEqual([
    "https://a.example/x?y=1",
    "https://b.example/",
  ]);
  expect(plainDomain("https://www.shop.example:8080/x")).toBe("shop.example");
});

it("reads ranks plainly from numbered lines", () => {
  expect(plain(row("1. Acme\n   - like Bolt\n### 2) **Bolt**\n3. none", "Acme", "Bolt")).rank).toEqual({
    Acme: 1,
    Bolt: 2,
  });
});

it("reads with the real parser in the same form, ranked brands before others", () => {
  const { mentions, rank, order } = ours(row("Unlike Corp:\n1. Bolt\n2. Acme", "Acme", "Bolt", "Corp"));
  expect(mentions.map(({ brand }) => brand)).toEqual(["Corp", "Bolt", "Acme"]);
  expect([rank, order]).toEqual([{ Bolt: 1, Acme: 2 }, ["Bolt", "Acme", "Corp"]]);
});

const items = (...pairs: [score: number, isRight: boolean][]) => pairs.map(([score, isRight]) => ({ score, isRight }));

it("takes the best precision among the cutoffs with enough recall", () => {
  const all = items([3, true], [3, true], [2, true], [2, false], [1, false], [0, false]);
  expect(bestCutoff(all, 0.97)).toEqual({ cutoff: 2, recall: 1, reached: true });
  expect(bestCutoff(all, 0.6)).toEqual({ cutoff: 3, recall: 2 / 3, reached: true });
});

it("says when no cutoff has the recall, since what was not found is never counted", () => {
  expect(bestCutoff(items([3, true], [0, true], [1, false]), 0.97)).toEqual({ cutoff: 3, recall: 0.5, reached: false });
  expect(bestCutoff(items([0, true]), 0.97)).toMatchObject({ recall: 0, reached: false });
});

const outcomes = (hits: (i: number) => number, of: number, texts: number) =>
  Array.from({ length: texts }, (_, i) => ({ id: String(i), hits: hits(i), of }));

it("gives the share of sums, not the mean of shares", () => {
  const uneven = [
    { id: "a", hits: 1, of: 1 },
    { id: "b", hits: 1, of: 3 },
  ];
  expect(figureOf(uneven)).toMatchObject({ value: 0.5, of: 4 });
  expect(figureOf([]).of).toBe(0);
});

it("takes Wilson's interval where each text is one trial, and texts without a trial do not count", () => {
  const { value, low, high } = figureOf([...outcomes((i) => i % 2, 1, 4), ...outcomes(() => 0, 0, 9)]);
  expect(value).toBe(0.5);
  expect(low).toBeCloseTo(0.15, 3);
  expect(high).toBeCloseTo(0.85, 3);
});

it("draws texts again, the same every time, where a text has several trials", () => {
  const alike = outcomes((i) => (i % 4 ? 50 : 0), 50, 40);
  expect(bootstrap(alike)).toEqual(bootstrap(alike));
  const { low, high } = figureOf(alike);
  expect(low).toBeGreaterThan(0.55);
  expect(low).toBeLessThan(0.68); // 2,000 independent trials would say 0.73
  expect(high).toBeLessThan(0.92);
});

it("keeps its doubt where all is right", () => {
  const { value, low, high } = figureOf(outcomes(() => 5, 5, 10));
  expect([value, high]).toEqual([1, 1]);
  expect(low).toBeCloseTo(0.722, 3); // Wilson on 10 of 10
});
