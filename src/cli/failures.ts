/** Puts into words why an assistant gave no answer, and what to change. */
import { changeable, type AssistantAdapter } from "../assistants/assistant.ts";
import type { Assistant, Failure, UiLanguage } from "../domain.ts";
import { failureSentence, inProjectFile, type AskedSlot } from "../words/failures.ts";

/** One sentence; settings are named where they are written, in the project file unless told. */
export const explained = (
  failure: Failure,
  { key, model, settings }: Pick<Assistant, "key" | "model" | "settings">,
  adapter: AssistantAdapter,
  language: UiLanguage,
  place: AskedSlot["place"] = inProjectFile(key, language),
): string => failureSentence(failure, { ...changeable(adapter, settings), model, place }, language);

/** The settings of an adapter that is asked without a project, as `citera ask` takes them. */
export const inOptions: AskedSlot["place"] = (setting) => {
  if (setting.startsWith("settings")) return `\`--set ${setting.slice("settings.".length) || "name"}=...\``;
  return ["model", "country"].includes(setting) ? `\`--${setting}\`` : null;
};
