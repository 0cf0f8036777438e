/** Connects assistants: puts secrets into their settings and names the lane their questions wait in. */
import { createHash } from "node:crypto";
import { variablesOf, type AssistantAdapter } from "../assistants/assistant.ts";
import type { Assistant } from "../domain.ts";
import { InputError } from "../errors.ts";
import { ofHouse, type House } from "./job.ts";

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
  const variables = Object.values(variablesOf(adapterOf(house, assistant.adapter), assistant.settings));
  return variables.filter((variable) => house.secret(variable) === undefined);
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
  const adapter = adapterOf(house, assistant.adapter);
  const named = variablesOf(adapter, assistant.settings);
  for (const [name, usual] of Object.entries(adapter.secrets)) {
    const variable = assistant.settings[name] === undefined ? usual : named[name]; // what is not needed is used where it is set
    const value = variable !== undefined ? house.secret(variable) : undefined;
    if (value !== undefined) settings[name] = value;
    else delete settings[name];
  }
  return settings;
}

/** The values of an assistant's secrets, to be taken out of what is said. */
export const secretsOf = (house: Pick<House, "adapters" | "secret">, { adapter, settings }: Configured): string[] =>
  Object.values({ ...adapterOf(house, adapter).secrets, ...variablesOf(adapterOf(house, adapter), settings) }).flatMap(
    (variable) => house.secret(variable) ?? [],
  );

/** The lane of an assistant's questions: assistants with the same adapter, vendor, address and key share one. */
export function laneOf({ adapter, settings }: Pick<Assistant, "adapter" | "settings">): string {
  const vendor = settings["through"] === undefined ? [] : [settings["through"], settings["login"] ?? null];
  const credential = JSON.stringify([settings["apiKey"] ?? null, settings["baseUrl"] ?? null, ...vendor]);
  return `ask-${adapter}-${createHash("sha256").update(credential).digest("hex").slice(0, 8)}`;
}

type Connection = ReturnType<AssistantAdapter["connect"]>;
const connections = ofHouse(() => new Map<string, Connection>());

/** The function that asks this assistant; made once for the same settings. */
export function connect(house: House, assistant: Assistant): Connection {
  const key = `${assistant.adapter} ${JSON.stringify(assistant.settings)}`;
  const known = connections(house);
  let connection = known.get(key);
  if (!connection) {
    connection = adapterOf(house, assistant.adapter).connect(resolveSettings(house, assistant));
    known.set(key, connection);
  }
  return connection;
}
