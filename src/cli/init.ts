/** `citera init`: writes a commented project file to start from. */
import { copyFileSync, existsSync, constants } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { InputError, messageOf } from "../errors.ts";
import { configFor, print, usualFile, withCommonOptions, type CommonOptions } from "./command.ts";

export const init = withCommonOptions(new Command("init"))
  .description("write a commented example of the project file")
  .argument("[file]", "where to write it", usualFile)
  .addHelpText("after", "\nExamples:\n  citera init\n  citera init --lang sv minvarumarke.yaml")
  .action((file: string, options: CommonOptions) => {
    if (existsSync(file)) throw new InputError(`${file} is there already; it was left as it is`);
    const { language } = configFor(options);
    try {
      copyFileSync(join(import.meta.dirname, "examples", `citera.${language}.yaml`), file, constants.COPYFILE_EXCL);
    } catch (error) {
      throw new InputError(`${file} cannot be written (${messageOf(error)})`);
    }
    print(
      language === "sv"
        ? `Skrev ${file}. Ändra den, kontrollera med \`citera check ${file}\` och kör \`citera run --file ${file}\`.`
        : `Wrote ${file}. Edit it, look at it with \`citera check ${file}\`, then \`citera run --file ${file}\`.`,
    );
  });
