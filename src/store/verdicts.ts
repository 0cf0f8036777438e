/** Keeps what judges and people say of a brand in an answer, and marks the answer's day for a new roll-up. */
import { sql } from "drizzle-orm";
import type { Brand, Verdict } from "../domain.ts";
import type { KeptAnswer } from "./answers.ts";
import { givenRow, prepared } from "./prepared.ts";
import { markDirty } from "./rollups.ts";
import type { Db } from "./store.ts";

/** Writes the verdicts on an answer; one takes the place of an earlier one on the same brand. Brand keys become brand ids. */
export async function saveVerdicts(
  tx: Db,
  answer: Pick<KeptAnswer, "id" | "projectId" | "day">,
  given: readonly Omit<Verdict, "answerId">[],
  brands: readonly Brand[],
): Promise<void> {
  if (given.length === 0) return;
  const { verdicts } = tx.tables;
  const idOf = new Map(brands.map(({ key, id }) => [key, id]));
  const save = prepared(tx, "verdict", () =>
    tx
      .insert(verdicts)
      .values(givenRow(verdicts))
      .onConflictDoUpdate({
        target: [verdicts.answerId, verdicts.brandId],
        set: {
          judge: sql`excluded.judge`,
          promptVersion: sql`excluded.prompt_version`,
          tone: sql`excluded.tone`,
          quote: sql`excluded.quote`,
        },
      }),
  );
  for (const { brand, judge, promptVersion, tone, quote } of given)
    await save({ answerId: answer.id, brandId: idOf.get(brand)!, judge, promptVersion, tone, quote });
  await markDirty(tx, answer.projectId, answer.day);
}
