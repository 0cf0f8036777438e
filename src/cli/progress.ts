/** A progress line per assistant while a run goes on; on a terminal it is redrawn, elsewhere it is told now and then. */
import type { Assistant } from "../domain.ts";
import type { RunCount } from "../store/index.ts";
import type { Wording } from "../words/index.ts";
import type { Styles } from "./command.ts";

const barWidth = 24;
/** Without a terminal a line is told for every so many percent. */
const toldEveryPercent = 10;

export interface ProgressOptions {
  write: (text: string) => void;
  terminal: boolean;
  wording: Wording;
  styles: Styles;
}

export class Progress {
  readonly #options: ProgressOptions;
  #lines = 0;
  #toldPercent = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  /** Shows how many questions stand where. */
  show(assistants: Assistant[], counts: RunCount[]): void {
    const { write, terminal, wording } = this.#options;
    const { ended, all } = totals(counts);
    if (all === 0) return;
    const percent = Math.floor((ended / all) * 100);
    if (!terminal) {
      if (percent < this.#toldPercent + toldEveryPercent && ended < all) return;
      if (percent === this.#toldPercent) return;
      this.#toldPercent = percent;
      return write(`${wording.running}: ${ended}/${all} (${percent} %)\n`);
    }
    const lines = assistants.map((assistant) =>
      this.#line(
        assistant,
        counts.filter((count) => count.assistantId === assistant.id),
      ),
    );
    this.clear();
    write(lines.join(""));
    this.#lines = lines.length;
  }

  /** Takes the lines away again. */
  clear(): void {
    if (this.#lines) this.#options.write(`\u001b[${this.#lines}A\u001b[J`);
    this.#lines = 0;
  }

  #line(assistant: Assistant, counts: RunCount[]): string {
    const { styles, wording } = this.#options;
    const { ended, all } = totals(counts);
    const full = all ? Math.round((ended / all) * barWidth) : 0;
    const bar = `${"█".repeat(full)}${"░".repeat(barWidth - full)}`;
    const bad = counts
      .filter(({ state }) => state === "failed" || state === "skipped_budget")
      .map(({ state, questions }) => styles.red(`${questions} ${wording.state[state]}`));
    return `${assistant.key.padEnd(20)} ${styles.cyan(bar)} ${ended}/${all} ${bad.join(", ")}\n`;
  }
}

function totals(counts: RunCount[]): { ended: number; all: number } {
  const sum = (wanted: (count: RunCount) => boolean) =>
    counts.filter(wanted).reduce((total, count) => total + count.questions, 0);
  return { ended: sum(({ state }) => state !== "waiting" && state !== "asking"), all: sum(() => true) };
}
