/** Names that people use for brands, assistants and questions, and the ids behind them. */
import type { Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import { listAllAssistants, listBrands, listPromptLabels, type Db } from "../store/index.ts";

/** What is known by a name outside and by an id inside. */
export interface Names {
  /** Key to id, per kind. */
  brand: Map<string, string>;
  assistant: Map<string, string>;
  prompt: Map<string, string>;
}

export async function namesIn(db: Db, { id }: Project): Promise<Names> {
  const labels = await listPromptLabels(db, id);
  return {
    brand: new Map((await listBrands(db, id)).map((brand) => [brand.key, brand.id])),
    assistant: new Map((await listAllAssistants(db, id)).map((assistant) => [assistant.key, assistant.id])),
    prompt: new Map(labels.map(({ prompt }) => [prompt.key, prompt.id])),
  };
}

/** The id behind a name. Throws InputError that lists what there is. */
export function idOf(names: Names, kind: keyof Names, name: string): string {
  const id = names[kind].get(name);
  if (id !== undefined) return id;
  const some = [...names[kind].keys()].slice(0, 20).join(", ");
  throw new InputError(`there is no ${kind} ${JSON.stringify(name.slice(0, 60))}; there are ${some}`);
}
