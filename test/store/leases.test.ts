/** Leases on both databases: one holder at a time, renewed, passed on when it ends or is given back. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { releaseLease, takeLease } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";

describe.each(databases)("a lease on %s", (_, open) => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await open()));
  afterEach(() => fresh.remove());

  const take = (holder: string, now: number, name = "ticker") =>
    fresh.store.tx((tx) => takeLease(tx, name, holder, now, now + 100));

  it("is had by one, who may renew it, until it ends", async () => {
    expect(await take("a", 0)).toBe(true);
    expect(await take("b", 99)).toBe(false);
    expect(await take("a", 99)).toBe(true);
    expect(await take("b", 100)).toBe(false); // it was renewed until 199
    expect(await take("b", 199)).toBe(true);
    expect(await take("a", 200)).toBe(false);
  });

  it("is had by one of many who ask at the same time", async () => {
    const holders = ["a", "b", "c", "d", "e"];
    const taken = await Promise.all(holders.map((holder) => take(holder, 0)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it("is free at once when it is given back, and only its holder can do that", async () => {
    await take("a", 0);
    await fresh.store.tx((tx) => releaseLease(tx, "ticker", "b"));
    expect(await take("b", 1)).toBe(false);
    await fresh.store.tx((tx) => releaseLease(tx, "ticker", "a"));
    expect(await take("b", 1)).toBe(true);
  });

  it("has nothing to do with a lease of another name", async () => {
    await take("a", 0);
    expect(await take("b", 0, "sweeper")).toBe(true);
  });
});
