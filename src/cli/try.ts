/** `citera try`: reads a text that somebody pastes, and shows what counts in it, what does not, and why. */
import { createReadStream } from "node:fs";
import { Command } from "commander";
import { InputError, messageOf } from "../errors.ts";
import { words } from "../words/index.ts";
import { readBrands } from "./brands-file.ts";
import { configFor, print, say, styles, usualFile, withLanguage, type CommonOptions } from "./command.ts";

interface TryOptions extends CommonOptions {
  brands: string;
  language?: string;
  json?: boolean;
}

/** An answer is a few thousand characters; a book is a mistake. */
const longestText = 2_000_000;

export const tryCommand = withLanguage(new Command("try"))
  .description("paste a text and see which names count in it, which do not, and why: the place to tune aliases")
  .argument("[file]", "the text; standard input where none is named", "-")
  .option("--brands <file>", "project file, or a list of brands as for `citera parse`", usualFile)
  .option("--language <tag>", "language of the text, such as sv (default: told by its words)")
  .option("--json", "as JSON, with all places")
  .addHelpText(
    "after",
    "\nExamples:\n  citera try                                  paste, then Ctrl-D\n  citera try answer.md --brands brands.yaml\n  echo 'Max is better than the max speed of others' | citera try --lang sv",
  )
  .action(async (file: string, options: TryOptions) => {
    const config = configFor(options);
    const { brands, languages } = await readBrands(options.brands);
    if (file === "-" && process.stdin.isTTY) say(words[config.language].tried.paste);
    const text = await readText(file);
    const { compileBrands, explain } = await import("../parser/parse.ts");
    const { language } = options;
    const set = compileBrands(brands, { languages });
    const found = explain({ text, ...(language !== undefined && { language }) }, set);
    if (options.json) return print(JSON.stringify({ ...found.findings, rejections: found.rejections }, null, 2));
    const { triedText } = await import("./try-text.ts");
    for (const line of triedText(text, found, brands, config.language, styles(config.colour))) print(line);
  });

/** A file's text, or what standard input brings until it ends. Throws InputError. */
async function readText(file: string): Promise<string> {
  let text = "";
  try {
    const stream = file === "-" ? process.stdin : createReadStream(file);
    stream.setEncoding("utf8");
    for await (const chunk of stream) {
      text += chunk as string; // setEncoding makes chunks text
      if (text.length > longestText) break;
    }
  } catch (error) {
    throw new InputError(`${file}: ${messageOf(error)}`);
  }
  if (text.length > longestText)
    throw new InputError(`the text is longer than ${longestText / 1e6} million characters; paste one answer`);
  if (text.trim() === "") throw new InputError("there is no text to read; name a file, or paste one and press Ctrl-D");
  return text.replace(/^\ufeff/, "").trimEnd();
}
