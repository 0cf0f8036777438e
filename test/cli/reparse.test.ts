/** citera reparse as a process: kept answers are read again at no cost, and what that changes is shown. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers } from "../support/answers.ts";
import { Desk } from "../support/cli.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const day = "2026-03-02";
const desk = new Desk();

beforeAll(async () => {
  const store = await openStore(desk.path("citera.db"));
  const prompts = [prompt("a", "What about a?"), prompt("b", "What about b?"), prompt("c", "What about c?")];
  const brands = [brand("Acme", { role: "own" }), brand("Bolt")];
  const project = await applied(
    store,
    definition({ prompts, brands, assistants: [assistant("claude"), assistant("app", { surface: "ui" })] }),
  );
  // an earlier parser has seen Acme where Bolt stands
  const misread = prompts.map(({ key }) => ({ prompt: key, assistant: "claude", named: ["Acme"], text: "Take Bolt." }));
  const inApp = misread.slice(1).map((answer) => ({ ...answer, assistant: "app" }));
  await keepAnswers(store, project, Date.parse(`${day}T11:00:00Z`), [...misread, ...inApp]);
  await countDays(store, project, day);
  await store.close();
});
afterAll(() => desk.close());

it(
  "shows per brand what is counted differently, and the second time that nothing is",
  { timeout: 60_000 },
  async () => {
    const first = await desk.run(["reparse"]);
    expect([first.stderr, first.code]).toEqual(["", 0]);
    expect(first.stdout).toMatch(/Acme +Visibility · API .*, 3\/3 .*, 0\/3\n/);
    expect(first.stdout).toMatch(/Bolt +Visibility · API .*, 0\/3 .*, 3\/3\n/);
    expect(first.stdout).toMatch(/Bolt +Visibility · UI .*, 0\/2 .*, 2\/2\n/);
    const second = await desk.run(["reparse", "--lang", "sv"]);
    expect(second.stdout).toBe("Historiken har lästs om med 2 varumärken.\nSiffrorna är desamma som förut.\n");
    expect(second.code).toBe(0);
  },
);

it("names the projects when it is not told which", async () => {
  const { stderr, code } = await desk.run(["reparse", "--project", "other"]);
  expect(stderr).toContain("there is no project other; there are acme");
  expect(code).toBe(2);
});
