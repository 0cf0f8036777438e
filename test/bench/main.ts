/** `npm run bench`: figures with their named limits, taken in one run on one machine; none of them is a test. */
import { measures } from "./measures.ts";
import { memory } from "./memory.ts";
import { parser } from "./parser.ts";
import { pipeline } from "./pipeline.ts";

const benches: Record<string, () => Promise<void>> = { parser, pipeline, memory, measures };

/** Takes an hour: only where it is asked for by name. */
const longest = "measures";

const wanted = process.argv.slice(2);
for (const name of wanted)
  if (!(name in benches)) throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(", ")}`);
for (const [name, bench] of Object.entries(benches))
  if (wanted.length === 0 ? name !== longest : wanted.includes(name)) await bench();
