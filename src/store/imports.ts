/** Opens the runs of imported answers: one for each day, with a question for each answer. */
import { inArray, max } from "drizzle-orm";
import type { Day, Question } from "../domain.ts";
import { insertQuestions, newRun } from "./runs.ts";
import type { Db } from "./store.ts";

/** The runs of days with imported answers, made where there is none; two imports of a day wait for each other. */
export async function importRuns(tx: Db, projectId: string, days: Iterable<Day>): Promise<Map<Day, string>> {
  const { runs } = tx.tables;
  const ids = new Map<Day, string>();
  for (const day of [...new Set(days)].sort()) {
    const dueAt = Date.parse(`${day}T00:00:00Z`);
    const [run] = await tx
      .insert(runs)
      .values(newRun({ projectId, dueAt, day, purpose: "import", state: "done" }))
      .onConflictDoUpdate({
        target: [runs.projectId, runs.dueAt, runs.purpose, runs.promptGroup],
        set: { state: "done" },
      })
      .returning({ id: runs.id });
    ids.set(day, run!.id);
  }
  return ids;
}

/** Keeps the questions of imported answers; those of one cell are its repeats. */
export async function addImportedQuestions(tx: Db, questions: Omit<Question, "repeat">[]): Promise<void> {
  const { questions: table } = tx.tables;
  const runIds = [...new Set(questions.map(({ runId }) => runId))];
  const cells = await tx
    .select({
      runId: table.runId,
      promptVersionId: table.promptVersionId,
      assistantId: table.assistantId,
      last: max(table.repeat),
    })
    .from(table)
    .where(inArray(table.runId, runIds))
    .groupBy(table.runId, table.promptVersionId, table.assistantId);
  type Cell = Pick<Question, "runId" | "promptVersionId" | "assistantId">;
  const keyOf = (cell: Cell) => `${cell.runId} ${cell.promptVersionId} ${cell.assistantId}`;
  const next = new Map(cells.map((cell) => [keyOf(cell), (cell.last ?? -1) + 1]));
  const rows = questions.map((question) => {
    const repeat = next.get(keyOf(question)) ?? 0;
    next.set(keyOf(question), repeat + 1);
    return { ...question, repeat };
  });
  await insertQuestions(tx, rows);
}
