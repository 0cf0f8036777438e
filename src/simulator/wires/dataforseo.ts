/** DataForSEO: POST /v3/serp/google/{organic,ai_mode}/live/advanced. */
import { chain, type Key } from "../chance.ts";
import { isText, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { hex, type Problem, type ProblemKind, type Wire, type WireReply, type WireRequest } from "./wire.ts";

/** Both signs are decoded, as the vendor does. */
const decoded = (keyword: string): string =>
  keyword.replace(/%25|%2B|\+/gi, (sign) => (sign === "+" ? " " : sign === "%25" ? "%" : "+"));

function read(task: JsonObject): WireRequest | Problem {
  const { keyword, location_name: location, language_code: language } = task;
  const invalid = (field: string): Problem => ({ kind: "bad_request", detail: `Invalid Field: '${field}'.` });
  if (!isText(keyword) || keyword.trim() === "" || keyword.length > 2_100) return invalid("keyword");
  if (!isText(location) || location.includes("Nowhere")) return invalid("location_name");
  if (!isText(language)) return invalid("language_code");
  return { model: "google", question: decoded(keyword), search: "auto", resumes: null };
}

const reference = (page: Page, rank: number, url: string): JsonObject => ({
  type: "ai_overview_reference",
  rank_absolute: rank + 1,
  source: page.domain,
  domain: page.domain,
  url,
  title: page.title,
  text: page.title,
});

/** Some addresses say which words they are to be opened at. */
const pointed = (page: Page, place: number): string =>
  place % 2 === 0 ? `${page.url}#:~:text=${encodeURIComponent(page.title)}` : page.url;

/** An element for each paragraph, and the whole with a marker behind what a page is cited for. */
function overview({ pieces, draw }: Answer): { item: JsonObject; markdown: string } {
  const elements: { markdown: string; text: string; pages: Page[] }[] = [{ markdown: "", text: "", pages: [] }];
  for (const piece of pieces) {
    const [first = "", ...rest] = piece.text.split("\n\n");
    const marks = piece.pages.map(
      (page) => ` [[${draw.found.indexOf(page) + 1}]](${pointed(page, draw.found.indexOf(page))})`,
    );
    for (const [i, text] of [first, ...rest].entries()) {
      if (i > 0) elements.push({ markdown: "", text: "", pages: [] });
      const last = elements.at(-1)!;
      last.markdown += text;
      last.text += text;
    }
    const last = elements.at(-1)!;
    last.markdown += marks.join("");
    last.pages.push(...piece.pages);
  }
  const markdown = elements.map((element) => element.markdown).join("\n\n");
  const item = {
    type: "ai_overview",
    rank_group: 1,
    rank_absolute: 1,
    asynchronous_ai_overview: draw.pauses,
    markdown,
    items: elements.map((element) => ({
      type: "ai_overview_element",
      title: null,
      text: element.text,
      markdown: element.markdown,
      references: element.pages.length ? element.pages.map((page, place) => reference(page, place, page.url)) : null,
    })),
    references: draw.found.flatMap((page, place) => [
      reference(page, place, page.url),
      ...(place === 0 ? [reference(page, draw.found.length, pointed(page, place))] : []),
    ]),
  };
  return { item, markdown };
}

const price = 0.002;
const envelope = (code: number, message: string, id: Key, task: JsonObject): JsonObject => ({
  version: "0.1.20261101",
  status_code: 20_000,
  status_message: "Ok.",
  cost: price,
  tasks_count: 1,
  tasks: [{ id: hex(id, 32), status_code: code, status_message: message, cost: price, ...task }],
});

function reply(answer: Answer, task: JsonObject): WireReply {
  const { item, markdown } = overview(answer);
  const refused = answer.draw.outcome === "refused";
  const items = refused ? [{ type: "organic", rank_group: 1, url: "https://www.example/" }] : [item];
  const result = [{ keyword: task["keyword"], type: "organic", item_types: ["ai_overview"], items }];
  const body = envelope(20_000, "Ok.", chain(answer.key, 71), { result_count: 1, data: task, result });
  return { body, text: refused ? "" : markdown, paused: false };
}

/** HTTP status, the vendor's own code and words; with HTTP 200 the code stands with the task. */
const shapes: Record<ProblemKind, [number, number, (detail: string) => string]> = {
  no_key: [401, 40_100, () => "You are not Authorized to Access this resource."],
  bad_key: [401, 40_100, () => "You are not Authorized to Access this resource."],
  unknown_model: [404, 40_402, () => "Invalid Path."],
  bad_request: [200, 40_501, (detail) => detail],
  rate_limit: [200, 40_202, () => "The rate-limit per minute has been exceeded."],
  quota: [402, 40_200, () => "Payment Required."],
  server_error: [500, 50_000, () => "Internal Error."],
  unavailable: [200, 50_301, () => "3rd Party API Service Unavailable."],
  overloaded: [200, 40_209, () => "You can have up to 30 simultaneous requests."],
};

function problem({ kind, detail }: Problem, id: Key): { status: number; body: JsonObject } {
  const [status, code, message] = shapes[kind];
  if (status === 200) return { status, body: envelope(code, message(detail), id, { cost: 0, result: null }) };
  return { status, body: { version: "0.1.20261101", status_code: code, status_message: message(detail), tasks: null } };
}

const wire = (id: string, path: string): Wire => ({
  id,
  path: `/v3/serp/google/${path}/live/advanced`,
  keyIn: ({ authorization }) =>
    Buffer.from(authorization?.replace(/^Basic\s*/i, "") ?? "", "base64")
      .toString("utf8")
      .replace(/^:$/, ""),
  read,
  markOf: () => "",
  reply,
  problem,
  headers: () => ({}),
  retryHeaders: (seconds) => ({ "retry-after": String(Math.ceil(seconds)) }),
});

export const dataForSeo: Wire[] = [wire("google-ai-overview", "organic"), wire("google-ai-mode", "ai_mode")];
