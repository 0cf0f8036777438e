/** The few error classes of Citera: who failed, whether trying again helps, and never a secret. */
import type { Failure } from "./domain.ts";

/** The user's input cannot be used: what is wrong, where, and how to mend it. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** One line per problem, each naming file, line or field. */
  readonly problems: string[];
  constructor(problems: string | string[]) {
    const list = typeof problems === "string" ? [problems] : problems;
    super(list.join("\n"));
    this.problems = list;
  }
}

/** An assistant gave no reply; carries whether and when to ask again. */
export class AssistantError extends Error {
  override readonly name = "AssistantError";
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

type TransportOptions = ErrorOptions & { unsent?: boolean };

/** A request did not bring a whole reply back; the message names the host, never the address or its secrets. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly kind: "timeout" | "network" | "too_large" | "refused_address" | "aborted";
  /** No connection came about: nothing can have been done or paid. */
  readonly unsent: boolean;
  constructor(kind: TransportError["kind"], message: string, { unsent = false, ...options }: TransportOptions = {}) {
    super(message, options);
    this.kind = kind;
    this.unsent = unsent;
  }
}

/** The database cannot be used: `kind` says why, the message what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly kind: "locked" | "full" | "not_a_database" | "newer" | "unreachable" | "read_only";
  constructor(kind: StoreError["kind"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** The StoreError that the error is or was caused by; null for every other. */
export function storeErrorIn(error: unknown): StoreError | null {
  if (error instanceof StoreError) return error;
  return error instanceof Error && error.cause !== undefined ? storeErrorIn(error.cause) : null;
}

/** The job should run again after `afterMs`; not a fault of the program. */
export class RetryLater extends Error {
  override readonly name = "RetryLater";
  readonly afterMs: number;
  /** Why an assistant did not answer yet, when that is the reason. */
  readonly failure: Failure | undefined;
  constructor(afterMs: number, why: string | Failure) {
    super(typeof why === "string" ? why : why.message);
    this.afterMs = afterMs;
    this.failure = typeof why === "string" ? undefined : why;
  }
}

/** The text of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
