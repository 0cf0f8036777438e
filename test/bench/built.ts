/** The built program, typed by its sources: benches measure what people run, not what a loader makes of the sources. */

// the built files have no types of their own; their sources do, and one build step makes the one from the other
const load = (file: string): Promise<unknown> => import(new URL(`../../dist/${file}`, import.meta.url).href);

export const { readConfig } = (await load("config.js")) as typeof import("../../src/config.ts");
export const { openHouse, readNewly } = (await load("service.js")) as typeof import("../../src/service.ts");
export const { openQueue } = (await load("queue/open.js")) as typeof import("../../src/queue/open.ts");
export const { planRun, startRun } = (await load("jobs/index.js")) as typeof import("../../src/jobs/index.ts");
export const { Together } = (await load("jobs/together.js")) as typeof import("../../src/jobs/together.ts");
export const { demoTown } = (await load("simulator/index.js")) as typeof import("../../src/simulator/index.ts");
export const { headlines, measure } = (await load(
  "measures/measures.js",
)) as typeof import("../../src/measures/measures.ts");
export const { countDay } = (await load("jobs/rollup.js")) as typeof import("../../src/jobs/rollup.ts");
export const {
  applyDefinition,
  ensureReading,
  findAnswers,
  findMark,
  getProject,
  listAssistants,
  listBrands,
  listPrompts,
  loadFindings,
  markDirty,
  newestReading,
  openStore,
  saveAnswers,
  saveFindings,
  switchReading,
} = (await load("store/index.js")) as typeof import("../../src/store/index.ts");
export const { startTown } = (await load("cli/town.js")) as typeof import("../../src/cli/town.ts");
export const { compileBrands, parse } = (await load("parser/parse.js")) as typeof import("../../src/parser/parse.ts");
export const { findMentions } = (await load("parser/mentions.js")) as typeof import("../../src/parser/mentions.ts");
export const { readText } = (await load("parser/text.js")) as typeof import("../../src/parser/text.ts");
