/** The page's server: checks who asks and under which name, then shows pages. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono, type Context } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Surface, UiLanguage } from "../domain.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/index.ts";
import { addHealth, type Health } from "./health.ts";
import { listen, type Listening } from "./listening.ts";
import { onlyUnderOurNames } from "./names.ts";
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
  /** How the process is; left out where only pages are wanted. */
  health?: Health;
}

const style = readFileSync(join(import.meta.dirname, "assets", "style.css"), "utf8");
const styleUrl = `/style-${createHash("sha256").update(style).digest("hex").slice(0, 10)}.css`;
const year = 31_536_000;

/** The pages without a socket; tests ask it directly. */
export function createApp({ store, log, language, host, allowHosts, health }: Omit<WebOptions, "port">): Hono {
  const app = new Hono();
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
  app.use(onlyUnderOurNames(host, allowHosts));
  app.onError((error, context) => {
    log.error({ err: error, path: context.req.path }, "a page could not be shown");
    return context.text("Something went wrong here; the log says what.", 500);
  });
  if (health) addHealth(app, health);
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
export const serveWeb = (options: WebOptions): Promise<Listening> =>
  listen(createApp(options), options.host, options.port);
