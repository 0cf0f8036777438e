/** Adds up what the answers of a day say, per prompt version, assistant, served model and brand; pure. */
import type { Counts, Day, Surface } from "../domain.ts";
import { noCounts, type AnswerFacts, type DayCounts, type Rollup, type SourceRollup } from "../store/index.ts";

/** So many pages per assistant and day are kept, the most cited first; domains all. */
const mostPages = 2_000;

export interface DayFrame {
  projectId: string;
  day: Day;
  /** Brands to count; those that nobody names have rows of zeros. */
  brandIds: readonly string[];
  ownBrandId: string | undefined;
  /** By assistant id. */
  surfaces: ReadonlyMap<string, Surface>;
}

export class DayCounter {
  readonly #frame: DayFrame;
  readonly #cells = new Map<string, Map<string, Rollup>>();
  readonly #sources = new Map<string, SourceRollup>();
  answers = 0;

  constructor(frame: DayFrame) {
    this.#frame = frame;
  }

  add(fact: AnswerFacts): void {
    this.answers++;
    const cited = new Set(fact.search ? fact.citations.flatMap(({ owner }) => owner ?? []) : []);
    const { ownBrandId } = this.#frame;
    const withoutOwn = ownBrandId === undefined || (!fact.named.has(ownBrandId) && !cited.has(ownBrandId));
    for (const [brandId, row] of this.#cellOf(fact)) addAnswer(row, fact, brandId, cited, withoutOwn);
    this.#addSources(fact);
  }

  /** What was added up; outcomes are counted elsewhere. */
  counts(): Pick<DayCounts, "rollups" | "sources" | "surfaces"> {
    const rollups = [...this.#cells.values()].flatMap((cell) => [...cell.values()]);
    return { rollups, sources: mostCited([...this.#sources.values()]), surfaces: this.#frame.surfaces };
  }

  #cellOf({ promptVersionId, assistantId, servedModel }: AnswerFacts): Map<string, Rollup> {
    const key = `${promptVersionId} ${assistantId} ${servedModel ?? ""}`;
    let cell = this.#cells.get(key);
    if (!cell) {
      const { projectId, day, brandIds } = this.#frame;
      const of = { projectId, day, promptVersionId, assistantId, servedModel: servedModel ?? "" };
      cell = new Map(brandIds.map((brandId) => [brandId, { ...of, brandId, ...noCounts() }]));
      this.#cells.set(key, cell);
    }
    return cell;
  }

  #addSources({ assistantId, citations }: AnswerFacts): void {
    const seen = new Set<SourceRollup>();
    for (const { domain, url, owner } of citations) {
      if (domain === "") continue; // an address that names no place on the web
      for (const page of ["", url]) {
        const key = `${assistantId} ${domain} ${owner ?? ""} ${page}`;
        let row = this.#sources.get(key);
        if (!row) {
          const { projectId, day } = this.#frame;
          row = { projectId, day, assistantId, domain, url: page, owner: owner ?? "", answers: 0, citations: 0 };
          this.#sources.set(key, row);
        }
        row.citations++;
        if (!seen.has(row)) row.answers++;
        seen.add(row);
      }
    }
  }
}

function addAnswer(row: Counts, fact: AnswerFacts, brandId: string, cited: Set<string>, withoutOwn: boolean): void {
  const [isNamed, isCited] = [fact.named.has(brandId), cited.has(brandId)];
  const place = fact.positions[brandId];
  const tone = isNamed ? fact.tones.get(brandId) : undefined;
  row.answers++;
  if (isNamed) row.named++;
  if (fact.ranked) row.ranked++;
  if (fact.ranked && place !== undefined) {
    if (place === 1) row.top1++;
    if (place <= 3) row.top3++;
    row.reciprocalRanks += 1 / place;
  }
  if (fact.search) {
    row.searched++;
    if (fact.citations.length > 0) row.citing++;
    if (isCited) row.cited++;
    if (isCited && !isNamed) row.ghosts++;
    if (isNamed && !isCited) row.uncited++;
  }
  if (tone) row.judged++;
  if (tone === "positive") row.positive++;
  if (tone === "negative") row.negative++;
  if (isNamed || isCited) {
    row.present++;
    if (withoutOwn) row.withoutOwn++;
  }
}

/** All domains, and of each assistant the pages in most answers. */
function mostCited(rows: SourceRollup[]): SourceRollup[] {
  const taken = new Map<string, number>();
  const inOrder = [...rows].sort((a, b) => b.answers - a.answers || (a.url < b.url ? -1 : 1));
  return inOrder.filter(({ assistantId, url }) => {
    if (url === "") return true;
    const before = taken.get(assistantId) ?? 0;
    taken.set(assistantId, before + 1);
    return before < mostPages;
  });
}
