/** Recorded replies of the providers, compared with what an independent reader got from each. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anthropic } from "../../src/assistants/anthropic.ts";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { assistants } from "../../src/assistants/index.ts";
import type { Reply } from "../../src/domain.ts";
import { context, failureIn, now } from "../assistants/asking.ts";
import { hasShared, shared } from "../support/shared.ts";
import type { Provider } from "./provider.ts";
import { providers } from "./providers.ts";

/** A recording that is ours to read. */
interface Recording {
  file: string;
  provider: Provider;
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

const recordings = lines("INDEX.tsv").flatMap((line): Recording[] => {
  const cells = line.split("\t");
  const [file = "", provider = "", endpoint = "", model = "", , , streaming, status, , , description = ""] = cells;
  if (streaming !== "no") return [];
  for (const one of providers) {
    const adapter = one.adapterFor({ file, provider, endpoint, model });
    if (adapter) return [{ file, provider: one, adapter, status: Number(status), description }];
  }
  return [];
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

/** None of ours to read, with the reason. */
const notOurs: Record<string, string> = {
  "gemini/batch_create_pending.json": "questions are not asked in batches",
  "bedrock/nova_grounding_citations.json": "Amazon's models are not asked",
};

describe.skipIf(!hasShared)("recordings", () => {
  it("are there for every form, replies and errors", () => {
    for (const provider of providers) {
      const own = recordings.filter((recording) => recording.provider === provider);
      expect(own.filter(isReply).length).toBeGreaterThanOrEqual(1);
    }
    expect(recordings.filter(({ status }) => status >= 400).length).toBeGreaterThanOrEqual(10);
  });

  it("are all read, or named as not ours", () => {
    const index = lines("INDEX.tsv").slice(1);
    const whole = index.filter((line) => line.split("\t")[6] === "no").map((line) => line.split("\t")[0]!);
    const read = new Set(recordings.map(({ file }) => file));
    expect(whole.filter((file) => !read.has(file) && !(file in notOurs))).toEqual([]);
  });

  it("are as many of each assistant as it says: of answers from a search, in part, or none", () => {
    const proofOf = ({ id, search }: AssistantAdapter) => {
      const own = recordings.filter(({ adapter }) => adapter.id === id);
      const replies = own.filter(isReply).map(read);
      if (replies.some((reply) => !search || reply.sources.length > 0)) return "recordings";
      return own.length > 0 ? "partly" : "unverified";
    };
    const checkable = assistants.filter(({ collected, verified }) => !collected && verified !== "live");
    expect(checkable.map((adapter) => [adapter.id, adapter.verified])).toEqual(
      checkable.map((adapter) => [adapter.id, proofOf(adapter)]),
    );
  });

  it("are all there that are known to be different", () => {
    const files = new Set(recordings.map(({ file }) => file));
    const named = providers.flatMap(({ outcomes, reasons, differences, delays = {}, withPreamble = [] }) => [
      ...[outcomes, reasons, differences, delays].flatMap((those) => Object.keys(those)),
      ...withPreamble,
    ]);
    expect(named.filter((file) => !files.has(file))).toEqual([]);
  });

  it.each(recordings.filter(isReply))("$file reads as the other reader has read it: $description", (recording) => {
    const reply = read(recording);
    const opinion = opinionOf(recording.file);
    const ours = recording.provider.differences[recording.file];
    expect([...reply.text].length).toBe(ours?.characters ?? opinion.text_chars);
    expect(reply.finish).toBe(
      ours?.finish !== undefined ? ours.finish : (opinion.incomplete?.reason ?? opinion.status),
    );
    expect(
      reply.citations.map(({ url, start, end }) => [url, characters(reply.text, start), characters(reply.text, end)]),
    ).toEqual(
      ours?.citations ??
        recording.provider.citationsOf?.(JSON.parse(wire(recording.file)), opinion.citations) ??
        opinion.citations,
    );
    if (opinion.queries) expect(reply.searches).toEqual(ours?.searches ?? opinion.queries);
    if (opinion.sources_consulted) expect(reply.sources.length).toBe(ours?.sources ?? opinion.sources_consulted);
  });

  it.each(recordings.filter(isReply))("$file holds together", (recording) => {
    const { outcome, text, asides, citations, sources, usage, servedModel } = read(recording);
    const { outcomes, withPreamble = [] } = recording.provider;
    expect(outcome).toBe(outcomes[recording.file] ?? "answered");
    expect(asides.length).toBe(withPreamble.includes(recording.file) ? 1 : 0);
    for (const { url, start, end, kind } of citations) {
      const slice = text.slice(start, end);
      if (kind === "inline" && start !== undefined && recording.provider.marksHaveUrls !== false)
        expect(slice).toContain(url);
      if (kind === "block") expect(slice.trim().length).toBeGreaterThan(0);
      expect(end === undefined || end <= text.length).toBe(true);
    }
    const bare = (url: string): string => url.replace(/[?&]utm_source=openai$/, "");
    expect(new Set(sources.filter(({ cited }) => cited).map(({ url }) => bare(url)))).toEqual(
      new Set(citations.map(({ url }) => bare(url))),
    );
    expect(new Set(sources.map(({ url }) => bare(url))).size).toBe(sources.length);
    expect(servedModel).not.toBeNull();
    if (outcome !== "blocked") expect(usage).not.toBeNull();
  });

  it.each(recordings.filter(({ status }) => status >= 400))("$file is told apart: $description", (recording) => {
    const { file, adapter, status, provider } = recording;
    const failure = adapter.readError(status, headersOf(file), wire(file), now);
    const [reason, again] = provider.reasons[file] ?? [];
    expect(failure).toMatchObject({ reason, again, status });
    expect(failure.afterMs).toBe(provider.delays?.[file]);
    const said = provider.differences[file]?.message ?? opinions.get(file)?.error?.message;
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
