/** Ten million mentions: how long the overview, a day's roll-up and the rebuild of a year take on both databases. */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Project } from "../../src/domain.ts";
import type { Bucket } from "../../src/measures/query.ts";
import { startPostgres } from "../support/postgres.ts";
import { countDay, findMark, getProject, headlines, markDirty, measure, openStore } from "./built.ts";
import { connect, dayAfter, generate, type Size } from "./generated.ts";
import { watched } from "./memory.ts";

const twoYears = { from: "2024-07-01", days: 730, citations: 1 };
const yearEnds = dayAfter(twoYears.from, 364);
const sizes: Record<"small" | "large", Size> = {
  small: { ...twoYears, repeats: "1 + p.i % 2" },
  large: { ...twoYears, repeats: "16" },
};
/** 30 prompts, 6 assistants. */
const dayOf = (answers: number): Size => ({
  ...twoYears,
  days: 1,
  repeats: String(Math.ceil(answers / 180)),
  citations: 6,
});

const warmRuns = 20;
const limits = { overviewMs: 50, growth: 1.5, dayMs: 2_000, rebuildMb: 300 };
const metrics = headlines.map(({ id }) => id);

export async function measuresOnSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  try {
    await measuresOn("SQLite", (name) => Promise.resolve(join(folder, `${name}.db`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function measuresOnPostgres(): Promise<void> {
  const postgres = await startPostgres();
  try {
    await measuresOn("Postgres", async (name) => {
      const client = new pg.Client({ connectionString: `${postgres.url}/postgres` });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return `${postgres.url}/${name}`;
    });
  } finally {
    await postgres.stop();
  }
}

async function measuresOn(engine: string, place: (name: string) => Promise<string>): Promise<void> {
  const say = (text: string) => console.log(`measures on ${engine}: ${text}; load ${loadavg()[0]!.toFixed(1)}`);
  await oneDay(await place("day"), say);
  await bigDay(await place("big_day"), say);
  const overviews: Record<string, number[]> = {};
  for (const [name, size] of Object.entries(sizes)) {
    const url = await place(name);
    const began = performance.now();
    const { project, mentions } = await generate(url, size);
    say(`${mentions} mentions of ${size.days} days generated in ${seconds(began)} s, raw rows of all days`);
    await rebuild(url, size, name === "large", say);
    overviews[name] = await overview(url, project, say);
  }
  for (const [i, what] of ["a total", "days"].entries()) {
    const growth = overviews["large"]![i]! / overviews["small"]![i]!;
    say(`overview as ${what}: large takes ${growth.toFixed(2)} times what small takes (limit ${limits.growth})`);
  }
}

type Say = (text: string) => void;
const seconds = (began: number): string => ((performance.now() - began) / 1000).toFixed(1);
const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

async function timed(runs: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const began = performance.now();
    await work();
    if (run > 0) took.push(performance.now() - began); // the first warms up
  }
  return median(took);
}

/** A roll-up of 10,000 answers with 5 mentions and 6 citations each, beside the database's own counting of the names. */
async function oneDay(url: string, say: Say): Promise<void> {
  const { project, mentions } = await generate(url, dayOf(10_000));
  const store = await openStore(url);
  const connection = await connect(url);
  const day = twoYears.from;
  let answers = 0;
  try {
    const ours = await timed(5, async () => {
      await store.tx((tx) => markDirty(tx, project.id, day));
      answers = await countDay(store, project, day, (await findMark(store.read, project.id, day))!);
    });
    const plain = await timed(5, () =>
      connection.run(`select a.prompt_version_id, a.assistant_id, m.brand_id, count(distinct a.id)
        from answers a join mentions m on m.answer_id = a.id and m.reading = 1
        where a.project_id = '${project.id}' and a.day = '${day}' group by 1, 2, 3`),
    );
    say(
      `a day of ${answers} answers with ${mentions} mentions counted in ${ours.toFixed(0)} ms (limit ${limits.dayMs}); names alone in SQL ${plain.toFixed(0)} ms, ratio ${(ours / plain).toFixed(1)}`,
    );
  } finally {
    await connection.close();
    await store.close();
  }
}

async function bigDay(url: string, say: Say): Promise<void> {
  await generate(url, dayOf(100_000));
  const { code, seconds: took, peakMb } = await watched(["rollup"], { env: environment(url) });
  say(
    `a day of 100,000 answers counted by \`citera rollup\` with code ${code} in ${took.toFixed(0)} s, peak ${peakMb.toFixed(0)} MB (limit ${limits.rebuildMb})`,
  );
}

const environment = (url: string) => ({ ...process.env, DATABASE_URL: url });

/** Counts everything by the command; of the large one the first year is stopped in the middle and gone on with. */
async function rebuild(url: string, { days }: Size, inParts: boolean, say: Say): Promise<void> {
  const env = environment(url);
  if (inParts) {
    const stopped = await watched(["rollup", "--to", yearEnds], { env, stopAfterMs: 10_000 });
    const left = await marked(url);
    const resumed = await watched(["rollup", "--resume"], { env });
    const peakMb = Math.max(stopped.peakMb, resumed.peakMb);
    say(
      `a year counted by \`citera rollup\` in ${(stopped.seconds + resumed.seconds).toFixed(0)} s: stopped with code ${stopped.code} when ${left} days were left, gone on with and ended with code ${resumed.code}, ${await marked(url)} left; peak ${peakMb.toFixed(0)} MB (limit ${limits.rebuildMb})`,
    );
  }
  const rest = await watched(inParts ? ["rollup", "--from", dayAfter(yearEnds, 1)] : ["rollup"], { env });
  say(
    `the ${inParts ? "rest" : "whole"} of ${days} days counted with code ${rest.code} in ${rest.seconds.toFixed(0)} s, peak ${rest.peakMb.toFixed(0)} MB`,
  );
}

async function marked(url: string): Promise<number> {
  const connection = await connect(url);
  try {
    return await connection.count("dirty_days");
  } finally {
    await connection.close();
  }
}

/** Four metrics of five brands over 90 days, with their change and by day, beside sums in SQL; median of warm runs. */
async function overview(url: string, { id }: Project, say: Say): Promise<number[]> {
  const to = dayAfter(twoYears.from, twoYears.days - 1);
  const [period, compareTo] = [0, 90].map((back) => ({ from: dayAfter(to, -back - 89), to: dayAfter(to, -back) }));
  const store = await openStore(url);
  const connection = await connect(url);
  try {
    const project = await getProject(store.read, id);
    const ours = (bucket?: Bucket) =>
      timed(warmRuns, () =>
        measure(store.read, project, { ...period!, metrics, ...(bucket ? { bucket } : { compareTo: compareTo! }) }),
      );
    const plain = await timed(warmRuns, async () => {
      for (const { from, to: last } of [period!, compareTo!])
        await connection.run(`select prompt_version_id, brand_id, sum(answers), sum(named), sum(ranked), sum(top3),
          sum(searched), sum(cited) from rollups where project_id = '${id}' and day between '${from}' and '${last}'
          group by prompt_version_id, brand_id`);
    });
    const took = [await ours(), await ours("day")];
    for (const [i, what] of ["of 90 days with their change from the 90 before", "of 90 days, each by itself"].entries())
      say(
        `overview of 4 metrics of 5 brands ${what}: ${took[i]!.toFixed(1)} ms (limit ${limits.overviewMs}); the sums alone in SQL over \`rollups\` of 180 days ${plain.toFixed(1)} ms, ratio ${(took[i]! / plain).toFixed(2)}`,
      );
    return took;
  } finally {
    await connection.close();
    await store.close();
  }
}
