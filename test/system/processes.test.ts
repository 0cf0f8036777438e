/** Many processes on Postgres: due runs opened once, work shared, one stopped, one killed, all ended by a newer version. */
import { expect, it, vi } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { deskFor, type Desk, type Started } from "../support/cli.ts";
import { emptyPostgres } from "../support/databases.ts";
import { Gate } from "../support/gate.ts";
import { townEnv, townFor, townProject } from "../support/town-project.ts";

const questions = 24;
const weekMs = 7 * 86_400_000;
const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 100, timeout: 90_000 });

/** A process with health on a free port, as soon as it says that it is up. */
async function up(desk: Desk, role: string, url: string) {
  const port = role === "web" ? "--port" : "--health-port";
  const env = { ...townEnv, DATABASE_URL: url, CITERA_LOG_LEVEL: "info" };
  const process = desk.start([role, port, "0"], { env });
  const [, address] = /(http:\/\/127\.0\.0\.1:\d+\/)/.exec(await process.said(/^Citera: .*\n/m))!;
  return { process, get: async (path: string) => (await fetch(address! + path)).text() };
}

const rowsOf = (store: Store, name: "runs" | "questions" | "answers") =>
  store.read.select().from(store.read.tables[name]);

/** Has what was due lie so far back that the next time is due now. */
async function longAgo(store: Store): Promise<void> {
  await store.tx(async (tx) => {
    const { projects, runs } = tx.tables;
    await tx.update(projects).set({ createdAt: Date.now() - weekMs });
    const before = Date.now() - weekMs;
    for (const { dueAt } of await tx.select().from(runs)) await tx.update(runs).set({ dueAt: Math.min(dueAt, before) });
  });
}

/** As the project's clock shows it: what is due since then has been waited for long enough. */
const anHourAgo = () =>
  new Date(Date.now() - 3_600_000).toLocaleTimeString("sv-SE", {
    timeZone: "Europe/Stockholm",
    hour: "2-digit",
    minute: "2-digit",
  });

const leads = (ticker: Started) => ticker.said(/"lease":"ticker","msg":"leads"/);

it("share one queue, and go on when one of them is stopped or killed", { timeout: 240_000 }, async (test) => {
  const desk = deskFor(test);
  const gate = new Gate();
  gate.holdFrom(1);
  const town = await townFor(test, { faults: { delayMs: [1, 1] }, sleep: gate.sleep });
  const { url, drop } = await emptyPostgres();
  test.onTestFinished(drop);
  desk.write("citera.yaml", townProject(town.url, questions, { schedule: { daily: anHourAgo() } }));
  expect(await desk.run(["apply", "--db", url], { env: townEnv })).toMatchObject({ code: 0 });
  const store = await openStore(url);
  test.onTestFinished(() => store.close());
  await longAgo(store);

  const first = await up(desk, "ticker", url);
  await leads(first.process);
  const second = await up(desk, "ticker", url);
  await soon(async () => expect(await rowsOf(store, "questions")).toHaveLength(questions));
  const [stopped, working, web] = await Promise.all([
    up(desk, "worker", url),
    up(desk, "worker", url),
    up(desk, "web", url),
  ]);
  await gate.came(4); // as many as the lane takes, of both workers together
  for (const { get } of [first, second, working, web]) expect(await get("readyz")).toBe("ready\n");

  stopped.process.kill("SIGTERM");
  await soon(async () => expect(await stopped.get("readyz").catch(() => "closed")).not.toBe("ready\n"));
  gate.open();
  expect(await stopped.process.ended).toMatchObject({ code: 0 });
  await soon(async () => expect(await rowsOf(store, "runs")).toMatchObject([{ state: "done" }]));
  expect(await rowsOf(store, "answers")).toHaveLength(questions);
  expect(town.calls()).toMatchObject({ requests: questions, answered: questions });
  const metrics = await working.get("metrics");
  const done = Number(/^citera_job_seconds_count\{job="ask",end="done"\} (\d+)$/m.exec(metrics)![1]);
  expect(done).toBeGreaterThanOrEqual(1);
  expect(metrics).toMatch(/^citera_parser_seconds_count [1-9]/m);
  await soon(async () => expect(await web.get("")).toContain(`${questions} answers`));

  first.process.kill("SIGKILL");
  await leads(second.process);
  await longAgo(store);
  await soon(async () => expect(await rowsOf(store, "runs")).toHaveLength(2));

  await store.tx(async (tx) => {
    const { sql } = await import("drizzle-orm");
    const later = sql`insert into __drizzle_migrations (hash, created_at) values ('later', 9999999999999)`;
    await (tx as unknown as { execute(statement: typeof later): Promise<unknown> }).execute(later); // it is Postgres
  });
  for (const { process } of [second, working, web]) {
    const { code, stderr } = await process.ended;
    expect(code).toBe(4);
    expect(stderr.split("\n").filter((line) => line !== "" && !line.startsWith("{"))).toEqual([
      "Postgres: the database was made by a newer version of Citera. Update Citera, or name another database",
    ]);
  }
});

it("refuse SQLite, each in one sentence", { timeout: 60_000 }, async (test) => {
  const desk = deskFor(test);
  const ended = await Promise.all(["worker", "web", "ticker"].map((role) => desk.run([role])));
  for (const { code, stderr } of ended) {
    expect(code).toBe(2);
    expect(stderr).toMatch(/^citera (?:worker|web|ticker) needs Postgres [^\n]*\n$/);
  }
  expect(desk.has("citera.db")).toBe(false);
});
