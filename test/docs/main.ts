/** `npm run docs`: writes the README's table of assistants from their list. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assistants } from "../../src/assistants/index.ts";
import { withTable } from "./assistants-table.ts";

const file = join(import.meta.dirname, "..", "..", "README.md");
writeFileSync(file, withTable(readFileSync(file, "utf8"), assistants));
