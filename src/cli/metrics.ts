/** `citera metrics`: says of every number what it is, of what it is a part, and where its formula comes from. */
import { Command } from "commander";
import { allMetrics, definitionsPage, metrics as shown } from "../metrics/index.ts";
import { configFor, print, withCommonOptions, type CommonOptions } from "./command.ts";

export const metrics = withCommonOptions(new Command("metrics"))
  .description("say of every metric what it is, of what it is a part, and where its formula comes from")
  .option("--json", "as JSON")
  .addHelpText("after", "\nExamples:\n  citera metrics --lang sv\n  citera metrics > metrics.md")
  .action((options: CommonOptions & { json?: boolean }) => {
    if (options.json) return print(JSON.stringify(allMetrics.map(described), null, 2));
    process.stdout.write(definitionsPage(allMetrics, shown, configFor(options).language));
  });

const described = ({ id, title, definition, unit, denominator, source }: (typeof allMetrics)[number]) => ({
  id,
  title,
  definition,
  unit,
  denominator,
  source,
});
