/** citera doctor as a process, on machines that are well and on ones broken on purpose. */
import { describe, it, type TestContext } from "vitest";
import { deskFor } from "../support/cli.ts";
import { openLocalServer, replying } from "../support/local-server.ts";
import { chatgpt, claude, townEnv, townFor, townProject } from "../support/town-project.ts";

interface Told {
  findings: { about: string; level: string; says: string }[];
  reply?: object;
}

async function serverFor({ onTestFinished }: TestContext, ...given: Parameters<typeof openLocalServer>) {
  const server = await openLocalServer(...given);
  onTestFinished(() => server.close());
  return server;
}

describe.concurrent("citera doctor", { timeout: 60_000 }, () => {
  it("finds a machine well, in both languages, and asks nothing", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write("citera.yaml", townProject(town.url, 2));
    const { stdout, stderr, code } = await desk.run(["doctor"], { env: townEnv });
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout).toMatch(/^ok {2}Node \d/);
    expect(stdout).toContain("ok  ChatGPT: key set and well-formed\nok  ChatGPT: 127.0.0.1:");
    const swedish = await desk.run(["doctor", "--lang", "sv"], { env: townEnv });
    expect(swedish.stdout).toContain("ok  ChatGPT: nyckeln finns och är välformad");
    expect([town.calls().requests, desk.has("citera.db")]).toEqual([0, false]);
  });

  it("names a missing and a misshapen key, an unreachable and a private host, and never shows a key", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const gone = await openLocalServer(replying(200));
    await gone.close();
    const curly = "sk-hemlig”nyckel";
    desk.write("citera.yaml", townProject(gone.url, 2, { assistants: [chatgpt(gone.url), claude(gone.url)] }));
    const missing = await desk.run(["doctor"], { env: townEnv });
    expect(missing.code).toBe(2);
    expect(missing.stdout).toContain("FAIL  Claude: set CLAUDE_KEY in the environment or in the file .env;");
    expect(missing.stdout).toMatch(/FAIL {2}ChatGPT: 127\.0\.0\.1:\d+ cannot be reached/);
    const wrong = await desk.run(["doctor"], { env: { TOWN_KEY: townEnv.TOWN_KEY, CLAUDE_KEY: curly } });
    expect(wrong.stdout).toContain("Claude: anthropic setting apiKey: a key is one word");
    expect(wrong.stdout).toContain("allow it with CITERA_ALLOW_HOSTS=127.0.0.1");
    for (const key of [curly, townEnv.TOWN_KEY]) expect(wrong.stdout + wrong.stderr).not.toContain(key);
  });

  it("sees a folder that cannot be written, a file that is no database, and a wrong clock", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const server = await serverFor(test, replying(404, "", { date: "Mon, 02 Mar 2020 10:00:00 GMT" }));
    desk.write("citera.yaml", townProject(server.url, 2));
    desk.write("letter.db", "Dear database, ".repeat(100));
    const folder = await desk.run(["doctor", "--json", "--db", "/proc/citera.db"], { env: townEnv });
    expect(folder.code).toBe(4);
    const { findings } = JSON.parse(folder.stdout) as Told;
    expect(findings.find(({ about }) => about === "database")).toMatchObject({ level: "fail" });
    expect(findings.find(({ about }) => about === "clock")).toMatchObject({ level: "warn" });
    const letter = await desk.run(["doctor", "--db", "letter.db"], { env: townEnv });
    expect([letter.code, letter.stdout]).toEqual([4, expect.stringContaining("is not a Citera database") as string]);
  });
});

describe.concurrent("citera doctor --assistant", { timeout: 60_000 }, () => {
  it("asks one question, says what came, and finds the shape as expected", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write("citera.yaml", townProject(town.url, 2));
    const { stdout, code } = await desk.run(["doctor", "--assistant", "chatgpt", "--json"], { env: townEnv });
    const { findings, reply } = JSON.parse(stdout) as Told;
    expect([code, town.calls().requests]).toEqual([0, 1]);
    expect(reply).toMatchObject({ outcome: "answered", servedModel: "model-a-1" });
    expect(findings.map(({ says }) => says)).toContain("asking ChatGPT one question, expected cost unknown");
    expect(findings.at(-1)).toEqual({ about: "shape", level: "ok", says: "the reply has the shape we expect" });
  });

  it("names what is new and what is gone in the shape, but no content of it", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const message = { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hemligt svar." }] };
    const body = {
      object: "response",
      status: "completed",
      model: "m",
      output: [{ type: "novelty", a: "Hemligt" }, message],
    };
    const server = await serverFor(test, replying(200, JSON.stringify(body)));
    desk.write("citera.yaml", townProject(server.url, 2));
    const { stdout } = await desk.run(["doctor", "--assistant", "chatgpt"], { env: townEnv });
    expect(stdout).toContain("new in the reply, not known to us: output[novelty]");
    expect(stdout).toContain("expected in the reply, not there: usage");
    expect(stdout).not.toContain("Hemligt");
    expect(server.received).toHaveLength(1);
  });

  it("says why there is no answer", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write("citera.yaml", townProject(town.url, 2));
    const env = { ...townEnv, TOWN_KEY: "sk-invalid-abcdefghij0123456789" };
    const { stdout, code } = await desk.run(["doctor", "--assistant", "chatgpt"], { env });
    expect([code, stdout]).toEqual([
      3,
      expect.stringContaining("ChatGPT gave no answer: the key was refused: put a valid key into ") as string,
    ]);
    expect((await desk.run(["doctor", "--assistant", "nobody"], { env })).code).toBe(2);
  });
});
