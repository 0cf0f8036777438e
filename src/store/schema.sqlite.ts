/** SQLite's tables for drizzle-kit. */
import { sqliteColumns } from "./columns.ts";
import { defineSchema } from "./schema.ts";
export const {
  projects,
  brands,
  prompts,
  promptVersions,
  assistants,
  runs,
  questions,
  answers,
  rawReplies,
  redirects,
  readings,
  findings,
  mentions,
  candidates,
  citations,
  verdicts,
  dirtyDays,
  rollups,
  surfaceDays,
  sourceRollups,
  outcomeRollups,
  spending,
  jobs,
} = defineSchema(sqliteColumns);
