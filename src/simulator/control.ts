/** The side channel of tests, demo and bench: sets the day and the faults, tells counts and truth. */
import type { Phase } from "../domain.ts";
import { InputError } from "../errors.ts";
import { isObject, isText, objectsOf, type JsonObject } from "./json.ts";
import type { Town } from "./town.ts";
import type { TruthFilter } from "./truth.ts";
import type { TownPrompt } from "./world.ts";

/** Every path of the side channel begins so. */
export const controlPrefix = "/_town/";
/** Answers told at once; ask again with the last number for more. */
const mostAnswers = 1_000;

type Handler = (town: Town, query: URLSearchParams, body: JsonObject) => unknown;

function required(value: unknown, name: string): string {
  if (!isText(value) || value === "") throw new InputError(`${name} is missing`);
  return value;
}

const promptIn = (row: JsonObject): TownPrompt => ({
  text: required(row["text"], "text"),
  language: required(row["language"], "language"),
  phase: required(row["phase"], "phase") as Phase, // an unknown phase has no offsets and harms nothing
  segment: row["segment"] === "b2b" || row["segment"] === "b2c" ? row["segment"] : null,
  ...(isText(row["brand"]) && { brand: row["brand"] }),
});

const filterIn = (query: URLSearchParams): TruthFilter => {
  const assistant = query.get("assistant");
  const phase = query.get("phase");
  return {
    brand: required(query.get("brand"), "brand"),
    from: required(query.get("from"), "from"),
    to: required(query.get("to"), "to"),
    ...(assistant !== null && { assistant }),
    ...(phase !== null && { phase: phase as Phase }), // an unknown phase matches no prompt
  };
};

const handlers: Record<string, Handler> = {
  "POST day": (town, _, body) => town.setDay(required(body["day"], "day")),
  "POST faults": (town, _, body) => town.setFaults(body), // it checks every value
  "POST prompts": (town, _, body) => town.registerPrompts(objectsOf(body["prompts"]).map(promptIn)),
  "GET calls": (town) => town.ledger.counts(),
  "GET answers": (town, query) => ({
    answers: town.ledger.answersAfter(Number(query.get("after") ?? 0), mostAnswers),
  }),
  "GET truth": (town, query) => town.visibility(filterIn(query)),
};

/** Handles one request of the side channel; throws an InputError for what it cannot do. */
export function control(town: Town, method: string, url: URL, body: unknown): unknown {
  const handler = handlers[`${method} ${url.pathname.slice(controlPrefix.length)}`];
  if (!handler) throw new InputError(`nothing at ${method} ${url.pathname}`);
  return handler(town, url.searchParams, isObject(body) ? body : {}) ?? { ok: true };
}
