/** The parser's throughput next to what a plain program would use, on the same text in the same run. */
import AhoCorasick from "modern-ahocorasick";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { brand } from "../support/definition.ts";
import { hostileTexts, namedInThem } from "../support/hostile-texts.ts";
import { madeUpNames, textNaming } from "../support/made-up-names.ts";
import { goldenCases } from "../parser/golden.ts";
import { compileBrands, findMentions, parse, readText } from "./built.ts";

const counts = [10, 1_000, 100_000];
/**
 * What must be reached, as parts of what a plain loop over the same text reaches in the same run, so that a slow machine
 * changes nothing: mentions alone 150 MB/s with 1,000 names and 100 with 100,000 where a dense automaton reads 475, and
 * 2,000 answers of 3 kB a second where mdast-util-from-markdown reads 3.9 MB/s; aim 5,000.
 */
const searchBars: Record<number, number> = { 1_000: 150 / 475, 100_000: 100 / 475 };
const answersBar = (2_000 * 0.003) / 3.9;
const answersAim = (5_000 * 0.003) / 3.9;
const answerLength = 3_000;
const memoryBarMb = 200;

export function parser(): Promise<void> {
  const words = goldenCases.flatMap(({ text }) => text.split(" "));
  whole(words); // first: the peers below leave a heap behind in which everything is slower
  hostile();
  for (const count of counts) matching(madeUpNames(count), words);
  return Promise.resolve();
}

/** Seconds that each work takes, the best of some rounds in turn: what else the machine does only ever adds. */
function seconds<K extends string>(works: Record<K, () => unknown>, rounds: number): Record<K, number> {
  const best = {} as Record<K, number>;
  for (let round = 0; round < rounds; round++)
    for (const name of Object.keys(works) as K[]) {
      const began = performance.now();
      works[name]();
      best[name] = Math.min(best[name] ?? Infinity, (performance.now() - began) / 1000);
    }
  return best;
}

/** Reads a text as a dense automaton does, one table look-up a unit: nothing that reads each unit is quicker. */
const table = Int32Array.from({ length: 4096 * 128 }, (_, i) => ((Math.imul(i, 0x9e3779b1) >>> 0) % 4096) * 128);
function readDensely(text: string): number {
  let [state, found] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    state = table[state + (text.charCodeAt(at) & 127)]!;
    if (state === 0) found++;
  }
  return found;
}

const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6 + process.memoryUsage().arrayBuffers / 1e6;
};

/** Units between names: so many that the search decides, and as few as answers have. */
const sparse = 2_000;
const dense = 300;

function matching(names: string[], words: string[]): void {
  const before = heapMb();
  const began = performance.now();
  const set = compileBrands(names.map((name) => brand(name)));
  const compiled = performance.now() - began;
  const memory = heapMb() - before;
  const text = textNaming(names, words, 2_000_000, sparse);
  const amongNames = textNaming(names, words, 1_000_000, dense);
  const mentions = (written: string) =>
    findMentions({ text: written, hidden: [], links: [], addresses: [] }, set, "en");
  const inTurn = seconds(
    { ours: () => mentions(text), among: () => mentions(amongNames), dense: () => readDensely(text) },
    15,
  );
  const sample = text.slice(0, Math.min(text.length, 40_000_000 / names.length));
  const automaton = new AhoCorasick(names.map((name) => name.toLowerCase()));
  const short = text.slice(0, 50_000);
  const others = seconds(
    { oneByOne: () => namesOneByOne(names, sample), automaton: () => automaton.search(short.toLowerCase()) },
    2,
  );
  const rate = (read: string, took: number) => read.length / 1e6 / took;
  const ours = rate(text, inTurn.ours);
  const bar = searchBars[names.length];
  const oneByOne = rate(sample, others.oneByOne);
  const packaged = rate(short, others.automaton);
  console.log(
    `parser, ${names.length} names: search ${ours.toFixed(0)} MB/s, ` +
      `${(inTurn.dense / inTurn.ours).toFixed(2)} of a dense automaton's${bar ? ` (bar ${bar.toFixed(2)})` : ""}; ` +
      `with a name every ${dense} characters ${rate(amongNames, inTurn.among).toFixed(0)} MB/s; ` +
      `a regex per name ${oneByOne.toPrecision(2)} MB/s (${(ours / oneByOne).toFixed(1)} times), ` +
      `modern-ahocorasick ${packaged.toPrecision(2)} MB/s (${(ours / packaged).toFixed(0)} times); ` +
      `compiled in ${compiled.toFixed(0)} ms, ${memory.toFixed(0)} MB (bar ${memoryBarMb})`,
  );
}

/** What a plain program does. */
function namesOneByOne(names: string[], text: string): number {
  let found = 0;
  for (const name of names) found += text.match(new RegExp(`\\b${name}\\b`, "gi"))?.length ?? 0;
  return found;
}

/** Whole answers, next to Markdown alone. */
function whole(words: string[]): void {
  const names = madeUpNames(10);
  const answers = Array.from({ length: 300 }, (_, i) => {
    const from = (i * 97) % words.length;
    return textNaming(names, [...words.slice(from), ...words.slice(0, from)], answerLength, dense);
  });
  const set = compileBrands(names.map((name) => brand(name)));
  const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  const each = (work: (text: string) => unknown) => () => answers.forEach(work);
  const took = seconds(
    {
      ours: each((text) => parse({ text }, set)),
      view: each((text) => readText(text)),
      mentions: each((text) => findMentions(readText(text), set)),
      markdown: each((text) => fromMarkdown(text, options)),
    },
    6,
  );
  const perSecond = (work: keyof typeof took) => `${(answers.length / took[work]).toFixed(0)}/s`;
  console.log(
    `parser, answers of ${answerLength / 1000} kB: ${perSecond("ours")} whole, of which reading view alone ` +
      `${perSecond("view")}, with mentions ${perSecond("mentions")}; Markdown alone by mdast-util-from-markdown ` +
      `${perSecond("markdown")} (${(took.markdown / took.ours).toFixed(1)} times; bar ${answersBar.toFixed(1)}, aim ${answersAim.toFixed(1)})`,
  );
}

/** The slowest megabyte; a second is the bar on a machine where a dense automaton reads 475 MB/s. */
function hostile(): void {
  const set = compileBrands(namedInThem.map(({ name, ...more }) => brand(name, more)));
  const plain = "Zara is a. ".repeat(100_000);
  const dense = seconds({ dense: () => readDensely(plain) }, 10).dense;
  const all = hostileTexts.map(([name, input]) => {
    const answer = input(1_000_000);
    return { name, took: seconds({ ours: () => parse(answer, set) }, 2).ours };
  });
  const slowest = all.reduce((worst, one) => (one.took > worst.took ? one : worst));
  console.log(
    `parser, 1 MB of the slowest of ${all.length} hostile texts (${slowest.name}): ${slowest.took.toFixed(1)} s, ` +
      `as long as a dense automaton reads ${(((slowest.took / dense) * plain.length) / 1e6).toFixed(0)} MB (bar 475)`,
  );
}
