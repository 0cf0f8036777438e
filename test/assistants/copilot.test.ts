/** Copilot through SerpApi: nothing but the question is sent, and its header belongs to the text. */
import { expect, it } from "vitest";
import { copilot } from "../../src/assistants/copilot.ts";
import { openLocalServer, replying } from "../support/local-server.ts";
import { apiKey, asked, citedText, reading, tools } from "./asking.ts";

const url = "https://cykeltest.example/a";

it("is asked the question and nothing else: neither country nor language can be told", async () => {
  const server = await openLocalServer(replying(200, "{}"));
  const call = { asked: asked("Vilken?"), model: "serpapi", search: true };
  await copilot.connect({ apiKey, baseUrl: server.url })(call, tools());
  await server.close();
  const sent = Object.fromEntries(new URL(server.received[0]!.path, server.url).searchParams);
  expect(sent).toEqual({ engine: "bing_copilot", q: "Vilken?", no_cache: "true", api_key: apiKey });
  expect(copilot.location).toEqual([]);
});

it("shows its header before its blocks, and what a page is cited for behind it", () => {
  const reply = reading(copilot, {
    search_metadata: { status: "Success" },
    header: "Bästa cykeln 🚲",
    header_video: { link: "https://film.example/" },
    text_blocks: [
      { type: "paragraph", snippet: "Vindil, å ä ö.", reference_indexes: [0, 1] },
      { type: "table", headers: ["Land"], table: [["Sverige"]] },
    ],
    references: [{ index: 0, link: url, title: "Om A" }],
  });
  expect(reply.text).toBe("## Bästa cykeln 🚲\n\nVindil, å ä ö.\n\n| Land |\n| --- |\n| Sverige |");
  expect(citedText(reply)).toEqual(["Vindil, å ä ö."]);
  expect(reply.sources).toEqual([{ url, title: "Om A", cited: true }]);
});
