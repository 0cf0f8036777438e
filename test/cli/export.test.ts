/** citera export: whatever was applied comes back as a file that changes nothing when it is applied. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { assistants } from "../../src/assistants/index.ts";
import { definitionIn } from "../../src/cli/export.ts";
import { projectFile } from "../../src/cli/export-file.ts";
import { applyDefinition } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { read } from "../support/project-text.ts";

const runs: Record<string, number> = { SQLite: 20, Postgres: 4 };

/** Texts that YAML could take for something else, and others. */
const text = fc
  .oneof(
    fc.constantFrom(
      "yes",
      "null",
      "1e3",
      "# no comment",
      "a: b",
      "- item",
      "\"quoted\" 'twice'",
      "åäö 🎉",
      "&anchor",
      "{x}",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
  )
  // what is kept is trimmed, ${NAME} stands for secrets only, and Postgres takes no NUL
  .map((some) =>
    some
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cs}$]/gu, "")
      .trim(),
  )
  .filter((some) => /\p{L}/u.test(some) && some === some.trim());
const key = fc.stringMatching(/^[a-z][a-z0-9._-]{0,10}$/);
const usd = fc.integer({ min: 1, max: 5_000_000 }).map((micro) => micro / 1e6);
const some = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const brand = (id: string) =>
  fc.record({
    id: fc.constant(id),
    name: text.map((name) => `${name} ${id}`),
    products: some(
      fc.array(
        text.map((name) => `${id} ${name}`),
        { maxLength: 2 },
      ),
    ),
    domains: fc.constant([`${id.replace(/[._]/g, "-")}x.example`]),
    matching: some(
      fc.record({
        caseSensitive: fc.boolean(),
        exclude: fc.array(text, { maxLength: 2 }),
        commonWord: fc.constantFrom("auto", "yes", "no"),
      }),
    ),
    facts: some(
      fc.array(fc.record({ id: key, statement: text, since: fc.constantFrom(undefined, "2026-01-31") }), {
        maxLength: 1,
      }),
    ),
  });
const prompt = fc.record({
  id: key,
  text: text.map((words) => `What of ${words}?`),
  language: fc.constantFrom("en", "sv"),
  phase: fc.constantFrom("awareness", "consideration", "purchase", "post_purchase"),
  country: fc.constantFrom(undefined, "SE", "NO"),
  segment: fc.constantFrom(undefined, "b2c", "b2b"),
  role: some(text),
  topic: some(text),
  tags: some(fc.uniqueArray(text, { maxLength: 2 })),
  branded: fc.constantFrom(undefined, true, false),
});
const slot = fc.record({
  id: key,
  title: some(text),
  adapter: fc.constantFrom("openai", "anthropic"),
  model: fc.constantFrom("gpt-6-luna", "some-model"),
  search: fc.constantFrom(undefined, true, false),
  concurrency: some(fc.integer({ min: 1, max: 100 })),
  requestsPerMinute: some(fc.integer({ min: 1, max: 600 })),
  settings: fc.constantFrom(undefined, { apiKey: "${ANOTHER_KEY}" }),
});
const distinct = <T extends { id: string }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { selector: ({ id }) => id, minLength: 1, maxLength: 3 });

const project = fc.record({
  project: text,
  languages: fc.constantFrom(["en", "sv"], ["sv", "en"]),
  country: fc.constantFrom(undefined, "SE"),
  timezone: fc.constantFrom("Europe/Stockholm", "America/New_York"),
  schedule: fc.constantFrom(
    undefined,
    { daily: "06:30" },
    { weekly: { day: "mon", at: "18:00" } },
    { cron: "*/5 1-4 * * 1-5" },
  ),
  repeats: some(fc.integer({ min: 1, max: 20 })),
  budget: some(fc.record({ perRun: usd, perDay: usd }, { requiredKeys: [] })),
  prices: some(
    fc.array(
      fc.record(
        {
          model: key,
          since: fc.constant("2026-01-31"),
          inputPerMillionUsd: usd,
          outputPerMillionUsd: usd,
          searchPerThousandUsd: usd,
        },
        { requiredKeys: ["model", "inputPerMillionUsd", "outputPerMillionUsd"] },
      ),
      { maxLength: 2 },
    ),
  ),
  alerts: some(fc.array(fc.record({ rule: text }), { maxLength: 2 })),
  brand: brand("own"),
  competitors: some(fc.tuple(brand("one"), brand("two"))),
  prompts: distinct(prompt),
  assistants: distinct(slot),
});

describe.each(databases)("export on %s", (name, open) => {
  let fresh: FreshStore;
  let number = 0;
  beforeAll(async () => void (fresh = await open()));
  afterAll(() => fresh.remove());

  it("comes back as it was applied, whatever the project, and changes nothing", { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(project, async (input) => {
        const id = `p${number++}`;
        const applied = read(stringify({ ...input, id }));
        const first = await fresh.store.tx((tx) => applyDefinition(tx, applied, 0));
        const text = projectFile(await definitionIn(fresh.store.read, first.project), assistants);
        const again = read(text);
        const order = ({ prompts, ...rest }: typeof applied) => ({ ...rest, prompts });
        expect(order(again)).toEqual(order(applied));
        const second = await fresh.store.tx((tx) => applyDefinition(tx, again, 1));
        expect([second.changes, second.project.id]).toEqual([[], first.project.id]);
        if (text.includes("apiKey")) expect(text).toContain("${ANOTHER_KEY}");
      }),
      { numRuns: runs[name]!, seed: 20_260_304 },
    ),
  );
});
