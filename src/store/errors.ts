/** Turns what the drivers throw into errors that say what to do. */
import { messageOf, StoreError } from "../errors.ts";

const sentences: Record<string, [StoreError["kind"], string]> = {
  SQLITE_BUSY: [
    "locked",
    "the database is locked by another process. Stop that process and try again; nothing was lost",
  ],
  SQLITE_FULL: ["full", "the disk is full. Make room and run `citera run --resume`; answers stored so far are safe"],
  SQLITE_IOERR: ["full", "the disk cannot be written. Check space and rights, then run `citera run --resume`"],
  SQLITE_NOTADB: ["not_a_database", "the file is not a Citera database. Name another file with --db or DATABASE_URL"],
  SQLITE_CORRUPT: ["not_a_database", "the database file is damaged. Restore a copy of it"],
  SQLITE_READONLY: ["read_only", "the database file cannot be written. Check its owner and rights"],
  SQLITE_CANTOPEN: ["read_only", "the database file cannot be opened. Check that the folder exists and can be written"],
  "55P03": [
    "locked",
    "a table is in use for so long that the database cannot be brought up to date. Stop the other processes, or try again when less is going on; nothing was changed",
  ],
  "57014": ["unreachable", "Postgres took too long and was told to stop"],
  "53100": ["full", "Postgres has no disk space left"],
  "53300": ["unreachable", "Postgres takes no more connections"],
  "42501": ["read_only", "the user in DATABASE_URL may not do this. Have the database's owner grant it"],
  "28P01": ["unreachable", "Postgres refused the password in DATABASE_URL"],
  "28000": ["unreachable", "Postgres refused the user in DATABASE_URL"],
  "3D000": ["unreachable", "the database in DATABASE_URL does not exist; create it first"],
  ECONNREFUSED: ["unreachable", "Postgres cannot be reached; check DATABASE_URL and that the server runs"],
  ECONNRESET: ["unreachable", "Postgres broke the connection"],
  ETIMEDOUT: ["unreachable", "Postgres does not answer; check DATABASE_URL and the network"],
  "57P01": ["unreachable", "Postgres was shut down"],
  "57P03": ["unreachable", "Postgres is starting up or shutting down"],
  ENOTFOUND: ["unreachable", "the host in DATABASE_URL is not known"],
};

/** The StoreError for a driver's error, or the error itself when we have no better words for it. */
export function storeError(error: unknown, where: string): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StoreError) return cause;
    const code = String((cause as NodeJS.ErrnoException).code ?? "");
    const known = sentences[code] ?? sentences[code.split("_").slice(0, 2).join("_")];
    if (known) return new StoreError(known[0], `${where}: ${known[1]} (${messageOf(cause)})`, { cause: error });
    // the driver gives no code where the server goes away
    if (
      /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a conn)/.test(
        cause.message,
      )
    )
      return new StoreError("unreachable", `${where}: the connection was lost (${cause.message})`, { cause: error });
  }
  return error;
}
