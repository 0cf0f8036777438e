/** Postgres' tables for drizzle-kit. */
import { postgresColumns } from "./columns.ts";
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
  dirtyDays,
  rollups,
  spending,
  jobs,
} = defineSchema(postgresColumns);
