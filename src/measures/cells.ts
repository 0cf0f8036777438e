/** Finds what counts and answers are about, and the groups of a query that they belong to. */
import type { Day, Surface } from "../domain.ts";
import { listAllAssistants, listPromptLabels, type Db } from "../store/index.ts";
import { dimensions, splitsOf, type Cell, type Dimension, type Split } from "./dimensions.ts";
import { bucketOf, type MeasureQuery } from "./query.ts";

export interface CellKeys {
  promptVersionId: string;
  /** Empty where assistants are not kept apart; then the surface is told. */
  assistantId: string;
  servedModel: string;
  surface?: Surface;
}

/** Labels of a project as they are now, archived prompts and assistants included. */
export interface Labels {
  prompts: Awaited<ReturnType<typeof listPromptLabels>>;
  assistants: Awaited<ReturnType<typeof listAllAssistants>>;
}

export const labelsOf = async (db: Db, projectId: string): Promise<Labels> => ({
  prompts: await listPromptLabels(db, projectId),
  assistants: await listAllAssistants(db, projectId),
});

/** Finds what counts are about. */
export function cellsOf(labels: Labels): (keys: CellKeys) => Cell {
  const prompts = new Map(labels.prompts.map((label) => [label.versionId, label]));
  const assistants = new Map(labels.assistants.map((one) => [one.id, one]));
  return ({ promptVersionId, assistantId, servedModel, surface }) => {
    const { prompt, version } = prompts.get(promptVersionId)!;
    const assistant = assistants.get(assistantId);
    return { prompt, version, assistant, servedModel, surface: surface ?? assistant!.surface };
  };
}

export const passes = (cell: Cell, filter: NonNullable<MeasureQuery["filter"]>): boolean =>
  Object.entries(filter).every(([dimension, allowed]) =>
    dimensions[dimension as Dimension](cell).some((value) => allowed.includes(value)),
  );

/** What the rows of a group have in common. */
export interface Group {
  /** A value of each dimension grouped by. */
  split: Split;
  /** The bucket's first day, where asked for buckets. */
  bucket?: Day;
}

export interface Grouped<Content> {
  /** The same for the same group of another period. */
  key: string;
  group: Group;
  content: Content;
}

/** The groups of a query, made as something comes that belongs to them. */
export class Groups<Content> {
  readonly #query: MeasureQuery;
  readonly #make: () => Content;
  readonly #groups = new Map<string, Grouped<Content>>();

  constructor(query: MeasureQuery, make: () => Content) {
    this.#query = query;
    this.#make = make;
  }

  /** The groups that a cell belongs to on a day; none where the filter keeps it out. */
  of(cell: Cell, day: Day): Content[] {
    const { filter = {}, groupBy = [], bucket } = this.#query;
    if (!passes(cell, filter)) return [];
    const start = bucket && bucketOf(day, bucket);
    return splitsOf(cell, groupBy).map((split) => {
      const key = JSON.stringify([start, split]);
      let grouped = this.#groups.get(key);
      if (!grouped) {
        grouped = { key, group: { split, ...(start !== undefined && { bucket: start }) }, content: this.#make() };
        this.#groups.set(key, grouped);
      }
      return grouped.content;
    });
  }

  all(): Grouped<Content>[] {
    return [...this.#groups.values()];
  }
}
