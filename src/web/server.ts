/** The page's server: checks who asks and under which name, then shows pages. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { UiLanguage } from "../domain.ts";
import type { Store } from "../store/index.ts";
import { reportPage } from "./pages/report.tsx";

export interface WebOptions {
  store: Store;
  /** Used where the browser asks for neither of ours. */
  language: UiLanguage;
  host: string;
  port: number;
  /** Further names under which the page may be asked. */
  allowHosts: string[];
}

const style = readFileSync(join(import.meta.dirname, "assets", "style.css"), "utf8");
const styleUrl = `/style-${createHash("sha256").update(style).digest("hex").slice(0, 10)}.css`;
const year = 31_536_000;

/** The pages without a socket; tests ask it directly. */
export function createApp({ store, language, host, allowHosts }: Omit<WebOptions, "port">): Hono {
  const app = new Hono();
  const names = new Set(["localhost", "127.0.0.1", "[::1]", host, ...allowHosts]);
  app.use(async (context, next) => {
    // a page of somebody else's that points its own name at this machine must learn nothing
    const asked = (context.req.header("host") ?? "").replace(/:\d+$/, "");
    if (!names.has(asked)) return context.text("This name is not served here. Allow it with CITERA_ALLOW_HOSTS.", 421);
    return next();
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: "no-referrer",
    }),
  );
  app.get(styleUrl, (context) => {
    context.header("cache-control", `public, max-age=${year}, immutable`);
    context.header("content-type", "text/css; charset=utf-8");
    return context.body(style);
  });
  app.get("/", async (context) => {
    const asked = context.req.query("lang") ?? context.req.header("accept-language") ?? "";
    const chosen: UiLanguage = asked.startsWith("sv") ? "sv" : asked.startsWith("en") ? "en" : language;
    return context.html(await reportPage(store.read, chosen, context.req.query("project"), styleUrl));
  });
  return app;
}

/** Serves until closed. Rejects when the address cannot be had. */
export async function serveWeb(options: WebOptions): Promise<{ url: string; close(): Promise<void> }> {
  const app = createApp(options);
  const server = await new Promise<ServerType>((resolve, reject) => {
    const opening = serve({ fetch: app.fetch, hostname: options.host, port: options.port }, () => resolve(opening));
    opening.once("error", reject);
  });
  const { port } = server.address() as AddressInfo; // a TCP server has a port
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
