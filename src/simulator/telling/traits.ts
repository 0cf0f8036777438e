/** What can be said about brands of almost anything, for towns that bring no words of their own. */
import type { Words } from "../../domain.ts";
import type { Traits } from "../world.ts";

const words = (en: string, sv: string): Words => ({ en, sv });

export const generalTraits: Traits = {
  strengths: [
    words("good value for money", "bra valuta för pengarna"),
    words("reliable quality", "jämn och hög kvalitet"),
    words("helpful customer service", "hjälpsam kundtjänst"),
    words("clear terms", "tydliga villkor"),
    words("fast delivery", "snabb leverans"),
    words("easy returns", "enkla returer"),
    words("a generous guarantee", "generös garanti"),
    words("ease of use", "enkel användning"),
    words("long experience in the field", "lång erfarenhet"),
  ],
  weaknesses: [
    words("high prices", "höga priser"),
    words("uneven quality", "ojämn kvalitet"),
    words("slow customer service", "långsam kundtjänst"),
    words("unclear terms", "otydliga villkor"),
    words("delayed deliveries", "försenade leveranser"),
    words("complicated returns", "krångliga returer"),
    words("a short guarantee", "kort garanti"),
    words("complicated settings", "krångliga inställningar"),
    words("hidden fees", "dolda avgifter"),
  ],
  plain: [
    words("options in several price ranges", "alternativ i flera prisklasser"),
    words("a range for both private customers and companies", "ett utbud för både privatpersoner och företag"),
    words("a standard and a larger version", "en standardversion och en större version"),
    words("a wide range of accessories and extras", "ett brett utbud av tillbehör och tillval"),
    words("customer service by phone and chat", "kundtjänst via telefon och chatt"),
  ],
  criteria: [
    {
      name: words("total cost", "totalkostnaden"),
      why: words(
        "Look beyond the price tag and count what it costs over a couple of years.",
        "Titta inte bara på priset i dag utan räkna ut vad det kostar över ett par år.",
      ),
    },
    {
      name: words("the terms", "villkoren"),
      why: words(
        "Check what is covered, for how long, and who you turn to if there is a problem.",
        "Kolla vad som ingår, hur länge det gäller och vem du vänder dig till om något blir fel.",
      ),
    },
    {
      name: words("your own needs", "dina egna behov"),
      why: words(
        "Write down what you will actually use it for; extras you never touch are wasted money.",
        "Skriv ner vad du faktiskt ska ha det till, extra funktioner du aldrig rör är bortkastade pengar.",
      ),
    },
    {
      name: words("user reviews", "användarnas omdömen"),
      why: words(
        "Independent reviews written after a year of use tell you more than those from the first week.",
        "Oberoende omdömen efter ett års användning säger mer än de från första veckan.",
      ),
    },
    {
      name: words("support", "supporten"),
      why: words(
        "Good help when something goes wrong is often worth a slightly higher price.",
        "Bra hjälp när något krånglar är ofta värt ett lite högre pris.",
      ),
    },
  ],
  steps: [
    {
      name: words("Check the basics", "Kontrollera det enklaste först"),
      why: words(
        "Many problems come from settings or connections that have been changed by accident.",
        "Många problem beror på inställningar eller anslutningar som har ändrats av misstag.",
      ),
    },
    {
      name: words("Look in the manual", "Titta i bruksanvisningen"),
      why: words(
        "It usually has a section on common faults and what they mean.",
        "Där brukar det finnas ett avsnitt om vanliga fel och vad de betyder.",
      ),
    },
    {
      name: words("Start over", "Börja om från början"),
      why: words(
        "Switch it off, wait a few minutes and try again with the standard settings.",
        "Stäng av, vänta några minuter och försök igen med standardinställningarna.",
      ),
    },
    {
      name: words("Contact customer service", "Kontakta kundtjänst"),
      why: words(
        "Have your receipt and the model number at hand, and describe what you have already tried.",
        "Ha kvittot och modellnumret till hands och beskriv vad du redan har provat.",
      ),
    },
  ],
};
