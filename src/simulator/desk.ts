/** One request for an answer, from its key to its last byte, faults included. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../domain.ts";
import { chain, type Key } from "./chance.ts";
import { dayAt } from "./days.ts";
import type { FaultKind } from "./faults.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { Answer } from "./telling/tell.ts";
import type { Town } from "./town.ts";
import type { TownAssistant } from "./world.ts";
import type { Problem, ProblemKind, Wire, WireReply, WireRequest } from "./wires/wire.ts";

/** Faults that are an error reply of the provider; the others are the line's. */
const providerErrors: Partial<Record<FaultKind, ProblemKind>> = {
  rate_limit: "rate_limit",
  rate_limit_bare: "rate_limit",
  quota: "quota",
  server_error: "server_error",
  unavailable: "unavailable",
  overloaded: "overloaded",
};
const gatewayPage =
  "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center></body></html>\n";

/** Sends a whole body at once. */
export function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
  type = "application/json",
): void {
  response.writeHead(status, { ...headers, "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/** Sends the headers of a whole body, half of the body, and breaks the connection. */
function cut(response: ServerResponse, body: string, headers: Record<string, string>): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { ...headers, "content-type": "application/json", "content-length": bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

/** What the request asks, or what the provider objects to. */
function readRequest(wire: Wire, key: string, body: unknown): WireRequest | Problem {
  if (key === "") return { kind: "no_key", detail: "" };
  if (key.includes("invalid")) return { kind: "bad_key", detail: "" };
  if (!isObject(body)) return { kind: "bad_request", detail: "We could not parse the JSON body of your request." };
  const asked = wire.read(body);
  return "model" in asked && asked.model.includes("unknown") ? { kind: "unknown_model", detail: asked.model } : asked;
}

/** The next answer to a question, or the one a paused turn was promised. */
function answerTo(town: Town, assistant: TownAssistant, asked: WireRequest, truncated: boolean): Answer {
  const question = town.question(asked.question);
  if (!asked.resumes) return town.answer(town.next(question, assistant), asked.search, truncated);
  const { day, nth } = asked.resumes;
  return town.answer({ question, assistant, day: dayAt(day), nth }, asked.search, false);
}

/** Serves one request. */
class Visit {
  private readonly town: Town;
  private readonly wire: Wire;
  private readonly response: ServerResponse;
  private readonly id: Key;
  private settled = false;

  constructor(town: Town, wire: Wire, response: ServerResponse) {
    const { calls } = town.ledger;
    this.town = town;
    this.wire = wire;
    this.response = response;
    this.id = chain(town.world.seed, ++calls.requests);
    calls.underway++;
    response.once("close", () => this.settle(() => calls.aborted++));
  }

  /** Counts how the request ended, once. */
  private settle(count: () => void): void {
    if (this.settled) return;
    this.settled = true;
    this.town.ledger.calls.underway--;
    count();
  }

  reject(problem: Problem): void {
    this.settle(() => this.town.ledger.calls.rejected++);
    this.fail(problem, {});
  }

  private fail(problem: Problem, headers: Record<string, string>): void {
    const { status, body } = this.wire.problem(problem, this.id);
    send(this.response, status, JSON.stringify(body), { ...this.wire.headers(this.id), ...headers });
  }

  /** Does what a fault does; false when the fault leaves room for an answer. */
  fault(kind: FaultKind): boolean {
    const { calls } = this.town.ledger;
    if (kind === "truncated" || kind === "cut") return false;
    this.settle(() => calls.faults[kind]++);
    const error = providerErrors[kind];
    const seconds = this.town.faults().retryAfterSeconds;
    const told = kind === "rate_limit";
    if (error)
      this.fail(
        { kind: error, detail: told ? ` Please try again in ${seconds}s.` : "" },
        told ? this.wire.retryHeaders(seconds) : {},
      );
    else if (kind === "html") send(this.response, 502, gatewayPage, {}, "text/html");
    return true;
  }

  cut(reply: WireReply): void {
    this.settle(() => this.town.ledger.calls.faults.cut++);
    cut(this.response, JSON.stringify(reply.body), this.wire.headers(this.id));
  }

  /** Sends an answer; it counts, and is written down, when its last byte has gone. */
  deliver(answer: Answer, reply: WireReply, truncated: boolean): void {
    const { ledger } = this.town;
    this.response.once("finish", () =>
      this.settle(() => {
        if (truncated) ledger.calls.faults.truncated++;
        if (reply.paused) ledger.calls.paused++;
        else ledger.keep(answer, reply.text);
      }),
    );
    send(this.response, 200, JSON.stringify(reply.body), this.wire.headers(this.id));
  }
}

/** Answers one request on a wire; `readBody` gives its JSON, or undefined when it is none. */
export async function serve(
  town: Town,
  sleep: Clock["sleep"],
  wire: Wire,
  request: IncomingMessage,
  response: ServerResponse,
  readBody: () => Promise<unknown>,
): Promise<void> {
  const visit = new Visit(town, wire, response);
  const sent = await readBody();
  const body: unknown = Array.isArray(sent) && sent.length === 1 ? sent[0] : sent; // some take a list of one
  const asked = readRequest(wire, wire.keyIn(request.headers, isObject(body) ? body : {}), body);
  if ("kind" in asked) return visit.reject(asked);
  const assistant = town.assistant(wire.id);
  if (!assistant) return visit.reject({ kind: "unknown_model", detail: asked.model });

  const { kind, delayMs } = town.attempt(town.question(asked.question), assistant);
  if (delayMs > 0) await sleep(delayMs, whenClosed(response));
  if (response.destroyed || (kind !== null && visit.fault(kind))) return;
  const truncated = kind === "truncated" && !asked.resumes;
  const answer = answerTo(town, assistant, asked, truncated);
  if (asked.resumes && asked.resumes.mark !== wire.markOf(answer))
    return visit.reject({ kind: "bad_request", detail: "messages: the paused turn was changed" });
  const reply = wire.reply(answer, body as JsonObject, asked.resumes !== null); // read() has seen an object
  if (kind === "cut") return visit.cut(reply);
  visit.deliver(answer, reply, truncated);
}

/** Aborted when the client has left or the reply is over. */
function whenClosed(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  return controller.signal;
}
