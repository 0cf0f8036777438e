/** `citera ticker`: opens due runs and sweeps up; of several, one works and the others stand by. */
import { Command } from "commander";
import { serve, withHealthPort, withServingOptions, type ServingOptions } from "./serving.ts";

export const ticker = withHealthPort(withServingOptions(new Command("ticker")))
  .description("open runs that are due; one of many processes on Postgres, of which one ticker works at a time")
  .addHelpText("after", "\nExamples:\n  citera ticker\n  citera ticker --health-port 4749")
  .action((options: ServingOptions) => serve("ticker", options));
