/** One of many processes leads: it keeps its lease, is followed when it dies, and gives it back when it stops. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Clock } from "../../src/domain.ts";
import { lead, type Leadership } from "../../src/service/leading.ts";
import { newId, type Store } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { logInto } from "../support/log.ts";

const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 2, timeout: 10_000 });
const minuteMs = 60_000;

let fresh: FreshStore;
let lines: string[];
let candidates: { clock: StillClock; end: AbortController; naps: number }[];
let name: string;
beforeEach(() => {
  [lines, candidates] = [[], []];
  name = newId(); // tests share a database, not a lease
});
afterEach(() => candidates.forEach(({ end }) => end.abort()));

/** A process that may lead, on a clock of its own. */
function candidate({ clock, store = fresh.store, ...more }: Partial<Leadership> & { clock: StillClock }) {
  const state = { leads: 0, began: 0 };
  const end = new AbortController();
  const one = { clock, end, naps: 0 };
  candidates.push(one);
  const own: Clock = {
    now: () => clock.now(),
    sleep: (ms, signal) => {
      if (signal === end.signal) one.naps++; // between two renewals
      return clock.sleep(ms, signal);
    },
  };
  const work = async (signal: AbortSignal) => {
    state.leads++;
    state.began++;
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    state.leads--;
  };
  const ended = lead({ store, clock: own, log: logInto(lines), name, work, ...more }, end.signal);
  return { state, stop: () => (end.abort(), ended) };
}

describe("on Postgres", () => {
  beforeAll(async () => {
    fresh = await databases.find(([name]) => name === "Postgres")![1]();
  });
  afterAll(() => fresh.remove());

  /** Lets time pass as slowly as renewals take. */
  const letPass = async (ms: number, ...clocks: StillClock[]) => {
    const awake = candidates.filter(({ clock, end }) => clocks.includes(clock) && !end.signal.aborted);
    await soon(() => expect(awake.every(({ naps }) => naps > 0)).toBe(true));
    for (let passed = 0; passed < ms; passed += 10_000) {
      const before = awake.map(({ naps }) => naps);
      for (const clock of clocks) clock.pass(10_000);
      await soon(() => expect(awake.every(({ naps }, i) => naps > before[i]!)).toBe(true));
    }
  };

  it("one of two leads for as long as both live", async () => {
    const clock = new StillClock();
    const [a, b] = [candidate({ clock }), candidate({ clock })];
    await soon(() => expect(a.state.leads + b.state.leads).toBe(1));
    await letPass(3 * minuteMs, clock);
    expect(a.state.began + b.state.began).toBe(1);
    await Promise.all([a.stop(), b.stop()]);
    expect(a.state.leads + b.state.leads).toBe(0);
  });

  it("the second follows within a minute when the first is killed", async () => {
    const [first, second] = [new StillClock(), new StillClock()];
    const a = candidate({ clock: first });
    await soon(() => expect(a.state.leads).toBe(1));
    const b = candidate({ clock: second });
    await letPass(minuteMs, first, second);
    expect(b.state.leads).toBe(0);
    await letPass(50_000, second); // the first is killed: its time stands still, and nothing is given back
    await soon(() => expect(b.state.leads).toBe(1));
  });

  it("the second follows with its next look when the first is stopped", async () => {
    const clock = new StillClock();
    const a = candidate({ clock });
    await soon(() => expect(a.state.leads).toBe(1));
    const b = candidate({ clock });
    await a.stop();
    await letPass(10_000, clock);
    await soon(() => expect(b.state.leads).toBe(1));
  });

  it("one whose lease was taken, because the clocks differ, stops by itself", async () => {
    const [slow, fast] = [new StillClock(), new StillClock(new StillClock().now() + minuteMs)];
    const a = candidate({ clock: slow });
    await soon(() => expect(a.state.leads).toBe(1));
    const b = candidate({ clock: fast });
    await soon(() => expect(b.state.leads).toBe(1));
    await letPass(10_000, slow, fast);
    await soon(() => expect([a.state.leads, b.state.leads]).toEqual([0, 1]));
  });

  it("one that cannot ask the store stops when its lease has ended, and leads again when it can", async () => {
    const clock = new StillClock();
    let reached = true;
    const unsteady: Store = {
      ...fresh.store,
      tx: (work) => (reached ? fresh.store.tx(work) : Promise.reject(new Error("the connection was lost"))),
    };
    const a = candidate({ clock, store: unsteady });
    await soon(() => expect(a.state.leads).toBe(1));
    reached = false;
    await letPass(20_000, clock);
    expect(a.state.leads).toBe(1);
    await letPass(20_000, clock);
    await soon(() => expect(a.state.leads).toBe(0));
    reached = true;
    await letPass(10_000, clock);
    await soon(() => expect(a.state).toEqual({ leads: 1, began: 2 }));
    expect(lines.join("")).toContain("a lease could not be renewed");
  });

  it("begins its work anew when that fails", async () => {
    const clock = new StillClock();
    let tries = 0;
    const work = async (signal: AbortSignal) => {
      if (++tries === 1) throw new Error("the project could not be read");
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    };
    candidate({ clock, work });
    await soon(() => expect(lines.join("")).toContain("the project could not be read"));
    await letPass(10_000, clock);
    await soon(() => expect(tries).toBe(2));
  });
});

describe("on SQLite", () => {
  beforeAll(async () => {
    fresh = await databases.find(([name]) => name === "SQLite")![1]();
  });
  afterAll(() => fresh.remove());

  it("who has the file leads at once, whatever a killed process has left", async () => {
    await fresh.store.tx((tx) => tx.insert(tx.tables.leases).values({ name, holder: "dead", until: 9e15 }));
    const a = candidate({ clock: new StillClock() });
    expect(a.state.leads).toBe(0);
    await soon(() => expect(a.state.leads).toBe(1));
    await a.stop();
    expect(a.state.leads).toBe(0);
  });
});
