/** What has been opened, to be released in reverse order whatever fails on the way. */
import { messageOf } from "../errors.ts";

/** Ends one thing; what is under way in it may go on for `graceMs`. */
type Release = (graceMs: number) => Promise<void>;

export class Resources {
  readonly #opened: Release[] = [];

  add(release: Release): void {
    this.#opened.push(release);
  }

  /** Releases everything once. Throws what failed, all of it, after the rest has been released. */
  async release(graceMs: number): Promise<void> {
    const failures: unknown[] = [];
    for (const release of this.#opened.splice(0).reverse())
      await release(graceMs).catch((error: unknown) => failures.push(error));
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, failures.map(messageOf).join("; "));
  }
}
