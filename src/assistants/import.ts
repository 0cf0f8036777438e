/** Answers collected elsewhere: by browser capture, other tools or agencies. It is never asked. */
import { z } from "zod";
import type { Outcome, Reply, Source, WireCitation } from "../domain.ts";
import { InputError } from "../errors.ts";
import { defineAssistant } from "./assistant.ts";
import { unreadable } from "./wire/failure.ts";
import { distinct, list, optionalText, record, text, titled, type Json } from "./wire/json.ts";
import { CitedText } from "./wire/spans.ts";

/** What a row may say of how it ended; without its word, text is an answer and no text is none. */
const statable: Outcome[] = ["answered", "no_search", "empty", "no_surface", "refused", "blocked"];

export const imported = defineAssistant({
  id: "import",
  title: { en: "Answers collected elsewhere", sv: "Svar som samlats in på annat håll" },
  surface: "ui",
  collected: true,
  search: true,
  location: [],
  citations: "span",
  cost: "unknown",
  verified: "recordings",
  concurrency: 1,
  settings: z.strictObject({ surface: z.enum(["api", "ui"]).default("ui") }),
  ask: () => Promise.reject(new InputError("it cannot be asked: its answers are brought by `citera import`")),
  read: (body) => readRow(record(body)),
});

/** A row of an import file as a reply; text and addresses stay as they came. */
function readRow(row: Json): Reply {
  if (typeof row["text"] !== "string") throw unreadable("the row has no `text`");
  const answer = row["text"];
  const citations = pages(row["citations"]).map((page) => placed(page, answer));
  const cited = new Set(citations.map(({ url }) => url));
  const seen = new Map<string, Source>();
  for (const page of [...pages(row["sources"]), ...pages(row["citations"])]) {
    const url = text(page["url"]);
    if (!seen.has(url)) seen.set(url, { url, ...titled(page["title"]), cited: cited.has(url) });
  }
  return {
    outcome: outcomeOf(row, answer),
    text: answer,
    asides: [],
    servedModel: optionalText(row["model"]),
    searches: distinct(list(row["searches"])),
    sources: [...seen.values()],
    citations,
    usage: null,
    costMicroUsd: null,
    finish: null,
  };
}

function outcomeOf(row: Json, answer: string): Outcome {
  const stated = statable.find((outcome) => outcome === row["outcome"]);
  const shows = answer.trim() !== "";
  if (stated === undefined || (!shows && (stated === "answered" || stated === "no_search")))
    return shows ? "answered" : "empty";
  return stated;
}

/** Pages with an address; one may be written as its address alone. */
const pages = (value: unknown): Json[] =>
  list(value)
    .map((page) => (typeof page === "string" ? { url: page } : record(page)))
    .filter((page) => text(page["url"]) !== "");

/** Where the row's span fits it is kept, else the marker is looked for; a wrong place is worse than none. */
function placed(page: Json, answer: string): WireCitation {
  const { start, end } = page;
  const url = text(page["url"]);
  const citation = { url, ...titled(page["title"]) };
  if (!isOffset(start) || !isOffset(end)) return { ...citation, kind: "listed" };
  const fits = start < end && end <= answer.length && !splits(answer, start) && !splits(answer, end);
  const span = fits ? { start, end } : new CitedText(answer).placeMarker(url, start, start); // only a marker will do
  return span ? { ...citation, ...span, kind: "inline" } : { ...citation, kind: "listed" };
}

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** In the middle of a character of two units. */
const splits = (answer: string, at: number): boolean => /^[\udc00-\udfff]/.test(answer.slice(at, at + 1));
