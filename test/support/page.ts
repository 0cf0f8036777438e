/** Asks the web app for a page without a socket, as a browser on this machine would. */
import type { UiLanguage } from "../../src/domain.ts";
import type { Store } from "../../src/store/index.ts";
import { createApp } from "../../src/web/server.ts";
import { logInto } from "./log.ts";

export interface PageRequest {
  method?: string;
  host?: string;
  acceptLanguage?: string;
  /** What the operator has set. */
  language?: UiLanguage;
  boundTo?: string;
  allowHosts?: string[];
  /** Where the log is kept. */
  lines?: string[];
}

export async function askPage(store: Store, path = "/", given: PageRequest = {}): Promise<Response> {
  const { host = "localhost:4747", acceptLanguage, method = "GET" } = given;
  const app = createApp({
    store,
    log: logInto(given.lines),
    language: given.language ?? "en",
    host: given.boundTo ?? "127.0.0.1",
    allowHosts: given.allowHosts ?? [],
  });
  const headers = { host, ...(acceptLanguage !== undefined && { "accept-language": acceptLanguage }) };
  return app.request(`http://localhost${path}`, { method, headers });
}
