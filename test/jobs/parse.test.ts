/** Answers are read in the language they were asked in, with brands compiled once. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { findingsOf, readerOf } from "../../src/jobs/parse.ts";
import type { KeptAnswer } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { brand } from "../support/definition.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let fresh: FreshStore;
let home: TestHouse;
beforeEach(async () => {
  fresh = await databases[0]![1]();
  home = await openTestHouse(fresh);
});
afterEach(async () => {
  await home.close();
  await fresh.remove();
});

const brands = [brand("Tesla", { role: "own" })];
/** Too short for its language to be told: only Swedish makes `Teslor` of the name. */
const inWords = async (language: string, projectId: string) => {
  const answer = { text: "Teslor.", language, asides: [], citations: [] } as Partial<KeptAnswer> as KeptAnswer;
  return findingsOf(answer, await readerOf(home.house, projectId)).mentions.length;
};

it("reads an answer in the language of its question", async () => {
  const { id } = await home.apply({ brands, languages: ["en"] });
  expect([await inWords("sv", id), await inWords("en", id)]).toEqual([1, 0]);
});

it("falls back on the languages of the project, which belong to the reading", async () => {
  const { id } = await home.apply({ brands, languages: ["en"] });
  expect(await inWords("xx", id)).toBe(0);
  const first = await readerOf(home.house, id);
  await home.apply({ brands, languages: ["sv"] });
  expect(await inWords("xx", id)).toBe(1);
  expect((await readerOf(home.house, id)).reading.number).toBe(first.reading.number + 1);
});

it("compiles brands once for all answers of a reading, however many are read at a time", async () => {
  const { id } = await home.apply({ brands });
  const readers = await Promise.all([1, 2, 3].map(() => readerOf(home.house, id)));
  expect(new Set(readers.map(({ brandSet }) => brandSet)).size).toBe(1);
  expect(await readerOf(home.house, id)).toBe(readers[0]);
});
