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

/** Finds what counts are about; the same keys give the same cell. */
export function cellsOf(labels: Labels): (keys: CellKeys) => Cell {
  const prompts = new Map(labels.prompts.map((label) => [label.versionId, label]));
  const assistants = new Map(labels.assistants.map((one) => [one.id, one]));
  const known = new Map<string, Cell>();
  return ({ promptVersionId, assistantId, servedModel, surface }) => {
    const key = `${promptVersionId} ${assistantId} ${surface ?? ""} ${servedModel}`;
    let cell = known.get(key);
    if (!cell) {
      const { prompt, version } = prompts.get(promptVersionId)!;
      const assistant = assistants.get(assistantId);
      cell = { prompt, version, assistant, servedModel, surface: surface ?? assistant!.surface };
      known.set(key, cell);
    }
    return cell;
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
  /** What was found already: by bucket and cell, and the bucket of each day. */
  readonly #known = new Map<Day | undefined, Map<Cell, Content[]>>();
  readonly #starts = new Map<Day, Day>();

  constructor(query: MeasureQuery, make: () => Content) {
    this.#query = query;
    this.#make = make;
  }

  /** The groups that a cell belongs to on a day; none where the filter keeps it out. */
  of(cell: Cell, day: Day): Content[] {
    const start = this.#startOf(day);
    let known = this.#known.get(start);
    if (!known) this.#known.set(start, (known = new Map<Cell, Content[]>()));
    let contents = known.get(cell);
    if (!contents) known.set(cell, (contents = this.#find(cell, start)));
    return contents;
  }

  #find(cell: Cell, start: Day | undefined): Content[] {
    const { filter = {}, groupBy = [] } = this.#query;
    if (!passes(cell, filter)) return [];
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

  #startOf(day: Day): Day | undefined {
    const { bucket } = this.#query;
    if (bucket === undefined) return undefined;
    let start = this.#starts.get(day);
    if (start === undefined) this.#starts.set(day, (start = bucketOf(day, bucket)));
    return start;
  }

  all(): Grouped<Content>[] {
    return [...this.#groups.values()];
  }
}
