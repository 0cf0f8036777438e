/** `citera reply`: reads one recorded reply and prints it in our own form. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Failure, HeardReply } from "../domain.ts";
import { AssistantError, InputError, messageOf } from "../errors.ts";
import { print } from "./command.ts";

interface ReplyOptions {
  assistant: string;
  status: number;
  headers?: string;
}

export const reply = new Command("reply")
  .description("read one recorded reply body (or error body) and print the normalised reply as JSON")
  .requiredOption("--assistant <adapter>", "adapter whose reply it is, such as openai")
  .option("--status <number>", "HTTP status it came with", httpStatus, 200)
  .option("--headers <file>", "headers it came with: JSON, or one `Name: value` a line")
  .argument("<file>", "the body; - for standard input")
  .addHelpText(
    "after",
    "\nExamples:\n  citera reply --assistant openai reply.json\n  citera reply --assistant anthropic --status 429 --headers headers.json error.json",
  )
  .action(async (file: string, options: ReplyOptions) => {
    const { assistants } = await import("../assistants/index.ts");
    const adapter = assistants.find(({ id }) => id === options.assistant);
    if (!adapter)
      throw new InputError(
        `there is no adapter ${options.assistant}; known are ${assistants.map(({ id }) => id).join(", ")}`,
      );
    const headers = options.headers === undefined ? new Headers() : readHeaders(options.headers);
    print(JSON.stringify(normalise(adapter, readText(file === "-" ? 0 : file), options.status, headers), null, 2));
  });

function normalise(adapter: AssistantAdapter, body: string, status: number, headers: Headers): object {
  const now = Date.now();
  if (status >= 400 && !adapter.isOutcome(body)) return failed(adapter.readError(status, headers, body, now));
  try {
    const day = new Date(now).toISOString().slice(0, 10);
    const { costMicroUsd, ...rest } = adapter.read(body, { search: adapter.search, day, prices: [] });
    const surface = adapter.collected ? {} : { surface: adapter.surface }; // a project states it of collected answers
    return { ...surface, ...rest, ...(costMicroUsd !== null && { costMicroUsd }) };
  } catch (error) {
    if (error instanceof AssistantError) return failed(error.failure);
    throw error;
  }
}

/** A reply that is none: the outcome says so and `retry` says whether asking again helps. */
function failed({ message, status, ...retry }: Failure): object {
  const nothing: Omit<HeardReply, "costMicroUsd"> = {
    outcome: "failed",
    text: "",
    asides: [],
    servedModel: null,
    searches: [],
    sources: [],
    citations: [],
    usage: null,
    finish: null,
    locationApplied: null,
  };
  return { ...nothing, retry, message, ...(status !== undefined && { status }) };
}

function readText(file: string | 0): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(messageOf(error));
  }
}

/** {"name": "value" | ["value"]} or lines of `Name: value`. */
function readHeaders(file: string): Headers {
  const text = readText(file);
  const headers = new Headers();
  try {
    const entries: [string, unknown][] = text.trimStart().startsWith("{")
      ? Object.entries(JSON.parse(text) as object)
      : text.split("\n").flatMap((line): [string, string][] => {
          const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
          return name === undefined ? [] : [[name, value ?? ""]];
        });
    for (const [name, value] of entries)
      for (const one of Array.isArray(value) ? value : [value]) headers.append(name, String(one));
  } catch (error) {
    throw new InputError(`${file}: ${messageOf(error)}`);
  }
  return headers;
}

function httpStatus(text: string): number {
  const status = Number(text);
  if (!Number.isInteger(status) || status < 100 || status > 599)
    throw new InvalidArgumentError("must be an HTTP status from 100 to 599");
  return status;
}
