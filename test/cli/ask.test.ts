/** citera ask as a process: one answer read aloud, kept with its project or not at all. */
import { afterAll, beforeAll, describe, it } from "vitest";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { listProjects, openStoreReadOnly } from "../../src/store/index.ts";
import { assistants } from "../../src/assistants/index.ts";
import { village } from "../simulator/village.ts";
import { deskFor } from "../support/cli.ts";
import { chatgpt, claude, townEnv, townFor, townProject } from "../support/town-project.ts";

let town: Simulator;
let project: object;
beforeAll(async () => {
  town = await startSimulator(village());
  project = townProject(town.url, 2, { assistants: [chatgpt(town.url), claude(town.url)] });
});
afterAll(() => town.close());

const askable = assistants.filter(({ collected }) => !collected).map(({ id }) => id);

describe.concurrent("citera ask", { timeout: 60_000 }, () => {
  it("reads an answer aloud with its mentions marked, without colour, and keeps it out of the counts", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", project);
    const question = "Jämför Vindil och Pedalus: vilken elcykel är bäst?";
    const { stdout, stderr, code } = await desk.run(["ask", question, "--assistant", "chatgpt"], { env: townEnv });
    expect([stderr, code]).toEqual(["", 0]);
    const record = town.answers().find((answer) => answer.question === question)!;
    for (const name of record.named) expect(stdout.toLowerCase()).toContain(`⟦${name}⟧`);
    expect(record.named.length + record.denied.length).toBeGreaterThan(0);
    expect(stdout).toMatch(/\nMentions\n\S+ \(\d+\)\n/);
    expect(stdout).toMatch(/\nanswered · API · model-a-1 · Cost \S+\n$/);
    expect(stdout).not.toContain("\u001b");
    const store = await openStoreReadOnly(desk.path("citera.db"));
    expect(await listProjects(store.read)).toHaveLength(1);
    await store.close();
    const report = await desk.run(["report", "--json"]);
    expect(report.stdout).toBe("null\n");
  });

  it("asks an adapter without a project or a key it can do without, and keeps nothing", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const args = [
      "--assistant",
      "openai-compatible",
      "--model",
      "m",
      "--set",
      `baseUrl=${town.url}/v1`,
      "--lang",
      "sv",
    ];
    const { stdout, stderr, code } = await desk.run(["ask", "Which e-bike is best?", ...args], { env: townEnv });
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout).toMatch(/ · API · model-c-1 · Kostnad okänd\n/);
    expect(desk.has("citera.db")).toBe(false);
  });

  it("says whom it can ask, and what is missing, before anything is kept", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", project);
    const ask = (assistant: string) => desk.run(["ask", "Q?", "--assistant", assistant], { env: townEnv });
    const [nobody, keyless, modelless] = await Promise.all([ask("gpt"), ask("claude"), ask("openai")]);
    expect(nobody).toMatchObject({ stdout: "", code: 2 });
    expect(nobody.stderr).toBe(
      `there is no assistant gpt; the project's assistants are chatgpt, claude, and adapters are ${askable.join(", ")}\n`,
    );
    expect(keyless).toMatchObject({ stdout: "", code: 2 });
    expect(keyless.stderr).toContain("claude needs CLAUDE_KEY: set it in the environment or in .env");
    expect(modelless).toMatchObject({ stderr: "which model? name it with --model\n", code: 2 });
  });

  it("names the settings there are where one is not known, in both languages", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const args = ["ask", "Hej?", "--assistant", "groq", "--model", "m", "--set", "unknown=1", "--set", "baseUrl=x"];
    const { stderr, code } = await desk.run(args);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^--set unknown: groq has no such setting; it takes .*baseUrl.*\n$/),
    ]);
    const swedish = await desk.run([...args, "--lang", "sv"]);
    expect(swedish.stderr).toMatch(/^--set unknown: groq har ingen sådan inställning; den tar .*\n$/);
  });

  it("tells why there is no answer, without a trace of the program or the key", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const secret = "sk-invalid-abcdefghij0123456789";
    const args = ["--assistant", "openai", "--model", "m", "--set", `baseUrl=${town.url}/v1`];
    const [refused, unreachable] = await Promise.all([
      desk.run(["ask", "Q?", ...args], { env: { ...townEnv, OPENAI_API_KEY: secret } }),
      desk.run(["ask", "Q?", ...args], { env: { OPENAI_API_KEY: secret } }),
    ]);
    expect(refused).toEqual({
      stdout: "",
      stderr: "the key was refused: put a valid key into OPENAI_API_KEY\n",
      code: 3,
    });
    expect(unreachable).toMatchObject({ stdout: "", code: 3 });
    expect(unreachable.stderr).toMatch(
      /^this address is not called \(“127\.0\.0\.1:\d+ is a private address\. .* CITERA_ALLOW_HOSTS=127\.0\.0\.1:\d+”\): change `--set baseUrl=\.\.\.`, or allow .*\n$/,
    );
  });

  it("that is told to wait says how long, and is not in the way of the next run", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const busy = await townFor(test, { faults: { rates: { rate_limit: 1 }, retryAfterSeconds: 2 } });
    desk.write("citera.yaml", townProject(busy.url, 2));
    const { stdout, stderr, code } = await desk.run(["ask", "Q?", "--assistant", "chatgpt"], { env: townEnv });
    expect([stdout, code]).toEqual(["", 3]);
    expect(stderr).toMatch(/; try again in 2 s\n$/);
    busy.setFaults({ rates: {} });
    const run = await desk.run(["run"], { env: townEnv });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("2 of 2 questions answered");
    expect(busy.calls()).toMatchObject({ answered: 2, faults: { rate_limit: 1 } });
  });
});
