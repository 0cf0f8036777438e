/** What the doctor looks at on the way to the assistants: keys and settings, their hosts, and the clock by theirs. */
import pLimit from "p-limit";
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Config } from "../config.ts";
import type { ProjectDefinition } from "../domain.ts";
import { messageOf, TransportError } from "../errors.ts";
import { createFetch } from "../http.ts";
import { words } from "../words/index.ts";
import { exitCodes } from "./command.ts";
import type { Finding } from "./doctor-checks.ts";
import { explained } from "./failures.ts";

export type Slot = ProjectDefinition["assistants"][number];

const mostSkewS = 60;
const hostTimeoutMs = 10_000;
const hostsAtOnce = 6;

/** Every assistant of the project; nobody is asked, and no key leaves the process. */
export async function lookAtAssistants(slots: Slot[], config: Config): Promise<Finding[]> {
  const { assistants: adapters } = await import("../assistants/index.ts");
  const wording = words[config.language].doctor;
  const findings: Finding[] = [];
  const places = new Map<string, Place>();
  for (const slot of slots) {
    const adapter = adapters.find(({ id }) => id === slot.adapter)!; // the file has been checked
    if (adapter.collected) {
      findings.push({ about: "key", level: "ok", says: wording.collected(slot.title) });
      continue;
    }
    findings.push((await lookAtKey(slot, adapters, config)).finding);
    const address = adapter.address(slot.settings);
    if (address === null) findings.push({ about: "host", level: "skip", says: wording.hostUnknown(slot.title) });
    else {
      const { origin } = new URL(address);
      const place = places.get(origin) ?? { address, titles: [] };
      places.set(origin, { ...place, titles: [...place.titles, slot.title] });
    }
  }
  return [...findings, ...(await lookAtHosts([...places.values()], config))];
}

/** What runs have found of assistants that are asked as the project file says; nothing where no database tells. */
export async function lookAtAttention(definition: ProjectDefinition, config: Config): Promise<Finding[]> {
  const { areAskedAlike, findProject, listAssistants, lookAtStore, openStoreReadOnly } =
    await import("../store/index.ts");
  const { assistants: adapters } = await import("../assistants/index.ts");
  // what is wrong with the database has been told
  const state = await lookAtStore(config.databaseUrl).catch(() => null);
  if (state !== "ready") return [];
  const store = await openStoreReadOnly(config.databaseUrl);
  try {
    const project = await findProject(store.read, definition.key);
    const known = project ? await listAssistants(store.read, project.id) : [];
    return definition.assistants.flatMap((slot): Finding[] => {
      const same = known.find((one) => one.key === slot.key && areAskedAlike(one, slot));
      if (!same?.attention) return [];
      const adapter = adapters.find(({ id }) => id === slot.adapter)!; // the file has been checked
      const why = explained(same.attention, slot, adapter, config.language);
      return [{ about: "attention", level: "warn", says: words[config.language].attention(slot.title, why) }];
    });
  } finally {
    await store.close();
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

/** A host and the assistants asked there. */
interface Place {
  address: string;
  titles: string[];
}

interface Knock {
  finding: Finding;
  /** Seconds our clock is ahead of the host's; null when it has not told the time. */
  ahead: number | null;
  host: string;
}

async function lookAtHosts(places: Place[], config: Config): Promise<Finding[]> {
  if (places.length === 0) return [];
  const fetchHead = createFetch({ timeoutMs: hostTimeoutMs, maxBytes: 1_000_000, allowHosts: config.allowHosts });
  const limit = pLimit(hostsAtOnce);
  const knocks = await Promise.all(places.map((place) => limit(() => knock(place, fetchHead, config.language))));
  return [...knocks.map(({ finding }) => finding), lookAtClock(knocks, config.language)];
}

/** Whether a host answers, whatever it answers: without a key nothing is paid. */
async function knock(
  { address, titles }: Place,
  fetchHead: typeof fetch,
  language: Config["language"],
): Promise<Knock> {
  const wording = words[language].doctor;
  const { host } = new URL(address);
  const who = titles.join(", ");
  try {
    const { headers } = await fetchHead(address, { method: "HEAD" });
    const theirs = Date.parse(headers.get("date") ?? "");
    const ahead = Number.isNaN(theirs) ? null : Math.round((Date.now() - theirs) / 1000);
    return { finding: { about: "host", level: "ok", says: wording.reached(who, host) }, ahead, host };
  } catch (error) {
    const refused = error instanceof TransportError && error.kind === "refused_address"; // says itself what to do
    const says = (refused ? wording.refused : wording.unreached)(who, messageOf(error));
    return { finding: { about: "host", level: "fail", says, code: exitCodes.incomplete }, ahead: null, host };
  }
}

/** By the host whose clock is nearest: one clock that is wrong elsewhere is not ours. */
function lookAtClock(knocks: Knock[], language: Config["language"]): Finding {
  const { doctor, locale } = words[language];
  const told = knocks.flatMap(({ ahead, host }) => (ahead === null ? [] : [{ ahead, host }]));
  const [nearest] = told.sort((a, b) => Math.abs(a.ahead) - Math.abs(b.ahead));
  if (!nearest) return { about: "clock", level: "skip", says: doctor.clockUnknown };
  const seconds = Math.abs(nearest.ahead).toLocaleString(locale);
  if (Math.abs(nearest.ahead) <= mostSkewS)
    return { about: "clock", level: "ok", says: doctor.clock(nearest.host, seconds) };
  const says = (nearest.ahead > 0 ? doctor.clockAhead : doctor.clockBehind)(nearest.host, seconds);
  return { about: "clock", level: "warn", says };
}
