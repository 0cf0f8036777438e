/** Asks for metrics of whole answers and gives keys for ids, for tests. */
import type { Measure, Project } from "../../src/domain.ts";
import { measureAnswers, type MeasureQuery } from "../../src/measures/measures.ts";
import type { AnswerRow, MeasuredAnswers } from "../../src/measures/answers.ts";
import { listAllAssistants, listBrands, listPrompts, type Store } from "../../src/store/index.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

export const monday = "2026-03-02";

/** The project that is asked about. */
export const wanted = definition({
  brands: [brand("Acme", { role: "own" }), brand("Bolt"), brand("Cord")],
  prompts: [
    prompt("early", "What is there?", { phase: "awareness" }),
    prompt("best", "Which is best?"),
    prompt("cheap", "Which is cheap?"),
  ],
  assistants: [
    assistant("one"),
    assistant("two"),
    assistant("overview", { adapter: "import", surface: "ui" }),
    assistant("local", { search: false }),
  ],
});

type Some = Partial<MeasureQuery>;

/** The whole of March. */
export const ask = ({ read }: Store, project: Project, query: Some = {}): Promise<MeasuredAnswers> =>
  measureAnswers(read, project, { from: monday, to: "2026-03-31", ...query });

/** Ids to keys of brands, assistants and prompts. */
async function keys({ read }: Store, { id }: Project): Promise<Map<string, string>> {
  const [brands, assistants] = [await listBrands(read, id), await listAllAssistants(read, id)];
  return new Map([...brands, ...assistants, ...(await listPrompts(read, id))].map((one) => [one.id, one.key]));
}

/** Ids of what has this key. */
export const idsOf = async (store: Store, project: Project, wanted: string): Promise<string[]> =>
  [...(await keys(store, project))].filter(([, key]) => key === wanted).map(([id]) => id);

/** A metric's measures by what they are of, such as `Acme`, `Acme Bolt` or `x.example`; bucket and split first. */
export async function measures(store: Store, project: Project, metric: string, query: Some = {}) {
  const keyOf = await keys(store, project);
  const nameOf = ({ split, bucket, brandId, rivalId, source }: AnswerRow) =>
    [bucket, ...Object.values(split), brandId, rivalId, source]
      .flatMap((part) => (part === undefined ? [] : [keyOf.get(part) ?? part]))
      .join(" ");
  const { rows } = await ask(store, project, { metrics: [metric], ...query });
  return Object.fromEntries(
    rows.filter((row) => row.metric === metric).map((row): [string, Measure] => [nameOf(row), row.measure]),
  );
}
