/** Readings: which parser and which brands findings were made with, and which of them measures use. */
import { desc, eq } from "drizzle-orm";
import type { Project } from "../domain.ts";
import { listAnswerDays } from "./answer-days.ts";
import { markDirty } from "./rollups.ts";
import { given, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

export interface Reading {
  projectId: string;
  number: number;
  parserVersion: number;
  brandSetVersion: number;
}

/** The newest reading of a project: the one new answers are read with. */
export async function newestReading(db: Db, projectId: string): Promise<Reading | null> {
  const { readings } = db.tables;
  const newest = prepared(db, "newest reading", () =>
    db
      .select()
      .from(readings)
      .where(eq(readings.projectId, given("projectId")))
      .orderBy(desc(readings.number))
      .limit(1),
  );
  const [row] = await newest({ projectId });
  return row ?? null;
}

/** The newest reading if it was made by this parser and brand set; else a new one is begun. */
export async function ensureReading(tx: Db, project: Project, parserVersion: number): Promise<Reading> {
  const newest = await newestReading(tx, project.id);
  if (newest?.parserVersion === parserVersion && newest.brandSetVersion === project.brandSetVersion) return newest;
  return addReading(tx, project, parserVersion);
}

/** Begins another reading, also where nothing has changed since the last. */
export async function addReading(tx: Db, project: Project, parserVersion: number): Promise<Reading> {
  const newest = await newestReading(tx, project.id);
  const reading = {
    projectId: project.id,
    number: (newest?.number ?? 0) + 1,
    parserVersion,
    brandSetVersion: project.brandSetVersion,
  };
  await tx.insert(tx.tables.readings).values(reading);
  return reading;
}

/** Makes measures use `reading` from now on and marks every day for a new roll-up. */
export async function switchReading(tx: Db, projectId: string, reading: number): Promise<void> {
  const { projects } = tx.tables;
  // marks before the project, as the roll-up holds them, so that neither waits for the other for ever
  for (const day of await listAnswerDays(tx, projectId)) await markDirty(tx, projectId, day);
  await tx.update(projects).set({ reading }).where(eq(projects.id, projectId));
}
