/** `citera web`: serves the page and works on nothing. */
import { Command } from "commander";
import { serve, withPageOptions, withServingOptions, type ServingOptions } from "./serving.ts";

export const web = withPageOptions(withServingOptions(new Command("web")))
  .description("serve the page; one of many processes on Postgres")
  .addHelpText("after", "\nExamples:\n  citera web\n  citera web --host 192.168.1.7 --port 8080")
  .action((options: ServingOptions) => serve("web", options));
