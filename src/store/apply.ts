/** Brings the store in line with a project's definition: adds, changes, archives, and never deletes. */
import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { Change, Project, ProjectDefinition, Surface } from "../domain.ts";
import { InputError } from "../errors.ts";
import { newId } from "./ids.ts";
import type { Db } from "./store.ts";

const projectFields = [
  "name",
  "country",
  "timezone",
  "languages",
  "schedule",
  "groups",
  "quiet",
  "keep",
  "repeats",
  "budget",
  "alerts",
  "prices",
] as const;
const brandFields = ["name", "role", "aliases", "domains", "products", "matching", "facts"] as const;
const promptFields = ["phase", "segment", "role", "topic", "tags", "branded"] as const;
const versionFields = ["text", "language", "country"] as const;
const assistantFields = [
  "title",
  "adapter",
  "model",
  "surface",
  "search",
  "concurrency",
  "requestsPerMinute",
  "settings",
] as const;
const askingFields = ["adapter", "model", "search", "settings"] as const;

type Slot = ProjectDefinition["assistants"][number];

/** Whether two slots are asked in the same way, so that what made one fail makes the other fail. */
export const areAskedAlike = (one: Slot, other: Slot): boolean =>
  askingFields.every((field) => isDeepStrictEqual(one[field], other[field]));

interface Keyed {
  key: string;
}
interface Kept extends Keyed {
  id: string;
  archivedAt: number | null;
}

/**
 * Writes the differences and returns them; writes nothing where there are none. Call it inside `tx`;
 * for a dry run throw away the transaction. Editing a brand's names, domains or matching, or the project's languages,
 * by whose rules names are read, raises brandSetVersion. Throws InputError where an assistant would change its surface.
 */
export async function applyDefinition(
  tx: Db,
  definition: ProjectDefinition,
  now: number,
): Promise<{ project: Project; changes: Change[] }> {
  const { projects } = tx.tables;
  const [before] = await tx.select().from(projects).where(eq(projects.key, definition.key));
  const fields = pick(definition, projectFields);
  const project = before ?? {
    ...fields,
    id: newId(),
    key: definition.key,
    brandSetVersion: 1,
    reading: 0,
    pausedAt: null,
    answersKeptFrom: null,
    dataVersion: 0,
    createdAt: now,
  };
  const changes: Change[] = [];
  if (!before) {
    await tx.insert(projects).values(project);
    changes.push({ noun: "project", action: "added", key: project.key, fields: [] });
  } else {
    const differing = projectFields.filter((field) => !isDeepStrictEqual(before[field], definition[field]));
    if (differing.length) {
      await tx.update(projects).set(fields).where(eq(projects.id, project.id));
      changes.push({ noun: "project", action: "changed", key: project.key, fields: differing });
    }
  }
  const brandChanges = await applyBrands(tx, project.id, definition, now);
  changes.push(...brandChanges, ...(await applyPrompts(tx, project.id, definition, now)));
  changes.push(...(await applyAssistants(tx, project.id, definition, now)));
  const languagesDiffer = before && !isDeepStrictEqual(before.languages, definition.languages);
  if (
    before &&
    (languagesDiffer ||
      brandChanges.some((change) => change.action !== "changed" || change.fields.some((field) => field !== "facts")))
  ) {
    await tx
      .update(projects)
      .set({ brandSetVersion: before.brandSetVersion + 1 })
      .where(eq(projects.id, project.id));
  }
  const [after] = await tx.select().from(projects).where(eq(projects.id, project.id));
  return { project: after!, changes };
}

async function applyBrands(tx: Db, projectId: string, definition: ProjectDefinition, now: number): Promise<Change[]> {
  const { brands } = tx.tables;
  const kept = await tx.select().from(brands).where(eq(brands.projectId, projectId));
  return reconcile(kept, definition.brands, {
    noun: "brand",
    compare: (old, wanted) => brandFields.filter((field) => !isDeepStrictEqual(old[field], wanted[field])),
    add: async (wanted) => void (await tx.insert(brands).values({ ...wanted, id: newId(), projectId })),
    change: async (old, wanted) =>
      void (await tx
        .update(brands)
        .set({ ...wanted, archivedAt: null })
        .where(eq(brands.id, old.id))),
    archive: async (old) => void (await tx.update(brands).set({ archivedAt: now }).where(eq(brands.id, old.id))),
  });
}

async function applyAssistants(
  tx: Db,
  projectId: string,
  definition: ProjectDefinition,
  now: number,
): Promise<Change[]> {
  const { assistants } = tx.tables;
  const kept = await tx.select().from(assistants).where(eq(assistants.projectId, projectId));
  const problems = definition.assistants.flatMap(({ key, surface }) => {
    const old = kept.find((one) => one.key === key);
    return old && old.surface !== surface ? [surfaceChanged(key, old.surface, surface)] : [];
  });
  if (problems.length) throw new InputError(problems);
  return reconcile(kept, definition.assistants, {
    noun: "assistant",
    compare: (old, wanted) => assistantFields.filter((field) => !isDeepStrictEqual(old[field], wanted[field])),
    add: async (wanted) => void (await tx.insert(assistants).values({ ...wanted, id: newId(), projectId })),
    change: async (old, wanted) =>
      void (await tx
        .update(assistants)
        .set({ ...wanted, archivedAt: null, ...(!areAskedAlike(old, wanted) && { attention: null }) })
        .where(eq(assistants.id, old.id))),
    archive: async (old) =>
      void (await tx.update(assistants).set({ archivedAt: now }).where(eq(assistants.id, old.id))),
  });
}

/** Answers of both would lie in one series: people see other answers in an app than programs get from an API. */
const surfaceChanged = (key: string, before: Surface, now: Surface): string =>
  `assistants: ${key} has been of the surface ${before} and would be of ${now}, but answers of the two are never ` +
  "added up. Give the new assistant an id of its own; the old one is archived with its answers";

async function applyPrompts(tx: Db, projectId: string, definition: ProjectDefinition, now: number): Promise<Change[]> {
  const { prompts, promptVersions } = tx.tables;
  const rows = await tx
    .select()
    .from(prompts)
    .innerJoin(promptVersions, eq(promptVersions.id, prompts.versionId))
    .where(eq(prompts.projectId, projectId));
  const kept = rows.map((row) => ({ ...row.prompts, ...pick(row.prompt_versions, [...versionFields, "version"]) }));
  const newVersion = async (promptId: string, version: number, wanted: ProjectDefinition["prompts"][number]) => {
    const id = newId();
    await tx.insert(promptVersions).values({ ...pick(wanted, versionFields), id, promptId, version });
    return id;
  };
  const fields = [...promptFields, ...versionFields];
  return reconcile(kept, definition.prompts, {
    noun: "prompt",
    compare: (old, wanted) => fields.filter((field) => !isDeepStrictEqual(old[field], wanted[field])),
    renews: (differing) => versionFields.some((field) => differing.includes(field)),
    add: async (wanted) => {
      const id = newId();
      const versionId = await newVersion(id, 1, wanted);
      await tx.insert(prompts).values({ ...pick(wanted, promptFields), key: wanted.key, id, projectId, versionId });
    },
    change: async (old, wanted, differing) => {
      const renewed = versionFields.some((field) => differing.includes(field));
      const versionId = renewed ? await newVersion(old.id, old.version + 1, wanted) : old.versionId;
      const labels = pick(wanted, promptFields);
      await tx
        .update(prompts)
        .set({ ...labels, versionId, archivedAt: null })
        .where(eq(prompts.id, old.id));
    },
    archive: async (old) => void (await tx.update(prompts).set({ archivedAt: now }).where(eq(prompts.id, old.id))),
  });
}

interface Reconciliation<Old extends Kept, Wanted extends Keyed> {
  noun: Change["noun"];
  compare(old: Old, wanted: Wanted): string[];
  renews?(differing: string[]): boolean;
  add(wanted: Wanted): Promise<void>;
  change(old: Old, wanted: Wanted, differing: string[]): Promise<void>;
  archive(old: Old): Promise<void>;
}

async function reconcile<Old extends Kept, Wanted extends Keyed>(
  kept: Old[],
  wanted: Wanted[],
  how: Reconciliation<Old, Wanted>,
): Promise<Change[]> {
  const changes: Change[] = [];
  const note = (action: Change["action"], key: string, fields: string[] = []) =>
    changes.push({ noun: how.noun, action, key, fields });
  const old = new Map(kept.map((row) => [row.key, row]));
  for (const want of wanted) {
    const row = old.get(want.key);
    old.delete(want.key);
    if (!row) {
      await how.add(want);
      note("added", want.key);
      continue;
    }
    const differing = how.compare(row, want);
    if (!differing.length && row.archivedAt === null) continue;
    await how.change(row, want, differing);
    note(
      row.archivedAt !== null ? "restored" : how.renews?.(differing) ? "new version" : "changed",
      want.key,
      differing,
    );
  }
  for (const row of old.values()) {
    if (row.archivedAt !== null) continue;
    await how.archive(row);
    note("archived", row.key);
  }
  return changes;
}

const pick = <T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>; // fromEntries forgets the keys' types
