/** A simulated town in a process of its own, for the demo. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorldDefinition } from "../simulator/index.ts";
import { readLines } from "./lines.ts";

export interface TownProcess {
  url: string;
  /** Tells the town something on its side channel, such as the day. */
  tell(what: "day" | "prompts" | "faults", body: object): Promise<void>;
  close(): Promise<void>;
}

/** Starts a town beside us, so that it has a core of its own; it ends with this process. */
export async function startTown(
  definition: WorldDefinition,
  entry = new URL("../simulator/main.js", import.meta.url),
): Promise<TownProcess> {
  const child = spawn(process.execPath, [fileURLToPath(entry)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.stdin.write(`${JSON.stringify({ definition })}\n`);
  const { value } = await readLines(child.stdout).next();
  if (!value) throw new Error("the simulator did not start");
  const { url } = JSON.parse(value.line) as { url: string }; // our own program's one line
  return {
    url,
    tell: async (what, body) => {
      const response = await fetch(`${url}/_town/${what}`, { method: "POST", body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`the simulator: ${await response.text()}`);
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
