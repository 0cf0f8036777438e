/** How vendors of search results name countries and languages. */

let regions: Intl.DisplayNames | undefined;
/** Made when it is first wanted: that takes as long as reading forty answers. */
const regionNames = (): Intl.DisplayNames => (regions ??= new Intl.DisplayNames(["en"], { type: "region" }));

/** A place as both vendors take it: `Malmo,Skane County,Sweden`, or the country alone. */
export const placeName = (country: string, city?: string): string =>
  [city, regionNames().of(country) ?? country].filter((part) => part !== undefined).join(",");

/** Languages that a vendor calls otherwise than BCP 47 does; `zh-Hans` and `zh-Hant` are Chinese by its script. */
export type LanguageNames = Record<string, string>;

/** The vendor's code for a language tag: as a whole if the vendor has it, else without region. */
export function languageCode(tag: string, names: LanguageNames): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  const base = language === "zh" ? `zh-${script ?? "Hans"}` : language;
  return names[tag] ?? names[base] ?? base;
}
