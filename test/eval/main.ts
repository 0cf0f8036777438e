/** `npm run eval -- parser [--set NAME] [--errors]`: figures on labelled texts; bars are figures here, not tests. */
import { parseArgs } from "node:util";
import { openCorpora } from "./corpora.ts";
import { evaluateParser } from "./parser.ts";

const evaluations = { parser: evaluateParser };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { set: { type: "string" }, errors: { type: "boolean", default: false } },
});
const unknown = positionals.filter((name) => !(name in evaluations));
if (unknown.length > 0)
  throw new Error(`no evaluation ${unknown.join(", ")}; there are ${Object.keys(evaluations).join(", ")}`);
const corpora = await openCorpora();
if (corpora === null)
  console.log("The labelled texts are not here (../shared/data/text), so there is nothing to measure.");
else
  for (const [name, evaluate] of Object.entries(evaluations))
    if (positionals.length === 0 || positionals.includes(name))
      evaluate(corpora, { set: values.set, errors: values.errors }, (line) => console.log(line));
