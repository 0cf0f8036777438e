/** An answer that knows nothing of a name does not show it. */
import { describe, expect, it } from "vitest";
import { read } from "./reading.ts";

const denied = (text: string) => read(text, ["Acme"]).mentions.map((mention) => mention.denied === true);

describe("a denial", () => {
  it.each([
    "Jag känner inte till Acme.",
    "Jag kunde inte hitta någon information om Acme.",
    "Det finns ingen tillgänglig information om företaget Acme.",
    "Jag har aldrig hört talas om Acme.",
    "I couldn't find any information about Acme.",
    "I'm not familiar with a company called Acme.",
    "I don’t have any reliable data on Acme.",
    "There is no public information about Acme.",
    "There is no well-known company called Acme.",
    "Tyvärr saknar jag uppgifter om Acme.",
    "Det finns inget allmänt känt företag som heter Acme.",
  ])("is seen in %j", (text) => {
    expect(denied(text)).toEqual([true]);
  });

  it.each([
    "Jag kunde inte hitta något bättre än Acme.",
    "Du behöver inte leta: Acme finns överallt.",
    "Jag känner inte till Bolt. Acme är däremot bra.",
    "I couldn't find a better one than Acme.",
    "You don't need to look far: Acme is there.",
    "I couldn't find any information about Bolt, but Acme is good.",
    "|Not familiar with|Acme|\n|-|-|",
    "You can't find Acme in stores.",
    "Du hittar inte Acme i butik.",
    "There is a well-known company called Acme.",
    "No established brand is cheaper than Acme.",
  ])("is not seen in %j", (text) => {
    expect(denied(text)).toEqual([false]);
  });
});
