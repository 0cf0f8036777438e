/** Whoever brings a database up to date waits a little for those who use it, and leaves it as it was otherwise. */
import pg from "pg";
import { expect, it } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { emptyPostgres } from "../support/databases.ts";

it("gives up after ten seconds where a table is in use, and can be begun anew", { timeout: 60_000 }, async (test) => {
  const { url, drop } = await emptyPostgres();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  test.onTestFinished(async () => {
    await client.end();
    await drop();
  });
  await client.query("begin");
  await client.query("create table projects (id text)"); // seen by nobody else, and in the way of a table of that name
  await expect(openStore(url)).rejects.toThrow(
    /^Postgres: a table is in use for so long that the database cannot be brought up to date\. Stop the other processes, /,
  );
  await client.query("rollback");
  const { rows } = await client.query("select relname from pg_class where relname in ('projects', 'answers')");
  expect(rows).toEqual([]);
  await (await openStore(url)).close();
});
