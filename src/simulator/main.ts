/** The simulator as a child process: the definition comes in on standard input, the address goes out. */
import { createInterface } from "node:readline";
import { startSimulator, type SimulatorOptions, type WorldDefinition } from "./index.ts";

/** Reads one line of JSON, opens the town, and ends with its parent: when standard input closes or on SIGTERM. */
async function main(): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  const ended = new Promise<void>((resolve) => {
    lines.once("close", resolve);
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  const line = await Promise.race([new Promise<string>((resolve) => lines.once("line", resolve)), ended]);
  if (line === undefined) return;
  // our own test, demo or bench wrote the line; startSimulator checks what can be checked
  const { definition, options } = JSON.parse(line) as { definition: WorldDefinition; options?: SimulatorOptions };
  const simulator = await startSimulator(definition, options);
  process.stdout.write(`${JSON.stringify({ url: simulator.url })}\n`);
  await ended;
  await simulator.close();
}

await main();
process.exit();
