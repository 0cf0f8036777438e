/** What the commands share: exit codes of errors, text that cannot steer a terminal, tables, bars and marked answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readAloud } from "../../src/cli/answer-text.ts";
import { exitCodes, harmless, NoAnswer, styles, tell } from "../../src/cli/command.ts";
import { Progress } from "../../src/cli/progress.ts";
import { table } from "../../src/cli/table.ts";
import type { Findings, HeardReply } from "../../src/domain.ts";
import { AssistantError, InputError, StoreError } from "../../src/errors.ts";
import { words } from "../../src/words/index.ts";
import { assistant } from "../support/definition.ts";

describe("an error", () => {
  let said = "";
  beforeEach(() => {
    said = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((said += String(text))));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it("of the input is told line by line", () => {
    expect(tell(new InputError(["citera.yaml:1: one", "citera.yaml:2: two"]))).toBe(exitCodes.input);
    expect(said).toBe("citera.yaml:1: one\ncitera.yaml:2: two\n");
  });

  it("of an assistant or the database is told in a sentence, with an exit code of its own", () => {
    const failure = { again: true, reason: "server", message: "HTTP 500" } as const;
    expect(tell(new AssistantError(failure))).toBe(exitCodes.incomplete);
    expect(tell(new NoAnswer("the budget leaves no room"))).toBe(exitCodes.incomplete);
    expect(tell(new StoreError("full", "the disk is full"))).toBe(exitCodes.store);
    expect(said).toBe("HTTP 500\nthe budget leaves no room\nthe disk is full\n");
  });

  it("of the program comes with its trace, without secrets and without control characters", () => {
    vi.stubEnv("HIDDEN_TOKEN", "correct-horse-battery");
    const error = new Error("lost correct-horse-battery and sk-proj-abcdefgh12345678 \u001b[2J");
    expect(tell(error)).toBe(exitCodes.fault);
    expect(said).toContain("lost [redacted] and [redacted] \ufffd[2J\n");
    expect(said).toContain("terminal.test.ts");
    expect(said).not.toMatch(/correct-horse|sk-proj/);
  });

  it("that is none is told, too", () => {
    expect(tell("thrown text")).toBe(exitCodes.fault);
    expect(said).toBe("thrown text\n");
  });
});

describe("text from outside", () => {
  it("loses what steers a terminal, and keeps lines, tabs and letters", () => {
    expect(harmless("a\u0000b\u0007c\u001b]0;d\u009be\u007ff")).toBe("a\ufffdb\ufffdc\ufffd]0;d\ufffde\ufffdf");
    expect(harmless("Åsa\tsäger\n🚲")).toBe("Åsa\tsäger\n🚲");
  });
});

describe("a table", () => {
  it("has columns as wide as they look: letters with marks, wide letters, emoji, colours", () => {
    const { bold } = styles(true);
    const rows = [
      ["Name", "n"],
      ["Ekerlu\u0301nd", "1"],
      ["東京", "22"],
      ["🚲🚲", "3"],
      [bold("bold"), "4"],
      ["", "5"],
    ];
    const lines = table(rows, 1, (text) => text);
    expect(lines).toEqual([
      "Name       n",
      "Ekerlu\u0301nd   1",
      "東京      22",
      "🚲🚲       3",
      `${bold("bold")}       4`,
      "           5",
    ]);
  });

  it("marks its heading and leaves no blanks at the ends of lines", () => {
    expect(
      table(
        [
          ["a", "b"],
          ["long", ""],
        ],
        2,
        (text) => `<${text}>`,
      ),
    ).toEqual(["<a     b>", "long"]);
  });
});

describe("progress", () => {
  const chatgpt = { ...assistant("chatgpt"), id: "1", attention: null };
  const counts = (done: number, failed: number, waiting: number) =>
    Object.entries({ done, failed, waiting } as const).flatMap(([state, questions]) =>
      questions > 0 ? [{ assistantId: "1", state: state as "done" | "failed" | "waiting", questions }] : [],
    ); // a state without questions has no row
  const shown = (terminal: boolean, ...steps: [number, number, number][]) => {
    let written = "";
    const progress = new Progress({
      write: (text) => void (written += text),
      terminal,
      wording: words.en,
      styles: styles(false),
    });
    for (const step of steps) progress.show([chatgpt], counts(...step));
    progress.clear();
    return written;
  };

  it("is told in steps of ten per cent where it cannot be redrawn", () => {
    const steps = Array.from({ length: 101 }, (_, i): [number, number, number] => [i, 0, 100 - i]);
    const percents = [...shown(false, ...steps, [100, 0, 0]).matchAll(/\((\d+) %\)/g)].map(([, percent]) =>
      Number(percent),
    );
    expect(percents).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(shown(false, [3, 1, 0])).toBe("Asking: 4/4 (100 %)\n");
    expect(shown(false, [0, 0, 0])).toBe("");
  });

  it("is a bar per assistant on a terminal, drawn over the one before", () => {
    const [first, second, rest] = shown(true, [0, 0, 4], [2, 1, 1]).split("\u001b[1A\u001b[J");
    expect(first).toBe(`chatgpt              ${"░".repeat(24)} 0/4 \n`);
    expect(second).toBe(`chatgpt              ${"█".repeat(18)}${"░".repeat(6)} 3/4 1 failed\n`);
    expect(rest).toBe("");
  });
});

describe("an answer read aloud", () => {
  const text = "Acme \u001b[31mand Bolt";
  const place = (brand: string, piece: string) => ({
    brand,
    start: text.indexOf(piece),
    end: text.indexOf(piece) + piece.length,
    text: piece,
    form: piece,
    via: "name" as const,
    certainty: "certain" as const,
  });
  const reply: HeardReply = {
    locationApplied: true,
    outcome: "answered",
    text,
    asides: [],
    servedModel: "m-1",
    searches: ["best tool"],
    sources: [
      { url: "https://a.example/", cited: true },
      { url: "https://b.example/\u0007", cited: false },
    ],
    citations: [],
    usage: null,
    costMicroUsd: 1_500,
    finish: null,
  };
  const findings: Findings = {
    parserVersion: 1,
    ghosts: [],
    mentions: [place("acme", "Acme"), place("bolt", "Bolt")],
    ranking: { source: "list", positions: { bolt: 2, acme: 1 }, order: ["acme", "bolt"], candidates: [] },
    citations: [
      {
        url: "https://a.example/",
        canonicalUrl: "https://a.example/",
        host: "a.example",
        domain: "a.example",
        owner: "own",
        kind: "inline",
      },
    ],
  };
  const read = (colour: boolean) =>
    readAloud({ reply, findings, surface: "ui" }, new Map([["acme", "Acme AB"]]), "en", styles(colour));

  it("marks mentions with brackets where there is no colour, and lists what was found", () => {
    expect(read(false)).toEqual([
      "⟦Acme⟧ \ufffd[31mand ⟦Bolt⟧",
      "",
      "Mentions",
      "Acme AB (1)",
      "bolt (1)",
      "",
      "Ranking",
      "1. Acme AB",
      "2. bolt",
      "",
      "Citations",
      "1. https://a.example/ (own)",
      "",
      "Looked at, not cited",
      "https://b.example/\ufffd",
      "",
      "Searches",
      "best tool",
      "",
      expect.stringMatching(/^answered · UI · m-1 · Cost 0\.0015 USD$/),
    ]);
  });

  it("says of names where they stand and what is doubtful, and of sources what they are and support", () => {
    const doubtful = { ...place("acme", "Acme"), certainty: "uncertain" as const };
    const [citation] = findings.citations;
    const rich: Findings = {
      ...findings,
      mentions: [
        { ...place("acme", "Acme"), place: "list", uncited: true },
        { ...doubtful, place: "list", reason: "stands alone" },
        { ...doubtful, place: "prose", reason: "denied", denied: true },
        { ...doubtful, certainty: "likely", place: "prose", reason: "a reason without other words" },
      ],
      ranking: { ...findings.ranking, candidates: [{ text: "Kandor\u001b X1", start: 0, end: 4, position: 3 }] },
      citations: [{ ...citation!, type: "news", named: ["acme", "bolt"] }],
      ghosts: ["bolt"],
    };
    const said = (language: "en" | "sv") =>
      readAloud(
        { reply, findings: rich, surface: "ui" },
        new Map([["acme", "Acme AB"]]),
        language,
        styles(false),
      ).slice(2, -8);
    expect(said("en")).toEqual([
      "Mentions",
      "Acme AB (4)",
      "  list (2), running text (2)",
      "  uncertain: stands alone (1)",
      "  Said to be unknown (1)",
      "  likely: a reason without other words (1)",
      "  Named without a source (1)",
      "",
      "Cited, not named",
      "bolt",
      "",
      "Ranking",
      "1. Acme AB",
      "2. bolt",
      "",
      "Also ranked, not tracked",
      "3. Kandor\ufffd X1",
      "",
      "Citations",
      "1. https://a.example/ (own, news; supports Acme AB, bolt)",
    ]);
    expect(said("sv")).toContain("  osäkert: står för sig (1)");
    expect(said("sv")).toContain("1. https://a.example/ (own, nyheter; stöder Acme AB, bolt)");
  });

  it("marks them with colour on a terminal", () => {
    const [line] = read(true);
    expect(line).toContain("\u001b[1m\u001b[4mAcme\u001b[24m\u001b[22m");
    expect(line).not.toContain("⟦");
    expect(line).not.toContain("\u001b[31m");
  });
});
