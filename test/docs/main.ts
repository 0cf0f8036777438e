/** `npm run docs`: writes the README's table of assistants and its list of metrics from their lists. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assistants } from "../../src/assistants/index.ts";
import { metrics } from "../../src/metrics/index.ts";
import { writtenAnew } from "./readme.ts";

const file = join(import.meta.dirname, "..", "..", "README.md");
writeFileSync(file, writtenAnew(readFileSync(file, "utf8"), assistants, metrics));
