/** A Postgres that explains every query it is asked, and keeps those that read one of the great tables from end to end. */
import pg from "pg";
import { startPostgres } from "./postgres.ts";

export interface Explained {
  url: string;
  /** Queries that read answers, mentions or citations from end to end, since this was asked last. */
  scans: () => Promise<string[]>;
  stop: () => Promise<void>;
}

/** Tables that have next to nothing in them are rightly read whole: those cost less than ten pages. */
const wholeTable = /Seq Scan on (?:answers|mentions|citations) +\(cost=[\d.]+\.\.\d{2,}\./;
/** Each query with its plan begins with this, at the beginning of the server's own line. */
const aPlan = /(?=^.*LOG: {2}duration: [\d.]+ ms {2}plan:)/m;

/** What Postgres knows of the tables is what it was told, and does not change while it is asked. */
const settings = ["session_preload_libraries=auto_explain", "auto_explain.log_min_duration=0", "autovacuum=off"];

export async function startExplained(): Promise<Explained> {
  let lastPlan = ""; // of which more may come
  let mark = "the end of no look yet";
  let markSeen = (): void => undefined;
  const found: string[] = [];
  const server = await startPostgres({
    flags: settings.flatMap((set) => ["-c", set]),
    onLog: (text) => {
      const plans = (lastPlan + text).split(aPlan);
      lastPlan = plans.at(-1)!;
      found.push(...plans.slice(0, -1).filter((plan) => wholeTable.test(plan)));
      if (plans.some((plan) => plan.includes(mark))) markSeen();
    },
  });
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  let looks = 0;
  /** What the server writes reaches us later than its answers do: a plan of our own comes after all that were before. */
  const scans = async () => {
    mark = `the end of look ${++looks};`;
    const seen = new Promise<void>((resolve) => (markSeen = resolve));
    await client.query(`select '${mark}'`);
    await seen;
    return found.splice(0);
  };
  const stop = async () => {
    await client.end();
    await server.stop();
  };
  return { url: server.url, scans, stop };
}
