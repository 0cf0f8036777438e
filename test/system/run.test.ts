/** citera run as a process: forecast, progress, missing keys, failures, Ctrl-C and resume. */
import { existsSync } from "node:fs";
import { describe, it } from "vitest";
import { deskFor, type Desk } from "../support/cli.ts";
import { Gate } from "../support/gate.ts";
import { chatgpt, claude, townEnv, townFor, townProject } from "../support/town-project.ts";

const run = (desk: Desk, ...args: string[]) => desk.run(["run", ...args], { env: townEnv });
const linesOf = (text: string) => text.split("\n").filter((line) => !/^[+] /.test(line));

describe.concurrent("citera run", { timeout: 60_000 }, () => {
  it("asks what it can, names the key that is missing and who is asked all the same", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write(
      "citera.yaml",
      townProject(town.url, 4, { repeats: 2, assistants: [chatgpt(town.url), claude(town.url)] }),
    );
    desk.write(".env", `TOWN_KEY=${townEnv.TOWN_KEY}\n`);
    const env = { CITERA_ALLOW_HOSTS: "127.0.0.1" };
    const forecast = await desk.run(["run", "--dry-run"], { env });
    const told = [
      "Claude is left out: set CLAUDE_KEY in the environment or in the file .env, then run again",
      "Asked all the same: ChatGPT",
      "8 questions, expected cost unknown (without ChatGPT, whose price is not known (set `prices` in the project file))",
    ];
    expect(linesOf(forecast.stderr)).toEqual([...told, ""]);
    expect([forecast.stdout, forecast.code, town.calls().requests]).toEqual(["", 0, 0]);
    expect(existsSync(desk.path("citera.db"))).toBe(false);

    const { stdout, stderr, code } = await desk.run(["run"], { env });
    expect([stdout, code, town.calls().answered]).toEqual(["", 0, 8]);
    const lines = linesOf(stderr);
    expect(lines.slice(0, 3)).toEqual(told);
    expect(stderr).toMatch(/\nAsking: 8\/8 \(100 %\)\n8 of 8 questions answered in [\d.]+ s\n/);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toContain(townEnv.TOWN_KEY);
  });

  it("asks nobody when no key is set, and says which are missing", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write("citera.yaml", townProject(town.url, 2));
    const { stderr, code } = await desk.run(["run", "--lang", "sv"]);
    expect(code).toBe(2);
    expect(stderr).toContain("TOWN_KEY");
    expect(stderr).toContain("no assistant can be asked: set the keys named above");
    expect(town.calls().requests).toBe(0);
  });

  it("ends incomplete with the reason when an assistant refuses, without telling the key", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    const slow = { ...claude(town.url), concurrency: 1 };
    desk.write("citera.yaml", townProject(town.url, 3, { assistants: [chatgpt(town.url), slow] }));
    const secret = "sk-invalid-abcdefghij0123456789";
    const env = { ...townEnv, CLAUDE_KEY: secret };
    const { stderr, code } = await desk.run(["run"], { env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/\n3 of 6 questions answered in /);
    expect(stderr).toContain(
      "\nFailed: Claude: 3 x the key was refused: put a valid key into CLAUDE_KEY\n" +
        "Claude: 2 of them were not sent; the next run sends one question first, and the others when it is answered\n",
    );
    expect(stderr).not.toContain(secret);
    expect(town.calls()).toMatchObject({ answered: 3, rejected: 1 });
    const report = await desk.run(["report", "--lang", "sv"]);
    expect(report.stdout).toContain(
      "\nClaude behöver åtgärdas: nyckeln godtogs inte: lägg en giltig nyckel i CLAUDE_KEY\n",
    );
    const swedish = await desk.run(["run", "--lang", "sv"], { env });
    expect([swedish.code, town.calls().rejected]).toEqual([3, 2]);
    expect(swedish.stderr).toContain(
      "Claude behöver åtgärdas: nyckeln godtogs inte: lägg en giltig nyckel i CLAUDE_KEY\n" +
        "Claude får först en fråga; de andra i körningen skickas när den har besvarats\n",
    );
    expect(swedish.stderr).toContain("\nClaude: 2 av dem skickades inte; nästa körning skickar först en fråga");
  });

  it("says so when there is nothing to go on with", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write("citera.yaml", townProject(town.url, 2));
    const { stderr, code } = await run(desk, "--resume");
    expect(code).toBe(0);
    expect(linesOf(stderr)).toEqual(["There is no run to go on with.", ""]);
    expect(town.calls().requests).toBe(0);
  });
});

describe.concurrent("Ctrl-C", { timeout: 60_000 }, () => {
  it("lets questions under way end, and a resumed run pays for nothing twice", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const gate = new Gate();
    const town = await townFor(test, { faults: { delayMs: [1, 1] }, sleep: gate.sleep });
    desk.write("citera.yaml", townProject(town.url, 12));
    gate.holdFrom(5);
    const started = desk.start(["run"], { env: townEnv });
    await gate.came(8); // four answered, four held
    started.kill("SIGINT");
    await started.said(/Stopping/);
    gate.open();
    const stopped = await started.ended;
    expect(stopped.code).toBe(130);
    const asked = town.calls().requests;
    expect(asked).toBe(8);
    expect(stopped.stderr).toContain(`8 of 12 questions answered in `);
    expect(stopped.stderr).toContain(
      "Stopped; 4 questions are left. `citera run --resume` goes on without paying twice.",
    );

    const refused = await run(desk);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /a run of \d{4}-\d\d-\d\d was stopped before its end: `citera run --resume` goes on/,
    );
    expect(town.calls().requests).toBe(8);

    const resumed = await run(desk, "--resume");
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toContain("Going on with 4 questions.\n");
    expect(resumed.stderr).toContain("12 of 12 questions answered");
    expect(town.calls()).toMatchObject({ requests: 12, answered: 12, aborted: 0 });
    expect(town.calls().sent.map(({ replies }) => replies)).toEqual(Array(12).fill(1));
  });

  it("a second time does not wait, another process is kept out meanwhile, and --new gives the run up", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const gate = new Gate();
    const town = await townFor(test, { faults: { delayMs: [1, 1] }, sleep: gate.sleep });
    desk.write("citera.yaml", townProject(town.url, 6));
    gate.holdFrom(1);
    const started = desk.start(["run"], { env: townEnv });
    await gate.came(4);
    const [applied, reported] = await Promise.all([desk.run(["apply"]), desk.run(["report"])]);
    expect(applied.code).toBe(4);
    expect(applied.stderr).toMatch(/^citera\.db: another citera process uses this database/);
    expect([reported.stdout, reported.code]).toEqual(["No answers yet. `citera run` asks the first questions.\n", 0]);
    started.kill("SIGINT");
    await started.said(/Stopping/);
    started.kill("SIGINT");
    expect((await started.ended).code).toBe(130);
    gate.open();
    await expect.poll(() => town.calls().aborted, { timeout: 20_000 }).toBe(4);

    const anew = await run(desk, "--new");
    expect(anew.code).toBe(0);
    expect(anew.stderr).toContain("6 of 6 questions answered");
    expect(town.calls()).toMatchObject({ requests: 10, answered: 6 });
  });
});
