/** The one way out to the network: a fetch with a time limit, a size limit and no way to private addresses. */
import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP } from "node:net";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Dispatcher } from "undici";
import { messageOf, TransportError } from "./errors.ts";

export interface OutgoingLimits {
  /** Whole request, body included. */
  timeoutMs: number;
  /** Longest body taken, after decompression. */
  maxBytes: number;
  /** Hosts the operator allows although they are private: `name` or `name:port`. */
  allowHosts: string[];
}

const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  privateAddresses.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 96], // unspecified, loopback, and an old form; like the five after it, it carries any IPv4 address inside
  ["::ffff:0:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2001::", 32],
  ["2002::", 16],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  privateAddresses.addSubnet(network, prefix, "ipv6");

/** True for loopback, link-local, private, multicast and reserved addresses, IPv4 inside IPv6 included. */
export function isPrivateAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 0) return true;
  return privateAddresses.check(address, kind === 4 ? "ipv4" : "ipv6");
}

/** Milliseconds the provider asks us to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfterMs(headers: Pick<Headers, "get">, now: number): number | undefined {
  const ms = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (Number.isFinite(ms) && ms > 0) return ms; // Azure says 0 here and a second there
  const text = headers.get("retry-after");
  if (!text) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const at = Date.parse(text);
  return Number.isFinite(at) ? Math.max(0, at - now) : undefined;
}

/** Asks a name service for all addresses of a name, as `dns.lookup` does. */
export type Lookup = (
  hostname: string,
  options: { all: true },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;
type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name to public addresses only, so that the address checked is the address connected to. */
const publicLookup =
  (lookup: Lookup) =>
  (hostname: string, options: { all?: boolean }, callback: LookupCallback): void =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const open = addresses.filter(({ address }) => !isPrivateAddress(address));
      const first = open[0];
      if (!first) return callback(refused(hostname), []);
      if (options.all) return callback(null, open);
      callback(null, first.address, first.family);
    });

const refused = (host: string) =>
  new TransportError(
    "refused_address",
    `${host} is a private address. If you run that server yourself, allow it with CITERA_ALLOW_HOSTS=${host}`,
  );

/** Keeps sockets open for the many calls to few hosts; reads time out by our own timer. */
const agentOptions = { keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 };

interface Agents {
  open: Dispatcher;
  guarded: Dispatcher;
}

/** The library takes a third of a command's start, and most commands ask nobody: it is read with the first request. */
async function openAgents(lookup: Lookup): Promise<Agents> {
  const { Agent } = await import("undici");
  return {
    open: new Agent(agentOptions),
    guarded: new Agent({ ...agentOptions, connect: { lookup: publicLookup(lookup) as never } }), // undici's type wants net.LookupFunction's overloads
  };
}

/**
 * A `fetch` for the vendors' SDKs and for ourselves. Does not follow redirects.
 * Throws TransportError; never puts a header or query string into a message.
 */
export function createFetch(limits: OutgoingLimits, lookup: Lookup = dnsLookup): typeof fetch {
  let agents: Promise<Agents> | undefined;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    const names = [url.hostname, literal, `${url.hostname}:${port}`];
    const allowed = limits.allowHosts.some((host) => names.includes(host.toLowerCase()));
    if (!allowed && isIP(literal) !== 0 && isPrivateAddress(literal)) throw refused(url.host);
    const { open, guarded } = await (agents ??= openAgents(lookup));
    return send(url, init ?? {}, allowed ? open : guarded, limits);
  };
}

async function send(url: URL, init: RequestInit, dispatcher: Dispatcher, limits: OutgoingLimits): Promise<Response> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, limits.timeoutMs);
  init.signal?.addEventListener("abort", abort, { once: true });
  if (init.signal?.aborted) abort();
  try {
    const headers = sendableHeaders(init.headers, url.host);
    const reply = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: init.method ?? "GET",
      headers: Object.fromEntries(headers),
      body: (init.body ?? null) as string | null, // SDKs send JSON text
      signal: controller.signal,
    });
    const body = await readBody(reply.body, limits.maxBytes, url.host);
    return response(reply.statusCode, reply.headers, body, limits.maxBytes, url.host);
  } catch (error) {
    throw transportError(error, url.host, init.signal?.aborted === true, controller.signal.aborted, limits.timeoutMs);
  } finally {
    clearTimeout(timer);
    init.signal?.removeEventListener("abort", abort);
  }
}

/** The platform's own message would repeat the value, which may be a key. */
function sendableHeaders(given: RequestInit["headers"], host: string): Headers {
  try {
    const headers = new Headers(given);
    headers.set("accept-encoding", "gzip, deflate, br");
    return headers;
  } catch {
    throw new TransportError("network", `a header for ${host} holds characters that cannot be sent`);
  }
}

async function readBody(stream: AsyncIterable<Buffer>, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(host, maxBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function response(
  status: number,
  raw: Record<string, string | string[] | undefined>,
  body: Buffer,
  maxBytes: number,
  host: string,
) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  const decoded = decode(body, headers.get("content-encoding"), maxBytes, host);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response([101, 204, 205, 304].includes(status) ? null : new Uint8Array(decoded), { status, headers });
}

function decode(body: Buffer, encoding: string | null, maxBytes: number, host: string): Buffer {
  if (body.length === 0) return body; // replies without a body may still name an encoding
  const options = { maxOutputLength: maxBytes };
  try {
    if (encoding === "gzip") return gunzipSync(body, options);
    if (encoding === "br") return brotliDecompressSync(body, options);
    if (encoding === "deflate") return inflateSync(body, options);
    return body;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(host, maxBytes);
    throw new TransportError("network", `${host} sent a body that cannot be unpacked`, { cause: error });
  }
}

const tooLarge = (host: string, maxBytes: number) =>
  new TransportError("too_large", `${host} sent more than ${Math.round(maxBytes / 1e6)} MB`);

function transportError(error: unknown, host: string, cancelled: boolean, timedOut: boolean, timeoutMs: number) {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof TransportError) return cause;
  if (cancelled) return new TransportError("aborted", `the request to ${host} was cancelled`);
  if (timedOut) return new TransportError("timeout", `${host} did not answer within ${Math.round(timeoutMs / 1000)} s`);
  const unsent = neverConnected.has(String((error as NodeJS.ErrnoException).code));
  return new TransportError("network", `${host} cannot be reached (${messageOf(error)})`, { cause: error, unsent });
}

/** What the system and the library say before anything has been sent. */
const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
