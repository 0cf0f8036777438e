/** What numbers can be split by and narrowed to. */
import type { Assistant, Prompt, PromptVersion, Surface } from "../domain.ts";

/** What one row of a roll-up is about, with its labels as they are now. */
export interface Cell {
  prompt: Prompt;
  version: PromptVersion;
  surface: Surface;
  /** Missing where nothing is asked of the assistant. */
  assistant?: Assistant | undefined;
  servedModel: string;
}

const label = (value: string | null | undefined): string[] => [value ?? ""];

/** The values of a cell, as texts; "" for a label that nobody gave. A cell with two tags belongs to both. */
export const dimensions = {
  assistant: ({ assistant }: Cell) => label(assistant?.id),
  servedModel: ({ servedModel }: Cell) => [servedModel],
  surface: ({ surface }: Cell) => [surface],
  prompt: ({ prompt }: Cell) => [prompt.id],
  topic: ({ prompt }: Cell) => label(prompt.topic),
  tag: ({ prompt }: Cell) => (prompt.tags.length > 0 ? prompt.tags : [""]),
  phase: ({ prompt }: Cell) => [prompt.phase],
  segment: ({ prompt }: Cell) => label(prompt.segment),
  branded: ({ prompt }: Cell) => [String(prompt.branded)],
  language: ({ version }: Cell) => [version.language],
  country: ({ version }: Cell) => label(version.country),
} satisfies Record<string, (cell: Cell) => readonly string[]>;

export type Dimension = keyof typeof dimensions;

/** Those that need the assistant of each answer; all others can be told from its question and its surface. */
export const ofAssistants: readonly Dimension[] = ["assistant", "servedModel"];

export type Split = Partial<Record<Dimension, string>>;

/** All ways in which a cell belongs to a split by these dimensions: one, but for tags. */
export function splitsOf(cell: Cell, by: readonly Dimension[]): Split[] {
  let splits: Split[] = [{}];
  for (const dimension of by) {
    const values: readonly string[] = dimensions[dimension](cell);
    splits = splits.flatMap((split) => values.map((value) => ({ ...split, [dimension]: value })));
  }
  return splits;
}
