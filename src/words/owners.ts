/** Whose a cited domain is, as people read it. */
import type { Brand, UiLanguage } from "../domain.ts";
import { words } from "./index.ts";

/** `own`, a rival's name or `other`. */
export function shownOwner(brands: Brand[], ownerBrandId: string | null, language: UiLanguage): string {
  const owner = brands.find(({ id }) => id === ownerBrandId);
  if (!owner) return words[language].other;
  return owner.role === "own" ? words[language].ownDomain : owner.name;
}
