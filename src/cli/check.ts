/** `citera check`: validates a project file and asks nothing. */
import { Command } from "commander";
import { assistants } from "../assistants/index.ts";
import { readProjectFile, usualFile } from "../config/project-file.ts";
import { print } from "./command.ts";

export const check = new Command("check")
  .description("validate a project file without asking anything")
  .argument("[file]", "project file", usualFile)
  .addHelpText("after", "\nExamples:\n  citera check\n  citera check markets/sweden.yaml")
  .action((file: string) => {
    const { name, brands, prompts, assistants: asked, repeats } = readProjectFile(file, assistants);
    print(
      `${file} is fine: ${name}, ${brands.length} brands, ${prompts.length} questions, ${asked.length} assistants; ` +
        `a run asks ${prompts.length * asked.length * repeats} questions`,
    );
  });
