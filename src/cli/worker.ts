/** `citera worker`: works on the queue, beside as many others as are wanted. */
import { Command } from "commander";
import { serve, withHealthPort, withServingOptions, type ServingOptions } from "./serving.ts";

export const worker = withHealthPort(withServingOptions(new Command("worker")))
  .description("ask and read what is in the queue; one of many processes on Postgres")
  .addHelpText("after", "\nExamples:\n  citera worker\n  citera worker --health-port 4748 --grace 60")
  .action((options: ServingOptions) => serve("worker", options));
