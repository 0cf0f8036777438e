/** Gemini: bytes become places in the text, widgets are nobody's pages, and every way of being blocked is told. */
import { describe, expect, it } from "vitest";
import { gemini } from "../../src/assistants/gemini.ts";
import { apiKey, citedText, misreading, reading } from "./asking.ts";

const page = (name: string) => ({
  web: { uri: `https://vertexaisearch.cloud.google.com/grounding-api-redirect/${name}`, title: `${name}.example` },
});
const widget = { web: { uri: "https://www.google.com/search?q=v%C3%A4der", title: "Väder" } };

const bytes = (text: string, part: string) => {
  const startIndex = Buffer.byteLength(text.slice(0, text.indexOf(part)));
  return { ...(startIndex > 0 && { startIndex }), endIndex: startIndex + Buffer.byteLength(part), text: part };
};

const body = (texts: (string | { text: string; thought: true })[], grounding?: object, more: object = {}) => ({
  candidates: [
    {
      content: { parts: texts.map((text) => (typeof text === "string" ? { text } : text)), role: "model" },
      finishReason: "STOP",
      ...(grounding && { groundingMetadata: grounding }),
    },
  ],
  modelVersion: "gemini-3-flash-preview",
  usageMetadata: {
    promptTokenCount: 100,
    candidatesTokenCount: 50,
    thoughtsTokenCount: 30,
    toolUsePromptTokenCount: 20,
  },
  ...more,
});

const grounded = (text: string, supports: [part: string, ...chunks: number[]][]) =>
  body([text], {
    webSearchQueries: ["", "bästa kaffet", "bästa kaffet"],
    groundingChunks: [page("a"), page("b"), page("c"), widget],
    groundingSupports: supports.map(([part, ...groundingChunkIndices]) => ({
      segment: bytes(text, part),
      groundingChunkIndices,
    })),
  });

describe("gemini", () => {
  it.each([
    ["Swedish", "☕ Åhléns är bäst på kaffe. Löfbergs är näst bäst.", "Löfbergs är näst bäst."],
    ["English", "🎉 Acme leads. Bolt follows.", "Bolt follows."],
    ["Finnish", "👍🏽 Tämä on hyvä. Pöytä on myös hyvä.", "Pöytä on myös hyvä."],
    ["Japanese", "🍵 一番はアクメです。次はボルトです。", "次はボルトです。"],
  ])("places citations in %s where their bytes are", (_, text, part) => {
    const reply = reading(gemini, grounded(text, [[part, 0, 1]]));
    expect(citedText(reply)).toEqual([part, part]);
    expect(reply).toMatchObject({ outcome: "answered", searches: ["bästa kaffet"] });
    expect(reply.sources.map(({ cited }) => cited)).toEqual([true, true, false, false]);
  });

  it("takes what begins at 0, overlaps, ends in the middle of a word and stands in parts of its own", () => {
    const text = "Åsa är bäst av alla.";
    const overlapping = reading(
      gemini,
      grounded(text, [
        [text, 0],
        ["Åsa", 0],
        ["äst av", 1],
        [text, 0],
      ]),
    );
    expect(citedText(overlapping)).toEqual([text, "Åsa", "äst av"]);
    const parts = reading(
      gemini,
      body([{ text: "hm", thought: true }, "Åsa. ", "Örn."], {
        groundingChunks: [page("a")],
        groundingSupports: [{ segment: { partIndex: 2, endIndex: 5, text: "Örn." }, groundingChunkIndices: [0] }],
      }),
    );
    expect([parts.text, ...citedText(parts)]).toEqual(["Åsa. Örn.", "Örn."]);
  });

  it("looks for text that is not where its bytes say, and gives no place when it stands nowhere or twice", () => {
    const at = (text: string) => ({ segment: { startIndex: 1, endIndex: 3, text }, groundingChunkIndices: [0] });
    const read = (text: string, wanted: string) =>
      reading(gemini, body([text], { groundingChunks: [page("a")], groundingSupports: [at(wanted)] }));
    expect(citedText(read("Först Acme.", "Acme"))).toEqual(["Acme"]);
    expect(citedText(read("Acme och Acme.", "Acme"))).toEqual([null]);
    expect(read("Bolt.", "Acme").citations).toMatchObject([{ kind: "listed" }]);
  });

  it("takes a widget for a page looked at, never for a publisher's that is cited, and leaves out dangling numbers", () => {
    const reply = reading(gemini, grounded("Det regnar.", [["Det regnar.", 3, 9, -1]]));
    expect(reply.citations).toEqual([]);
    expect(reply.sources).toHaveLength(4);
  });

  it("knows a search without pages from no search", () => {
    const unused = { promptTokenCount: 9 };
    expect(reading(gemini, body(["Ja."], { webSearchQueries: ["kaffe"] })).outcome).toBe("answered");
    expect(reading(gemini, body(["Ja."])).outcome).toBe("answered"); // the tool's tokens tell
    for (const metadata of [undefined, {}])
      expect(reading(gemini, body(["Ja."], metadata, { usageMetadata: unused })).outcome).toBe("no_search");
  });

  it.each(["SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII"])(
    "reads %s as blocked",
    (finishReason) => {
      const reply = reading(gemini, { candidates: [{ content: {}, finishReason }], modelVersion: "m" });
      expect(reply).toMatchObject({ outcome: "blocked", finish: finishReason, usage: null, costMicroUsd: null });
    },
  );

  it("reads a blocked prompt as blocked, no parts as empty, and a body without either as none", async () => {
    expect(reading(gemini, { promptFeedback: { blockReason: "SAFETY" } })).toMatchObject({ outcome: "blocked" });
    const cut = { candidates: [{ content: { role: "model" }, finishReason: "MAX_TOKENS" }] };
    expect(reading(gemini, cut)).toMatchObject({ outcome: "empty", finish: "MAX_TOKENS" });
    expect(await misreading(gemini, "{}")).toMatchObject({ reason: "unreadable", again: true });
    const spent = { error: { code: 429, message: "slow down", status: "RESOURCE_EXHAUSTED" } };
    expect(await misreading(gemini, JSON.stringify(spent))).toMatchObject({ reason: "rate_limit", again: true });
  });

  it("counts tokens of tools and thoughts, and asks per query since Gemini 3, per question before", () => {
    const tokens = { inputPerMillionUsd: 0.5, outputPerMillionUsd: 3, since: "2026-01-01" };
    const prices = [
      { model: "gemini-3-flash-preview", ...tokens, searchPerThousandUsd: 14 },
      { model: "gemini-2.5-flash", ...tokens, searchPerThousandUsd: 35 },
    ];
    const reply = reading(gemini, body(["Ja."], { webSearchQueries: ["a", "b"] }), { prices });
    expect(reply.usage).toMatchObject({ inputTokens: 120, outputTokens: 80, reasoningTokens: 30, searches: 2 });
    expect(reply.costMicroUsd).toBe(60 + 240 + 28_000);
    const older = body(["Ja."], { webSearchQueries: ["a", "b"] }, { modelVersion: "gemini-2.5-flash" });
    expect(reading(gemini, older, { prices })).toMatchObject({
      usage: { searches: 1 },
      costMicroUsd: 60 + 240 + 35_000,
    });
    const unknown = body(["Ja."], {}, { modelVersion: "gemini-9" });
    expect(reading(gemini, unknown).costMicroUsd).toBeNull();
  });

  it("tells a day's quota, a region and a key apart", () => {
    const failing = (status: number, error: object) =>
      gemini.readError(status, new Headers(), JSON.stringify({ error }), 0);
    const details = [{ violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel" }] }];
    expect(failing(429, { message: "quota", details })).toMatchObject({ reason: "quota", again: false });
    expect(failing(429, { message: "quota", details: [{ retryDelay: "34.4s" }] })).toMatchObject({ afterMs: 34_400 });
    const region = { message: "User location is not supported for the API use.", status: "FAILED_PRECONDITION" };
    expect(failing(400, region)).toMatchObject({ reason: "region", again: false });
  });

  it("is not asked before somebody has confirmed that such answers may be kept, and says so in both languages", () => {
    const issue = (termsConfirmed?: unknown) =>
      gemini.settings.safeParse({ apiKey, ...(termsConfirmed !== undefined && { termsConfirmed }) }).error?.issues[0];
    for (const given of [undefined, false, "yes", 1]) {
      const refused = issue(given);
      expect(refused?.message).toMatch(/^must be true: Google's terms .*`termsConfirmed: true` when you may$/);
      expect(refused).toMatchObject({
        path: ["termsConfirmed"],
        params: { sv: expect.stringMatching(/^måste vara true: .*`termsConfirmed: true` när ni får/) as unknown },
      });
    }
    for (const given of [true, "true"]) expect(issue(given)).toBeUndefined();
  });

  it("says that the location did not reach the assistant", () => {
    expect(gemini.read(JSON.stringify(body(["Ja."])), { search: true, day: "2026-11-20", prices: [] })).toMatchObject({
      locationApplied: false,
    });
  });
});
