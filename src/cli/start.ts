/** `citera start`: schedule, work and page in one process, until it is told to stop. */
import { Command, InvalidArgumentError } from "commander";
import { InputError, messageOf } from "../errors.ts";
import { configFor, print, withCommonOptions, type CommonOptions } from "./command.ts";

interface StartOptions extends CommonOptions {
  host?: string;
  port?: number;
}

export const start = withCommonOptions(new Command("start"))
  .description("run the service: scheduled runs and the page, in one process")
  .option("--host <address>", "address to listen on (default: CITERA_HOST, else 127.0.0.1)")
  .option("--port <number>", "port to listen on (default: CITERA_PORT, else 4747)", portNumber)
  .addHelpText("after", "\nExamples:\n  citera start\n  citera start --db demo/citera.db --port 8080")
  .action(async ({ host, port, ...options }: StartOptions) => {
    const config = configFor(options);
    const { startService } = await import("../service.ts");
    const service = await startService({ ...config, host: host ?? config.host, port: port ?? config.port }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
        throw new InputError(`the page cannot be served there (${messageOf(error)}); choose with --host and --port`);
      },
    );
    print(`Citera: ${service.url}`);
    const stopped = new Promise<void>((resolve) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    });
    try {
      await Promise.race([stopped, service.broken]);
    } finally {
      process.once("SIGINT", () => process.exit(130)); // a second Ctrl-C does not wait
      await service.stop();
    }
  });

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError("must be a port from 0 to 65535");
  return port;
}
