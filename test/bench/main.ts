/** `npm run bench`: figures with their named limits, taken in one run on one machine; none of them is a test. */
import { history } from "./history.ts";
import { ingest } from "./ingest.ts";
import { measuresOnPostgres, measuresOnSqlite } from "./measures.ts";
import { memory } from "./memory.ts";
import { parser } from "./parser.ts";
import { pipeline } from "./pipeline.ts";
import { queue } from "./queue.ts";

const benches: Record<string, () => Promise<void>> = {
  parser,
  pipeline,
  ingest,
  queue,
  memory,
  "measures-sqlite": measuresOnSqlite,
  "measures-postgres": measuresOnPostgres,
  history,
};

/** Take a quarter of an hour each and more: only where they are asked for by name. */
const longest = new Set(["measures-sqlite", "measures-postgres", "history"]);

const wanted = process.argv.slice(2);
for (const name of wanted)
  if (!(name in benches)) throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(", ")}`);
for (const [name, bench] of Object.entries(benches))
  if (wanted.length === 0 ? !longest.has(name) : wanted.includes(name)) await bench();
