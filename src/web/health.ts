/** Tells machines how this process is: alive, ready, and in numbers. */
import { Hono } from "hono";
import { listen, type Listening } from "./listening.ts";
import { onlyUnderOurNames } from "./names.ts";

export interface Health {
  /** What stands in the way of working, in short words without addresses; nothing where all is well. */
  ready(): Promise<string[]>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
}

/** Adds `/healthz` (the process lives), `/readyz` (it can work, else 503 with reasons) and `/metrics`. */
export function addHealth(app: Hono, health: Health): void {
  app.get("/healthz", (context) => context.text("alive\n", 200, fresh));
  app.get("/readyz", async (context) => {
    const reasons = await health.ready();
    return reasons.length === 0
      ? context.text("ready\n", 200, fresh)
      : context.text(`${reasons.join("\n")}\n`, 503, fresh);
  });
  app.get("/metrics", async (context) =>
    context.body(await health.metrics(), 200, {
      ...fresh,
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    }),
  );
}

const fresh = { "cache-control": "no-store" };

export interface HealthOptions {
  health: Health;
  host: string;
  port: number;
  /** Further names under which it may be asked. */
  allowHosts: string[];
}

/** Health alone, for a process that has no page. Rejects when the address cannot be had. */
export function serveHealth({ health, host, port, allowHosts }: HealthOptions): Promise<Listening> {
  const app = new Hono();
  app.use(onlyUnderOurNames(host, allowHosts));
  addHealth(app, health);
  return listen(app, host, port);
}
