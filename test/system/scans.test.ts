/** What the product asks of Postgres finds its rows by an index, however long the history is. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { planRun, startRun, sweepKeep } from "../../src/jobs/index.ts";
import { openHouse, type OpenHouse } from "../../src/service.ts";
import { demoTown, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { getProject, listProjects } from "../../src/store/index.ts";
import { createApp } from "../../src/web/server.ts";
import { connect, dayAfter, generate } from "../bench/generated.ts";
import { Desk } from "../support/cli.ts";
import { startExplained, type Explained } from "../support/explained.ts";

/** Two years of few answers: a month is as small a share of it as of great histories. */
const history = { from: "2024-07-01", days: 730, repeats: "case when p.i < 4 then 1 else 0 end", citations: 2 };
const to = dayAfter(history.from, history.days - 1);
const daysBefore = (days: number) => dayAfter(to, -days);

describe("on Postgres, with the answers of two years", () => {
  let server: Explained;
  let town: Simulator;
  let url: string;
  let house: OpenHouse;
  const desk = new Desk();
  beforeAll(async () => {
    server = await startExplained();
    town = await startSimulator(demoTown("2026-01-01"));
    url = `${server.url}/postgres`;
    await generate(url, history, `${town.url}/v1`);
    const environment = { DATABASE_URL: url, KEY: "k", CITERA_ALLOW_HOSTS: "127.0.0.1", CITERA_LOG_LEVEL: "silent" };
    house = await openHouse({ config: readConfig(environment) });
    await server.scans();
  }, 300_000);
  afterAll(async () => {
    desk.close();
    await house.close(0);
    await town.close();
    await server.stop();
  });

  it("a query that reads a whole table would be seen", async () => {
    const connection = await connect(url);
    await connection.run("select count(*) from answers where text like '%x%'");
    await connection.close();
    expect(await server.scans()).toEqual([expect.stringContaining("Seq Scan on answers")]);
  });

  const looks = async (words: string) => {
    const { code, stderr } = await desk.run([...words.split(" "), "--db", url], { env: { KEY: "k" } });
    expect([code, stderr]).toEqual([0, expect.anything()]);
    expect(await server.scans()).toEqual([]);
  };

  it.each([
    [`rollup --from ${daysBefore(90)}`],
    ["report"],
    ["measure --bucket day"],
    ["measure --compare"],
    ["measure restricted-mean-rank --by prompt"],
    ["measure self-consistency"],
    ["sources"],
    ["sources --prompt q1"],
    ["plan --width 5pp"],
    ["runs"],
    ["jobs --failed"],
    ["export"],
    ["doctor"],
  ])("citera %s", { timeout: 60_000 }, looks);

  it("a run, the page and what is no longer kept", { timeout: 120_000 }, async () => {
    const { read } = house.store;
    const [project] = await listProjects(read);
    await house.work();
    await startRun(house, await planRun(house, project!), house.clock.now(), "scheduled");
    await Promise.race([house.queue.idle(), house.broken]);
    expect(town.calls().answered).toBe(180);
    const page = createApp({ store: house.store, log: house.log, language: "en", host: "127.0.0.1", allowHosts: [] });
    expect((await page.request("/", { headers: { host: "localhost" } })).status).toBe(200);
    const connection = await connect(url);
    await connection.run(`update projects set keep = '{"rawDays": 100, "answerDays": 800}'`);
    await connection.close();
    const answers = await read.$count(read.tables.answers);
    await sweepKeep(house);
    expect((await getProject(read, project!.id)).keep.answerDays).toBe(800);
    expect(await read.$count(read.tables.answers)).toBeLessThan(answers);
    const countOfOurs = 'select count(*) as count from "answers";';
    expect((await server.scans()).filter((plan) => !plan.includes(countOfOurs))).toEqual([]);
  });

  it("citera reparse", { timeout: 300_000 }, () => looks("reparse"));

  it("citera delete project", { timeout: 300_000 }, async () => {
    const connection = await connect(url);
    await connection.run("vacuum answers"); // as Postgres does by itself; answers are counted along the index then
    await connection.close();
    await looks("delete project bench --yes");
  });
});
