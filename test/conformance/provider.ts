/** What the tests of recordings need to know of each provider. */
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import type { FailureReason, Outcome } from "../../src/domain.ts";

/** A row of the index of recordings. */
export interface Row {
  file: string;
  provider: string;
  endpoint: string;
  model: string;
}

/** The recordings of one provider's form: who reads them and where the two readers differ, by file. */
export interface Provider {
  /** Who reads a recording; null where it is none of ours. */
  adapterFor(row: Row): AssistantAdapter | null;
  /** Outcomes other than answered. */
  outcomes: Record<string, Outcome>;
  /** Of error replies what they mean, and whether asking again helps. */
  reasons: Record<string, [FailureReason, again: boolean]>;
  /** Delays in milliseconds that came with an error. */
  delays?: Record<string, number>;
  /** Where we differ from the other reader: in what, who is right, and what we read. */
  differences: Record<string, Difference>;
  /** With text before the first search, which is ours alone to set apart. */
  withPreamble?: string[];
  /** The other reader's citations in the form of ours, where it wrote them down otherwise. */
  citationsOf?: (body: unknown, citations: unknown[]) => [url: string, start: number | null, end: number | null][];
  /** False where a marker in the text is only a number. */
  marksHaveUrls?: false;
}

/** Our own figures where they are not the other reader's, with the reason. */
export interface Difference {
  why: string;
  /** Characters of text. */
  characters?: number;
  finish?: string | null;
  searches?: string[];
  /** Pages looked at. */
  sources?: number;
  /** Places in characters. */
  citations?: [url: string, start: number | null, end: number | null][];
  /** What an error reply says. */
  message?: string;
}
