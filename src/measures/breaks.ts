/** Finds the days from which on a series counts something else than before. */
import type { Break, Day } from "../domain.ts";
import type { AskedDay } from "../store/index.ts";
import type { Labels } from "./cells.ts";
import { addDays } from "./days.ts";

/** A model that answers for a day or two is one that stood in, not a change. */
const daysToStay = 3;

/**
 * Breaks within days asked, in order of days. A new parser and changed brands break nothing: history is read again, and
 * all of a series by the same reading.
 */
export function breaksOf(days: readonly AskedDay[], { prompts, assistants }: Labels): Break[] {
  const slots = new Map(assistants.map(({ id, key }) => [id, key]));
  return [...questionBreaks(askedIn(days), prompts), ...modelBreaks(servedIn(days), slots)].sort((a, b) =>
    a.day < b.day ? -1 : 1,
  );
}

interface Asked {
  promptVersionId: string;
  first: Day;
  last: Day;
}

/** Each prompt version with its first and its last day. */
function askedIn(days: readonly AskedDay[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const { day, promptVersions } of days)
    for (const promptVersionId of promptVersions) {
      const one = asked.get(promptVersionId);
      if (one) one.last = day;
      else asked.set(promptVersionId, { promptVersionId, first: day, last: day });
    }
  return [...asked.values()];
}

function questionBreaks(asked: Asked[], labels: Labels["prompts"]): Break[] {
  const promptOf = new Map(labels.map(({ versionId, prompt }) => [versionId, prompt]));
  const began = asked.reduce((least, { first }) => (first < least ? first : least), asked[0]?.first ?? "");
  const ended = asked.reduce((most, { last }) => (last > most ? last : most), "");
  const panels = new Map<Day, { added: string[]; removed: string[] }>();
  const panelOn = (day: Day) => panels.get(day) ?? panels.set(day, { added: [], removed: [] }).get(day)!;
  const edits: Break[] = [];
  const known = new Map<string, Asked>();
  for (const one of [...asked].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const { key } = promptOf.get(one.promptVersionId)!;
    const before = known.get(key);
    if (before) edits.push({ kind: "prompt_edited", day: one.first, prompt: key });
    else if (one.first > began) panelOn(one.first).added.push(key);
    if (!before || one.last > before.last) known.set(key, one);
  }
  for (const [key, { promptVersionId, last }] of known)
    // a question that is still asked may lack answers on some days
    if (last < ended && promptOf.get(promptVersionId)!.archivedAt !== null) panelOn(addDays(last, 1)).removed.push(key);
  return [...edits, ...[...panels].map(([day, panel]): Break => ({ kind: "panel_changed", day, ...panel }))];
}

interface Served {
  day: Day;
  assistantId: string;
  servedModel: string;
  answers: number;
}

/** In order of days, and of each assistant the model with most answers first. */
const servedIn = (days: readonly AskedDay[]): Served[] =>
  days.flatMap(({ day, models }) =>
    models
      .map((model) => ({ day, ...model }))
      .sort((a, b) => b.answers - a.answers || (a.servedModel < b.servedModel ? -1 : 1)),
  );

function modelBreaks(served: Served[], slots: ReadonlyMap<string, string>): Break[] {
  const series = new Map<string, Served[]>();
  for (const one of served) {
    const own = series.get(one.assistantId);
    if (!own) series.set(one.assistantId, [one]);
    else if (own.at(-1)!.day < one.day) own.push(one);
  }
  return [...series].flatMap(([assistantId, days]) => {
    const breaks: Break[] = [];
    let before = days[0]!.servedModel;
    for (const [i, { day, servedModel: after }] of days.entries()) {
      const next = days.slice(i, i + daysToStay);
      if (after === before || next.length < daysToStay || next.some((one) => one.servedModel !== after)) continue;
      breaks.push({ kind: "model_changed", day, assistant: slots.get(assistantId)!, before, after });
      before = after;
    }
    return breaks;
  });
}
