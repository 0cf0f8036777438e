/** On which days a project has answers. */
import { sql, type SQL } from "drizzle-orm";
import type { Day } from "../domain.ts";
import type { Db } from "./store.ts";

/** Days with answers from `from`, to `to` and before `before`, oldest first; each takes one look into the index. */
export async function listAnswerDays(
  db: Db,
  projectId: string,
  { from, to, before }: { from?: Day; to?: Day; before?: Day } = {},
): Promise<Day[]> {
  const { day, projectId: project } = db.tables.answers;
  const earliest = (more: SQL) => {
    const until = [to === undefined ? sql`` : sql` and ${day} <= ${to}`, before ? sql` and ${day} < ${before}` : sql``];
    return sql`(select min(${day}) from ${db.tables.answers} where ${project} = ${projectId}${more}${until[0]}${until[1]})`;
  };
  const first = earliest(from === undefined ? sql`` : sql` and ${day} >= ${from}`);
  const found = sql`(with recursive found(found_day) as (
    select ${first} union all select ${earliest(sql` and ${day} > found_day`)} from found where found_day is not null
  ) select found_day from found where found_day is not null) as days`;
  const rows = await db
    .select({ day: sql<Day>`found_day` })
    .from(found)
    .orderBy(sql`found_day`);
  return rows.map((row) => row.day);
}
