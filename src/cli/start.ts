/** `citera start`: schedule, work and page in one process, until it is told to stop. */
import { Command } from "commander";
import { serve, withPageOptions, withServingOptions, type ServingOptions } from "./serving.ts";

export const start = withPageOptions(withServingOptions(new Command("start")))
  .description("run the service: scheduled runs and the page, in one process")
  .addHelpText("after", "\nExamples:\n  citera start\n  citera start --db demo/citera.db --port 8080")
  .action((options: ServingOptions) => serve("start", options));
