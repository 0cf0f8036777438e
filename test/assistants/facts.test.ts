/** What adapters say of themselves and the README's table repeats, held against what they do. */
import { afterEach, describe, expect, it } from "vitest";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { copilot } from "../../src/assistants/copilot.ts";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import { googleAiOverview } from "../../src/assistants/google-ai-overview.ts";
import { assistants } from "../../src/assistants/index.ts";
import type { HeardReply } from "../../src/domain.ts";
import { priceTable } from "../../src/prices.ts";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { forwarding, openLocalServer, type LocalServer, type Received } from "../support/local-server.ts";
import { prompts, village } from "../simulator/village.ts";
import { apiKey, asked, context, speakers, tools } from "./asking.ts";

/** An assistant as it can be had, and its name in the town. */
interface Way {
  name: string;
  adapter: AssistantAdapter;
  /** What its facts depend on, where they do. */
  vendor?: string;
  town: string;
  model: string;
  settings: (url: string) => Record<string, unknown>;
}

const shown = (adapter: AssistantAdapter, vendor: string, keys: Record<string, unknown>): Way => ({
  name: `${adapter.id} through ${vendor}`,
  adapter,
  vendor,
  town: adapter.id,
  model: "shown",
  settings: (url) => ({ baseUrl: url, ...keys }),
});
const serpapi = { through: "serpapi", apiKey };
const dataforseo = { through: "dataforseo", login: "citera@firma.example", password: "losen-0123456789" };

const ways: Way[] = [
  ...speakers.map(({ adapter, town, model = "model-x", base, settings }) => ({
    name: adapter.id,
    adapter,
    town,
    model,
    settings: (url: string) => ({ apiKey, baseUrl: base(url), ...settings }),
  })),
  shown(googleAiOverview, "serpapi", serpapi),
  shown(googleAiOverview, "dataforseo", dataforseo),
  shown(googleAiMode, "serpapi", serpapi),
  shown(googleAiMode, "dataforseo", dataforseo),
  shown(copilot, "serpapi", { apiKey }),
];

/** Models of the price table, by how their names begin, and whose they are. */
const listed: Record<string, string[]> = {
  "gpt-5": ["openai", "azure-openai"],
  "claude-sonnet-5-5": ["anthropic"],
  "grok-4.6": ["xai"],
};

let town: Simulator | undefined;
let desk: LocalServer | undefined;
afterEach(async () => {
  await desk?.close();
  await town?.close();
  town = desk = undefined;
});

/** Some answers of the town and the first request. */
async function heard({ adapter, town: id, model, settings }: Way, servedModel: string, search = adapter.search) {
  const townsman = { id, servedModel, search: adapter.search, effect: 0 };
  town = await startSimulator(village({ assistants: [townsman] }));
  desk = await openLocalServer(forwarding(town.url));
  const city = "city" in adapter.settings.shape ? { city: "Malmö" } : {};
  const ask = adapter.connect({ ...settings(desk.url), ...city });
  const bodies: string[] = [];
  for (const { text } of prompts(4)) bodies.push(await ask({ asked: asked(text), model, search }, tools()));
  return { bodies, sent: wordsOf(desk.received[0]!) };
}

/** All that was sent beside headers, as text. */
const wordsOf = ({ path, body }: Received): string => body || [...new URL(path, "http://desk").searchParams].join("\n");

/** How citations stand in the text, by what they are and what the body tells. */
function placesOf(replies: HeardReply[], bodies: string[]): string {
  const citations = replies.flatMap((reply) => reply.citations);
  if (citations.length === 0) return "none";
  if (citations.every(({ kind, start }) => kind === "block" && start !== undefined)) return "block";
  if (!citations.every(({ kind, start }) => kind === "inline" && start !== undefined)) return "mixed";
  return bodies.some((body) => /"start_?index":\s*\d/i.test(body)) ? "span" : "marker";
}

const factOf = (fact: string | Record<string, string>, vendor = ""): string | undefined =>
  typeof fact === "string" ? fact : fact[vendor];

it("are held against it for every assistant that is asked, through every vendor", () => {
  const askable = assistants.filter(({ collected }) => !collected);
  expect([...new Set(ways.map(({ adapter }) => adapter.id))].sort()).toEqual(askable.map(({ id }) => id).sort());
  for (const { adapter, vendor } of ways)
    for (const fact of [adapter.citations, adapter.cost]) expect(factOf(fact, vendor)).toBeTypeOf("string");
});

it("say that a price is in the table of those whose models are in it", () => {
  const family = (model: string) => /^[a-z]+-/.exec(model)![0];
  const families = new Set(Object.keys(listed).map(family));
  expect(new Set(priceTable.map(({ model }) => family(model)))).toEqual(families);
  const byTable = assistants.filter(({ cost }) => cost === "table").map(({ id }) => id);
  expect(
    Object.values(listed)
      .flat()
      .filter((id) => id !== "xai")
      .sort(),
  ).toEqual(byTable.sort()); // Grok's replies say more
});

describe.each(ways)("of $name", (way) => {
  const { adapter, vendor } = way;

  it("the place: what it is told, and that answers say whether it was", async () => {
    const { bodies, sent } = await heard(way, "model-y");
    const told = { country: /\b(?:SE|sweden)\b/i, city: /Malmö/, timezone: /Europe\/Stockholm/ };
    const found = Object.entries(told).flatMap(([part, pattern]) => (pattern.test(sent) ? [part] : []));
    expect(found).toEqual(adapter.location);
    expect(adapter.read(bodies[0]!, context({ search: adapter.search })).locationApplied).toBe(found.length > 0);
  });

  it("the places of citations", async () => {
    const { bodies } = await heard(way, "model-y");
    const replies = bodies.map((body) => adapter.read(body, context({ search: adapter.search })));
    expect(placesOf(replies, bodies)).toBe(factOf(adapter.citations, vendor));
  });

  it("the cost: of a model that no table knows, of one that it knows, and by a price of one's own", async () => {
    const costOf = async (servedModel: string, prices: typeof priceTable = []) => {
      const { bodies } = await heard(way, servedModel);
      await desk?.close();
      await town?.close();
      return adapter.read(bodies[0]!, context({ search: adapter.search, prices })).costMicroUsd;
    };
    const fact = factOf(adapter.cost, vendor);
    const unlisted = await costOf("model-y");
    expect(unlisted === null ? "not in the reply" : "in the reply").toBe(
      fact === "reply" ? "in the reply" : "not in the reply",
    );
    const [model] = Object.entries(listed).find(([, ids]) => ids.includes(adapter.id)) ?? [];
    if (model !== undefined) expect(await costOf(model)).toBeGreaterThan(0);
    const own = { since: "2020-01-01", inputPerMillionUsd: 1, outputPerMillionUsd: 1, searchPerThousandUsd: 1 };
    const models = ["model-y", vendor ?? "model-y"];
    expect(
      await costOf(
        "model-y",
        models.map((name) => ({ ...own, model: name })),
      ),
    ).toBeGreaterThan(0);
  });

  it("the search: whether it can be left out", async () => {
    const asking = heard(way, "model-y", false).then(({ bodies }) =>
      adapter.read(bodies[0]!, context({ search: false })),
    );
    if (adapter.alwaysSearches) await expect(asking).rejects.toThrow("always searches");
    else expect(await asking).toMatchObject({ citations: [], searches: [], locationApplied: false });
  });
});
