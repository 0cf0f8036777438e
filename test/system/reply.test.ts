/** citera reply as a process: recorded bodies in, normalised replies out, errors with what helps against them. */
import { describe, it } from "vitest";
import { assistants } from "../../src/assistants/index.ts";
import type { Desk } from "../support/cli.ts";
import { deskFor } from "../support/cli.ts";

const marker = "([cykeltest.example](https://cykeltest.example/1))";
const text = `Vindil är ett bra val. ${marker}`;
const openaiBody = {
  id: "resp_1",
  object: "response",
  status: "completed",
  model: "gpt-6-luna-2026-09-22",
  output: [
    {
      type: "web_search_call",
      id: "ws_1",
      status: "completed",
      action: {
        type: "search",
        query: "bästa elcykeln",
        sources: [
          { type: "url", url: "https://cykeltest.example/1" },
          { type: "url", url: "https://hjulforum.example/2" },
        ],
      },
    },
    {
      type: "message",
      role: "assistant",
      status: "completed",
      content: [
        {
          type: "output_text",
          text,
          annotations: [
            {
              type: "url_citation",
              url: "https://cykeltest.example/1",
              title: "Cykeltest",
              start_index: text.indexOf(marker),
              end_index: text.length,
            },
          ],
        },
      ],
    },
  ],
  usage: {
    input_tokens: 1000,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 100,
    output_tokens_details: { reasoning_tokens: 0 },
  },
};
const anthropicBody = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-5-5",
  content: [
    { type: "text", text: "Vindil is a good " },
    { type: "text", text: "choice. 🚲" },
  ],
  stop_reason: "end_turn",
  usage: { input_tokens: 10, output_tokens: 9 },
};
const limited = {
  error: { message: "Rate limit reached. Please try again in 20s.", type: "requests", code: "rate_limit_exceeded" },
};

interface Printed {
  outcome: string;
  text: string;
  searches: string[];
  sources: { url: string; cited: boolean }[];
  citations: { url: string; start?: number; end?: number; kind: string }[];
  retry?: { again: boolean; afterMs?: number; reason: string };
}
const reply = async (desk: Desk, args: string[], body: string | object) => {
  const input = typeof body === "string" ? body : JSON.stringify(body);
  const { stdout, stderr, code } = await desk.run(["reply", ...args, "-"], { input });
  return { stderr, code, printed: (stdout ? JSON.parse(stdout) : null) as Printed };
};

describe.concurrent("citera reply", { timeout: 60_000 }, () => {
  it("prints text, searches, sources and citations of a reply from a file", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("reply.json", openaiBody);
    const { stdout, stderr, code } = await desk.run(["reply", "--assistant", "openai", "reply.json"]);
    expect([stderr, code]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      surface: "api",
      outcome: "answered",
      locationApplied: true,
      text,
      asides: [],
      servedModel: "gpt-6-luna-2026-09-22",
      searches: ["bästa elcykeln"],
      sources: [
        { url: "https://cykeltest.example/1", cited: true },
        { url: "https://hjulforum.example/2", cited: false },
      ],
      citations: [
        {
          url: "https://cykeltest.example/1",
          title: "Cykeltest",
          start: text.indexOf(marker),
          end: text.length,
          kind: "inline",
        },
      ],
      usage: { inputTokens: 1000, outputTokens: 100, searches: 1 },
      finish: "completed",
    });
    expect(JSON.parse(stdout)).not.toHaveProperty("retry");
  });

  it("reads standard input, joins blocks with nothing, and tells an answer without search apart", async (test) => {
    const { expect } = test;
    const { stderr, code, printed } = await reply(deskFor(test), ["--assistant", "anthropic"], anthropicBody);
    expect([stderr, code]).toEqual(["", 0]);
    expect(printed).toMatchObject({ outcome: "no_search", text: "Vindil is a good choice. 🚲", citations: [] });
  });

  it("says whether and when to ask again, from headers in either form", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("headers.txt", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nx-request-id: a:b\r\n");
    desk.write("headers.json", { "Retry-After-Ms": ["1500"], "x-request-id": "a" });
    const status = ["--assistant", "openai", "--status", "429"];
    const [lines, json, bare] = await Promise.all([
      reply(desk, [...status, "--headers", "headers.txt"], limited),
      reply(desk, [...status, "--headers", "headers.json"], limited),
      reply(desk, status, limited),
    ]);
    expect([lines.code, json.code, bare.code]).toEqual([0, 0, 0]);
    expect(lines.printed).toMatchObject({ outcome: "failed", text: "", citations: [] });
    expect([lines, json, bare].map(({ printed }) => printed.retry)).toEqual([
      { again: true, reason: "rate_limit", afterMs: 7000 },
      { again: true, reason: "rate_limit", afterMs: 1500 },
      { again: true, reason: "rate_limit", afterMs: 20_000 },
    ]);
  });

  it("reads an error that tells of a prompt held back as the outcome it is", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("error.json", { error: { code: "content_filter", message: "The response was filtered" } });
    const read = (assistant: string) => desk.run(["reply", "--assistant", assistant, "--status", "400", "error.json"]);
    const [azure, openai] = await Promise.all([read("azure-openai"), read("openai")]);
    expect(JSON.parse(azure.stdout)).toMatchObject({ outcome: "blocked", text: "", finish: "content_filter" });
    expect(JSON.parse(openai.stdout)).toMatchObject({ outcome: "failed", retry: { reason: "bad_request" } });
  });

  it("calls a body that is no reply unreadable, and never repeats a page or a key", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const page = "<html><body>Bad gateway for sk-proj-abcdefgh12345678</body></html>";
    const denied = { error: { type: "authentication_error", message: "invalid x-api-key: sk-proj-abcdefgh12345678" } };
    const [broken, gateway, key] = await Promise.all([
      reply(desk, ["--assistant", "openai-compatible"], '{"choices": ['),
      reply(desk, ["--assistant", "anthropic", "--status", "502"], page),
      reply(desk, ["--assistant", "anthropic", "--status", "401"], denied),
    ]);
    expect(broken.printed).toMatchObject({ outcome: "failed", retry: { again: true, reason: "unreadable" } });
    expect(gateway.printed.retry).toEqual({ again: true, reason: "server" });
    expect(key.printed.retry).toEqual({ again: false, reason: "bad_key" });
    for (const { printed } of [gateway, key]) expect(JSON.stringify(printed)).not.toContain("sk-proj");
  });

  it("names what it cannot use", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("headers.json", "{broken");
    const results = await Promise.all([
      reply(desk, ["--assistant", "open"], "{}"),
      reply(desk, ["--assistant", "openai", "--status", "999"], "{}"),
      reply(desk, ["--assistant", "openai", "--headers", "headers.json"], "{}"),
      desk.run(["reply", "--assistant", "openai", "none.json"]),
    ]);
    expect(results.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    const [adapter, status, headers, file] = results.map(({ stderr }) => stderr);
    expect(adapter).toBe(`there is no adapter open; known are ${assistants.map(({ id }) => id).join(", ")}\n`);
    expect(status).toContain("must be an HTTP status from 100 to 599");
    expect(headers).toMatch(/^headers\.json: /);
    expect(file).toContain("none.json");
  });
});
