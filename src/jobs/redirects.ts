/** Asks redirects that only their server can resolve where they lead, and has the answers that cite them read again. */
import { isIP } from "node:net";
import { RetryLater, TransportError } from "../errors.ts";
import { isRedirect } from "../parser/parse.ts";
import {
  findAnswer,
  findRedirects,
  replaceFindings,
  saveRedirect,
  type KeptAnswer,
  type Redirect,
} from "../store/index.ts";
import type { House } from "./job.ts";
import { readAnswer, readerOf } from "./parse.ts";
import { rollupSoon } from "./rollup.ts";

/** Redirects of one answer that are asked; answers cite about ten pages. */
const mostRedirects = 100;
/** Asked at a time. */
const atATime = 4;
const mostAttempts = 3;
const firstDelayMs = 10_000;
const hopTimeoutMs = 15_000;

/** Repeatable: what is known is not asked again, and reading an answer again gives the same. */
export async function redirects(house: House, { answerId }: { answerId: string }, signal: AbortSignal): Promise<void> {
  const answer = await findAnswer(house.store.read, answerId);
  if (!answer) return; // its project is gone
  const cited = await readAnswer(house.store.read, answer, await readerOf(house, answer.projectId));
  const urls = cited.redirects.slice(0, mostRedirects);
  const known = await findRedirects(house.store.read, urls);
  const open = urls.filter((url) => (known.get(url)?.state ?? "waiting") === "waiting");
  const asked: Redirect[] = [];
  for (let i = 0; i < open.length; i += atATime)
    asked.push(
      ...(await Promise.all(open.slice(i, i + atATime).map((url) => attempt(house, url, known.get(url), signal)))),
    );
  await readAgain(house, answer);
  const waiting = asked.filter(({ state }) => state === "waiting");
  const attempts = Math.max(...waiting.map((redirect) => redirect.attempts));
  if (waiting.length > 0)
    throw new RetryLater(firstDelayMs * 4 ** (attempts - 1), `${waiting.length} redirects cannot be resolved yet`);
}

/** Its citations take the pages that redirects lead to. */
async function readAgain(house: House, answer: KeptAnswer): Promise<void> {
  const reader = await readerOf(house, answer.projectId); // after the targets were kept: later readings see them, too
  const { findings, redirects, unresolved } = await readAnswer(house.store.read, answer, reader);
  if (unresolved.length === redirects.length) return; // nothing was learnt
  await house.store.tx((tx) => replaceFindings(tx, answer, reader.reading.number, findings, reader.brands));
  await rollupSoon(house, answer.projectId, answer.day);
}

async function attempt(house: House, url: string, known: Redirect | undefined, signal: AbortSignal): Promise<Redirect> {
  const attempts = (known?.attempts ?? 0) + 1;
  const hop = await resolve(house.fetch, url, signal);
  signal.throwIfAborted(); // stopped by us: it is no attempt
  const redirect: Redirect = {
    url,
    state: hop.target !== null ? "resolved" : hop.again && attempts < mostAttempts ? "waiting" : "failed",
    target: hop.target,
    reason: hop.reason,
    attempts,
    attemptedAt: house.clock.now(),
  };
  await house.store.tx((tx) => saveRedirect(tx, redirect));
  if (redirect.state === "failed") house.log.info({ reason: hop.reason }, "a redirect was not resolved");
  return redirect;
}

interface Hop {
  target: string | null;
  reason: string | null;
  /** Trying again may help. */
  again: boolean;
}

const failed = (reason: string, again = false): Hop => ({ target: null, reason, again });

/** One hop by HEAD, else by GET; nothing is followed. */
async function resolve(fetch: House["fetch"], url: string, signal: AbortSignal): Promise<Hop> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(hopTimeoutMs)]);
  let hop = failed("unreachable", true);
  for (const method of ["HEAD", "GET"]) {
    try {
      hop = hopOf(await fetch(url, { method, signal: limit, redirect: "manual" }), url);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return failed(error.kind, error.kind !== "refused_address" && error.kind !== "too_large");
    }
    if (hop.target !== null || hop.reason === "not_public" || hop.reason === "loop") return hop;
  }
  return hop;
}

function hopOf({ status, headers }: Response, url: string): Hop {
  if (status === 404 || status === 410) return failed("expired");
  if (status >= 500 || status === 408 || status === 429) return failed(`http_${status}`, true);
  const location = headers.get("location");
  if (status < 300 || status >= 400 || location === null)
    return failed(status < 400 ? "no_redirect" : `http_${status}`);
  const target = URL.canParse(location, url) ? new URL(location, url) : null;
  if (!target || !isPublic(target)) return failed("not_public");
  return isRedirect(target.href) ? failed("loop") : { target: target.href, reason: null, again: false };
}

/** Publishers have names: bare addresses and names without a dot are somebody's own network. */
const isPublic = ({ protocol, hostname }: URL): boolean =>
  /^https?:$/.test(protocol) &&
  isIP(hostname.replace(/^\[|\]$/g, "")) === 0 &&
  /[^.]\.[^.]/.test(hostname) &&
  !/\.(?:localhost|local|internal)$/.test(hostname);
