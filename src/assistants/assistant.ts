/** The assistant's contract: what an adapter declares, how it asks, how it reads a reply. */
import { z } from "zod";
import type { Asked, Country, Day, Failure, HeardReply, Price, Reply, Surface, Words } from "../domain.ts";
import { AssistantError, InputError } from "../errors.ts";
import { failureOf, readErrorReply, shortened, unreadable } from "./wire/failure.ts";
import { jsonOr, record, storable, type Json } from "./wire/json.ts";
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
  /** Country the question was asked from, null when it has none; left out where nobody knows. */
  country?: Country | null;
}

/** What is asked of whom. */
export interface Call {
  asked: Asked;
  model: string;
  search: boolean;
}

/** A fact that depends on the vendor an assistant is had through, its setting `through`. */
type ByVendor<T extends string> = T | Record<string, T>;

interface Spec<Id extends string, S extends z.ZodObject> {
  id: Id;
  title: Words;
  surface: Surface;
  /** Cannot be asked: its answers are collected elsewhere and imported. */
  collected?: true;
  /** Can search the web, which is then the default. */
  search: boolean;
  /** Cannot be asked without a search. */
  alwaysSearches?: true;
  /** What of the asker's place reaches the assistant along with its search; the city is a setting. */
  location: ("country" | "city" | "timezone")[];
  /** How a citation's place is known: the reply gives it, a marker in the text stands for it, or its whole passage. */
  citations: ByVendor<"span" | "marker" | "block" | "none">;
  /** Who tells what an answer cost; unknown is what neither reply nor price table tells, only the project's own prices. */
  cost: ByVendor<"reply" | "table" | "unknown">;
  /**
   * "live" once it has been asked for real, "recordings" of real answers, "partly" when none of these is made from a
   * search, or "unverified": written after its documentation.
   */
  verified: "live" | "recordings" | "partly" | "unverified";
  /** Questions under way at once unless the project says otherwise. */
  concurrency: number;
  settings: S;
  /** What is wrong with a model's name before anything is asked; null when nothing is. */
  modelProblem?(model: string): Words | null;
  /** The vendor's word for a prompt that its filter held back, which is an outcome also when it comes as an error. */
  blockedPrompt?: (body: Json) => string | null;
  /** Names of the secrets that these settings need, where that depends on them; else all that are not optional. */
  needs?: (settings: Record<string, unknown>) => string[];
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
export interface AssistantAdapter extends Omit<
  Spec<string, z.ZodObject>,
  "address" | "ask" | "read" | "needs" | "blockedPrompt"
> {
  /** Names of secret settings with the variable that holds each by default. */
  secrets: Record<string, string>;
  /** Names of the secrets that these settings need. */
  needs: (settings: Record<string, unknown>) => string[];
  /** Where requests with these settings go, whether or not their secrets are there; null when nothing says. */
  address(settings: Record<string, unknown>): string | null;
  /** Checks settings once; the returned function asks. Throws InputError. */
  connect(settings: Record<string, unknown>): (call: Call, tools: Tools) => Promise<string>;
  /** Whether the body of an error reply is to be read as a reply all the same: it tells of a prompt held back. */
  isOutcome(body: string): boolean;
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
  const needed = Object.keys(secrets).filter((name) => !mayBeLeftOut(spec.settings.shape[name] as z.ZodType));
  return {
    ...spec,
    settings: spec.settings,
    secrets,
    needs: spec.needs ?? (() => needed),
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
        const line = listening(tools, spec.blockedPrompt);
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
    isOutcome: (body) => typeof spec.blockedPrompt?.(record(jsonOr(body))) === "string",
    read: (raw, context) => {
      const body = parseBody(raw);
      const blocked = spec.blockedPrompt?.(record(body)) ?? null;
      const reply = blocked === null ? spec.read(body, context) : blockedReply(blocked);
      const isTaken = spec.location.includes("timezone") || (spec.location.length > 0 && context.country !== null);
      return {
        ...(storable(reply) as Reply), // storable keeps the shape
        locationApplied: isTaken && context.search, // it goes along with the search tool
      };
    },
    readError: (status, headers, body, now) => shortened(readErrorReply({ status, headers, body: jsonOr(body), now })),
  };
}

/** The variables that hold an assistant's secrets, by setting: those its settings name, else the adapter's usual ones. */
export function variablesOf(
  { secrets, needs }: AssistantAdapter,
  given: Record<string, unknown>,
): Record<string, string> {
  const needed = needs(given);
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([name, usual]) => {
      const value = given[name];
      if (value === undefined) return needed.includes(name) ? [[name, usual]] : [];
      const variable = typeof value === "string" ? reference.exec(value)?.[1] : undefined;
      return variable === undefined ? [] : [[name, variable]];
    }),
  );
}

const reference = /^\$\{([A-Z_][A-Z0-9_]*)\}$/;

/** What can be changed of an assistant: variables of its secrets, settings it takes, and those it was given. */
export function changeable(
  adapter: AssistantAdapter,
  given: Record<string, unknown>,
): { variables: string[]; settings: string[]; given: string[] } {
  const named = Object.values(variablesOf(adapter, given));
  return {
    variables: named.length > 0 ? named : Object.values(adapter.secrets),
    settings: Object.keys(adapter.settings.shape).filter((name) => !(name in adapter.secrets)),
    given: Object.keys(given),
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

const mayBeLeftOut = (field: z.ZodType): boolean => z.object({ field }).safeParse({}).success;
/** The vendor's filter held the prompt back: nothing was searched or written, and what that costs is not told. */
const blockedReply = (finish: string): Reply => ({
  outcome: "blocked",
  text: "",
  asides: [],
  servedModel: null,
  searches: [],
  sources: [],
  citations: [],
  usage: null,
  costMicroUsd: null,
  finish,
});

function parseBody(body: string): unknown {
  const parsed = jsonOr(body);
  if (typeof parsed === "object" && parsed !== null) return parsed;
  throw unreadable(/^\s*</.test(body) ? "a web page came instead of a reply" : "the reply is not whole JSON");
}
