/** The labelled sets that concern the parser, what is measured on each, and the bars of the specification. */
import { domainToASCII } from "node:url";
import type { Corpora, Row } from "./corpora.ts";
import * as measure from "./measures.ts";
import type { Measure } from "./measures.ts";

/** At least a share, or at most a share or number. */
export type Bar = { least: number } | { most: number } | null;

export interface LabelledSet {
  name: string;
  rows: () => Row[];
  /** Which form of an address the labels have. */
  url: "url" | "canonicalUrl";
  measures: [Measure, Bar][];
}

export function labelledSets(corpora: Corpora): LabelledSet[] {
  const plain = measure.citationMeasures(corpora, "url");
  const canonical = measure.citationMeasures(corpora, "canonicalUrl");
  const set = (name: string, file: string, measures: [Measure, Bar][], url: LabelledSet["url"] = "url") => ({
    name,
    rows: () => corpora.rows(file),
    url,
    measures,
  });
  const { mentionF1, compounds, traps, exactRank } = measure;
  return [
    set(
      "hard-cases",
      "hard-cases/hard-cases.dev.jsonl",
      [
        [mentionF1, { least: 0.97 }],
        [exactRank, { least: 0.9 }],
        [measure.noRank, null],
        [canonical.urlF1, null],
        [canonical.wrongUrls, { most: 2 }],
      ],
      "canonicalUrl",
    ),
    set("swedish-ner", "swedish-ner/dev.jsonl", [
      [mentionF1, { least: 0.95 }],
      [compounds, { least: 0.8 }],
      [traps, { most: 0.03 }],
    ]),
    set("finer", "finer/dev.jsonl", [[mentionF1, { least: 0.93 }]]),
    set("germeval14", "germeval14/dev.jsonl", [[mentionF1, { least: 0.97 }]]),
    set("ambiguous-brands", "ambiguous-brands/dev.jsonl", [
      [measure.precisionAtRecall, { least: 0.95 }],
      [measure.countedPrecision, null],
      [measure.countedRecall, null],
    ]),
    set("product-bench", "product-bench/dev.jsonl", [
      [measure.brandFound, { least: 0.998 }],
      [plain.allUrls, { least: 1 }],
      [exactRank, { least: 0.99 }],
      [measure.pairOrder, { least: 0.995 }],
    ]),
    set("gemini-urls", "ai-search-bench/gemini-urls.dev.jsonl", [[plain.urlF1, { least: 0.99 }]]),
    set("aicw", "aicw/dev.jsonl", [
      [measure.entitiesFound, null],
      [plain.urlF1, null],
    ]),
    set("ms-citation-tool", "ms-citation-tool/dev.jsonl", [[plain.urlF1, null]]),
    publicSuffixes(corpora),
    sameBrands(corpora),
    otherBrands(corpora),
  ];
}

const ownRow = (id: string, text: string, names: string[] = []): Row => ({
  id,
  lang: "en",
  text,
  brands: names.map((name) => ({ name })),
  labels: {},
});

function publicSuffixes(corpora: Corpora): LabelledSet {
  const vectors = corpora.json<{ host: string; registrable_domain: string | null }>("psl/vectors.jsonl");
  const domains: Measure = {
    name: "registrable domain",
    outcomes: (readings) =>
      readings.map(({ row, read }, i) => {
        const expected = vectors[i]!.registrable_domain ?? "none";
        const got = read.citations[0]?.domain || "none";
        const isRight = domainToASCII(got) === domainToASCII(expected); // Punycode is the same name as Unicode
        return { id: row.id, hits: isRight ? 1 : 0, of: 1, ...(!isRight && { error: { expected, got } }) };
      }),
  };
  const rows = () => vectors.map(({ host }) => ownRow(host, `https://${host}/`));
  return { name: "psl", rows, url: "url", measures: [[domains, { least: 1 }]] };
}

/** Right where the first brand of a text is found, or is not, as wanted. */
const named = (name: string, wanted: boolean): Measure => ({
  name,
  outcomes: (readings) =>
    readings.map(({ row, read }) => {
      const found = read.mentions.filter(measure.isCounted).map(({ brand }) => brand);
      const isRight = found.includes(row.brands[0]!.name) === wanted;
      const error = { expected: `${wanted ? "" : "not "}${row.brands[0]!.name}`, got: found.join(", ") || "nothing" };
      return { id: row.id, hits: isRight ? 1 : 0, of: 1, ...(!isRight && { error }) };
    }),
});

function sameBrands(corpora: Corpora): LabelledSet {
  const groups = corpora.json<{ name: string; variants: string[] }>("brand-variants/groups.json");
  const rows = () =>
    groups.flatMap(({ name, variants }) =>
      variants
        .filter((variant) => variant !== name)
        .map((variant) => ownRow(`${name} = ${variant}`, `Many buyers choose ${variant} these days.`, [name])),
    );
  return { name: "brand-variants", rows, url: "url", measures: [[named("spellings found", true), null]] };
}

function otherBrands(corpora: Corpora): LabelledSet {
  const pairs = corpora.json<{ a: string; b: string }>("brand-variants/not-same.json");
  const rows = () =>
    pairs.map(({ a, b }) => {
      const names = a.toLowerCase() === b.toLowerCase() ? [a] : [a, b];
      return ownRow(`${a} is not ${b}`, `Many buyers choose ${b} these days.`, names);
    });
  return { name: "not-same", rows, url: "url", measures: [[named("look-alikes kept apart", false), null]] };
}
