/** What the doctor says of the schedule: when a project is due next, and whether it is paused. */
import type { Config } from "../config.ts";
import type { ProjectDefinition } from "../domain.ts";
import { upcoming } from "../schedule/groups.ts";
import { shownSchedule } from "../words/schedule.ts";
import type { Finding } from "./doctor-checks.ts";

/** By the project file, as the ticker sees it once the file is applied; whether it is paused stands in the database. */
export async function lookAtSchedule(definition: ProjectDefinition, config: Config): Promise<Finding[]> {
  const pausedAt = await pausedSince(definition.key, config);
  const now = Date.now();
  const lines = shownSchedule({ ...definition, pausedAt }, upcoming(definition, now), now, config.language);
  return lines.map((says): Finding => ({ about: "schedule", level: pausedAt === null ? "ok" : "warn", says }));
}

async function pausedSince(key: string, { databaseUrl }: Config): Promise<number | null> {
  const { findProject, lookAtStore, openStoreReadOnly } = await import("../store/index.ts");
  // what is wrong with the database has been told
  const state = await lookAtStore(databaseUrl).catch(() => null);
  if (state !== "ready") return null;
  const store = await openStoreReadOnly(databaseUrl);
  try {
    return (await findProject(store.read, key))?.pausedAt ?? null;
  } finally {
    await store.close();
  }
}
