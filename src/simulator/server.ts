/** The town's server on loopback: finds the wire a request came on, or the side channel. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Clock } from "../domain.ts";
import { messageOf } from "../errors.ts";
import { control, controlPrefix } from "./control.ts";
import { send, serve } from "./desk.ts";
import { isObject } from "./json.ts";
import type { Town } from "./town.ts";
import type { Wire } from "./wires/wire.ts";
import { wires } from "./wires/index.ts";

export interface ServerOptions {
  /** 0 or left out takes a free one. */
  port?: number;
  /** Waits out delays; real time when left out. */
  sleep?: Clock["sleep"];
}

/** Longest request body: far beyond any question or paused turn. */
const maxBodyBytes = 1_000_000;
/** Idle connections live longer than any client keeps them, so that no request meets one being closed. */
const keepAliveMs = 600_000;

const realSleep: Clock["sleep"] = (ms, signal) =>
  setTimeout(ms, undefined, signal && { signal }).catch(() => undefined);

/** The body as JSON; undefined when it is none or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // without an encoding the stream gives buffers
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

const listensAt = ({ path }: Wire, asked: string): boolean =>
  typeof path === "string" ? path === asked : path.test(asked);

/** The body with the model that the path names, where it does. */
function withModel(body: unknown, wire: Wire | undefined, path: string): unknown {
  const model = wire && typeof wire.path !== "string" ? wire.path.exec(path)?.groups?.["model"] : undefined;
  return model === undefined || !isObject(body) ? body : { ...body, model };
}

async function handleControl(town: Town, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = request.method === "POST" ? await readJson(request) : undefined;
  try {
    const url = new URL(request.url ?? "/", "http://town.example");
    send(response, 200, JSON.stringify(control(town, request.method ?? "GET", url, body)));
  } catch (error) {
    send(response, 400, JSON.stringify({ error: messageOf(error) }));
  }
}

/** Listens on 127.0.0.1 and resolves when the port is open. */
export async function openServer(
  town: Town,
  { port = 0, sleep = realSleep }: ServerOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (path.startsWith(controlPrefix)) return handleControl(town, request, response);
    const query = Object.fromEntries(new URL(request.url ?? "/", "http://town.example").searchParams);
    const wire = wires.find((one) => {
      return listensAt(one, path) && (one.method ?? "POST") === request.method && (one.fits?.(query) ?? true);
    });
    const readBody = async () => (wire?.method === "GET" ? query : withModel(await readJson(request), wire, path));
    if (wire) return serve(town, sleep, wire, request, response, readBody);
    send(response, 404, JSON.stringify({ error: { message: `nothing at ${request.method ?? ""} ${path}` } }));
  };
  const server = createServer((request, response) => {
    route(request, response).catch(() => response.destroy()); // only a client that left in the middle comes here
  });
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const openPort = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${openPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
