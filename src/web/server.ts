/** The page's server: checks who asks and under which name, then shows pages. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Surface, UiLanguage } from "../domain.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/index.ts";
import { definitionsHtml } from "./pages/definitions.tsx";
import { reportPage } from "./pages/report.tsx";

export interface WebOptions {
  store: Store;
  log: Log;
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
export function createApp({ store, log, language, host, allowHosts }: Omit<WebOptions, "port">): Hono {
  const app = new Hono();
  const names = new Set(["localhost", "127.0.0.1", "[::1]", host.includes(":") ? `[${host}]` : host, ...allowHosts]);
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
  app.use(async (context, next) => {
    // a page of somebody else's that points its own name at this machine must learn nothing
    const asked = (context.req.header("host") ?? "").replace(/:\d+$/, "");
    if (!names.has(asked)) return context.text("This name is not served here. Allow it with CITERA_ALLOW_HOSTS.", 421);
    return next();
  });
  app.onError((error, context) => {
    log.error({ err: error, path: context.req.path }, "a page could not be shown");
    return context.text("Something went wrong here; the log says what.", 500);
  });
  app.get(styleUrl, (context) => {
    context.header("cache-control", `public, max-age=${year}, immutable`);
    context.header("content-type", "text/css; charset=utf-8");
    return context.body(style);
  });
  const languageOf = (context: Context): UiLanguage => {
    context.header("vary", "accept-language");
    return preferred(context.req.query("lang") ?? context.req.header("accept-language") ?? "") ?? language;
  };
  app.get("/definitions", (context) => context.html(definitionsHtml(languageOf(context), styleUrl)));
  app.get("/", async (context) => {
    const chosen = languageOf(context);
    const { project, surface } = context.req.query();
    const { found, body } = await reportPage(
      store.read,
      { language: chosen, project, surface: known(surface) },
      styleUrl,
    );
    return context.html(body, found ? 200 : 404);
  });
  return app;
}

/** A surface, unless the address says something else. */
const known = (surface: string | undefined): Surface | undefined =>
  surface === "api" || surface === "ui" ? surface : undefined;

/** The one of our languages that the browser likes best, by Accept-Language: `de, sv-SE;q=0.8, en;q=0.5` is Swedish. */
function preferred(accepted: string): UiLanguage | undefined {
  const ranges = accepted.split(",").map((range) => {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  const ours = ranges.filter(({ language, quality }) => (language === "sv" || language === "en") && quality > 0);
  return ours.sort((a, b) => b.quality - a.quality)[0]?.language as UiLanguage | undefined; // the filter has seen to it
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
