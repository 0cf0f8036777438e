/** Reads one answer with the parser and keeps what it found. */
import type { Brand, Findings } from "../domain.ts";
import { compileBrands, parse as parseText, parserVersion, redirectsIn, type BrandSet } from "../parser/parse.ts";
import type { NewJob } from "../queue/queue.ts";
import {
  addReading,
  ensureReading,
  findAnswer,
  findRedirects,
  getProject,
  listBrands,
  newestReading,
  saveFindings,
  switchReading,
  type Db,
  type Found,
  type KeptAnswer,
  type Reading,
} from "../store/index.ts";
import { ofHouse, type House } from "./job.ts";
import type { Notes } from "./notes.ts";
import { rollupSoon } from "./rollup.ts";
import { Together } from "./together.ts";

/** Free to repeat: the same reading writes its findings once. */
export async function parse(house: House, { answerId }: { answerId: string }): Promise<void> {
  const answer = await findAnswer(house.store.read, answerId);
  if (answer) await parseAnswer(house, answer);
}

/** The same for an answer that is at hand; together with others of its project that come meanwhile. */
export function parseAnswer(house: House, answer: KeptAnswer): Promise<void> {
  return parsings(house).do(answer.projectId, answer);
}

const parsings = ofHouse(
  (house) => new Together<KeptAnswer, undefined>((answers, projectId) => parseAnswers(house, projectId, answers)),
);
async function parseAnswers(house: House, projectId: string, answers: KeptAnswer[]): Promise<undefined[]> {
  const reader = await readerOf(house, projectId);
  const read: (Found & { unresolved: string[] })[] = [];
  for (const answer of answers) read.push({ answer, ...(await readAnswer(house.store.read, answer, reader)) });
  await house.store.tx((tx) => saveFindings(tx, read, reader.reading.number, reader.brands));
  for (const day of new Set(answers.map(({ day }) => day))) await rollupSoon(house, projectId, day);
  for (const { answer, unresolved } of read) await resolveSoon(house, answer, unresolved);
  return answers.map(() => undefined);
}

/** Has the redirects of an answer asked where they lead that are not resolved. */
export async function resolveSoon(house: House, answer: KeptAnswer, unresolved: string[]): Promise<void> {
  if (unresolved.length > 0) await house.queue.add([redirectsJob(answer.id)]);
}

const redirectsJob = (answerId: string): NewJob => ({
  name: "redirects",
  key: `redirects-${answerId}`,
  lane: "redirects",
  payload: { answerId },
});

export interface Reader {
  reading: Reading;
  brands: Brand[];
  brandSet: BrandSet;
  notes: Notes;
}
const readers = ofHouse(() => new Map<string, { number: number; reader: Promise<Reader> }>());
/** Projects whose matchers are kept compiled; the one not used for longest goes first. */
const mostReaders = 50;

/** The project's newest reading with its brands compiled: once per reading, for all answers that are read at a time. */
export async function readerOf(house: House, projectId: string): Promise<Reader> {
  const known = readers(house);
  const reading = (await newestReading(house.store.read, projectId))!; // every project begins with one
  const before = known.get(projectId);
  known.delete(projectId);
  const kept =
    before?.number === reading.number ? before : { number: reading.number, reader: compileReader(house, reading) };
  known.set(projectId, kept);
  if (known.size > mostReaders) known.delete(known.keys().next().value!);
  try {
    return await kept.reader;
  } catch (error) {
    known.delete(projectId); // the next answer tries anew
    throw error;
  }
}

async function compileReader(house: House, reading: Reading): Promise<Reader> {
  const { languages } = await getProject(house.store.read, reading.projectId);
  const brands = await listBrands(house.store.read, reading.projectId);
  return { reading, brands, brandSet: compileBrands(brands, { languages }), notes: house.notes };
}

/**
 * Makes sure that a project has a reading by this parser and its present brands. A first one is used at once; a later
 * one has to be built beside the old: returns true when history has to be read again.
 */
export async function prepareReading(house: House, projectId: string): Promise<boolean> {
  return house.store.tx(async (tx) => {
    const project = await getProject(tx, projectId);
    const reading = await ensureReading(tx, project, parserVersion);
    if (project.reading === 0) await switchReading(tx, projectId, reading.number);
    return project.reading !== 0 && project.reading !== reading.number;
  });
}

/** Begins a new reading on demand; one that was begun and not finished is gone on with. */
export async function beginReading(house: House, projectId: string): Promise<void> {
  if (await prepareReading(house, projectId)) return;
  await house.store.tx(async (tx) => addReading(tx, await getProject(tx, projectId), parserVersion));
}

/** What the parser finds; `targets` says where redirects lead, by address. */
export function findingsOf(answer: KeptAnswer, reader: Reader, targets?: ReadonlyMap<string, string>): Findings {
  const began = performance.now(); // most answers take less than the clock's millisecond
  const findings = parseText({ ...answer, ...(targets && { targets }) }, reader.brandSet);
  reader.notes.parsed(performance.now() - began);
  return findings;
}

/** Findings with the pages that known redirects lead to, all redirects among the citations, and those not resolved. */
export async function readAnswer(
  db: Db,
  answer: KeptAnswer,
  reader: Reader,
): Promise<{ findings: Findings; redirects: string[]; unresolved: string[] }> {
  const findings = findingsOf(answer, reader);
  const redirects = redirectsIn(findings.citations);
  if (redirects.length === 0) return { findings, redirects, unresolved: [] };
  const targets = new Map<string, string>();
  for (const [url, { target }] of await findRedirects(db, redirects)) if (target !== null) targets.set(url, target);
  return {
    findings: targets.size > 0 ? findingsOf(answer, reader, targets) : findings,
    redirects,
    unresolved: redirects.filter((url) => !targets.has(url)),
  };
}
