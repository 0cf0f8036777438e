/** The store's door: everything other rooms may use of the database. */
export * from "./answers.ts";
export * from "./apply.ts";
export * from "./attention.ts";
export * from "./findings.ts";
export * from "./ids.ts";
export * from "./imports.ts";
export { folderOf, lookAtStore } from "./look.ts";
export * from "./insights.ts";
export * from "./open.ts";
export { given, givenRow, givenRows, givenTo, prepared } from "./prepared.ts";
export * from "./projects.ts";
export * from "./readings.ts";
export * from "./redirects.ts";
export * from "./rollups.ts";
export * from "./runs.ts";
export * from "./spending.ts";
export type { Db, Store } from "./store.ts";
export * from "./seen.ts";
