/** The contract of a wire: one provider's requests, replies and errors. */
import type { IncomingHttpHeaders } from "node:http";
import { mix, type Key } from "../chance.ts";
import type { SearchOffer } from "../draw.ts";
import type { JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";

/** What a request asks for. */
export interface WireRequest {
  model: string;
  question: string;
  search: SearchOffer;
  /** Goes on with an answer that was paused: its day since 1970-01-01, its place that day and its mark. */
  resumes: { day: number; nth: number; mark: string } | null;
}

/** Everything a provider may say instead of an answer. */
export type ProblemKind =
  | "no_key"
  | "bad_key"
  | "unknown_model"
  | "bad_request"
  | "rate_limit"
  | "quota"
  | "server_error"
  | "unavailable"
  | "overloaded";

export interface Problem {
  kind: ProblemKind;
  /** What the provider's message is about: a model, a parameter, a sentence. */
  detail: string;
}

export interface WireReply {
  body: JsonObject;
  /** All text shown, in order. */
  text: string;
  /** The turn is not over: the client has to send it back. */
  paused: boolean;
}

export interface Wire {
  /** Id of the assistant that answers here. */
  id: string;
  /** Where it listens; a group named `model` is the model asked for. */
  path: string | RegExp;
  /** POST when left out; what a GET asks is in its address. */
  method?: "GET";
  /** Where several wires share a path: whether this one is meant. */
  fits?(query: JsonObject): boolean;
  /** The caller's key, empty when there is none. */
  keyIn(headers: IncomingHttpHeaders, body: JsonObject): string;
  /** What the request asks, or what the provider would object to. */
  read(body: JsonObject): WireRequest | Problem;
  /** The mark of a pause, so that only its own continuation is taken. */
  markOf(answer: Answer): string;
  reply(answer: Answer, body: JsonObject, resumed: boolean): WireReply;
  problem(problem: Problem, id: Key): { status: number; body: JsonObject };
  /** Headers of every reply, and those that say when to try again. */
  headers(id: Key): Record<string, string>;
  retryHeaders(seconds: number): Record<string, string>;
}

const noise = Array.from({ length: 12_500 }, (_, place) => mix(1, place).toString(16).padStart(8, "0")).join("");

/** `length` hexadecimal digits that belong to a key; only the first eight are its own, the rest is filling. */
export function hex(key: Key, length: number): string {
  const own = mix(key, length).toString(16).padStart(8, "0");
  const start = key % (noise.length - length);
  return (own + noise.slice(start, start + length)).slice(0, length);
}

/** Roughly the tokens of a text: four characters of English or three of Swedish each. */
export const tokensIn = (text: string): number => Math.ceil(text.length / 3.6);

/** The key in `Authorization: Bearer ...`. */
export const bearerKey = ({ authorization }: IncomingHttpHeaders): string =>
  authorization?.replace(/^Bearer\s*/i, "").trim() ?? "";
