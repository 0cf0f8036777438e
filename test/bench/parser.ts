/** The parser's throughput next to what a plain program would use, on the same text in the same run. */
import AhoCorasick from "modern-ahocorasick";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { brand } from "../support/definition.ts";
import { madeUpNames, textNaming } from "../support/made-up-names.ts";
import { goldenCases } from "../parser/golden.ts";
import { compileBrands, findMentions, parse, readText } from "./built.ts";

const counts = [10, 1_000, 100_000];
/** Megabytes a second that mentions alone must reach, by the number of names. */
const bars: Record<number, number> = { 1_000: 150, 100_000: 100 };
const answersBar = 2_000;
const answerLength = 3_000;
const memoryBarMb = 200;

export function parser(): Promise<void> {
  const words = goldenCases.flatMap(({ text }) => text.split(" "));
  for (const count of counts) matching(madeUpNames(count), words);
  whole(words);
  return Promise.resolve();
}

/** Best of three, in seconds: what else the machine does only ever adds. */
function seconds(work: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    work();
    return (performance.now() - began) / 1000;
  });
  return Math.min(...times);
}

/** A byte a unit: the texts are nearly all ASCII. */
const rate = (text: string, work: (text: string) => unknown): number => text.length / 1e6 / seconds(() => work(text));

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
  const text = textNaming(names, words, 4_000_000, sparse);
  const mentions = (written: string) =>
    findMentions({ text: written, hidden: [], links: [], addresses: [] }, set, "en");
  const ours = rate(text, mentions);
  const among = rate(textNaming(names, words, 1_000_000, dense), mentions);
  const sample = text.slice(0, Math.min(text.length, 40_000_000 / names.length));
  const oneByOne = rate(sample, (part) => namesOneByOne(names, part));
  const automaton = new AhoCorasick(names.map((name) => name.toLowerCase()));
  const packaged = rate(text.slice(0, 50_000), (part) => automaton.search(part.toLowerCase()));
  const bar = bars[names.length];
  console.log(
    `parser, ${names.length} names: search ${ours.toFixed(0)} MB/s${bar ? ` (bar ${bar})` : ""}, ` +
      `with a name every ${dense} characters ${among.toFixed(0)} MB/s; ` +
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
  const perSecond = (work: (text: string) => unknown) => answers.length / seconds(() => answers.forEach(work));
  const ours = perSecond((text) => parse({ text }, set));
  const view = perSecond((text) => readText(text));
  const mentions = perSecond((text) => findMentions(readText(text), set));
  const markdown = perSecond((text) =>
    fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  );
  console.log(
    `parser, answers of ${answerLength / 1000} kB: ${ours.toFixed(0)}/s whole (bar ${answersBar}), ` +
      `of which reading view alone ${view.toFixed(0)}/s, with mentions ${mentions.toFixed(0)}/s; ` +
      `Markdown alone by mdast-util-from-markdown ${markdown.toFixed(0)}/s (${(ours / markdown).toFixed(1)} times)`,
  );
}
