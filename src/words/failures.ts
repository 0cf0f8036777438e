/** Why an assistant gave no answer, as one sentence that names the setting to change. */
import type { Failure, FailureReason, UiLanguage } from "../domain.ts";
import { words, type Wording } from "./index.ts";

/** What can be changed of an assistant that was asked. */
export interface AskedSlot {
  model: string;
  /** Variables of the environment that hold its secrets. */
  variables: string[];
  /** Names of the settings it takes, without its secrets. */
  settings: string[];
  /** Names of the settings it was given. */
  given: string[];
  /** Where a setting is written, in words: `model`, `country`, `settings.city`; null for one that cannot be changed. */
  place: (setting: string) => string | null;
}

/** The assistant's settings as the project file writes them; country is the question's or the project's own. */
export const inProjectFile =
  (key: string, language: UiLanguage) =>
  (setting: string): string =>
    setting === "country" ? "`country`" : words[language].settingIn(setting, key);

/** One sentence: what is wrong, what the vendor said of it, and what to do. */
export function failureSentence({ reason, message }: Failure, slot: AskedSlot, language: UiLanguage): string {
  const wording = words[language];
  const problem = wording.problems[reason];
  const said = reason === "bad_key" ? "" : quotable(message); // then the message is ours and says no more
  return [
    typeof problem === "function" ? problem(quotable(slot.model)) : problem,
    said && ` (${wording.quoted(said)})`,
    `: ${remedyFor(reason, said, slot, wording)}`,
  ].join("");
}

const longestQuote = 200;

/** Words from outside on one line, without what steers a terminal, closes the quotes or goes on for ever. */
function quotable(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .replace(/[“”„"]/g, "'")
    .trim();
  const letters = [...plain];
  return letters.length > longestQuote ? `${letters.slice(0, longestQuote - 1).join("")}…` : plain;
}

function remedyFor(reason: FailureReason, said: string, slot: AskedSlot, { remedies, or }: Wording): string {
  const list = (names: string[]) => names.join(` ${or} `);
  const places = (...settings: string[]) => list(settings.flatMap((setting) => slot.place(setting) ?? []));
  const variables = list(slot.variables) || places("settings");
  const withAddress = (setting: string) => (slot.given.includes("baseUrl") ? [setting, "settings.baseUrl"] : [setting]);
  const named = settingsIn(said, slot.settings);
  switch (reason) {
    case "bad_key":
    case "quota":
    case "not_allowed":
      return remedies[reason](variables);
    case "region":
    case "refused_address":
    case "unreadable":
      return remedies[reason](places("settings.baseUrl"));
    case "country":
      return remedies.country(places("country", ...(slot.given.includes("city") ? ["settings.city"] : [])));
    case "model":
      return remedies.model(places(...withAddress("model")));
    case "search":
      return slot.place("search")
        ? remedies.search(places("model"), "`search: false`")
        : remedies.model(places("model"));
    case "bad_request":
      return remedies.bad_request(named.length > 0 ? places(...named) : places("model", "settings"));
    case "too_large":
    case "budget":
      return remedies[reason];
    case "rate_limit":
      return slot.place("concurrency") ? remedies.rate_limit(places("concurrency")) : remedies.later;
    case "overloaded":
    case "server":
    case "timeout":
    case "network":
    case "fault":
      return remedies.later;
  }
}

/** Vendors' names of a field that are not our own name with other capitals. */
const otherNames: Record<string, RegExp> = {
  maxOutputTokens: /max_(?:completion_|output_)?tokens/i,
  maxSearches: /max_uses/i,
};

/** Our settings whose field the vendor complains of: `max_output_tokens` is our `maxOutputTokens`. */
function settingsIn(said: string, settings: string[]): string[] {
  const isNamed = (name: string) => {
    const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return field.includes("_") && (new RegExp(`\\b(?:${field}|${name})\\b`).test(said) || otherNames[name]?.test(said));
  };
  return settings.filter(isNamed).map((name) => `settings.${name}`);
}
