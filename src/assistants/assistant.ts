/** The assistant's contract: what an adapter declares, how it asks, how it reads a reply. */
import { z } from "zod";
import type { Asked, Day, Failure, HeardReply, Price, Reply, Surface, Words } from "../domain.ts";
import { AssistantError, InputError } from "../errors.ts";
import { failureOf, readErrorReply, shortened, unreadable } from "./wire/failure.ts";
import { jsonOr, storable } from "./wire/json.ts";
import { listening } from "./wire/listening.ts";

/** What the adapter is given for every call. */
export interface Tools {
  fetch: typeof fetch;
  /** Epoch milliseconds. */
  now: () => number;
  signal: AbortSignal;
}

/** What reading a reply depends on besides its body. */
export interface ReadContext {
  /** The assistant was asked to search. */
  search: boolean;
  /** Local day of the call, for the price in force. */
  day: Day;
  /** The project's own prices. */
  prices: Price[];
}

/** What is asked of whom. */
export interface Call {
  asked: Asked;
  model: string;
  search: boolean;
}

interface Spec<Id extends string, S extends z.ZodObject> {
  id: Id;
  title: Words;
  surface: Surface;
  /** Cannot be asked: its answers are collected elsewhere and imported. */
  collected?: true;
  /** Can search the web, which is then the default. */
  search: boolean;
  /** Country and time zone of the question reach the assistant. */
  location: boolean;
  /** Where a citation stands in the text. */
  citations: "inline" | "block" | "none";
  /** "live" once it has been asked for real, "recordings" of it, or "unverified": written after its documentation. */
  verified: "live" | "recordings" | "unverified";
  /** Questions under way at once unless the project says otherwise. */
  concurrency: number;
  settings: S;
  /** What is wrong with a model's name before anything is asked; null when nothing is. */
  modelProblem?(model: string): string | null;
  /** Names of the secrets that these settings need, where that depends on them; else all that are not optional. */
  needs?(settings: Record<string, unknown>): string[];
  /** Where requests go, where the setting `baseUrl` alone does not say. */
  address?(settings: z.infer<S>): string;
  /** Asks once, without retries; resolves with the body as text. SDK and network errors may be thrown as they are. */
  ask(call: Call, settings: z.infer<S>, tools: Tools): Promise<string>;
  /** Reads a reply's parsed body. Throws AssistantError when it is none. Never changes the text. */
  read(body: unknown, context: ReadContext): Reply;
}

/**
 * A secret of the settings: its value comes from the environment, and it never leaves the process. What no header can
 * carry, such as a curly quote from a pasted key, is refused here, where the message does not repeat it.
 */
export const secret = (variable: string) =>
  z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, "a key is one word of plain letters, digits and signs")
    .meta({ secret: true, variable });

/** Where requests go, for gateways and servers of one's own. */
export const webAddress = () => z.url({ protocol: /^https?$/ });

/** An adapter in a form in which all adapters are alike. */
export interface AssistantAdapter extends Omit<Spec<string, z.ZodObject>, "address" | "ask" | "read"> {
  /** Names of secret settings with the variable that holds each by default. */
  secrets: Record<string, string>;
  /** Where requests with these settings go, whether or not their secrets are there; null when nothing says. */
  address(settings: Record<string, unknown>): string | null;
  /** Checks settings once; the returned function asks. Throws InputError. */
  connect(settings: Record<string, unknown>): (call: Call, tools: Tools) => Promise<string>;
  /** Reads a body as text. Throws AssistantError. */
  read(body: string, context: ReadContext): HeardReply;
  /** What an error reply means. */
  readError(status: number, headers: Headers, body: string, now: number): Failure;
}

/** Turns a spec into an adapter: settings are parsed at the door, and what comes out fits the databases. */
export function defineAssistant<const Id extends string, S extends z.ZodObject>(
  spec: Spec<Id, S>,
): AssistantAdapter & { id: Id } {
  const secrets = secretsOf(spec.settings);
  return {
    ...spec,
    settings: spec.settings,
    secrets,
    address(raw) {
      const unknown = Object.fromEntries(Object.keys(secrets).map((name) => [name, "unknown"]));
      const checked = spec.settings.safeParse({ ...unknown, ...raw });
      if (!checked.success) return null;
      const address = spec.address?.(checked.data) ?? (checked.data as { baseUrl?: unknown }).baseUrl;
      return typeof address === "string" ? address : null;
    },
    connect(raw) {
      const checked = spec.settings.safeParse(raw);
      if (!checked.success)
        throw new InputError(
          checked.error.issues.map((issue) => `${spec.id} setting ${issue.path.join(".")}: ${issue.message}`),
        );
      const settings = checked.data;
      const hidden = Object.keys(secrets).flatMap((name) => (typeof raw[name] === "string" ? [raw[name].trim()] : []));
      return async (call, tools) => {
        const line = listening(tools);
        try {
          return await spec.ask(call, settings, { ...tools, fetch: line.fetch });
        } catch (error) {
          const failure = line.failure() ?? failureOf(error);
          if (!failure) throw error; // a fault of ours, not of the assistant
          const message = hidden.reduce((words, value) => words.replaceAll(value, "[redacted]"), failure.message);
          throw new AssistantError(shortened({ ...failure, message }));
        }
      };
    },
    read: (body, context) => ({
      ...(storable(spec.read(parseBody(body), context)) as Reply), // storable keeps the shape
      locationApplied: spec.location && context.search, // it goes along with the search tool
    }),
    readError: (status, headers, body, now) => shortened(readErrorReply({ status, headers, body: jsonOr(body), now })),
  };
}

function secretsOf(settings: z.ZodObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings.shape).flatMap(([name, field]) => {
      const meta = (field as z.ZodType).meta();
      return meta?.["secret"] ? [[name, String(meta["variable"])]] : [];
    }),
  );
}

function parseBody(body: string): unknown {
  const parsed = jsonOr(body);
  if (typeof parsed === "object" && parsed !== null) return parsed;
  throw unreadable(/^\s*</.test(body) ? "a web page came instead of a reply" : "the reply is not whole JSON");
}
