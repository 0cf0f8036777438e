/** A web server on loopback that answers as a test says and remembers what it was sent. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answering = (received: Received, response: ServerResponse) => void | Promise<void>;

export interface LocalServer {
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  /** Every request whose body came whole, in order. */
  received: Received[];
  /** Connections that were opened. */
  connections: () => number;
  close: () => Promise<void>;
}

/** Listens on a free port of 127.0.0.1; answers with `answering`. */
export async function openLocalServer(answering: Answering): Promise<LocalServer> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(one);
      void answering(one, response);
    });
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a status, a body and headers. */
export const replying =
  (status: number, body: string | Buffer = "", headers: Record<string, string> = {}): Answering =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  };

/** Hands every request on to another server and its reply back. */
export const forwarding =
  (to: string): Answering =>
  async ({ method, path, headers, body }, response) => {
    const own = ["host", "connection", "content-length", "accept-encoding"];
    const rest = Object.entries(headers).filter(([name]) => !own.includes(name)) as [string, string][]; // SDKs send no lists
    const reply = await fetch(to + path, { method, headers: rest, ...(body && { body }) });
    response.writeHead(reply.status, { "content-type": "application/json" }).end(await reply.text());
  };
