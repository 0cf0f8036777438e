/** What a process tells of itself: its counts as Prometheus reads them, and whether it can work. */
import { expect, it } from "vitest";
import { StoreError } from "../../src/errors.ts";
import type { LaneDepth, Queue } from "../../src/queue/queue.ts";
import { makeMeters } from "../../src/service/meters.ts";
import { readiness } from "../../src/service/readiness.ts";
import type { Store } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";

const lane: LaneDepth = { lane: "ask-openai-1a2b", waiting: 3, delayed: 2, underWay: 1, setAside: 4, oldestMs: 1500 };
const samples = (text: string) => text.split("\n").filter((line) => line.startsWith("citera_"));

it("counts questions by adapter and outcome, with time in seconds and cost in dollars", async () => {
  const { notes, text } = makeMeters();
  notes.ended("openai", "answered", 2500, 1500);
  notes.ended("openai", "answered", 700, null);
  notes.ended("anthropic", "failed", null, null);
  notes.waits("openai", 7000);
  const told = samples(await text(() => Promise.resolve([])));
  for (const line of [
    'citera_questions_total{adapter="openai",outcome="answered"} 2',
    'citera_questions_total{adapter="anthropic",outcome="failed"} 1',
    'citera_answer_seconds_sum{adapter="openai"} 3.2',
    'citera_answer_seconds_count{adapter="openai"} 2',
    'citera_cost_usd_total{adapter="openai"} 0.0015',
    'citera_rate_limit_waits_total{adapter="openai"} 1',
    'citera_rate_limit_wait_seconds_total{adapter="openai"} 7',
  ])
    expect(told).toContain(line);
  expect(told.filter((line) => line.startsWith("citera_answer_seconds_count"))).toHaveLength(1);
});

it("tells of the parser, of jobs, and of the process", async () => {
  const { notes, text } = makeMeters();
  notes.parsed(0.5);
  notes.worked("ask", "later", 2000);
  const told = await text(() => Promise.resolve([]));
  expect(told).toContain("citera_parser_seconds_sum 0.0005");
  expect(told).toContain('citera_job_seconds_sum{job="ask",end="later"} 2');
  expect(told).toMatch(/^nodejs_eventloop_lag_seconds [\d.e-]+$/m);
  expect(told).toMatch(/^process_cpu_seconds_total [\d.e-]+$/m);
});

it("keeps the counts of two processes in one apart", async () => {
  const [first, second] = [makeMeters(), makeMeters()];
  first.notes.parsed(1);
  expect(await second.text(() => Promise.resolve([]))).toContain("citera_parser_seconds_count 0");
});

it("reads the queue when it is asked, at most every five seconds, and tells nothing old of one that is lost", async () => {
  const clock = new StillClock();
  const { text } = makeMeters(() => clock.now());
  let looks = 0;
  const depths = (found: LaneDepth[]) => () => (looks++, Promise.resolve(found));
  const told = samples(await text(depths([lane])));
  for (const [state, jobs] of Object.entries({ waiting: 3, delayed: 2, under_way: 1, set_aside: 4 }))
    expect(told).toContain(`citera_queue_jobs{lane="ask-openai-1a2b",state="${state}"} ${jobs}`);
  expect(told).toContain('citera_queue_oldest_seconds{lane="ask-openai-1a2b"} 1.5');
  clock.pass(4_999);
  await text(depths([]));
  expect(looks).toBe(1);
  clock.pass(1);
  expect(samples(await text(depths([lane]))).join()).toContain("ask-openai-1a2b");
  clock.pass(5_000);
  const lost = await text(() => Promise.reject(new Error("redis://user:password@host is gone")));
  expect(samples(lost).join()).not.toContain("ask-openai-1a2b");
  expect(lost).not.toContain("password");
  expect(lost).toContain("citera_parser_seconds_count");
});

/** A house of which only this is asked. */
const asked = (check: () => Promise<void>, depths: () => Promise<LaneDepth[]>, clock = new StillClock()) =>
  readiness({ clock, store: { check } as Store, queue: { depths } as Queue });
const well = () => Promise.resolve();
const empty = () => Promise.resolve([]);
const never = () => new Promise<never>(() => undefined);

it("is ready when store and queue answer", async () => {
  expect(await asked(well, empty)()).toEqual([]);
});

it("says in short words what stands in the way, without address or password", async () => {
  const newer = () =>
    Promise.reject(new StoreError("newer", "postgres://u:secret@10.0.0.7/citera: made by a newer one"));
  const lost = () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.8:6379"));
  expect(await asked(newer, lost)()).toEqual(["database belongs to a newer version", "queue cannot be reached"]);
});

it("waits two seconds for an answer, and looks once for all who ask meanwhile", async () => {
  const clock = new StillClock();
  let looks = 0;
  const ready = asked(() => (looks++, never()), empty, clock);
  const [first, second] = [ready(), ready()];
  clock.pass(2_000);
  expect(await Promise.all([first, second])).toEqual([["database cannot be reached"], ["database cannot be reached"]]);
  expect(looks).toBe(1);
  void ready();
  expect(looks).toBe(2);
});
