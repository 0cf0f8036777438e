/** Under which names this machine is asked: a page of somebody else's must not reach it by pointing its own name here. */
import type { MiddlewareHandler } from "hono";

/** Lets those through who ask for loopback, for the address listened on, or for a name the operator allows. */
export function onlyUnderOurNames(host: string, allowHosts: string[]): MiddlewareHandler {
  const names = new Set(["localhost", "127.0.0.1", "[::1]", host.includes(":") ? `[${host}]` : host, ...allowHosts]);
  return async (context, next) => {
    const asked = (context.req.header("host") ?? "").replace(/:\d+$/, "");
    if (!names.has(asked)) return context.text("This name is not served here. Allow it with CITERA_ALLOW_HOSTS.", 421);
    return next();
  };
}
