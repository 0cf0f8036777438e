/** `citera sources`: what assistants stay with and what rotates, on the command line. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { Desk } from "../support/cli.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const keys = ["a", "b", "c", "d", "e", "f"];
/** Steers a terminal and turns the order of letters. */
const hostile = "evil\u001b[31m\u202e.example";
let desk: Desk;

/** Ten days of answers: six questions to one assistant, one question too seldom, and many domains to an app. */
beforeAll(async () => {
  desk = new Desk();
  const store = await openStore(desk.path("citera.db"));
  const project = await applied(
    store,
    definition({
      brands: [brand("Acme", { role: "own" }), brand("Bolt"), brand("Cord\u0007")],
      prompts: [...keys, "rare"].map((key) => prompt(key, `Which ${key}?\u001b[2J`)),
      assistants: [
        assistant("first", { title: "First\u001b[5m" }),
        assistant("app", { adapter: "import", surface: "ui" }),
        assistant("quiet"),
      ],
    }),
  );
  const first = (key: string, day: number): Wanted => ({
    prompt: key,
    assistant: "first",
    cited: [
      { domain: "acme.example", owner: "own" },
      ...(key === "a" ? [{ domain: hostile, owner: "competitor:Cord\u0007" }] : []),
      ...(day === 3 ? [{ domain: "once.example", owner: "other" }] : []),
      ...(day > 5 ? [{ domain: "bolt.example", owner: "competitor:Bolt" }] : []),
    ],
  });
  const many = Array.from({ length: 23 }, (_one, i) => ({ domain: `d${10 + i}.example`, owner: "other" }));
  for (let day = 1; day <= 10; day++) {
    const local = `2026-03-${String(day).padStart(2, "0")}`;
    await keepAnswers(store, project, Date.parse(`${local}T11:00:00Z`), [
      ...keys.map((key) => first(key, day)),
      ...(day > 7 ? [first("rare", day)] : []),
      { prompt: "a", assistant: "app", cited: many },
      { prompt: "b", assistant: "app" },
    ]);
    await countDays(store, project, local);
  }
  await store.close();
});
afterAll(() => desk.close());

const shown = async (...args: string[]): Promise<string> => {
  const { stdout, stderr, code } = await desk.run(["sources", ...args]);
  if (code !== 0) throw new Error(stderr);
  return stdout.replace(/[\u00a0\u202f]/g, " ");
};

describe.concurrent("citera sources", { timeout: 60_000 }, () => {
  it("tells per assistant what it stays with, with intervals, and on how many questions a domain stands how", async ({
    expect,
  }) => {
    const text = await shown("--assistant", "first");
    expect(text).toMatch(/^2026-02-11 to 2026-03-10 .*95 % interval/);
    expect(text).toMatch(
      /\n6 of 7 questions with 8 answers or more · citations to core domains \d+ % \(\d+–\d+\) · domains that the next answer lacks \d+ % \(\d+–\d+\) {2}60 answers, 6 questions\n/,
    );
    const rows = text.split("\n").map((line) => line.split(/ {2,}/));
    expect(rows).toContainEqual(["Source", "Owner", "core", "carousel", "arrived", "left", "undecided"]);
    expect(rows.filter(([domain]) => domain?.endsWith(".example"))).toEqual([
      ["acme.example", "own", "6", "0", "0", "0", "0"],
      ["evil\ufffd[31m\ufffd.example", "Cord\ufffd", "1", "0", "0", "0", "0"],
      ["bolt.example", "Bolt", "0", "0", "6", "0", "0"],
      ["once.example", "other", "0", "6", "0", "0", "0"],
    ]);
  });

  it("keeps assistants apart, leaves out those that were not asked, and shows twenty domains of each", async ({
    expect,
  }) => {
    const text = await shown();
    expect(text.match(/^.+ \((?:API|UI)\)$/gm)).toEqual(["First\ufffd[5m (API)", "app (UI)"]);
    expect(text).toMatch(/\n2 of 2 questions with 8 answers or more · citations to core domains too few questions/);
    expect(text.match(/^d\d\d\.example/gm)).toHaveLength(20);
    expect(text).toContain("\nand 3 other domains; --json has all\n");
    expect(await shown("--surface", "ui")).not.toContain("First");
  });

  it("shows of one question how often each domain is cited, with the interval for it alone", async ({ expect }) => {
    const text = await shown("--prompt", "a", "--assistant", "first");
    expect(text).toContain("95 % interval for this question only");
    expect(text).toContain("\nWhich a?\ufffd[2J\n");
    expect(text).toMatch(/\nacme\.example +own +core +100 % \(72–100\) +10 of 10\n/);
    expect(text).toMatch(/\nbolt\.example +Bolt +arrived +50 % \(24–76\) +5 of 10\n/);
    expect(text).toMatch(/\nonce\.example +other +carousel +10 % \(2–40\) +1 of 10\n/);
    expect(await shown("--prompt", "b", "--assistant", "app")).toMatch(/\napp \(UI\)\nNo page is cited\.\n$/);
  });

  it("says where answers are too few, and where there are none", async ({ expect }) => {
    expect(await shown("--prompt", "rare")).toMatch(
      /\n3 answers in this period; below 8 no habit shows\. Ask for more/,
    );
    expect(await shown("--days", "3")).toMatch(/\nNo question has 8 answers in this period; below that no habit shows/);
    expect(await shown("--from", "2027-01-01", "--to", "2027-01-02")).toMatch(
      /\nFrom 2027-01-01 to 2027-01-02 there is no such answer of an assistant that was asked to search\.\n$/,
    );
  });

  it("says all of it in Swedish", async ({ expect }) => {
    const [all, one, few] = await Promise.all([
      shown("--lang", "sv"),
      shown("--lang", "sv", "--prompt", "a"),
      shown("--lang", "sv", "--days", "3"),
    ]);
    expect(all).toMatch(/\n6 av 7 frågor med minst 8 svar · citeringar av kärndomäner \d+ % \(/);
    expect(all).toMatch(/\nKälla +Ägare +kärna +karusell +tillkommen +försvunnen +oklar\nacme\.example +egen +6 /);
    expect(one).toMatch(/\nbolt\.example +Bolt +tillkommen +50 % \(24–76\) +5 av 10\n/);
    expect(few).toContain("\nIngen fråga har 8 svar i perioden;");
  });

  it("gives programs all domains, with owners by their keys", async ({ expect }) => {
    const told = JSON.parse(await shown("--json")) as { assistants: Record<string, unknown>[] };
    expect(told).toMatchObject({ project: "acme", from: "2026-02-11", to: "2026-03-10" });
    const [first, app] = told.assistants;
    expect(first).toMatchObject({ assistant: "first", surface: "api", questions: 7, enough: 6 });
    expect((first!["domains"] as object[])[0]).toEqual({
      domain: "acme.example",
      questions: { core: 6, carousel: 0, arrived: 0, left: 0, undecided: 0 },
      hits: 60,
      owner: "Acme",
    });
    expect(app!["domains"]).toHaveLength(23);
    const one = JSON.parse(await shown("--json", "--prompt", "a", "--assistant", "first")) as {
      assistants: { answers: number; habits: { coreShare: number; domains: object[] } }[];
    };
    const { answers, habits } = one.assistants[0]!;
    expect([answers, habits.coreShare]).toEqual([10, 20 / 26]);
    expect(habits.domains[2]).toMatchObject({ domain: "bolt.example", owner: "Bolt", standing: "arrived", hits: 5 });
    const few = JSON.parse(await shown("--json", "--prompt", "rare")) as typeof told;
    expect(few.assistants).toEqual([{ assistant: "first", surface: "api", answers: 3, habits: null }]);
  });

  it.each([
    [["--assistant", "nobody"], /there is no assistant "nobody"; there are first, app, quiet/],
    [["--prompt", "z"], /there is no prompt "z"; there are a, b/],
    [["--from", "2026-03-31", "--to", "2026-03-01"], /--from 2026-03-31 is after --to 2026-03-01/],
  ] as const)("%j is refused with what to write instead", async (args, message) => {
    const { stderr, stdout, code } = await desk.run(["sources", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});

it("says that there is no answer yet", { timeout: 60_000 }, async () => {
  const store = await openStore(desk.path("empty.db"));
  await applied(store, definition());
  await store.close();
  expect((await desk.run(["sources", "--db", desk.path("empty.db")])).stdout).toMatch(/^No answers yet\./);
  expect((await desk.run(["sources", "--db", desk.path("empty.db"), "--json"])).stdout).toBe("null\n");
});
