/** Answers with their findings and roll-up kept a second, next to raw inserts of the same rows by better-sqlite3. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import pLimit from "p-limit";
import type { Found, NewAnswer } from "../../src/store/index.ts";
import {
  countDay,
  demoTown,
  findAnswers,
  findMark,
  getProject,
  listBrands,
  loadFindings,
  newestReading,
  openStore,
  saveAnswers,
  saveFindings,
  startTown,
  Together,
} from "./built.ts";
import { perSecond } from "./pipeline.ts";

const questions = 3_000;
const rounds = 3;
const goal = 0.8;
/** Answers that are kept at the same time, and answers in one transaction of the raw inserts. */
const inFlight = 100;
const answersPerCommit = 64;

/** What keeping an answer writes; the first ones hang on the answer. */
const ofAnswers = ["answers", "raw_replies", "findings", "mentions", "citations", "candidates"];
const ofDays = ["rollups", "surface_days", "source_rollups", "outcome_rollups"];

type Row = Record<string, unknown>;

export async function ingest(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  const town = await startTown(demoTown("2026-01-01"));
  try {
    const full = join(folder, "full.db");
    await perSecond(town.url, questions, full);
    const empty = join(folder, "empty.db");
    emptied(full, empty);
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const raw = rawInserts(full, copyOf(empty, join(folder, `raw-${round}.db`)));
      const ours = await ingested(full, copyOf(empty, join(folder, `ours-${round}.db`)));
      ratios.push(ours / raw);
      console.log(
        `ingest round ${round}: raw inserts ${raw.toFixed(0)} answers/s, ours ${ours.toFixed(0)}/s, ratio ${(ours / raw).toFixed(2)}`,
      );
    }
    const median = ratios.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
    console.log(`ingest: median ratio ${median.toFixed(2)} (goal ${goal})`);
  } finally {
    await town.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyOf(from: string, to: string): string {
  copyFileSync(from, to);
  return to;
}

/** The same project without any answer, in one file. */
function emptied(from: string, to: string): void {
  const whole = new Database(from);
  whole.prepare("vacuum into ?").run(to);
  whole.close();
  const database = new Database(to);
  for (const table of [...ofDays, ...[...ofAnswers].reverse()]) database.exec(`delete from ${table}`);
  database.exec("vacuum");
  database.close();
}

/** Every row by its own prepared insert, many answers in a transaction, with the store's settings. */
function rawInserts(from: string, to: string): number {
  const source = new Database(from, { readonly: true });
  const rowsOf = new Map(
    [...ofAnswers, ...ofDays].map((table) => [table, source.prepare(`select * from ${table}`).all() as Row[]]),
  );
  source.close();
  const byAnswer = new Map<unknown, [table: string, values: unknown[]][]>();
  for (const table of ofAnswers)
    for (const row of rowsOf.get(table)!) {
      const id = row["answer_id"] ?? row["id"];
      if (!byAnswer.has(id)) byAnswer.set(id, []);
      byAnswer.get(id)!.push([table, Object.values(row)]);
    }
  const database = new Database(to);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  const began = performance.now();
  const inserts = new Map(
    [...rowsOf].flatMap(([table, [first]]) => {
      if (!first) return [];
      const columns = Object.keys(first);
      const names = columns.map((column) => `"${column}"`).join(", ");
      return [
        [table, database.prepare(`insert into ${table} (${names}) values (${columns.map(() => "?").join(", ")})`)],
      ];
    }),
  );
  const groups = [...byAnswer.values()];
  const insertGroup = database.transaction((group: [string, unknown[]][][]) => {
    for (const rows of group) for (const [table, values] of rows) inserts.get(table)!.run(values);
  });
  for (let from = 0; from < groups.length; from += answersPerCommit)
    insertGroup.immediate(groups.slice(from, from + answersPerCommit));
  insertGroup.immediate([
    ofDays.flatMap((table) => rowsOf.get(table)!.map((row): [string, unknown[]] => [table, Object.values(row)])),
  ]);
  const seconds = (performance.now() - began) / 1000;
  database.close();
  return groups.length / seconds;
}

type Kept = Found & { body: Buffer };

/** As a run keeps them: answers first, then their findings, each together with others; the day's counts at the end. */
async function ingested(from: string, to: string): Promise<number> {
  const { kept, projectId } = await keptIn(from);
  const store = await openStore(to);
  const brands = await listBrands(store.read, projectId);
  const limit = pLimit(inFlight);
  const answersKept = new Together<NewAnswer, unknown>((some) => store.tx((tx) => saveAnswers(tx, some)));
  const findingsKept = new Together<Found, undefined>(async (found) => {
    await store.tx((tx) => saveFindings(tx, found, 1, brands));
    return found.map(() => undefined);
  });
  const began = performance.now();
  const keep = async ({ answer, body, findings }: Kept) => {
    await answersKept.do(projectId, { question: { ...answer, purpose: "scheduled" }, answer, body });
    await findingsKept.do(projectId, { answer, findings });
  };
  await Promise.all(kept.map((one) => limit(keep, one)));
  const { day } = kept[0]!.answer;
  const mark = await findMark(store.read, projectId, day);
  await countDay(store, await getProject(store.read, projectId), day, mark!);
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  return kept.length / seconds;
}

async function keptIn(file: string): Promise<{ kept: Kept[]; projectId: string }> {
  const database = new Database(file, { readonly: true });
  const bodies = database.prepare("select answer_id as id, body from raw_replies").all() as {
    id: string;
    body: Buffer;
  }[];
  database.close();
  const store = await openStore(file);
  const { read } = store;
  const answers = new Map(
    (
      await findAnswers(
        read,
        bodies.map(({ id }) => id),
      )
    ).map((answer) => [answer.id, answer]),
  );
  const { projectId } = [...answers.values()][0]!;
  const reading = (await newestReading(read, projectId))!;
  const brands = await listBrands(read, projectId);
  const kept: Kept[] = [];
  for (const { id, body } of bodies) {
    const answer = answers.get(id)!;
    kept.push({
      answer: { ...answer, reading: 0 },
      body,
      findings: (await loadFindings(read, answer, reading, brands))!,
    });
  }
  await store.close();
  return { kept, projectId };
}
