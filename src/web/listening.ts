/** Serves an app on a socket until it is closed. */
import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import type { Hono } from "hono";

export interface Listening {
  url: string;
  /** Takes no new request; those under way may end within `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Rejects when the address cannot be had. */
export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = await new Promise<ServerType>((resolve, reject) => {
    const opening = serve({ fetch: app.fetch, hostname: host, port }, () => resolve(opening));
    opening.once("error", reject);
  });
  const { port: had } = server.address() as AddressInfo; // a TCP server has a port
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${had}/`,
    close: (graceMs = 0) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}
