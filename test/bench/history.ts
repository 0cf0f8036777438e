/** What commands take on Postgres with 20 million mentions of two years, and whether any reads a great table whole. */
import { startExplained } from "../support/explained.ts";
import { dayAfter, generate } from "./generated.ts";
import { watched } from "./memory.ts";

const size = { from: "2024-07-01", days: 730, repeats: "31", citations: 1 };
const ago = (days: number) => dayAfter(size.from, size.days - 1 - days);

const commands = [
  `rollup --from ${ago(59)}`,
  "report",
  "measure --compare",
  "measure restricted-mean-rank --by prompt",
  "sources --prompt q1",
  "plan --width 5pp",
  "runs",
  "export",
];

export async function history(): Promise<void> {
  const server = await startExplained();
  try {
    const url = `${server.url}/postgres`;
    const { mentions } = await generate(url, size);
    await server.scans();
    for (const command of commands) {
      const env = { ...process.env, DATABASE_URL: url, KEY: "simulated" };
      const { code, seconds, peakMb } = await watched(command.split(" "), { env });
      const scans = await server.scans();
      console.log(
        `history: of ${mentions} mentions on Postgres, citera ${command} took ${seconds.toFixed(1)} s with code ${code}, peak ${peakMb.toFixed(0)} MB; ${scans.length} queries read a great table whole`,
      );
      for (const plan of scans) console.log(plan.slice(0, 2_000));
    }
  } finally {
    await server.stop();
  }
}
