/** `npm run chaos -- --seed S --questions N`: a storm over many processes, then one over a single one; any seed must pass. */
import { parseArgs } from "node:util";
import { stormOverMany, stormOverOne } from "./chaos.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    questions: { type: "string", default: "10000" },
    /** Seconds; a worker is killed when another one is at work, so seldomer where starting one takes long. */
    "kill-every": { type: "string", default: "1" },
  },
});
const [seed, questions] = [Number(values.seed), Number(values.questions)];
const killEveryMs = Number(values["kill-every"]) * 1_000;
if (!Number.isInteger(seed) || !(questions >= 1) || !(killEveryMs > 0))
  throw new Error("--seed and --questions must be whole numbers, --kill-every a number of seconds");

const storms = {
  "3 workers on Postgres and Redis": () => stormOverMany({ seed, questions, killEveryMs, say: console.log }),
  "one process on SQLite": () => stormOverOne({ seed, questions: Math.ceil(questions / 5), say: console.log }),
};
for (const [name, storm] of Object.entries(storms)) {
  const began = performance.now();
  const { wrong, ...seen } = await storm();
  console.log(`${name}, seed ${seed}: ${((performance.now() - began) / 1000).toFixed(0)} s`, JSON.stringify(seen));
  for (const what of wrong) console.log(`  WRONG: ${what}`);
  if (wrong.length > 0) process.exitCode = 1;
}
