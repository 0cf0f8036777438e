/** Rows of an import file, good and hostile: each fault by the line it begins on, and what stands before it is read. */
import { describe, expect, it } from "vitest";
import { readRows, type Row } from "../../src/cli/import-rows.ts";
import { words } from "../../src/words/index.ts";

const told = words.en.importFile;
const unread = `; ${told.unread}`;

/** The rows of a file that comes in pieces of `size` bytes. */
async function rowsOf(file: string | Buffer, size = 7, wording = told): Promise<Row[]> {
  const bytes = Buffer.from(file);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const rows: Row[] = [];
  for await (const row of readRows(pieces(), wording)) rows.push(row);
  return rows;
}

/** `line: text` of a row that was read, `line! problem` of one that was not. */
const shown = (rows: Row[]) =>
  rows.map((row) =>
    row.problem === undefined ? `${row.line}: ${String(row.fields["text"])}` : `${row.line}! ${row.problem}`,
  );

const line = (text: string) => JSON.stringify({ prompt: "q1", askedAt: "2026-03-02T10:00:00Z", text });
const heading = "prompt,askedAt,text\n";
const cells = (text: string) => `q1,2026-03-02T10:00:00Z,${text}\n`;

describe("rows of an import file", () => {
  it("are read as spreadsheets write them, formulas and line breaks as data", async () => {
    const csv = [
      "\ufeffprompt;askedAt;text;citations;searches;id",
      `"Vad, då?";2026-03-02;"=HYPERLINK(""x"")\r\nVindil; Pedalus 🚲";https://a.example/ https://b.example/;elcykel | test;7`,
      "",
      "fråga;2026-03-02;kort",
      `fråga;2026-03-02;"två\r\nrader";;;`,
      "",
    ].join("\r\n");
    const rows = await rowsOf(csv);
    expect(rows[0]).toMatchObject({
      line: 2,
      fields: {
        prompt: "Vad, då?",
        text: '=HYPERLINK("x")\r\nVindil; Pedalus 🚲',
        citations: ["https://a.example/", "https://b.example/"],
        searches: ["elcykel", "test"],
        id: "7",
      },
    });
    expect(shown(rows).slice(1)).toEqual([
      '5! has 3 cells where the heading has 6; a text that holds ";" or a quote needs quotes around it',
      "6: två\r\nrader",
    ]);
  });

  it("are refused by number where they are no rows", async () => {
    const rows = await rowsOf(`${line("å")}\n{broken\n\n[1]\n"x"\n{"text":"a\0b"}\n${line("a\0b")}`);
    expect(shown(rows).map((row) => row.slice(0, 22))).toEqual([
      "1: å",
      "2! is no JSON (Expecte",
      "4! must be a JSON obje",
      "5! must be a JSON obje",
      "6! is no JSON (Bad con",
      "7: a\0b",
    ]);
    expect(shown(await rowsOf("[{}]"))).toEqual([
      expect.stringContaining("1! this is one JSON list; write one object a"),
    ]);
    expect(shown(await rowsOf("question,answer\na,b\n"))).toEqual([
      "1! the heading lacks prompt, askedAt, text; the first line names the columns",
    ]);
    expect(await rowsOf("  \n \n")).toEqual([]);
  });

  it("end at a byte that is not UTF-8, with the rows before it", async () => {
    const latin = Buffer.concat([
      Buffer.from(heading + cells("å") + cells("🚲")),
      Buffer.from(cells("\x93Bäst\x94"), "latin1"),
    ]);
    const json = Buffer.concat([Buffer.from(`${line("å")}\n${line("🚲")}\n`), Buffer.from(line("ö"), "latin1")]);
    for (const size of [1, 7, 1000]) {
      const fault = `! ${told.notUtf8}${unread}`;
      expect(shown(await rowsOf(latin, size))).toEqual(["2: å", "3: 🚲", `4${fault}`]);
      expect(shown(await rowsOf(json, size))).toEqual(["1: å", "2: 🚲", `3${fault}`]);
    }
    expect(shown(await rowsOf(Buffer.from(`${line("å")}\nå`).subarray(0, -1)))).toEqual([
      "1: å",
      `2! ${told.notUtf8}${unread}`,
    ]);
  });

  it("of a UTF-16 file are not guessed at", async () => {
    const little = Buffer.from(`\ufeff${heading}${cells("å")}`, "utf16le");
    for (const file of [little, Buffer.from(little).swap16(), Buffer.from(heading, "utf16le")])
      expect(shown(await rowsOf(file, 64, words.sv.importFile))).toEqual([
        '1! filen är UTF-16; spara den som UTF-8 (Excel: "CSV UTF-8"); det som följer lästes inte',
      ]);
  });

  it("end at a quote that is never closed or stands wrong, named by the line where its row begins", async () => {
    expect(shown(await rowsOf(heading + cells("a") + cells('"b') + cells("c")))).toEqual([
      "2: a",
      `3! ${told.openQuote}${unread}`,
    ]);
    const endless = heading + cells("a") + cells('"b') + cells("c".repeat(1000)).repeat(4_100);
    expect(shown(await rowsOf(endless, 65_536))).toEqual(["2: a", `3! ${told.longRow(4)}${unread}`]);
    expect(shown(await rowsOf(heading + cells("a") + cells('"b" c'), 1000))).toEqual([
      "2: a",
      expect.stringMatching(/^3! Invalid Closing Quote: .*; what follows was not read$/),
    ]);
  });

  it("end at a line that is too long, which is not read to its end", async () => {
    let read = 0;
    async function* endless() {
      yield Buffer.from(`${line("a")}\n{"text":"`);
      for (; read < 1000; read++) yield Buffer.alloc(100_000, "x");
    }
    const rows: Row[] = [];
    for await (const row of readRows(endless(), told)) rows.push(row);
    expect(shown(rows)).toEqual(["1: a", `2! ${told.longRow(4)}${unread}`]);
    expect(read).toBeLessThan(60);
  });

  it("may have ten thousand columns", async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(",");
    const rows = await rowsOf(`prompt,askedAt,text,${names}\n${cells("a")}q1,,b${",x".repeat(10_000)}\n`, 65_536);
    expect(shown(rows)).toEqual([expect.stringMatching(/^2! has 3 cells where the heading has 10003;/), "3: b"]);
  });
});
