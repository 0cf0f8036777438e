/** What the doctor looks at: the machine, the database, and whether each assistant can be asked. */
import { statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Config } from "../config.ts";
import type { ProjectDefinition } from "../domain.ts";
import { messageOf } from "../errors.ts";
import { createFetch } from "../http.ts";
import { words } from "../words/index.ts";
import { exitCodes } from "./command.ts";

export interface Finding {
  about: "node" | "database" | "disk" | "redis" | "key" | "host" | "clock" | "reply" | "shape";
  level: "ok" | "warn" | "fail";
  says: string;
  /** The exit code that it stands for when it fails. */
  code?: number;
}

type Slot = ProjectDefinition["assistants"][number];

const lowDiskGb = 1;
const mostSkewS = 60;
const hostTimeoutMs = 10_000;

/** Node, database, disk and Redis. */
export async function lookAtMachine({ language, databaseUrl }: Config): Promise<Finding[]> {
  const wording = words[language].doctor;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const recent = major > 20 || (major === 20 && minor >= 19);
  const node: Finding = recent
    ? { about: "node", level: "ok", says: wording.node(process.versions.node) }
    : { about: "node", level: "fail", says: wording.nodeOld(process.versions.node), code: exitCodes.fault };
  return [
    node,
    await lookAtDatabase(databaseUrl, wording),
    ...lookAtDisk(databaseUrl, language),
    { about: "redis", level: "ok", says: wording.redis },
  ];
}

async function lookAtDatabase(url: string, wording: (typeof words)["en"]["doctor"]): Promise<Finding> {
  const { isPostgres, lookAtStore } = await import("../store/index.ts");
  const shown = isPostgres(url) ? "Postgres" : url; // the address holds a password
  try {
    const there = await lookAtStore(url);
    return { about: "database", level: "ok", says: there ? wording.database(shown) : wording.noDatabase(shown) };
  } catch (error) {
    return { about: "database", level: "fail", says: messageOf(error), code: exitCodes.store };
  }
}

function lookAtDisk(url: string, language: Config["language"]): Finding[] {
  const { doctor, locale } = words[language];
  if (/^postgres/.test(url)) return [];
  try {
    const { bavail, bsize } = statfsSync(dirname(resolve(url)));
    const free = (bavail * bsize) / 1e9;
    const shown = free.toLocaleString(locale, { maximumFractionDigits: 1 });
    return free < lowDiskGb
      ? [{ about: "disk", level: "warn", says: doctor.diskLow(shown) }]
      : [{ about: "disk", level: "ok", says: doctor.disk(shown) }];
  } catch (error) {
    return [{ about: "disk", level: "warn", says: messageOf(error) }];
  }
}

/** Key and settings of an assistant; the settings with their values where they are right. */
export async function lookAtKey(
  slot: Slot,
  adapters: AssistantAdapter[],
  config: Config,
): Promise<{ finding: Finding; settings: Record<string, unknown> | null }> {
  const { adapterOf, missingSecrets, resolveSettings } = await import("../jobs/index.ts");
  const wording = words[config.language].doctor;
  const house = { adapters, secret: config.secret };
  const missing = missingSecrets(house, slot);
  const fail = (says: string) => ({
    finding: { about: "key", level: "fail", says, code: exitCodes.input } as const,
    settings: null,
  });
  if (missing.length > 0) return fail(wording.keyMissing(slot.title, missing.join(", ")));
  try {
    const adapter = adapterOf(house, slot.adapter);
    const settings = resolveSettings(house, slot);
    adapter.connect(settings); // checks them, and names what is wrong without its value
    return { finding: { about: "key", level: "ok", says: wording.key(slot.title) }, settings };
  } catch (error) {
    return fail(wording.settings(slot.title, messageOf(error)));
  }
}

/** Whether the assistant's host answers, whatever it answers, and how far our clock is from its. */
export async function lookAtHost(
  slot: Slot,
  adapter: AssistantAdapter,
  settings: Record<string, unknown>,
  config: Config,
): Promise<Finding[]> {
  const wording = words[config.language].doctor;
  const address = adapter.settings.parse(settings)["baseUrl"];
  if (typeof address !== "string") return [];
  const fetchOnce = createFetch({ timeoutMs: hostTimeoutMs, maxBytes: 1_000_000, allowHosts: config.allowHosts });
  try {
    const response = await fetchOnce(address, { method: "HEAD" });
    const reached: Finding = { about: "host", level: "ok", says: wording.reached(slot.title, new URL(address).host) };
    const theirs = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(theirs)) return [reached];
    const skew = Math.round((Date.now() - theirs) / 1000);
    const clock: Finding =
      Math.abs(skew) > mostSkewS
        ? { about: "clock", level: "warn", says: wording.clockWrong(String(skew)) }
        : { about: "clock", level: "ok", says: wording.clock(String(skew)) };
    return [reached, clock];
  } catch (error) {
    const says = wording.unreached(slot.title, messageOf(error));
    return [{ about: "host", level: "fail", says, code: exitCodes.incomplete }];
  }
}
