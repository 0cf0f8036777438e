/** What the doctor looks at, piece by piece; system/doctor.test.ts asks the command as a whole. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { judgeDisk } from "../../src/cli/doctor-checks.ts";
import { lookAtAssistants, lookAtAttention, type Slot } from "../../src/cli/doctor-assistants.ts";
import { compareShape, differenceOf } from "../../src/cli/doctor-shape.ts";
import { assistants } from "../../src/assistants/index.ts";
import { readConfig } from "../../src/config.ts";
import type { ProjectDefinition } from "../../src/domain.ts";
import { applyDefinition, listAssistants, openStore, setAttention } from "../../src/store/index.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { askAt, speakers, townsfolk } from "../assistants/asking.ts";
import { noHabits, village } from "../simulator/village.ts";
import { freshFolder } from "../support/databases.ts";
import { assistant, definition } from "../support/definition.ts";
import { openLocalServer, type Answering } from "../support/local-server.ts";

const slot = (title: string, adapter: string, settings: Record<string, unknown>): Slot => ({
  key: title.toLowerCase(),
  title,
  adapter,
  model: "m",
  surface: "api",
  search: true,
  concurrency: 1,
  requestsPerMinute: null,
  settings,
});

async function serverFor(answering: Answering) {
  const server = await openLocalServer(answering);
  onTestFinished(() => server.close());
  return server;
}

/** Answers as a host whose clock is `behind` seconds behind ours; null tells no time. */
const atTime =
  (behind: number | null): Answering =>
  (_, response) => {
    response.sendDate = false;
    if (behind !== null) response.setHeader("date", new Date(Date.now() - behind * 1000).toUTCString());
    response.writeHead(404).end();
  };

const config = (variables: Record<string, string> = {}) =>
  readConfig({ CITERA_ALLOW_HOSTS: "127.0.0.1", CITERA_LANGUAGE: "en", ...variables });

const looked = async (slots: Slot[], variables?: Record<string, string>) =>
  (await lookAtAssistants(slots, config(variables))).map(({ level, says }) => `${level} ${says}`);

describe("hosts", () => {
  it("are knocked at once each, without a key and a question, also when the key is not there", async () => {
    const server = await serverFor(atTime(0));
    const google = { through: "dataforseo", baseUrl: server.url };
    const slots = [
      slot("Overview", "google-ai-overview", google),
      slot("GPT", "openai", { baseUrl: `${server.url}/v1` }),
      slot("Hand", "import", {}),
    ];
    const findings = await looked(slots, { OPENAI_API_KEY: "sk-hemlig-0123456789" });
    const host = new URL(server.url).host;
    expect(findings).toEqual([
      "fail Overview: set DATAFORSEO_LOGIN, DATAFORSEO_PASSWORD in the environment or in the file .env; until then it is left out",
      "ok GPT: key set and well-formed",
      "ok Hand: its answers are imported; there is nothing to reach",
      `ok Overview, GPT: ${host} answers`,
      expect.stringMatching(/^ok the clock agrees with that of 127\.0\.0\.1:\d+ to [01] s$/) as string,
    ]);
    expect(server.received.map(({ method, body }) => [method, body])).toEqual([["HEAD", ""]]);
    expect(JSON.stringify(server.received)).not.toContain("hemlig");
  });

  it("are not known while settings are wrong, which is said", async () => {
    const findings = await looked([slot("Lage", "google-ai-mode", { through: "post" })]);
    expect(findings.at(-1)).toBe("skip Lage: its host is not checked until its settings are right");
  });

  it("that refuse a connection, and private ones that are not allowed, are told apart", async () => {
    const gone = await openLocalServer(atTime(0));
    await gone.close();
    const slots = [slot("Llama", "openai-compatible", { baseUrl: gone.url })];
    const closed = await looked(slots);
    expect(closed[1]).toMatch(/^fail Llama: .*cannot be reached .*check the address, the network and the firewall$/);
    expect(closed[2]).toBe("skip the clock is not checked: no assistant's host has told the time");
    const forbidden = await looked(slots, { CITERA_ALLOW_HOSTS: "" });
    expect(forbidden[1]).toMatch(/^fail Llama: .* is a private address\. .*CITERA_ALLOW_HOSTS=127\.0\.0\.1:\d+$/);
  });
});

describe("the clock", () => {
  const clockBy = async (...behind: (number | null)[]) => {
    const servers = await Promise.all(behind.map((seconds) => serverFor(atTime(seconds))));
    const slots = servers.map(({ url }, i) => slot(`S${i}`, "openai-compatible", { baseUrl: url }));
    return (await looked(slots)).at(-1);
  };

  it("is right by the nearest host's, whatever one that is wrong says", async () => {
    expect(await clockBy(86_400, 3)).toMatch(/^ok the clock agrees with that of 127\.0\.0\.1:\d+ to [34] s$/);
  });

  it.each([
    [-600, /^warn the clock is (?:599|600) s behind that of .*set it by NTP/],
    [7200, /^warn the clock is 7,20[01] s ahead of that of .*set it by NTP/],
  ])("that is %i s off is warned of", async (seconds, warning) => {
    expect(await clockBy(seconds, null)).toMatch(warning);
  });

  it("is not checked when no host tells the time", async () => {
    expect(await clockBy(null)).toBe("skip the clock is not checked: no assistant's host has told the time");
  });
});

it("a disk with less than a GiB is warned of, and how much there is said", () => {
  const gib = 1024 ** 3;
  expect(judgeDisk(gib, "en")).toMatchObject({ level: "ok", says: "1 GiB free on the disk of the database" });
  expect(judgeDisk(gib * 0.25, "sv")).toMatchObject({
    level: "warn",
    says: "bara 0,25 GiB ledigt på databasens disk; frigör plats, annars kan svar inte sparas",
  });
});

const paths = (difference: ReturnType<typeof differenceOf>) => ({
  added: difference.added.map(({ path, types }) => `${path} ${types}`),
  lost: difference.lost.map(({ path, types }) => `${path} ${types}`),
  changed: difference.changed.map(({ path, types, expected }) => `${path} ${types} ${expected}`),
});

describe("the shape of a reply", () => {
  const known = [
    {
      id: "1",
      error: null,
      output: [{ type: "message", text: "a", note: "b" }],
      usage: { input: 1, cost: { usd: 1 } },
    },
    {
      id: "2",
      error: null,
      output: [{ type: "message", text: "a" }, { type: "search" }],
      usage: { input: 2, cost: null },
    },
  ];
  const same = { added: [], lost: [], changed: [] };

  it("is the same without what is not in every known one, with nulls, and in several bodies", () => {
    const body = { id: "3", error: null, output: [{ type: "message", text: "å" }], usage: { input: 0 }, more: null };
    expect(differenceOf(body, known)).toEqual(same);
    expect(differenceOf([body, body], known)).toEqual(same);
    expect(differenceOf({ ...body, error: { code: 1 } }, known).changed).toEqual([]);
  });

  it("differs in what is new, gone or of another type, each told once with its type", () => {
    const body = {
      id: 3,
      output: [{ type: "post", text: "Hemligt" }],
      usage: "Hemligt",
      novel: { deep: { deeper: 1 } },
    };
    expect(paths(differenceOf(body, known))).toEqual({
      added: ["output[post] object", "novel object"],
      lost: ["output[message] object"],
      changed: ["id number string", "usage string object"],
    });
    expect(paths(differenceOf({ ...body, usage: null }, known)).lost).toContain("usage object");
  });

  it("is told in short plain names, however hostile the reply", () => {
    const keys = Array.from({ length: 5_000 }, (_, i) => [`Hemligt svar ${i}\u001b[31m\n\u202e`, { i }] as const);
    const hostile = {
      ...Object.fromEntries(keys),
      ["x".repeat(100_000)]: 1,
      "https://hemligt.example/?q=1": [],
      id: "3",
      output: [{ type: "Hemligt\u0007svar" }, { type: "message", text: "a" }, { type: 7 }, "Hemligt"],
      usage: { input: 1, ["\u2066"]: "Hemligt" },
    };
    expect(paths(differenceOf(hostile, known))).toEqual({
      added: ["? array/number/object", "output[?] object", "output[] string", "usage.? string"],
      lost: [],
      changed: [],
    });
  });

  it("is told of a reply nested 100,000 deep, and one with 5,000 names", () => {
    const deep = `${'{"a":['.repeat(50_000)}${"]}".repeat(50_000)}`;
    expect(paths(differenceOf(JSON.parse(deep), known)).added).toEqual(["a array"]);
    const known2 = [JSON.parse(deep.replaceAll('"a"', '"id"'))];
    expect(differenceOf(JSON.parse(deep.replaceAll('"a"', '"id"')), known2)).toEqual(same);
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`name_${i}`, i]));
    expect(differenceOf(wide, known).added).toHaveLength(5_000);
  });

  it.each(speakers)("is known of $adapter.id by a reply of its own wire", async (speaker) => {
    const { adapter, settings = {}, model = "m" } = speaker;
    const town = await startSimulator(village({ assistants: townsfolk, habits: noHabits }));
    onTestFinished(() => town.close());
    const body = await askAt(speaker, town.url, "Vilken elcykel är bäst?");
    const at = { ...settings, baseUrl: "https://gateway.example/odd/path" };
    const odd = body.replace(/^\{/, '{"odd":1,');
    const difference = await compareShape(adapter, { settings: at, model, search: adapter.search }, odd);
    expect(difference).toMatchObject({ added: [{ path: "odd", types: "number" }], changed: [] });
  });

  it.each([
    ["google-ai-overview", { through: "serpapi" }, "ai_overview"],
    ["google-ai-overview", { through: "dataforseo" }, "tasks"],
    ["google-ai-mode", { through: "serpapi" }, "text_blocks"],
    ["copilot", {}, "text_blocks"],
  ])("is known of %s with %o", async (id, settings, part) => {
    const adapter = assistants.find((one) => one.id === id)!;
    const difference = await compareShape(adapter, { settings, model: "shown", search: true }, "{}");
    expect(difference?.lost.map(({ path }) => path)).toContain(part);
  });
});

describe("assistants that runs have found to need attention", () => {
  it("are named while they are asked as they were then", async () => {
    const folder = freshFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const databaseUrl = join(folder, "citera.db");
    const looked = (wanted: ProjectDefinition, language = "en") =>
      lookAtAttention(wanted, config({ DATABASE_URL: databaseUrl, CITERA_LANGUAGE: language }));
    const wanted = definition({ assistants: [assistant("chatgpt"), assistant("claude", { adapter: "anthropic" })] });
    expect(await looked(wanted)).toEqual([]); // there is no database yet
    const store = await openStore(databaseUrl);
    const { project } = await store.tx((tx) => applyDefinition(tx, wanted, 0));
    const [chatgpt] = await listAssistants(store.read, project.id);
    const failure = { again: false, reason: "model", message: "town-gpt was retired", status: 410 } as const;
    await store.tx((tx) => setAttention(tx, chatgpt!.id, failure));
    await store.close();
    const says =
      "chatgpt needs attention: the model town-gpt does not exist or has been retired (“town-gpt was retired”): change `model` of assistant `chatgpt` in citera.yaml";
    expect(await looked(wanted)).toEqual([{ about: "attention", level: "warn", says }]);
    expect((await looked(wanted, "sv"))[0]!.says).toMatch(/^chatgpt behöver åtgärdas: /);
    expect(await looked(definition({ assistants: [assistant("chatgpt", { model: "town-gpt-2" })] }))).toEqual([]);
    expect(await looked(definition({ key: "another" }))).toEqual([]);
  });
});
