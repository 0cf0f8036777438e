/** How a store is brought in line with a project's definition, on both databases. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProjectDefinition } from "../../src/domain.ts";
import * as store from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { brand, definition, prompt } from "../support/definition.ts";

const noon = Date.parse("2026-03-02T12:00:00Z");

describe.each(databases)("applying a definition on %s", (_, open) => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await open()));
  afterEach(() => fresh.remove());

  const apply = (wanted: ProjectDefinition) => fresh.store.tx((tx) => store.applyDefinition(tx, wanted, noon));

  it("writes a definition once and finds nothing to change the second time", async () => {
    const first = await apply(definition());
    expect(first.changes.map(({ noun, action }) => `${noun} ${action}`)).toEqual([
      "project added",
      "brand added",
      "brand added",
      "prompt added",
      "prompt added",
      "assistant added",
    ]);
    expect((await apply(definition())).changes).toEqual([]);
  });

  it("archives what is gone from the definition and restores it when it comes back", async () => {
    await apply(definition());
    const gone = await apply(definition({ prompts: [prompt("best", "Which tool is best?")] }));
    expect(gone.changes).toEqual([{ noun: "prompt", action: "archived", key: "cheap", fields: [] }]);
    expect((await store.listPrompts(fresh.store.read, gone.project.id)).map(({ key }) => key)).toEqual(["best"]);
    const back = await apply(definition());
    expect(back.changes).toEqual([{ noun: "prompt", action: "restored", key: "cheap", fields: [] }]);
  });

  it("takes an assistant that asks otherwise for one that needs no attention, but not one that is only called otherwise", async () => {
    const { project } = await apply(definition());
    const [own] = definition().assistants;
    const needing = { again: false, reason: "bad_key", message: "the key was refused" } as const;
    const [kept] = await store.listAssistants(fresh.store.read, project.id);
    const after = async (more: Partial<typeof own>) => {
      await fresh.store.tx((tx) => store.setAttention(tx, kept!.id, needing));
      await apply(definition({ assistants: [{ ...own!, ...more }] }));
      return (await store.listAssistants(fresh.store.read, project.id))[0]!.attention;
    };
    expect(await after({})).toEqual(needing);
    expect(await after({ title: "Another name", concurrency: 9 })).toEqual(needing);
    for (const more of [
      { model: "m-2" },
      { search: false },
      { adapter: "azure-openai" },
      { settings: { apiKey: "${B}" } },
    ])
      expect(await after(more)).toBeNull();
  });

  it("lets an assistant change its adapter, but not its surface", async () => {
    await apply(definition());
    const [own] = definition().assistants;
    const other = await apply(definition({ assistants: [{ ...own!, adapter: "azure-openai" }] }));
    expect(other.changes).toEqual([{ noun: "assistant", action: "changed", key: own!.key, fields: ["adapter"] }]);
    const asApp = apply(definition({ name: "Other", assistants: [{ ...own!, surface: "ui" }] }));
    await expect(asApp).rejects.toThrow(`${own!.key} has been of the surface api and would be of ui`);
    const [kept] = await store.listProjects(fresh.store.read);
    expect(kept?.name).not.toBe("Other");
  });

  it("makes a new version when a question's text changes, but not when a label does", async () => {
    await apply(definition());
    const worded = await apply(
      definition({ prompts: [prompt("best", "Which tool is the best?"), prompt("cheap", "Which tool is cheap?")] }),
    );
    expect(worded.changes).toEqual([{ noun: "prompt", action: "new version", key: "best", fields: ["text"] }]);
    const labelled = await apply(
      definition({
        prompts: [
          prompt("best", "Which tool is the best?", { topic: "choice" }),
          prompt("cheap", "Which tool is cheap?"),
        ],
      }),
    );
    expect(labelled.changes).toEqual([{ noun: "prompt", action: "changed", key: "best", fields: ["topic"] }]);
    const versions = (await store.listPromptLabels(fresh.store.read, labelled.project.id)).filter(
      ({ prompt: { key } }) => key === "best",
    );
    expect(versions.map(({ version }) => [version.version, version.text])).toEqual([
      [1, "Which tool is best?"],
      [2, "Which tool is the best?"],
    ]);
  });

  it("raises the brand set's version when names change, not when facts do", async () => {
    const { project } = await apply(definition());
    const factual = definition();
    factual.brands[0] = brand("Acme", {
      role: "own",
      domains: ["acme.example"],
      facts: [{ id: "f", statement: "Acme is old.", since: null }],
    });
    expect((await apply(factual)).project.brandSetVersion).toBe(project.brandSetVersion);
    const named = { ...factual, brands: [{ ...factual.brands[0], aliases: ["Acme Inc"] }, factual.brands[1]!] };
    expect((await apply(named)).project.brandSetVersion).toBe(project.brandSetVersion + 1);
  });

  it("keeps a question asked out of turn away from runs", async () => {
    const { project } = await apply(definition());
    const version = { text: "And now?", language: "en", country: null };
    const first = await fresh.store.tx((tx) => store.addAdhocPrompt(tx, project.id, version, noon));
    const again = await fresh.store.tx((tx) => store.addAdhocPrompt(tx, project.id, version, noon));
    expect(again).toEqual(first);
    expect(await store.listPrompts(fresh.store.read, project.id)).toHaveLength(2);
    expect((await apply(definition())).changes).toEqual([]);
  });
});
