/** What the commands share that serve until they are told to stop. */
import { constants } from "node:os";
import { InvalidArgumentError, type Command } from "commander";
import type { Config } from "../config.ts";
import { InputError, messageOf } from "../errors.ts";
import type { Role, Service } from "../service.ts";
import { configFor, exitCodes, print, say, tell, withCommonOptions, type CommonOptions } from "./command.ts";

/** What stopping takes beside the questions under way: closing connections, giving leases back. */
const closingMs = 5_000;

export interface ServingOptions extends CommonOptions {
  grace: number;
  host?: string;
  port?: number;
  healthPort?: number;
}

export const withServingOptions = (command: Command): Command =>
  withCommonOptions(command).option(
    "--grace <seconds>",
    "how long questions under way may take to end after Ctrl-C or SIGTERM; a second signal ends at once",
    graceSeconds,
    30,
  );

/** Where a page is served. */
export const withPageOptions = (command: Command): Command =>
  command
    .option("--host <address>", "address to listen on (default: CITERA_HOST, else 127.0.0.1)")
    .option("--port <number>", "port to listen on (default: CITERA_PORT, else 4747)", portNumber);

/** For processes without a page. */
export const withHealthPort = (command: Command): Command =>
  command.option(
    "--health-port <number>",
    "serve /healthz, /readyz and /metrics there (default: CITERA_HEALTH_PORT, else nowhere)",
    portNumber,
  );

/** Does what `role` says until a signal comes or the database is lost; throws what made it end by itself. */
export async function serve(role: Role, { grace, host, port, healthPort, ...options }: ServingOptions): Promise<void> {
  const stopped = signalled(); // before anything is opened: the first process of a container has no default handlers
  const config = configFor(options);
  const service = await started(role, {
    ...config,
    host: host ?? config.host,
    port: port ?? config.port,
    healthPort: healthPort ?? config.healthPort,
  });
  print(role === "start" || role === "web" ? `Citera: ${service.url}` : `Citera: the ${role} is up${at(service.url)}`);
  const failures: unknown[] = [];
  const note = (error: unknown) => void failures.push(error);
  await Promise.race([stopped, service.broken]).catch(note);
  const tooLong = setTimeout(
    () => {
      say(`citera ${role} did not end in time and was cut off; what was under way is asked again`);
      process.exit(exitCodes.fault);
    },
    grace * 1000 + closingMs,
  );
  await service.stop(grace * 1000).catch(note);
  clearTimeout(tooLong);
  for (const failure of failures.slice(1)) tell(failure);
  if (failures.length > 0) throw failures[0];
}

const at = (url: string | null): string => (url === null ? "" : `, its health at ${url}readyz`);

/** Resolves at the first SIGINT or SIGTERM; the second ends the process as the signal itself would. */
function signalled(): Promise<void> {
  let told = false;
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        if (told) process.exit(128 + constants.signals[signal]);
        told = true;
        resolve();
      });
  });
}

async function started(role: Role, config: Config): Promise<Service> {
  const { startService } = await import("../service.ts");
  return startService(config, role).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
    const [what, how] =
      role === "start" || role === "web"
        ? ["the page cannot be served there", "--host and --port"]
        : ["health cannot be served there", "CITERA_HOST and --health-port"];
    throw new InputError(`${what} (${messageOf(error)}); choose with ${how}`);
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError("must be a port from 0 to 65535");
  return port;
}

function graceSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > 3600) throw new InvalidArgumentError("must be whole seconds from 0 to 3600");
  return seconds;
}
