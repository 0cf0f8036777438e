/** A run that is killed again and again keeps every answer it has paid for, and pays for no other one twice. */
import { setTimeout as latency } from "node:timers/promises";
import { expect, it } from "vitest";
import { openStoreReadOnly } from "../../src/store/index.ts";
import { deskFor } from "../support/cli.ts";
import { Gate } from "../support/gate.ts";
import { chatgpt, claude, townEnv, townFor, townProject } from "../support/town-project.ts";

const prompts = 24;
/** Requests at the simulator at which the process is killed, in the middle of whatever it does then. */
const killedAt = [5, 21, 33];

/** What the database holds of questions and answers. */
async function stateOf(file: string) {
  const store = await openStoreReadOnly(file);
  try {
    const { questions, answers, rawReplies, runs } = store.read.tables;
    const asked = await store.read.select().from(questions);
    const kept = new Set((await store.read.select({ id: answers.id }).from(answers)).map(({ id }) => id));
    const bodies = await store.read.select({ id: rawReplies.answerId }).from(rawReplies);
    const answered = asked.filter(({ id }) => kept.has(id));
    return {
      all: asked.length,
      asking: asked.filter(({ state }) => state === "asking").length,
      done: asked.filter(({ state }) => state === "done").length,
      answers: kept.size,
      bodies: bodies.filter(({ id }) => kept.has(id)).length,
      answered: new Set(answered.map(({ promptId, assistantId }) => `${promptId} ${assistantId}`)).size,
      runs: (await store.read.select().from(runs)).map(({ state }) => state),
    };
  } finally {
    await store.close();
  }
}

it("a killed run is resumed with every question answered exactly once", { timeout: 90_000 }, async (test) => {
  const desk = deskFor(test);
  const gate = new Gate((ms) => latency(ms)); // answers come, are kept and are read while others are on their way
  const town = await townFor(test, { faults: { delayMs: [1, 40] }, sleep: gate.sleep });
  const assistants = [chatgpt(town.url), claude(town.url)];
  const env = { ...townEnv, CLAUDE_KEY: "sk-town-claude-0123456789" };
  desk.write("citera.yaml", townProject(town.url, prompts, { assistants }));

  let inFlight = 0;
  let kept = 0;
  for (const [i, requests] of killedAt.entries()) {
    const killed = desk.start(i === 0 ? ["run"] : ["run", "--resume"], { env });
    gate.at(requests, () => killed.kill("SIGKILL"));
    expect((await killed.ended).code).toBe(null);
    const states = await stateOf(desk.path("citera.db"));
    expect(states.all).toBe(2 * prompts);
    expect(states.answers).toBeGreaterThanOrEqual(kept);
    expect(states).toMatchObject({ done: states.answers, bodies: states.answers, runs: ["running"] }); // all or nothing
    kept = states.answers;
    inFlight += states.asking;
  }
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(2 * prompts);

  const { stderr, code } = await desk.run(["run", "--resume"], { env });
  expect(stderr).toContain(`${2 * prompts} of ${2 * prompts} questions answered`);
  expect(code).toBe(0);
  expect(await stateOf(desk.path("citera.db"))).toEqual({
    all: 2 * prompts,
    done: 2 * prompts,
    asking: 0,
    answers: 2 * prompts,
    bodies: 2 * prompts,
    answered: 2 * prompts,
    runs: ["done"],
  });
  const report = JSON.parse((await desk.run(["report", "--json"])).stdout) as {
    overall: { measures: { visibility: { answers: number } } }[];
  };
  expect(report.overall[0]!.measures.visibility.answers).toBe(2 * prompts); // read and counted, once each
  const { requests, sent } = town.calls();
  expect(sent).toHaveLength(2 * prompts);
  expect(requests - 2 * prompts).toBeLessThanOrEqual(inFlight);
  expect(inFlight).toBeLessThanOrEqual(killedAt.length * 8); // two lanes of four
});
