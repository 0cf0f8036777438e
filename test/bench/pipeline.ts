/** Answers per second of the whole pipeline, next to the official SDK alone against the same simulator. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import pLimit from "p-limit";
import { applyDefinition, demoTown, openHouse, planRun, readConfig, readNewly, startRun, startTown } from "./built.ts";
import { startPostgres } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { definitionOf } from "./project.ts";

/** Calls under way at once, for all. */
const inFlight = 100;
const rounds = 3;
const questionsPerRound = 3_000;

export async function pipeline(): Promise<void> {
  const town = await startTown(demoTown("2026-01-01"));
  const postgres = await startPostgres();
  const redis = await startRedis();
  const onServers = () => perSecond(town.url, questionsPerRound, `${postgres.url}/postgres`, redis.url);
  const ways = [
    { name: "embedded", goal: 0.5, rate: () => onFile(town.url, questionsPerRound), ratios: [] as number[] },
    { name: "BullMQ and Postgres", goal: 0.4, rate: onServers, ratios: [] as number[] },
  ];
  try {
    for (let round = 1; round <= rounds; round++) {
      const alone = await sdkAlone(town.url, questionsPerRound);
      console.log(`pipeline round ${round}: SDK alone ${alone.toFixed(0)}/s`);
      for (const { name, rate, ratios } of ways) {
        const answers = await rate();
        ratios.push(answers / alone);
        console.log(`pipeline round ${round}: ${name} ${answers.toFixed(0)}/s, ratio ${(answers / alone).toFixed(2)}`);
      }
    }
    for (const { name, goal, ratios } of ways) {
      const median = ratios.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
      console.log(`pipeline: ${name}, median ratio ${median.toFixed(2)} (goal ${goal})`);
    }
  } finally {
    await redis.stop();
    await postgres.stop();
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

/** From the opened run to the last roll-up: asked, stored, read and counted in a file of its own. */
async function onFile(url: string, questions: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  try {
    return await perSecond(url, questions, join(folder, "citera.db"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Has a whole run answered by a town; gives the answers per second from the opened run to the last roll-up. */
export async function perSecond(
  url: string,
  questions: number,
  databaseUrl: string,
  redisUrl: string | null = null,
): Promise<number> {
  const config = {
    ...readConfig({}),
    databaseUrl,
    redisUrl,
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
    return questions / ((performance.now() - began) / 1000);
  } finally {
    await house.close();
  }
}
