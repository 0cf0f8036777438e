/** What comes while others are at it is done together, and fails alone. */
import { describe, expect, it } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { Together } from "../../src/jobs/together.ts";

/** Work that notes what it is given and waits until it is told to go on. */
function held(most = 10, refused: number[] = []) {
  const given: [string, number[]][] = [];
  const gates: (() => void)[] = [];
  const together = new Together<number, number>(async (items, key) => {
    given.push([key, items]);
    await new Promise<void>((resolve) => gates.push(resolve));
    const bad = items.find((item) => refused.includes(item));
    if (bad !== undefined) throw new Error(`${bad} is refused`);
    return items.map((item) => 10 * item);
  }, most);
  const goOn = async (times = 1) => {
    for (let i = 0; i < times; i++) {
      gates.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { together, given, goOn };
}

describe("what is done together", () => {
  it("begins at once, and takes next what came meanwhile", async () => {
    const { together, given, goOn } = held();
    const all = [1, 2, 3].map((item) => together.do("a", item));
    expect(given).toEqual([["a", [1]]]);
    await goOn();
    expect(given).toEqual([
      ["a", [1]],
      ["a", [2, 3]],
    ]);
    await goOn();
    expect(await Promise.all(all)).toEqual([10, 20, 30]);
    const later = together.do("a", 4);
    expect(given.at(-1)).toEqual(["a", [4]]);
    await goOn();
    await later;
  });

  it("has something in common: others are not waited for", async () => {
    const { together, given, goOn } = held();
    const all = [together.do("a", 1), together.do("b", 2)];
    expect(given).toEqual([
      ["a", [1]],
      ["b", [2]],
    ]);
    await goOn(2);
    await Promise.all(all);
  });

  it("is at most so much at once", async () => {
    const { together, given, goOn } = held(2);
    const all = [1, 2, 3, 4].map((item) => together.do("a", item));
    await goOn(3);
    await Promise.all(all);
    expect(given.map(([, items]) => items)).toEqual([[1], [2, 3], [4]]);
  });

  it("is done one by one where it cannot be done together, and only what is at fault fails", async () => {
    const { together, given, goOn } = held(10, [3]);
    const all = [1, 2, 3, 4].map((item) => together.do("a", item));
    const ended = Promise.allSettled(all);
    await goOn(5);
    expect((await ended).map((end) => (end.status === "rejected" ? String(end.reason) : "done"))).toEqual([
      "done",
      "done",
      "Error: 3 is refused",
      "done",
    ]);
    expect(given.map(([, items]) => items)).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  });

  it("fails together where the store fails: none of them is at fault", async () => {
    let times = 0;
    const together = new Together<number, number>(() => {
      times++;
      return Promise.reject(new Error("no answer", { cause: new StoreError("unreachable", "Postgres is away") }));
    });
    const ended = await Promise.allSettled([1, 2, 3].map((item) => together.do("a", item)));
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(times).toBe(2); // the first alone, the others together
  });
});
