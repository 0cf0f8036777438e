/** Finds the recordings, labelled texts and reference vectors that lie beside the project, or says that they are not there. */
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "..", "..", "shared");

export const hasShared = existsSync(folder);
if (!hasShared && process.env.CI) throw new Error(`These tests need ${folder}, which is always there in CI.`);
if (!hasShared) console.info(`Skipped: tests against recordings and reference vectors, because ${folder} is not here.`);

/** The path of a file or folder beside the project. */
export const shared = (...parts: string[]): string => join(folder, ...parts);
