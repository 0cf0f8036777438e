/** SerpApi: GET /search.json for Google's overview and AI Mode and for Copilot in Bing. */
import { chain } from "../chance.ts";
import { dayIndex } from "../days.ts";
import { isObject, isText, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { blocksOf, shown } from "./serpapi-blocks.ts";
import { serpApiProblem } from "./serpapi-problems.ts";
import { hex, type Problem, type Wire, type WireReply, type WireRequest } from "./wire.ts";

const later = "google_ai_overview";

function read(query: JsonObject): WireRequest | Problem {
  const { engine, q, page_token: token } = query;
  if (engine === later)
    return isText(token) ? readToken(token) : { kind: "bad_request", detail: "Missing `page_token`" };
  if (!isText(q) || q.trim() === "") return { kind: "bad_request", detail: "Missing query `q` parameter." };
  if (query["gl"] === "zz") return { kind: "bad_request", detail: "Unsupported `zz` country - gl parameter." };
  return { model: String(engine), question: q, search: "auto", resumes: null };
}

const markOf = ({ key }: Answer): string => hex(chain(key, 61), 24);

/** A token holds all that its answer is found again by, so that nothing is remembered. */
const tokenOf = (answer: Answer): string =>
  Buffer.from(
    JSON.stringify({
      question: answer.draw.question.text,
      day: dayIndex(answer.draw.day),
      nth: answer.draw.nth,
      mark: markOf(answer),
    }),
  ).toString("base64url");

function readToken(token: string): WireRequest | Problem {
  const expired: Problem = { kind: "bad_request", detail: "The `page_token` is invalid or has expired." };
  try {
    const held: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    if (!isObject(held)) return expired;
    const { question, day, nth, mark } = held;
    if (!isText(question) || typeof day !== "number" || typeof nth !== "number" || !isText(mark)) return expired;
    return { model: later, question, search: "auto", resumes: { day, nth, mark } };
  } catch {
    return expired;
  }
}

const reference = (page: Page, index: number): JsonObject => ({
  title: page.title,
  link: page.url,
  snippet: page.title,
  source: page.domain,
  index,
});

/** What the surface shows; null when it shows nothing. The last number of each answer points past the list. */
function surface(answer: Answer, engine: unknown): { body: JsonObject; text: string } | null {
  if (answer.draw.outcome === "refused") return null;
  const { found } = answer.draw;
  const blocks = blocksOf(answer.pieces, (page) => found.indexOf(page), found.length);
  const markdown = answer.pieces.map((piece) => piece.text).join("");
  const references = found.map(reference);
  if (engine !== "google_ai_mode") return { body: { text_blocks: blocks, references }, text: shown(blocks) };
  return { body: { text_blocks: blocks, reconstructed_markdown: markdown, references }, text: markdown };
}

function reply(answer: Answer, query: JsonObject, resumed: boolean): WireReply {
  const { engine, q, hl, gl, location } = query;
  const id = hex(chain(answer.key, 62, resumed ? 1 : 0), 24);
  const head = {
    search_metadata: { id, status: "Success", json_endpoint: `https://serpapi.example/searches/${id}.json` },
    search_parameters: { engine, q, hl, gl, location },
  };
  const there = surface(answer, engine);
  const inPage = engine === "google" || engine === later;
  const organic = engine === "google" ? { organic_results: answer.draw.found.map(reference) } : {};
  if (engine === "google" && answer.draw.pauses && there) {
    const body = { ...head, ...organic, ai_overview: { page_token: tokenOf(answer) } };
    return { body, text: "", paused: true };
  }
  if (!there && engine !== "google") {
    const error = `${engine === "bing_copilot" ? "Bing Copilot" : "Google"} hasn't returned any results for this query.`;
    return { body: { ...head, error }, text: "", paused: false };
  }
  const parts = inPage ? there && { ai_overview: there.body } : there?.body;
  return { body: { ...head, ...organic, ...parts }, text: there?.text ?? "", paused: false };
}

const wire = (id: string, own: string[]): Wire => ({
  id,
  path: "/search.json",
  method: "GET",
  fits: ({ engine }) => own.includes(String(engine)),
  keyIn: (_, { api_key: key }) => (isText(key) ? key : ""),
  read,
  markOf,
  reply,
  problem: serpApiProblem,
  headers: () => ({}),
  retryHeaders: (seconds) => ({ "retry-after": String(Math.ceil(seconds)) }),
});

export const serpApi: Wire[] = [
  wire("google-ai-overview", ["google", later]),
  wire("google-ai-mode", ["google_ai_mode"]),
  wire("copilot", ["bing_copilot"]),
];
