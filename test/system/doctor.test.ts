/** citera doctor as a process, on machines that are well and on ones broken on purpose. */
import type { ServerResponse } from "node:http";
import pg from "pg";
import { describe, it, type TestContext } from "vitest";
import { deskFor } from "../support/cli.ts";
import { openStore } from "../../src/store/index.ts";
import { emptyPostgres } from "../support/databases.ts";
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

describe.concurrent("citera doctor", { timeout: 120_000 }, () => {
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

  it("without a project file looks at what it can, and says what not and why", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const bare = await desk.run(["doctor"]);
    expect(bare.code).toBe(0);
    expect(bare.stdout.split("\n")).toEqual([
      expect.stringMatching(/^ok {2}Node /) as string,
      "ok  there is no database citera.db yet; the first `citera run` makes it",
      expect.stringMatching(/ GiB free on the disk of the database/) as string,
      "warn  there is no project file citera.yaml, so assistants and the clock are not checked; make one with `citera init`",
      "warn  no key for an assistant is in the environment or in the file .env; set one, such as OPENAI_API_KEY",
      "",
    ]);
    const env = { ANTHROPIC_API_KEY: "sk-hemlig-0123456789" };
    const swedish = await desk.run(["doctor", "--lang", "sv", "--file", "annan.yaml"], { env });
    expect([swedish.code, swedish.stdout.split("\n").slice(3)]).toEqual([
      2,
      [
        "FEL  det finns ingen projektfil annan.yaml; ange en annan med --file eller skapa en med `citera init`",
        "ok  nycklar för assistenter i miljön: ANTHROPIC_API_KEY",
        "",
      ],
    ]);
    desk.write("citera.yaml", "project: [");
    const broken = await desk.run(["doctor"]);
    expect([broken.code, broken.stdout]).toEqual([2, expect.stringMatching(/^ok {2}Node /) as string]);
    expect(broken.stdout).toMatch(
      /FAIL {2}citera\.yaml:1: .*\nskip {2}assistants and the clock are not checked until the project file is right/,
    );
  });

  it("looks into Postgres: empty, behind and ahead", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const { url, drop } = await emptyPostgres();
    test.onTestFinished(drop);
    const change = async (statement: string) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(statement);
      await client.end();
    };
    const seen = async (...more: string[]) => {
      const { stdout, code } = await desk.run(["doctor", "--db", url, ...more]);
      expect(stdout).not.toContain("postgres:postgres");
      return [code, ...stdout.split("\n").slice(1, 3)];
    };
    expect(await seen()).toEqual([
      0,
      "ok  the database Postgres is empty; the first `citera run` makes its tables",
      "skip  free space is not checked: it is the Postgres server's",
    ]);
    await (await openStore(url)).close();
    await change("update __drizzle_migrations set created_at = created_at - 1");
    expect(await seen("--lang", "sv")).toEqual([
      0,
      "varning  databasen Postgres är från en tidigare version; nästa `citera apply` eller `citera run` uppdaterar den",
      "ej sett  ledigt utrymme kontrolleras inte: det är Postgres-serverns",
    ]);
    await change("update __drizzle_migrations set created_at = created_at + 86400000");
    expect((await seen()).slice(0, 2)).toEqual([
      4,
      "FAIL  Postgres: the database was made by a newer version of Citera. Update Citera, or name another database",
    ]);
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
    expect(missing.stdout).toMatch(/FAIL {2}ChatGPT, Claude: 127\.0\.0\.1:\d+ cannot be reached/);
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

describe.concurrent("citera doctor --assistant", { timeout: 120_000 }, () => {
  it("asks one question, says what came, and finds the shape as expected", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    desk.write("citera.yaml", townProject(town.url, 2));
    const { stdout, stderr, code } = await desk.run(["doctor", "--assistant", "chatgpt", "--json"], { env: townEnv });
    const { findings, reply } = JSON.parse(stdout) as Told;
    expect([code, town.calls().requests]).toEqual([0, 1]);
    expect(reply).toMatchObject({ outcome: "answered", servedModel: "model-a-1" });
    expect(findings.map(({ says }) => says)).toContain("asking ChatGPT one question: cost not known");
    expect(stderr).toBe("asking ChatGPT one question: cost not known\n");
    expect(findings.at(-1)).toEqual({ about: "shape", level: "ok", says: "the reply has the shape we expect" });
  });

  it("says what it expects to pay before it asks, in both languages", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    let heard!: (response: ServerResponse) => void;
    const asked = new Promise<ServerResponse>((resolve) => (heard = resolve));
    const server = await serverFor(test, (_, response) => heard(response));
    const priced = {
      prices: [{ model: "town-gpt", inputPerMillionUsd: 1, outputPerMillionUsd: 10, searchPerThousandUsd: 10 }],
    };
    desk.write("citera.yaml", townProject(server.url, 2, priced));
    const asking = desk.start(["doctor", "--assistant", "chatgpt", "--lang", "sv"], { env: townEnv });
    expect(await asking.said(/ställer en fråga/)).toMatch(
      /^ok {2}ChatGPT: .*\nok {2}ställer en fråga till ChatGPT: väntad kostnad 0,0\d+ USD\n$/,
    );
    (await asked).writeHead(401).end("{}");
    expect(await asking.ended).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("nyckeln godtogs inte: lägg en giltig nyckel i TOWN_KEY") as string,
    });
  });

  it("asks nothing without a key or a project, and says what to set", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const town = await townFor(test);
    const env = { CITERA_ALLOW_HOSTS: "127.0.0.1" };
    const without = await desk.run(["doctor", "--assistant", "chatgpt"], { env });
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("`citera init`") as string]);
    desk.write("citera.yaml", townProject(town.url, 2));
    const keyless = await desk.run(["doctor", "--assistant", "chatgpt"], { env });
    expect([keyless.code, keyless.stdout]).toEqual([
      2,
      "FAIL  ChatGPT: set TOWN_KEY in the environment or in the file .env; until then it is left out\n",
    ]);
    expect(town.calls().requests).toBe(0);
  });

  it("tells a hostile reply's shape in few, plain lines", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const names = Array.from({ length: 5_000 }, (_, i) => `"name_${i}":"Hemligt","Hemligt \\u001b[31m\\n${i}":1`);
    const deep = `"deep":${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const message = { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hemligt svar." }] };
    const usual = JSON.stringify({ object: "response", status: "completed", output: [message] }).slice(0, -1);
    const model = `"model":"${"\u202e\u009b31m".repeat(20_000)}"`;
    const server = await serverFor(test, replying(200, `${usual},${names.join()},${deep},${model}}`));
    desk.write("citera.yaml", townProject(server.url, 2));
    const { stdout, stderr, code } = await desk.run(["doctor", "--assistant", "chatgpt"], { env: townEnv });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("new in the reply, not known to us: name_0 (string)");
    expect(stdout).toMatch(/and 4[ ,.]?95\d more of this kind/);
    expect(stdout.split("\n").length).toBeLessThan(120);
    expect(stdout.length).toBeLessThan(10_000);
    expect(stdout).not.toMatch(/Hemligt|(?!\n)[\p{Cc}\u202a-\u202e]/u);
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
    expect(stdout).toContain("new in the reply, not known to us: output[novelty] (object)");
    expect(stdout).toContain("expected in the reply, not there: usage (object)");
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
