/** The texts of the interface by language. */
import type { UiLanguage } from "../domain.ts";
import { en, type Wording } from "./en.ts";
import { sv } from "./sv.ts";

export type { Wording } from "./en.ts";
export const words: Record<UiLanguage, Wording> = { en, sv };
