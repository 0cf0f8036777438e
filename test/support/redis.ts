/** Starts one real Redis for the tests that need it and says where it is. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { TestProject } from "vitest/node";
import { freePort } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    redisUrl: string;
  }
}

export interface RedisServer {
  url: string;
  /** Ends the server as `signal` says and starts it again on what it has written down. */
  restart(signal: "SIGTERM" | "SIGKILL", awayMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** A server of its own that writes everything down and never throws anything away; `more` are further settings. */
export async function startRedis(...more: string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "citera-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const settings = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--appendonly",
    "yes",
    "--save",
    "",
  ];
  const start = async (): Promise<ChildProcess> => {
    const server = spawn("redis-server", [...settings, "--maxmemory-policy", "noeviction", ...more], {
      stdio: "ignore",
    });
    await Promise.race([
      answers(port),
      once(server, "error").then(([error]: unknown[]) => {
        throw new Error("there is no redis-server here: run `apt-get install redis-server`", { cause: error });
      }),
      once(server, "exit").then(([code]: unknown[]) => {
        throw new Error(`redis-server ended at once, with ${String(code)}`);
      }),
    ]);
    return server;
  };
  const end = async (server: ChildProcess, signal: "SIGTERM" | "SIGKILL") => {
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  let server = await start();
  return {
    url,
    restart: async (signal, awayMs = 0) => {
      await end(server, signal);
      await pause(awayMs);
      server = await start();
    },
    stop: async () => {
      await end(server, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<void> {
  const client = new Redis(port, "127.0.0.1", { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on("error", () => undefined); // it is not there yet
  try {
    await client.ping().catch((error: unknown) => {
      if (!/NOAUTH/.test(String(error))) throw error;
    });
  } finally {
    client.disconnect();
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startRedis();
  project.provide("redisUrl", server.url);
  return () => server.stop();
}
