/** Recorded replies of the providers, compared with what an independent reader got from each. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import type { FailureReason, Outcome, Reply } from "../../src/domain.ts";
import { hasShared, shared } from "../support/shared.ts";
import { context, failureIn, now } from "./asking.ts";

/** A row of the index. */
interface Recording {
  file: string;
  adapter: AssistantAdapter;
  status: number;
  description: string;
}

/** What the other reader got; places are counted in characters. */
interface Opinion {
  file: string;
  text_chars: number;
  status: string;
  incomplete?: { reason: string } | null;
  queries?: string[];
  sources_consulted?: number;
  citations: [url: string, start: number | null, end: number | null][];
  error?: { message?: string } | null;
}

const wire = (file: string): string => readFileSync(shared("data", "wire", file), "utf8");
const lines = (file: string): string[] => (hasShared ? wire(file).trim().split("\n") : []);

/** Whose form a recording has; other servers that speak a known form are read, too. Perplexity's cites in its own way. */
function adapterFor(provider: string, endpoint: string): AssistantAdapter | undefined {
  if (provider === "anthropic") return anthropic;
  if (provider === "openai" || endpoint.endsWith("/responses")) return openai;
  return endpoint.includes("/chat/completions") && provider !== "perplexity" ? openaiCompatible : undefined;
}

const recordings = lines("INDEX.tsv").flatMap((line): Recording[] => {
  const [file = "", provider = "", endpoint = "", , , , streaming, status, , , description = ""] = line.split("\t");
  const adapter = adapterFor(provider, endpoint);
  return adapter && streaming === "no" ? [{ file, adapter, status: Number(status), description }] : [];
});
const opinions = new Map(
  lines("EXPECT.jsonl").map((line) => {
    const opinion = JSON.parse(line) as Opinion;
    return [opinion.file, opinion] as const;
  }),
);
const opinionOf = (file: string): Opinion => {
  const opinion = opinions.get(file);
  if (!opinion) throw new Error(`nobody else has read ${file}`);
  return opinion;
};

/** Outcomes other than answered. */
const outcomes: Record<string, Outcome> = {
  "openai/responses_followup_no_search.json": "no_search",
  "openai/responses_phase_commentary_then_final.json": "no_search",
  "anthropic/refusal_with_details.json": "refused",
  // no search was offered in these two, which their bodies do not tell; every question of ours offers one
  "anthropic/document_citations_page_location_3cit.json": "no_search",
  "anthropic/search_result_location_1cit.json": "no_search",
  "xai/responses_empty_output.json": "empty",
};

const reasons: Record<string, [FailureReason, again: boolean]> = {
  "openai/error_400_model_not_found_responses.json": ["model", false],
  "openai/error_400_temperature_unsupported.json": ["bad_request", false],
  "openai/error_401_invalid_key.json": ["bad_key", false],
  "openai/error_429_insufficient_quota.json": ["quota", false],
  "azure/error_401.json": ["bad_key", false],
  "azure/error_429_ratelimit_retry_after.json": ["rate_limit", true],
  "anthropic/error_400_prompt_too_long.json": ["too_large", false],
  "anthropic/error_404_model.json": ["model", false],
  "mistral/error_401_detail.json": ["bad_key", false],
  "deepseek/error_400_octet_stream.json": ["too_large", false],
  "ollama/error_401_cloud.json": ["bad_key", false],
  "openrouter/error_400_previous_errors.json": ["too_large", false],
  "openrouter/error_429_upstream.json": ["rate_limit", true],
};

/** Delays in milliseconds that came with an error. */
const delays: Record<string, number> = {
  "azure/error_429_ratelimit_retry_after.json": 1_000, // retry-after: 1 and retry-after-ms: 0
};

/** Where we differ on purpose: pages we list, with the reason. */
const sourceCounts: Record<string, number> = {
  "anthropic/pause_turn_part1_0cit.json": 91, // 100 results, 9 of them found by two searches
  "anthropic/pause_turn_part2_17cit.json": 59, // 50 results, and 9 pages of the first part that are cited here
  "xai/responses_web_search_grok43_1cit.json": 12, // 14 results, 2 of them found by both searches
};

/** Asides are ours alone: text before the first search. */
const withPreamble = [
  "anthropic/pause_turn_part1_0cit.json",
  "anthropic/pause_turn_part2_17cit.json",
  "anthropic/web_search_preamble_text_1cit.json",
];

const read = ({ adapter, file }: Recording): Reply => adapter.read(wire(file), context({ search: adapter.search }));
const isReply = ({ file, status }: Recording): boolean => status < 400 && !file.includes("/batch_");
/** The headers it came with, where they were recorded. */
function headersOf(file: string): Headers {
  const meta = file.replace(".json", ".meta.json");
  if (!existsSync(shared("data", "wire", meta))) return new Headers();
  const { response } = JSON.parse(wire(meta)) as { response: { headers: Record<string, string> } };
  return new Headers(response.headers);
}
/** A place in UTF-16 as a place in characters. */
const characters = (text: string, place: number | undefined): number | null =>
  place === undefined ? null : [...text.slice(0, place)].length;

describe.skipIf(!hasShared)("recordings", () => {
  it("are there for every adapter, replies and errors", () => {
    for (const adapter of [openai, anthropic, openaiCompatible]) {
      const own = recordings.filter((recording) => recording.adapter === adapter);
      expect(own.filter(isReply).length, adapter.id).toBeGreaterThanOrEqual(5);
      expect(own.some(({ status }) => status >= 400)).toBe(true);
    }
  });

  it("are all there that are known to be different", () => {
    const files = new Set(recordings.map(({ file }) => file));
    const named = [...Object.keys(outcomes), ...Object.keys(reasons), ...Object.keys(sourceCounts), ...withPreamble];
    expect(named.filter((file) => !files.has(file))).toEqual([]);
  });

  it.each(recordings.filter(isReply))("$file reads as the other reader has read it: $description", (recording) => {
    const reply = read(recording);
    const opinion = opinionOf(recording.file);
    expect([...reply.text].length).toBe(opinion.text_chars);
    expect(reply.finish).toBe(opinion.incomplete?.reason ?? opinion.status);
    expect(
      reply.citations.map(({ url, start, end }) => [url, characters(reply.text, start), characters(reply.text, end)]),
    ).toEqual(opinion.citations);
    if (opinion.queries) expect(reply.searches).toEqual(opinion.queries);
    if (opinion.sources_consulted)
      expect(reply.sources.length).toBe(sourceCounts[recording.file] ?? opinion.sources_consulted);
  });

  it.each(recordings.filter(isReply))("$file holds together", (recording) => {
    const { outcome, text, asides, citations, sources, usage, servedModel } = read(recording);
    expect(outcome).toBe(outcomes[recording.file] ?? "answered");
    expect(asides.length).toBe(withPreamble.includes(recording.file) ? 1 : 0);
    for (const { url, start, end, kind } of citations) {
      const slice = text.slice(start, end);
      if (kind === "inline") expect(slice).toContain(url);
      if (kind === "block") expect(slice.trim().length).toBeGreaterThan(0);
      expect(end === undefined || end <= text.length).toBe(true);
    }
    const bare = (url: string): string => url.replace(/[?&]utm_source=openai$/, "");
    expect(new Set(sources.filter(({ cited }) => cited).map(({ url }) => bare(url)))).toEqual(
      new Set(citations.map(({ url }) => bare(url))),
    );
    expect(new Set(sources.map(({ url }) => bare(url))).size).toBe(sources.length);
    expect(servedModel).not.toBeNull();
    expect(usage).not.toBeNull();
  });

  it.each(recordings.filter(({ status }) => status >= 400))("$file is told apart: $description", (recording) => {
    const { file, adapter, status } = recording;
    const failure = adapter.readError(status, headersOf(file), wire(file), now);
    const [reason, again] = reasons[file] ?? [];
    expect(failure).toMatchObject({ reason, again, status });
    expect(failure.afterMs).toBe(delays[file]);
    const said = opinions.get(file)?.error?.message;
    if (said !== undefined && reason !== "bad_key") expect(failure.message).toBe(said.slice(0, 300));
    expect(failure.message).not.toContain("invalid-key"); // the key that one of them brings back
  });

  it.each(recordings.filter(({ file }) => file.includes("/batch_")))("$file is no reply", async (recording) => {
    const failure = await failureIn(Promise.resolve().then(() => read(recording)));
    expect(failure).toMatchObject({ again: true, reason: "unreadable" });
  });
});

describe.skipIf(!hasShared)("the recording of a paused turn and its continuation", () => {
  const parts = (): string[] => ["anthropic/pause_turn_part1_0cit.json", "anthropic/pause_turn_part2_17cit.json"];

  it("is read as one answer", () => {
    const [first, second] = parts().map((file) => anthropic.read(wire(file), context()));
    const whole = anthropic.read(`[${parts().map(wire).join(",")}]`, context());
    expect(whole.text).toBe(`${first?.text}${second?.text}`);
    const shift = first?.text.length ?? NaN;
    expect(whole.citations).toEqual(
      second?.citations.map(({ start = NaN, end = NaN, ...rest }) => ({
        ...rest,
        start: start + shift,
        end: end + shift,
      })),
    );
    expect(whole.searches).toHaveLength(15);
    expect(whole).toMatchObject({
      outcome: "answered",
      finish: "end_turn",
      usage: { searches: 15, inputTokens: 896_017 },
    });
    expect(whole.costMicroUsd).toBe((first?.costMicroUsd ?? NaN) + (second?.costMicroUsd ?? NaN));
    // pages of the first part that are cited in the second are pages looked at, not strangers
    expect(whole.sources.filter(({ cited }) => cited).length).toBe(new Set(whole.citations.map(({ url }) => url)).size);
    expect(whole.sources.length).toBeLessThan((first?.sources.length ?? 0) + (second?.sources.length ?? 0));
  });
});
