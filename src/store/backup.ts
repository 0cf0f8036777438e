/** Copies a SQLite database while it is used, and puts a copy in a database's place: whole or not at all. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type Database from "better-sqlite3";
import { InputError, messageOf, StoreError } from "../errors.ts";
import { storeError } from "./errors.ts";
import { schemaState, type SchemaState } from "./migrate.ts";
import { connect, lookInside, takeFile } from "./sqlite.ts";

export interface Copied {
  bytes: number;
  /** "behind": it is brought up to date when it is opened. */
  state: SchemaState;
}

/**
 * Copies a database as it is at one moment, also while another process writes, to a file that only its owner can read.
 * The copy is checked and has its name when it is whole. Throws InputError about `target`, StoreError about `file`.
 */
export function backupSqlite(file: string, target: string, force: boolean): Copied {
  if (!existsSync(file)) throw new StoreError("read_only", `${file}: there is no such database`);
  checkTarget(file, target, force);
  const part = `${target}.part`;
  const copied = copyOf(file, part, `${file}: there is nothing in the database yet`);
  renameSync(part, target);
  syncFolder(target);
  return copied;
}

function checkTarget(file: string, target: string, force: boolean): void {
  if (!existsSync(dirname(resolve(target))))
    throw new InputError(`${dirname(target)}: there is no such folder; make it`);
  if (!existsSync(target)) return;
  if (realpathSync(target) === realpathSync(file))
    throw new InputError(`${target}: this is the database itself; name another file for its copy`);
  if (statSync(target).isDirectory()) throw new InputError(`${target}: this is a folder; name a file in it`);
  if (!force) throw new InputError(`${target}: the file is there already; name another one, or say --force`);
}

/** Writes a checked copy that is on the disk when this returns. Leaves nothing behind where it throws. */
function copyOf(file: string, part: string, ifEmpty: string): Copied {
  let reader: Database.Database | undefined;
  try {
    reader = connect(file, true);
    const state = schemaState("sqlite", lookInside(reader), file);
    if (state === "empty") throw new InputError(ifEmpty);
    makePart(reader, part);
    reader.prepare("vacuum into ?").run(part);
    check(part, file);
    sync(part);
    return { bytes: statSync(part).size, state };
  } catch (error) {
    rmSync(part, { force: true });
    const code = String((error as NodeJS.ErrnoException).code);
    if (/^SQLITE_(?:FULL|IOERR)/.test(code)) throw noRoom(part, messageOf(error), error);
    throw storeError(error, file);
  } finally {
    reader?.close();
  }
}

const noRoom = (part: string, why: string, cause?: unknown) =>
  new StoreError("full", `${dirname(resolve(part))}: there is no room for the copy (${why}); nothing was changed`, {
    cause,
  });

const mib = 1024 ** 2;

/** An empty file for its owner only, where there is room for the copy. */
function makePart(reader: Database.Database, part: string): void {
  const pages = (name: string) => Number(reader.pragma(name, { simple: true }));
  const needed = (pages("page_count") - pages("freelist_count")) * pages("page_size");
  const { bavail, bsize } = statfsSync(dirname(resolve(part)));
  if (needed > bavail * bsize)
    throw noRoom(
      part,
      `it takes ${Math.ceil(needed / mib)} MiB, and ${Math.floor((bavail * bsize) / mib)} MiB are free`,
    );
  try {
    rmSync(part, { force: true }); // of an earlier attempt
    closeSync(openSync(part, "wx", 0o600));
    chmodSync(part, 0o600); // whatever the process's mask
  } catch (error) {
    throw new InputError(`${part}: the copy cannot be written there; check the folder's rights (${messageOf(error)})`);
  }
}

function check(part: string, file: string): void {
  const copy = connect(part, true);
  try {
    const [first] = copy.pragma("integrity_check(1)") as { integrity_check: string }[];
    if (first?.integrity_check !== "ok")
      throw new StoreError("not_a_database", `${file}: its copy is damaged (${first?.integrity_check})`);
    schemaState("sqlite", lookInside(copy), file);
  } finally {
    copy.close();
  }
}

function sync(file: string): void {
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}

/** A new name is safe when its folder is on the disk. */
function syncFolder(file: string): void {
  const handle = openSync(dirname(resolve(file)), "r");
  fsyncSync(handle);
  closeSync(handle);
}

export interface Restored extends Copied {
  /** Where the database lies that was there before; null where there was none. */
  kept: string | null;
}

/**
 * Puts a copy of `from` in the place of the database `file`, whose old content is kept beside it. At every moment the
 * file is the old or the new database. Throws InputError about `from`, or where `file` holds a project and `force` is not
 * said; StoreError where another process has the database.
 */
export function restoreSqlite(file: string, from: string, { force, now }: { force: boolean; now: number }): Restored {
  if (!existsSync(from) || !statSync(from).isFile()) throw new InputError(`${from}: there is no such file`);
  const target = existsSync(file) ? realpathSync(file) : resolve(file);
  if (realpathSync(from) === target) throw new InputError(`${from}: this is the database itself; name a copy`);
  const release = takeFile(file);
  try {
    const part = join(dirname(target), `${basename(target)}.restore-part`);
    if (!force && isUsed(target))
      throw new InputError(
        `${file}: the database is not empty; --force puts the copy in its place and keeps it beside`,
      );
    const copied = copyFrom(from, part);
    try {
      const kept = existsSync(target) ? keepBeside(target, now) : null;
      renameSync(part, target);
      syncFolder(target);
      return { ...copied, kept };
    } catch (error) {
      rmSync(part, { force: true });
      throw storeError(error, file);
    }
  } finally {
    release();
  }
}

function copyFrom(from: string, part: string): Copied {
  try {
    return copyOf(from, part, `${from}: there is nothing in this database`);
  } catch (error) {
    if (error instanceof StoreError && error.kind === "not_a_database")
      throw new InputError(`${from}: this is no whole backup of Citera (${error.message})`);
    throw error;
  }
}

/** Whether there is anything to lose; a file that cannot be read may hold everything. */
function isUsed(file: string): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return false;
  try {
    const reader = connect(file, true);
    try {
      const { hasTables } = lookInside(reader);
      return hasTables && reader.prepare("select 1 from projects limit 1").get() !== undefined;
    } finally {
      reader.close();
    }
  } catch {
    return true;
  }
}

/** Gives the database a second name, under which it stays when the first one is given to the copy. */
function keepBeside(file: string, now: number): string {
  const kept = `${file}.before-restore-${new Date(now).toISOString().replace(/[-:.]/g, "")}`;
  const logIsIn = takeLogIn(file);
  try {
    linkSync(file, kept);
  } catch {
    copyFileSync(file, kept); // a disk without second names
    sync(kept);
  }
  for (const name of ["-wal", "-shm"]) {
    if (!existsSync(file + name)) continue;
    if (logIsIn) rmSync(file + name);
    else renameSync(file + name, kept + name); // belongs to the old file; beside the new one it would spoil it
  }
  return kept;
}

/** Brings what is in the log into the file; false where the file is so damaged that this cannot be done. */
function takeLogIn(file: string): boolean {
  let busy: boolean;
  try {
    const writer = connect(file);
    const [result] = writer.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    busy = result?.busy !== 0;
    writer.close();
  } catch {
    return false;
  }
  if (busy)
    throw new StoreError("locked", `${file}: another process reads this database. Wait until it ends, and try again`);
  return true;
}
