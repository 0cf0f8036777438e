/** Connects assistants: puts secrets into their settings and names the lane their questions wait in. */
import { createHash } from "node:crypto";
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Assistant } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { House } from "./job.ts";

/** The variable a secret setting refers to; the adapter's usual one when the setting is not given. */
const variableOf = (given: unknown, usual: string): string | undefined =>
  given === undefined ? usual : typeof given === "string" ? reference.exec(given)?.[1] : undefined;

const reference = /^\$\{([A-Z_][A-Z0-9_]*)\}$/;

/** What must be known of an assistant to connect it. */
export type Configured = Pick<Assistant, "key" | "adapter" | "settings">;

export function adapterOf(house: Pick<House, "adapters">, id: string): AssistantAdapter {
  const adapter = house.adapters.find((candidate) => candidate.id === id);
  if (!adapter)
    throw new InputError(`there is no adapter ${id}; known are ${house.adapters.map((known) => known.id).join(", ")}`);
  return adapter;
}

/** Variables an assistant needs that are not set. */
export function missingSecrets(house: Pick<House, "adapters" | "secret">, assistant: Configured): string[] {
  const { secrets, needs } = adapterOf(house, assistant.adapter);
  const needed = needs(assistant.settings);
  return Object.entries(secrets).flatMap(([name, usual]) => {
    const given = assistant.settings[name];
    if (given === undefined && !needed.includes(name)) return [];
    const variable = variableOf(given, usual);
    return variable !== undefined && house.secret(variable) === undefined ? [variable] : [];
  });
}

/** Settings with the values of their ${NAME} references. Throws InputError that names what is not set. */
export function resolveSettings(
  house: Pick<House, "adapters" | "secret">,
  assistant: Configured,
): Record<string, unknown> {
  const missing = missingSecrets(house, assistant);
  if (missing.length)
    throw new InputError(`${assistant.key} needs ${missing.join(", ")}: set it in the environment or in .env`);
  const settings: Record<string, unknown> = { ...assistant.settings };
  for (const [name, usual] of Object.entries(adapterOf(house, assistant.adapter).secrets)) {
    const variable = variableOf(settings[name], usual);
    const value = variable !== undefined ? house.secret(variable) : undefined;
    if (value !== undefined) settings[name] = value;
    else delete settings[name];
  }
  return settings;
}

/** The lane of an assistant's questions: assistants with the same adapter, vendor, address and key share one. */
export function laneOf({ adapter, settings }: Assistant): string {
  const vendor = settings["through"] === undefined ? [] : [settings["through"], settings["login"] ?? null];
  const credential = JSON.stringify([settings["apiKey"] ?? null, settings["baseUrl"] ?? null, ...vendor]);
  return `ask-${adapter}-${createHash("sha256").update(credential).digest("hex").slice(0, 8)}`;
}

type Connection = ReturnType<AssistantAdapter["connect"]>;
const connections = new WeakMap<House, Map<string, Connection>>();

/** The function that asks this assistant; made once for the same settings. */
export function connect(house: House, assistant: Assistant): Connection {
  const key = `${assistant.adapter} ${JSON.stringify(assistant.settings)}`;
  let known = connections.get(house);
  if (!known) connections.set(house, (known = new Map<string, Connection>()));
  let connection = known.get(key);
  if (!connection) {
    connection = adapterOf(house, assistant.adapter).connect(resolveSettings(house, assistant));
    known.set(key, connection);
  }
  return connection;
}
