/** Answers per second of the whole pipeline, next to the official SDK alone against the same simulator. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import pLimit from "p-limit";
import { applyDefinition, demoTown, openHouse, planRun, readConfig, readNewly, startRun, startTown } from "./built.ts";
import { definitionOf } from "./project.ts";

/** Calls under way at once, for both. */
const inFlight = 100;
const rounds = 3;
const questionsPerRound = 3_000;
const goal = 0.3;

export async function pipeline(): Promise<void> {
  const town = await startTown(demoTown("2026-01-01"));
  try {
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const alone = await sdkAlone(town.url, questionsPerRound);
      const whole = await wholePipeline(town.url, questionsPerRound);
      ratios.push(whole / alone);
      console.log(
        `pipeline round ${round}: SDK alone ${alone.toFixed(0)}/s, whole pipeline ${whole.toFixed(0)}/s, ratio ${(whole / alone).toFixed(2)}`,
      );
    }
    const median = ratios.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
    console.log(`pipeline: median ratio ${median.toFixed(2)} (goal ${goal}; a naive pipeline reaches 0.2)`);
  } finally {
    await town.close();
  }
}

/** The official SDK as its documentation shows it: parsed replies, own retries off. */
async function sdkAlone(url: string, calls: number): Promise<number> {
  const client = new OpenAI({ apiKey: "simulated", baseURL: `${url}/v1`, maxRetries: 0 });
  const limit = pLimit(inFlight);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: calls }, (_, i) =>
      limit(() =>
        client.responses.create({
          model: "town-gpt",
          input: `Which coffee machines are best? Round ${i % 500}`,
          tools: [{ type: "web_search" }],
          include: ["web_search_call.action.sources"],
        }),
      ),
    ),
  );
  return calls / ((performance.now() - began) / 1000);
}

/** From the opened run to the last roll-up: asked, stored, read and counted on a file of its own. */
async function wholePipeline(url: string, questions: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  const config = {
    ...readConfig({}),
    databaseUrl: join(folder, "citera.db"),
    allowHosts: ["127.0.0.1"],
    secret: () => "simulated",
    logLevel: "error",
  };
  const house = await openHouse({ config });
  try {
    const definition = definitionOf(`${url}/v1`, questions, inFlight);
    const { project } = await house.store.tx((tx) => applyDefinition(tx, definition, house.clock.now()));
    await readNewly(house, project);
    await house.work();
    const plan = await planRun(house, project);
    const began = performance.now();
    await startRun(house, plan, house.clock.now(), "scheduled");
    await Promise.race([house.queue.idle(), house.broken]);
    return plan.questions / ((performance.now() - began) / 1000);
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
