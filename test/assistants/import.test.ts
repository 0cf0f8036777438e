/** Rows of answers collected elsewhere, read as replies: text and addresses as they came, places only where they fit. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imported } from "../../src/assistants/import.ts";
import { AssistantError } from "../../src/errors.ts";
import { citedText, misreading, reading } from "./asking.ts";

const text = "Välj Åäö 🚲 först. ([Test](https://test.example/å)) Slut.";
const marker = "([Test](https://test.example/å))";
const at = text.indexOf(marker);

describe("a row of an import", () => {
  it("keeps its text and says which model answered", () => {
    const reply = reading(imported, { text: "<b>Acme</b>\n=1+1", model: "gpt-app" });
    expect(reply).toMatchObject({ outcome: "answered", text: "<b>Acme</b>\n=1+1", servedModel: "gpt-app" });
    expect([reply.usage, reply.costMicroUsd, reply.citations, reply.sources]).toEqual([null, null, [], []]);
  });

  it("keeps a place that fits, finds the marker of one that does not, and drops what is nowhere", () => {
    const url = "https://test.example/å";
    const citations = [
      { url, start: 0, end: 4 },
      { url, start: at + 2, end: 9999 },
      { url: "https://nowhere.example/", start: 3, end: 9999 },
      { url, start: text.indexOf("🚲") + 1, end: text.length },
      "https://plain.example/",
    ];
    const reply = reading(imported, { text, citations });
    expect(citedText(reply)).toEqual(["Välj", marker, null, marker, null]);
    expect(reply.citations.map(({ kind }) => kind)).toEqual(["inline", "inline", "listed", "inline", "listed"]);
  });

  it("tells pages looked at from pages cited, each once", () => {
    const { sources } = reading(imported, {
      text: "x",
      citations: ["https://a.example/"],
      sources: [{ url: "https://b.example/", title: "B" }, "https://a.example/", "https://b.example/"],
    });
    expect(sources).toEqual([
      { url: "https://b.example/", title: "B", cited: false },
      { url: "https://a.example/", cited: true },
    ]);
  });

  it("ends as it says, but without text it is never an answer", () => {
    const outcome = (row: object) => reading(imported, row).outcome;
    expect(outcome({ text: "Nej.", outcome: "refused" })).toBe("refused");
    expect(outcome({ text: "", outcome: "no_surface" })).toBe("no_surface");
    expect(outcome({ text: " \n", outcome: "answered" })).toBe("empty");
    expect(outcome({ text: "Ja.", outcome: "failed" })).toBe("answered");
  });

  it("without text is no row", async () => {
    expect((await misreading(imported, '{"prompt":"x"}')).reason).toBe("unreadable");
    expect((await misreading(imported, "[]")).reason).toBe("unreadable");
  });

  it("gives a smaller reply or a typed failure whatever stands in it", () => {
    const anything = fc.record({ text: fc.anything(), citations: fc.anything(), sources: fc.anything() });
    const pages = fc.record({
      text: fc.string({ unit: "grapheme" }),
      citations: fc.array(
        fc.record({ url: fc.string(), start: fc.integer(), end: fc.oneof(fc.nat(40), fc.anything()) }),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(anything, pages), (row) => {
        try {
          const reply = imported.read(JSON.stringify(row), { search: true, day: "2026-11-20", prices: [] });
          for (const { start = 0, end = 0 } of reply.citations)
            expect(start >= 0 && start <= end && end <= reply.text.length).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AssistantError);
        }
      }),
    );
  });

  it("cannot be asked", async () => {
    const asked = { text: "x", language: "en", country: null, timezone: "UTC" };
    const tools = { fetch, now: Date.now, signal: new AbortController().signal };
    await expect(imported.connect({})({ asked, model: "app", search: true }, tools)).rejects.toThrow("citera import");
    expect(() => imported.connect({ surface: "tv" })).toThrow("surface");
  });
});
