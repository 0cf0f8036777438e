/** Reads projects with their brands, prompts and assistants. */
import { createHash } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Assistant, Brand, Project, Prompt, PromptVersion } from "../domain.ts";
import { newId } from "./ids.ts";
import type { Db } from "./store.ts";

/** A prompt with the version that is asked now. */
export type CurrentPrompt = Prompt & Pick<PromptVersion, "text" | "language" | "country"> & { versionId: string };

export const listProjects = (db: Db): Promise<Project[]> =>
  db.select().from(db.tables.projects).orderBy(asc(db.tables.projects.key));

export async function findProject(db: Db, key: string): Promise<Project | null> {
  const [project] = await db.select().from(db.tables.projects).where(eq(db.tables.projects.key, key));
  return project ?? null;
}

export async function getProject(db: Db, id: string): Promise<Project> {
  const [project] = await db.select().from(db.tables.projects).where(eq(db.tables.projects.id, id));
  if (!project) throw new Error(`project ${id} is not in the database`);
  return project;
}

export type ScheduledProject = Pick<Project, "id" | "key" | "timezone" | "schedule" | "groups" | "quiet" | "createdAt">;

/** What is needed to know what is due, of all projects that are not paused. */
export const listScheduled = (db: Db): Promise<ScheduledProject[]> => {
  const { id, key, timezone, schedule, groups, quiet, createdAt, pausedAt } = db.tables.projects;
  return db
    .select({ id, key, timezone, schedule, groups, quiet, createdAt })
    .from(db.tables.projects)
    .where(isNull(pausedAt))
    .orderBy(asc(key));
};

/** From `pausedAt` on a project is not asked by itself; null has it asked again. */
export const setPaused = async (tx: Db, projectId: string, pausedAt: number | null): Promise<void> =>
  void (await tx.update(tx.tables.projects).set({ pausedAt }).where(eq(tx.tables.projects.id, projectId)));

/** Brands in force; those taken out of the project file are archived and left out. */
export const listBrands = (db: Db, projectId: string): Promise<Brand[]> => {
  const { brands } = db.tables;
  return db
    .select()
    .from(brands)
    .where(and(eq(brands.projectId, projectId), isNull(brands.archivedAt)))
    .orderBy(asc(brands.id));
};

/** Prompts in force with their current text. */
export async function listPrompts(db: Db, projectId: string): Promise<CurrentPrompt[]> {
  const { prompts, promptVersions } = db.tables;
  const rows = await db
    .select()
    .from(prompts)
    .innerJoin(promptVersions, eq(promptVersions.id, prompts.versionId))
    .where(and(eq(prompts.projectId, projectId), isNull(prompts.archivedAt)))
    .orderBy(asc(prompts.id));
  return rows.map(({ prompts: prompt, prompt_versions: version }) => ({
    ...prompt,
    text: version.text,
    language: version.language,
    country: version.country,
  }));
}

/** Labels of every prompt version of a project, old versions and archived prompts included, for grouping history. */
export const listPromptLabels = (
  db: Db,
  projectId: string,
): Promise<{ versionId: string; prompt: Prompt & { archivedAt: number | null }; version: PromptVersion }[]> => {
  const { prompts, promptVersions } = db.tables;
  return db
    .select({ versionId: promptVersions.id, prompt: prompts, version: promptVersions })
    .from(promptVersions)
    .innerJoin(prompts, eq(prompts.id, promptVersions.promptId))
    .where(eq(prompts.projectId, projectId))
    .orderBy(asc(promptVersions.id));
};

/** Assistants in force. */
export const listAssistants = (db: Db, projectId: string): Promise<Assistant[]> => {
  const { assistants } = db.tables;
  return db
    .select()
    .from(assistants)
    .where(and(eq(assistants.projectId, projectId), isNull(assistants.archivedAt)))
    .orderBy(asc(assistants.id));
};

/** All assistants a project ever had: history is asked of them too. */
export const listAllAssistants = (db: Db, projectId: string): Promise<Assistant[]> => {
  const { assistants } = db.tables;
  return db.select().from(assistants).where(eq(assistants.projectId, projectId)).orderBy(asc(assistants.id));
};

/** A question asked out of turn: kept as an archived prompt, so that runs never ask it. The same text is one prompt. */
export async function addAdhocPrompt(
  tx: Db,
  projectId: string,
  version: Pick<PromptVersion, "text" | "language" | "country">,
  now: number,
): Promise<{ promptId: string; versionId: string }> {
  const { prompts, promptVersions } = tx.tables;
  const content = JSON.stringify([version.text, version.language, version.country]);
  const key = `adhoc-${createHash("sha256").update(content).digest("hex").slice(0, 16)}`;
  const [known] = await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.projectId, projectId), eq(prompts.key, key)));
  if (known) return { promptId: known.id, versionId: known.versionId };
  const [promptId, versionId] = [newId(), newId()];
  const { text, language, country } = version;
  await tx.insert(promptVersions).values({ id: versionId, promptId, version: 1, text, language, country });
  await tx.insert(prompts).values({
    id: promptId,
    projectId,
    key,
    phase: "awareness",
    segment: null,
    role: null,
    topic: null,
    tags: ["adhoc"],
    branded: false,
    versionId,
    archivedAt: now,
  });
  return { promptId, versionId };
}
