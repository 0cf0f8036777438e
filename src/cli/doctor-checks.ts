/** What the doctor looks at on the machine itself: Node, database, disk and Redis. */
import { statfsSync } from "node:fs";
import type { Config } from "../config.ts";
import { messageOf } from "../errors.ts";
import { words } from "../words/index.ts";
import { exitCodes } from "./command.ts";
import { lookAtRedis } from "./doctor-redis.ts";

export interface Finding {
  about:
    | "node"
    | "project"
    | "environment"
    | "database"
    | "disk"
    | "redis"
    | "attention"
    | "schedule"
    | "key"
    | "host"
    | "clock"
    | "cost"
    | "reply"
    | "shape";
  /** "skip" is what could not be looked at. */
  level: "ok" | "warn" | "fail" | "skip";
  says: string;
  /** The exit code that it stands for when it fails. */
  code?: number;
}

const gib = 1024 ** 3;

export async function lookAtMachine(config: Config): Promise<Finding[]> {
  const { language, databaseUrl } = config;
  const { folderOf, isPostgres } = await import("../store/index.ts");
  const folder = isPostgres(databaseUrl) ? null : folderOf(databaseUrl);
  return [
    lookAtNode(language),
    await lookAtDatabase(databaseUrl, language),
    lookAtDisk(folder, language),
    ...(await lookAtRedis(config)),
  ];
}

function lookAtNode(language: Config["language"]): Finding {
  const wording = words[language].doctor;
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? { about: "node", level: "ok", says: wording.node(node) }
    : { about: "node", level: "fail", says: wording.nodeOld(node), code: exitCodes.fault };
}

async function lookAtDatabase(url: string, language: Config["language"]): Promise<Finding> {
  const { isPostgres, lookAtStore } = await import("../store/index.ts");
  const wording = words[language].doctor;
  const shown = isPostgres(url) ? "Postgres" : url; // the address holds a password
  try {
    const state = await lookAtStore(url);
    return { about: "database", level: state === "behind" ? "warn" : "ok", says: wording.database[state](shown) };
  } catch (error) {
    return { about: "database", level: "fail", says: messageOf(error), code: exitCodes.store };
  }
}

/** Free space in the folder; null when the database is a server's. */
function lookAtDisk(folder: string | null, language: Config["language"]): Finding {
  const { doctor } = words[language];
  if (folder === null) return { about: "disk", level: "skip", says: doctor.diskElsewhere };
  try {
    const { bavail, bsize } = statfsSync(folder);
    return judgeDisk(bavail * bsize, language);
  } catch (error) {
    return { about: "disk", level: "skip", says: doctor.diskUnknown(messageOf(error)) };
  }
}

/** Whether so many bytes are enough. */
export function judgeDisk(free: number, language: Config["language"]): Finding {
  const { doctor, locale } = words[language];
  const shown = (free / gib).toLocaleString(locale, { maximumFractionDigits: free < gib ? 2 : 1 });
  return free < gib
    ? { about: "disk", level: "warn", says: doctor.diskLow(shown) }
    : { about: "disk", level: "ok", says: doctor.disk(shown) };
}
