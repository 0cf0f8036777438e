/** The commands that keep a service running, as processes beside it. */
import { readdirSync, watch } from "node:fs";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers } from "../support/answers.ts";
import { deskFor, type Desk } from "../support/cli.ts";
import { definition } from "../support/definition.ts";

const day = "2026-03-02";

/** Puts a project with one answer, and whatever `more` adds, into the desk's database. */
async function filled(desk: Desk, more: (store: Store) => Promise<void> = async () => undefined, file = "citera.db") {
  const store = await openStore(desk.path(file));
  const project = await applied(store, definition());
  await keepAnswers(store, project, Date.parse(`${day}T11:00:00Z`), [{ prompt: "best", assistant: "chatgpt" }]);
  await countDays(store, project, day);
  await more(store);
  await store.close();
}

const givenUp = (key: string) => ({
  ...{ key, name: "redirects", lane: "redirects", payload: { answerId: "none" }, runAt: 1, leaseUntil: 0 },
  ...{ attempts: 8, again: false, error: "it \u001b[31mfell\nover", givenUpAt: Date.parse(`${day}T12:00:00Z`) },
});

it(
  "runs and jobs are shown beside a running service; retry waits until it is stopped",
  { timeout: 60_000 },
  async (test) => {
    const desk = deskFor(test);
    await filled(desk, (store) =>
      store.tx(
        async (tx) => void (await tx.insert(tx.tables.jobs).values([givenUp("redirects-a"), givenUp("redirects-b")])),
      ),
    );
    const service = desk.start(["start", "--port", "0"]);
    await service.said(/http/);
    const runs = await desk.run(["runs", "acme"]);
    expect([runs.stderr, runs.code]).toEqual(["", 0]);
    expect(runs.stdout).toMatch(/2026-03-02 +12:00 +scheduled +done +1: 1 answered/);
    const { runs: listed } = JSON.parse((await desk.run(["runs", "--json"])).stdout) as { runs: { id: string }[] };
    const one = await desk.run(["runs", listed[0]!.id.slice(-12), "--lang", "sv"]);
    expect(one.stdout).toContain(listed[0]!.id);
    const unknown = await desk.run(["runs", "amce"]);
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('no project and no run "amce"; projects: acme'),
    ]);

    const lanes = await desk.run(["jobs"]);
    expect([lanes.stderr, lanes.code]).toEqual(["", 0]);
    expect(lanes.stdout).toMatch(/redirects +0 +0 +0 +2 +–\n2 jobs are set aside: `citera jobs --failed`/);
    const failed = await desk.run(["jobs", "--failed"]);
    expect(failed.stdout).toMatch(/redirects-a +redirects +2026-03-02 \d\d:00 +8 +it \ufffd\[31mfell over/);
    const early = await desk.run(["retry", "--all"]);
    expect([early.code, early.stderr]).toEqual([
      4,
      expect.stringContaining("stop it, run `citera retry` again, and start it"),
    ]);
    service.kill("SIGTERM");
    await service.ended;

    expect((await desk.run(["retry"])).stderr).toContain("say --all");
    expect(await desk.run(["retry", "redirects-c"])).toMatchObject({
      code: 2,
      stderr: "there is no job set aside with the key redirects-c\n",
    });
    expect((await desk.run(["retry", "redirects-a"])).stdout).toContain("1 job begins anew");
    expect((await desk.run(["retry", "--all"])).stdout).toContain("1 job begins anew");
    expect((await desk.run(["jobs", "--failed"])).stdout).toBe("No job is set aside.\n");
  },
);

it(
  "a restore that is killed anywhere leaves the old or the new database, and the next one ends it",
  { timeout: 120_000 },
  async (test) => {
    const desk = deskFor(test);
    const bulk = async (store: Store) => {
      const rows = Array.from({ length: 3_000 }, (_, i) => ({
        answerId: `filler-${i}`,
        body: Buffer.alloc(4_096, i % 251),
      }));
      for (let from = 0; from < rows.length; from += 500)
        await store.tx(async (tx) => void (await tx.insert(tx.tables.rawReplies).values(rows.slice(from, from + 500))));
    };
    await filled(desk, bulk);
    expect((await desk.run(["backup", "copy.db"])).stdout).toMatch(
      /^copy\.db: 1\d\.\d MB, checked; the database takes 1\d\.\d MB\.\n$/,
    );
    await filled(
      desk,
      async (store) => void (await store.tx((tx) => tx.update(tx.tables.projects).set({ name: "Newer" }))),
    );
    const nameIn = async () => {
      const file = new Database(desk.path("citera.db"), { readonly: true });
      const [name, sound] = [
        file.prepare("select name from projects").pluck().get(),
        file.pragma("integrity_check", { simple: true }),
      ];
      file.close();
      return [name, sound];
    };
    const seen = new Set<unknown>();
    for (let change = 1; change <= 12; change += 1) {
      const restoring = desk.start(["restore", "copy.db", "--force"]);
      let changes = 0;
      const watcher = watch(desk.folder, () => {
        if (++changes >= change * change) restoring.kill("SIGKILL"); // early and late in what it does to the folder
      });
      const { code } = await restoring.ended;
      watcher.close();
      const [name, sound] = await nameIn();
      expect(sound).toBe("ok");
      expect(["Acme", "Newer"]).toContain(name);
      if (code === 0) expect(name).toBe("Acme");
      seen.add(`${code === null ? "killed" : "ended"} ${String(name)}`);
      if (code === 0) break;
    }
    expect(seen).toContain("killed Newer");
    expect((await desk.run(["restore", "copy.db", "--force"])).code).toBe(0);
    expect(await nameIn()).toEqual(["Acme", "ok"]);
    expect(readdirSync(desk.folder).filter((name) => name.includes("part"))).toEqual([]);
  },
);

it("a Postgres database is left to Postgres' own tools, named without its password", async (test) => {
  const desk = deskFor(test);
  const db = "postgres://me:s3cret@db.example:5433/citera?sslmode=require";
  const backup = await desk.run(["backup", "copy.dump", "--db", db]);
  expect(backup.code).toBe(2);
  expect(backup.stderr).toContain(
    "pg_dump --format=custom --file='copy.dump' 'postgres://me@db.example:5433/citera?sslmode=require'",
  );
  const restore = await desk.run(["restore", "copy.dump", "--db", db, "--lang", "sv"]);
  expect([restore.code, restore.stderr]).toEqual([2, expect.stringContaining("pg_restore --clean --if-exists")]);
  expect(backup.stderr + restore.stderr).not.toContain("s3cret");
});
