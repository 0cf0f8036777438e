/** `citera check`: validates a project file and asks nothing. */
import { Command } from "commander";
import { harmless, print, readProject, usualFile } from "./command.ts";

export const check = new Command("check")
  .description("validate a project file without asking anything")
  .argument("[file]", "project file", usualFile)
  .addHelpText("after", "\nExamples:\n  citera check\n  citera check markets/sweden.yaml")
  .action(async (file: string) => {
    const { name, brands, prompts, assistants: asked, repeats } = await readProject(file);
    print(
      `${file} is fine: ${harmless(name)}, ${brands.length} brands, ${prompts.length} questions, ${asked.length} assistants; ` +
        `a run asks ${prompts.length * asked.length * repeats} questions`,
    );
  });
