/** init, check and apply as processes: from an example to a database that follows the file. */
import { readdirSync } from "node:fs";
import { describe, it } from "vitest";
import { assistants } from "../../src/assistants/index.ts";
import { readProjectFile } from "../../src/config/project-file.ts";
import { listProjects, listPrompts, openStoreReadOnly } from "../../src/store/index.ts";
import { deskFor, type Desk } from "../support/cli.ts";
import { changed } from "../support/project-text.ts";

describe.concurrent("citera init", { timeout: 60_000 }, () => {
  it("writes an example that passes the check, and never writes over anything", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const first = await desk.run(["init"]);
    expect([first.stderr, first.code]).toEqual(["", 0]);
    expect(first.stdout).toContain("citera check citera.yaml");
    const written = desk.read("citera.yaml");
    desk.write("citera.yaml", `${written}# mine\n`);
    const second = await desk.run(["init"]);
    expect([second.stdout, second.code]).toEqual(["", 2]);
    expect(second.stderr).toBe("citera.yaml is there already; it was left as it is\n");
    expect(desk.read("citera.yaml")).toBe(`${written}# mine\n`);
    const checked = await desk.run(["check"]);
    expect([checked.stderr, checked.code]).toEqual(["", 0]);
    expect(checked.stdout).toMatch(
      /^citera\.yaml is fine: Acme Sweden, 3 brands, 11 questions, 2 assistants; a run asks 22 questions\nnext run: \w{3} \d{4}-\d\d-\d\d 06:00 \(Europe\/Stockholm\)\n$/,
    );
  });

  it("writes it in Swedish under another name, where there is a folder for it", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const { stdout, code } = await desk.run(["init", "--lang", "sv", "marke.yaml"]);
    expect([stdout.split(".")[0], code]).toEqual(["Skrev marke", 0]);
    expect(readProjectFile(desk.path("marke.yaml"), assistants).languages).toEqual(["sv", "en"]);
    const nowhere = await desk.run(["init", "no/where.yaml"]);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toMatch(/^no\/where\.yaml cannot be written \(ENOENT.*\)\n$/);
  });
});

describe.concurrent("citera check", { timeout: 60_000 }, () => {
  it("tells every complaint on a line of its own and asks for nothing", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("brand.yaml", changed(["competitors:", "competitor:"], ["phase: consideration", 'phase: "\\e[31m"']));
    const { stdout, stderr, code } = await desk.run(["check", "brand.yaml"]);
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toBe("brand.yaml:7: competitor: there is no such field (did you mean `competitors`?)\n");
    expect(stderr).not.toContain("\u001b");
  });
});

describe.concurrent("risky names", { timeout: 60_000 }, () => {
  it("are warned of by check and apply, in the language asked for, and the file is still used", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", changed(["Acme AB", 'Acme AB, "Max"']));
    const [checked, swedish, applied] = await Promise.all([
      desk.run(["check"]),
      desk.run(["check", "--lang", "sv"]),
      desk.run(["apply", "--dry-run"], { env: { CITERA_LANGUAGE: "sv" } }),
    ]);
    expect([checked.code, swedish.code, applied.code]).toEqual([0, 0, 0]);
    expect(checked.stdout).toMatch(/^citera\.yaml is fine: /);
    const lines = checked.stderr.split("\n");
    expect(lines.map((line) => line.split(" ", 4).join(" "))).toEqual([
      "citera.yaml:6: brand.aliases[1]: warning: Max",
      "",
    ]);
    expect(swedish.stderr).toContain(
      "citera.yaml:6: brand.aliases[1]: varning: Max är ett vanligt ord på engelska och svenska",
    );
    expect(applied.stderr).toBe(swedish.stderr);
  });

  it("that no text can tell apart are refused, and nothing that steers a terminal is repeated", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", changed(["Acme AB", 'De Longhi, "\\e[31mX"'], ["name: Boltex", "name: DeLonghi"]));
    const [checked, applied] = await Promise.all([desk.run(["check", "--lang", "sv"]), desk.run(["apply"])]);
    expect([checked.stdout, checked.code, applied.stdout, applied.code]).toEqual(["", 2, "", 2]);
    expect(checked.stderr).toMatch(/^citera\.yaml:8: competitors\[0\]\.name: DeLonghi kan inte skiljas från De Longhi/);
    expect(applied.stderr).toMatch(/^citera\.yaml:8: competitors\[0\]\.name: DeLonghi cannot be told from De Longhi/);
    expect(checked.stderr + applied.stderr).not.toContain("\u001b");
    expect(desk.has("citera.db")).toBe(false);
  });
});

describe.concurrent("citera apply", { timeout: 60_000 }, () => {
  const answered = async (desk: Desk) => {
    const store = await openStoreReadOnly(desk.path("citera.db"));
    try {
      const [project] = await listProjects(store.read);
      const prompts = await listPrompts(store.read, project!.id);
      return { set: project!.brandSetVersion, prompts: prompts.map(({ key, text }) => `${key} ${text}`) };
    } finally {
      await store.close();
    }
  };

  it("shows the difference, writes nothing on a dry run, and archives what is missing", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", changed(["- text:", "- id: best\n    text:"]));
    const looked = await desk.run(["apply", "--dry-run"]);
    expect([looked.stderr, looked.code]).toEqual(["", 0]);
    expect(looked.stdout.split("\n").slice(0, -1)).toEqual([
      "+ project acme added",
      "+ brand Acme added",
      "+ brand Boltex added",
      "+ prompt best added",
      "+ assistant chatgpt added",
    ]);
    expect(readdirSync(desk.folder)).toEqual(["citera.yaml"]);
    const applied = await desk.run(["apply"]);
    expect([applied.stdout, applied.code]).toEqual([looked.stdout, 0]);
    expect(await answered(desk)).toEqual({ set: 1, prompts: ["best Which tool is best?"] });

    const gone = ["  - name: Boltex\n    domains: [bolt.example]\n", ""] as [string, string];
    desk.write("citera.yaml", changed(["competitors:\n", ""], gone, ["- text: Which", "- id: best\n    text: What"]));
    const expected = ["- brand Boltex archived", "~ prompt best new version: text"];
    const again = await desk.run(["apply", "--dry-run"]);
    expect(again.stdout.split("\n").slice(0, -1)).toEqual(expected);
    expect(await answered(desk)).toEqual({ set: 1, prompts: ["best Which tool is best?"] });
    expect((await desk.run(["apply"])).stdout).toBe(again.stdout);
    expect(await answered(desk)).toEqual({ set: 2, prompts: ["best What tool is best?"] });
  });

  it("refuses a file that is no database, and leaves it as it was", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", changed());
    desk.write("citera.db", "bread, milk, eggs\n".repeat(100));
    const { stdout, stderr, code } = await desk.run(["apply"]);
    expect([stdout, code]).toEqual(["", 4]);
    expect(stderr).toMatch(/^citera\.db: the file is not a Citera database\. .*\n$/);
    expect(desk.read("citera.db")).toBe("bread, milk, eggs\n".repeat(100));
  });

  it("keeps the password of a database that cannot be reached to itself", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", changed());
    const { stderr, code } = await desk.run(["apply", "--db", "postgres://citera:hunter2hunter2@127.0.0.1:1/citera"]);
    expect(code).toBe(4);
    expect(stderr).toContain("Postgres cannot be reached");
    expect(stderr).not.toContain("hunter2");
  });
});
