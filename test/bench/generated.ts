/** A project with years of answers and what was found in them, written into a database by SQL alone. */
import Database from "better-sqlite3";
import pg from "pg";
import type { Project } from "../../src/domain.ts";
import {
  applyDefinition,
  ensureReading,
  getProject,
  listAssistants,
  listBrands,
  listPrompts,
  openStore,
  switchReading,
} from "./built.ts";
import { definitionOf } from "./project.ts";

export interface Size {
  /** First day and how many. */
  from: string;
  days: number;
  /** Answers per prompt, assistant and day: SQL of the prompt's number `p.i`. */
  repeats: string;
  /** Citations per answer. */
  citations: number;
}

/** Runs statements one after another, on either database. */
interface Connection {
  run(statement: string): Promise<void>;
  count(table: string): Promise<number>;
  close(): Promise<void>;
}

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Makes the project and its answers; nothing is counted yet. Gives the project and how many mentions there are. */
export async function generate(
  url: string,
  size: Size,
  baseUrl = "http://127.0.0.1",
): Promise<{ project: Project; mentions: number }> {
  const { project, frame } = await prepareProject(url, baseUrl);
  const connection = await connect(url);
  try {
    for (let i = 0; i < size.days; i++)
      for (const statement of statementsOf(frame, size, dayAfter(size.from, i), i)) await connection.run(statement);
    await connection.run("analyze");
    return { project, mentions: await connection.count("mentions") };
  } finally {
    await connection.close();
  }
}

/** What every row names. */
interface Frame {
  projectId: string;
  promptVersions: string[];
  assistants: string[];
  brands: string[];
}

/** 30 prompts, 6 assistants that search, 5 brands. */
async function prepareProject(url: string, baseUrl: string): Promise<{ project: Project; frame: Frame }> {
  const store = await openStore(url);
  try {
    const { assistants, ...rest } = definitionOf(baseUrl, 30, 1);
    const six = Array.from({ length: 6 }, (_, i) => ({ ...assistants[0]!, key: `assistant-${i}` }));
    const { id } = (await store.tx((tx) => applyDefinition(tx, { ...rest, assistants: six }, 0))).project;
    await store.tx(async (tx) => {
      const { number } = await ensureReading(tx, await getProject(tx, id), 1);
      await switchReading(tx, id, number);
    });
    const idsOf = (rows: { id: string }[]) => rows.map((row) => row.id);
    const frame = {
      projectId: id,
      promptVersions: (await listPrompts(store.read, id)).map(({ versionId }) => versionId),
      assistants: idsOf(await listAssistants(store.read, id)),
      brands: idsOf(await listBrands(store.read, id)),
    };
    return { project: await getProject(store.read, id), frame };
  } finally {
    await store.close();
  }
}

const numbered = (name: string, ids: readonly string[]): string =>
  `${name}(i, id) as (values ${ids.map((id, i) => `(${i}, '${id}')`).join(", ")})`;
const upTo = (name: string, count: number): string =>
  `${name}(i) as (values ${Array.from({ length: count }, (_, i) => `(${i})`).join(", ")})`;

/** More than anybody repeats. */
const mostRepeats = 600;
const text = "There are several good ones, and which is best depends on what you make most often. ".repeat(3);

/** One day in the words of both databases: what an answer holds hangs on its `took_ms`, a number made of its place. */
function statementsOf(frame: Frame, { repeats, citations }: Size, day: string, number: number): string[] {
  const { projectId, promptVersions, assistants, brands } = frame;
  const ofDay = `a.project_id = '${projectId}' and a.day = '${day}'`;
  const place = `(p.i * 6 + s.i) * ${mostRepeats} + r.i`;
  const answers = `with ${numbered("p", promptVersions)}, ${numbered("s", assistants)}, ${upTo("r", mostRepeats)}
    insert into answers (id, project_id, prompt_version_id, assistant_id, purpose, day, outcome, search, text, asides,
      searches, sources, citations, requested_model, served_model, usage, cost_micro_usd, finish, asked_at, took_ms,
      location_applied, reading)
    select '01980000-0000-7000-8000-' || cast(${100_000_000_000 + number * 1_000_000} + ${place} as text),
      '${projectId}', p.id, s.id, 'scheduled', '${day}', 'answered', true, '${text}', '[]', '[]', '[]', '[]', 'model',
      'model-1', null, 1000, null, ${Date.parse(day)} + ${place}, (${place} * 7919 + ${number} * 104729) % 1000, true, 1
    from p cross join s cross join r where r.i < ${repeats}`;
  const findings = [0, 1, 2].map((kind) => {
    const places = JSON.stringify(Object.fromEntries(brands.slice(kind).map((id, i) => [id, i + 1])));
    return `insert into findings (answer_id, reading, ranking_source, positions, ghosts)
      select a.id, 1, 'list', '${places}', '[]' from answers a where ${ofDay} and a.took_ms % 3 = ${kind}`;
  });
  const mentions = `with ${numbered("b", brands)}, ${upTo("m", 2)}
    insert into mentions (answer_id, reading, number, brand_id, start, "end", form, via, certainty, denied, uncited, place)
    select a.id, 1, b.i * 2 + m.i, b.id, 6, 14, 'Caffelia', 'name', 'certain', false, false, 'prose'
    from answers a cross join b cross join m where ${ofDay} and m.i < (a.took_ms + b.i * 7) % 3`;
  const cited = `with ${numbered("b", brands)}, ${upTo("c", citations)}
    insert into citations (answer_id, reading, number, url, canonical_url, host, domain, owner_brand_id, kind)
    select a.id, 1, c.i, 'https://site' || cast((a.took_ms + c.i) % 40 as text) || '.example/page' ||
      cast((a.took_ms * 7 + c.i) % 300 as text), 'https://site' || cast((a.took_ms + c.i) % 40 as text) ||
      '.example/page' || cast((a.took_ms * 7 + c.i) % 300 as text),
      'site' || cast((a.took_ms + c.i) % 40 as text) || '.example',
      'site' || cast((a.took_ms + c.i) % 40 as text) || '.example', b.id, 'inline'
    from answers a cross join c left join b on b.i = (a.took_ms + c.i) % 40 where ${ofDay}`;
  return [answers, ...findings, mentions, cited];
}

/** A connection for statements as they are written; SQLite's does not wait for the disk. */
export async function connect(url: string): Promise<Connection> {
  if (!url.startsWith("postgres")) {
    const database = new Database(url);
    database.pragma("synchronous = OFF");
    return {
      run: async (statement) => {
        if (!statement.startsWith("select")) database.exec(statement);
        else database.prepare(statement).all();
      },
      count: async (table) => database.prepare(`select count(*) from ${table}`).pluck().get() as number,
      close: async () => void database.close(),
    };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    run: async (statement) => void (await client.query(statement)),
    count: async (table) => {
      const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${table}`);
      return Number(rows[0]!.count);
    },
    close: () => client.end(),
  };
}
