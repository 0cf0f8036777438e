/** `citera check`: validates a project file and asks nothing. */
import { Command } from "commander";
import { shownSchedule } from "../words/schedule.ts";
import {
  configFor,
  harmless,
  print,
  readProject,
  usualFile,
  warn,
  withLanguage,
  type CommonOptions,
} from "./command.ts";

export const check = withLanguage(new Command("check"))
  .description("validate a project file without asking anything")
  .argument("[file]", "project file", usualFile)
  .addHelpText("after", "\nExamples:\n  citera check\n  citera check markets/sweden.yaml --lang sv")
  .action(async (file: string, options: CommonOptions) => {
    const { language } = configFor(options);
    const definition = await readProject(file, language, warn);
    const { name, brands, prompts, assistants: asked, repeats } = definition;
    const { assistants: adapters } = await import("../assistants/index.ts");
    const collected = new Set(adapters.flatMap(({ id, collected }) => (collected ? [id] : [])));
    const askable = asked.filter(({ adapter }) => !collected.has(adapter)).length;
    print(
      `${file} is fine: ${harmless(name)}, ${brands.length} brands, ${prompts.length} questions, ${asked.length} assistants; ` +
        `a run asks ${prompts.length * askable * repeats} questions`,
    );
    const { upcoming } = await import("../schedule/groups.ts");
    const now = Date.now();
    for (const line of shownSchedule(definition, upcoming(definition, now), now, language)) print(harmless(line));
  });
