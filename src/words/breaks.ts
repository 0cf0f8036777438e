/** Says why a series is not the same before and after a day. */
import type { Break, UiLanguage } from "../domain.ts";

const said: Record<UiLanguage, { [K in Break["kind"]]: (one: Extract<Break, { kind: K }>) => string }> = {
  en: {
    prompt_edited: ({ prompt }) => `question ${prompt} edited`,
    panel_changed: ({ added, removed }) =>
      [listed("questions added: ", added), listed("questions removed: ", removed)].filter(Boolean).join("; "),
    model_changed: ({ assistant, before, after }) =>
      `${assistant} answers with ${after || "an unnamed model"}, before with ${before || "an unnamed model"}`,
  },
  sv: {
    prompt_edited: ({ prompt }) => `frågan ${prompt} ändrad`,
    panel_changed: ({ added, removed }) =>
      [listed("nya frågor: ", added), listed("borttagna frågor: ", removed)].filter(Boolean).join("; "),
    model_changed: ({ assistant, before, after }) =>
      `${assistant} svarar med ${after || "en modell utan namn"}, förut med ${before || "en modell utan namn"}`,
  },
};

/** So many are named; the rest is counted. */
const mostNamed = 5;

const listed = (title: string, keys: string[]): string =>
  keys.length === 0
    ? ""
    : title + keys.slice(0, mostNamed).join(", ") + (keys.length > mostNamed ? ` + ${keys.length - mostNamed}` : "");

/** A break with its day, on one line. */
export function shownBreak(one: Break, language: UiLanguage): string {
  const say = said[language][one.kind] as (one: Break) => string; // each kind's own words
  return `${one.day} ${say(one)}`;
}
