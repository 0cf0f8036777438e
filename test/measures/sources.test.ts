/** What assistants stay with and what rotates, from answers put into a store by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Citation, Project } from "../../src/domain.ts";
import { InputError } from "../../src/errors.ts";
import { sourceHabits } from "../../src/measures/sources.ts";
import { getProject, listAllAssistants, listBrands, listPromptLabels } from "../../src/store/index.ts";
import { applied, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, definition, prompt } from "../support/definition.ts";

const at = (day: number): number => Date.parse(`2026-03-${String(day).padStart(2, "0")}T11:00:00Z`);
const wanted = definition({ assistants: [assistant("chatgpt"), assistant("app", { surface: "ui" })] });
type Query = Partial<Parameters<typeof sourceHabits>[2]>;

describe.each(databases)("habits of citing on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, wanted);
  });
  afterEach(() => fresh.remove());

  const citing = (domains: string[], more: Partial<Wanted> = {}): Wanted => ({
    ...{ prompt: "best", assistant: "chatgpt" },
    cited: domains.map((domain) => ({ domain, owner: "other" })),
    ...more,
  });
  /** Keeps an answer on each of these days of March. */
  async function keep(days: number[], domainsOf: (day: number) => string[], more: Partial<Wanted> = {}) {
    for (const day of days) await keepAnswers(fresh.store, project, at(day), [citing(domainsOf(day), more)]);
  }
  const upTo = (last: number): number[] => Array.from({ length: last }, (_one, i) => i + 1);

  /** Habits with keys for ids, each domain with its standing. */
  async function found(more: Query = {}, most?: number) {
    const { read } = fresh.store;
    const query = { from: "2026-03-01", to: "2026-03-31", ...more };
    const { questions, owners } = await sourceHabits(read, await getProject(read, project.id), query, most);
    const assistants = await listAllAssistants(read, project.id);
    const labels = await listPromptLabels(read, project.id);
    const brands = await listBrands(read, project.id);
    return {
      questions: questions.map(({ promptId, assistantId, answers, habits }) => ({
        question: `${assistants.find(({ id }) => id === assistantId)!.key} ${labels.find((one) => one.prompt.id === promptId)!.prompt.key}`,
        answers,
        habits:
          habits && Object.fromEntries(habits.domains.map(({ domain, standing, hits }) => [domain, [standing, hits]])),
      })),
      owners: Object.fromEntries(
        [...owners].map(([domain, owner]) => [domain, brands.find(({ id }) => id === owner)!.key]),
      ),
    };
  }

  it("are of each question and assistant by itself, in order of time however the answers came in", async () => {
    const days = upTo(10).reverse(); // the newest is kept first, so that its id is the lowest
    await keep(days, (day) => ["stays.example", ...(day > 5 ? ["new.example"] : ["old.example"])]);
    await keep(upTo(8), () => ["app.example"], { assistant: "app" });
    await keep(upTo(7), () => ["cheap.example"], { prompt: "cheap" });
    expect((await found()).questions).toEqual([
      {
        question: "chatgpt best",
        answers: 10,
        habits: { "stays.example": ["core", 10], "new.example": ["arrived", 5], "old.example": ["left", 5] },
      },
      { question: "chatgpt cheap", answers: 7, habits: null },
      { question: "app best", answers: 8, habits: { "app.example": ["core", 8] } },
    ]);
  });

  it("take the answers of one day by the time at which they were asked", async () => {
    const hours = upTo(8).reverse(); // kept backwards
    for (const hour of hours)
      await keepAnswers(fresh.store, project, at(2) + hour * 1_000, [
        citing([hour > 4 ? "new.example" : "old.example"]),
      ]);
    const [only] = (await found()).questions;
    expect(only!.habits).toEqual({ "new.example": ["arrived", 4], "old.example": ["left", 4] });
  });

  it("leave out answers that were not searched for, do not count, or cite nothing that is known", async () => {
    await keep(upTo(8), () => ["a.example"]);
    await keep([9, 10], () => [], { outcome: "no_search" });
    await keep([11], () => ["own.example"], { search: false });
    await keep([12], () => ["refused.example"], { outcome: "refused" });
    await keep([13], () => [""]);
    await keepAnswers(fresh.store, project, at(14), [citing(["adhoc.example"])], "adhoc");
    const [only, ...others] = (await found()).questions;
    expect([only!.answers, only!.habits, others]).toEqual([11, { "a.example": ["undecided", 8] }, []]);
  });

  it("are narrowed to days, a surface, assistants and questions", async () => {
    await keep([2, 3], () => ["a.example"]);
    await keep([2], () => ["a.example"], { prompt: "cheap" });
    await keep([3], () => ["a.example"], { assistant: "app" });
    const told = async (query: Query) =>
      (await found(query)).questions.map(({ question, answers }) => `${question} ${answers}`);
    expect(await told({ to: "2026-03-02" })).toEqual(["chatgpt best 1", "chatgpt cheap 1"]);
    expect(await told({ surface: "ui" })).toEqual(["app best 1"]);
    const { read } = fresh.store;
    const [chatgpt] = await listAllAssistants(read, project.id);
    expect(await told({ assistants: [chatgpt!.id] })).toEqual(["chatgpt best 2", "chatgpt cheap 1"]);
    const { prompt: best } = (await listPromptLabels(read, project.id)).find((one) => one.prompt.key === "best")!;
    expect(await told({ prompts: [best.id] })).toEqual(["chatgpt best 2", "app best 1"]);
  });

  it("go on over another wording of a question: what it brings has arrived", async () => {
    await keep(upTo(5), () => ["stays.example"]);
    project = await applied(fresh.store, { ...wanted, prompts: [prompt("best", "Which tool is best now?")] }, 1);
    await keep([6, 7, 8, 9, 10], () => ["stays.example", "new.example"]);
    expect((await found()).questions).toEqual([
      {
        question: "chatgpt best",
        answers: 10,
        habits: { "stays.example": ["core", 10], "new.example": ["arrived", 5] },
      },
    ]);
  });

  it("name the owner of a domain only where all of its pages that are cited are the owner's", async () => {
    const page = (domain: string, owner: string): Pick<Citation, "domain" | "owner"> => ({ domain, owner });
    const cited = [page("acme.example", "own"), page("bolt.example", "competitor:Bolt"), page("news.example", "other")];
    await keepAnswers(fresh.store, project, at(2), [
      citing([], { cited: [...cited, page("shared.example", "own"), page("video.example", "other")] }),
      citing([], { cited: [...cited, page("shared.example", "competitor:Bolt"), page("video.example", "own")] }),
      citing([], { cited: [page("shared.example", "own"), page("video.example", "own")] }),
    ]);
    expect((await found()).owners).toEqual({ "acme.example": "Acme", "bolt.example": "Bolt" });
  });

  it("are refused where the answers are too many or the period is none, and are none without answers", async () => {
    await keep([2, 3], () => ["a.example"]);
    expect((await found({}, 2)).questions).toHaveLength(1);
    const refused = found({}, 1);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(/more than 1 answers from 2026-03-01 .*shorter period, or for one assistant/);
    await expect(found({ from: "2026-04-01" })).rejects.toThrow("from: 2026-04-01 is after 2026-03-31");
    expect(await found({ from: "2026-03-20" })).toEqual({ questions: [], owners: {} });
  });
});
