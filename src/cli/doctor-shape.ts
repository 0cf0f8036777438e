/** Compares the shape of a real reply with that of simulated ones: paths and types only, never what stands there. */
import type { AssistantAdapter, Call } from "../assistants/assistant.ts";
import { AssistantError } from "../errors.ts";
import { createFetch } from "../http.ts";

/** Simulated answers whose paths are put together: not every reply has every part. */
const references = 20;
/** Levels looked at; the deepest replies we know have nine. */
const deepest = 16;

type Type = "object" | "array" | "string" | "number" | "boolean" | "null";

/** Types seen at each path, and the path it lies in: `output[message].content[output_text].text`. */
type Shape = Map<string, { within: string; types: Set<Type> }>;

/** Outermost paths only: what lies in them follows. */
export interface ShapeDifference {
  /** In the real reply, in no simulated one. */
  added: { path: string; types: string }[];
  /** In every simulated reply, not in the real one. */
  lost: { path: string; types: string }[];
  /** In both, as something else. */
  changed: { path: string; types: string; expected: string }[];
}

const typeOf = (value: unknown): Type =>
  value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as Type); // JSON has no other types

/** A name as providers give them; anything else may be content, such as an address that is a key. */
const named = (name: unknown): string =>
  typeof name === "string" && /^[A-Za-z_][A-Za-z0-9_-]{0,47}$/.test(name) ? name : "?";

/** Entries of a list go by their `type`; several bodies in a list, as of a paused turn, are one reply. */
function shapeOf(body: unknown): Shape {
  const shape: Shape = new Map();
  const walk = (value: unknown, path: string, within: string, depth: number): void => {
    const seen = shape.get(path);
    if (seen) seen.types.add(typeOf(value));
    else shape.set(path, { within, types: new Set([typeOf(value)]) });
    if (typeof value !== "object" || value === null || depth === deepest) return;
    if (Array.isArray(value)) for (const entry of value) walk(entry, `${path}[${kindOf(entry)}]`, path, depth + 1);
    else
      for (const [key, inner] of Object.entries(value))
        walk(inner, path ? `${path}.${named(key)}` : named(key), path, depth + 1);
  };
  for (const one of Array.isArray(body) ? body : [body]) walk(one, "", "", 0);
  return shape;
}

const kindOf = (entry: unknown): string =>
  typeof entry === "object" && entry !== null && "type" in entry ? named(entry.type) : "";

const listed = (types: Iterable<Type>): string => [...types].sort().join("/");

/** How the shape of a body differs from those of the bodies known. A null is nothing. */
export function differenceOf(body: unknown, known: unknown[]): ShapeDifference {
  const real = shapeOf(body);
  const shapes = known.map(shapeOf);
  const ever: Shape = new Map();
  for (const [path, { within, types }] of shapes.flatMap((shape) => [...shape]))
    ever.set(path, { within, types: new Set([...(ever.get(path)?.types ?? []), ...types]) });
  const difference: ShapeDifference = { added: [], lost: [], changed: [] };
  for (const [path, { within, types }] of real) {
    const expected = ever.get(path)?.types;
    const others = [...types].filter((type) => type !== "null" && !expected?.has(type));
    if (others.length === 0) continue;
    if (!expected && ever.has(within)) difference.added.push({ path, types: listed(others) });
    else if (expected && holds(ever, path))
      difference.changed.push({ path, types: listed(others), expected: listed(expected) });
  }
  for (const [path, { within, types }] of ever)
    if (!holds(real, path) && opens(real, within) && shapes.every((shape) => holds(shape, path)))
      difference.lost.push({ path, types: listed(types) });
  return difference;
}

const typesAt = (shape: Shape, path: string): Type[] => [...(shape.get(path)?.types ?? [])];
const holds = (shape: Shape, path: string): boolean => typesAt(shape, path).some((type) => type !== "null");
const opens = (shape: Shape, path: string): boolean =>
  typesAt(shape, path).some((type) => type === "object" || type === "array");

type Asked = Pick<Call, "model" | "search"> & { settings: Record<string, unknown> };

/** How a real body differs from what a simulated town sends this adapter; null when the town does not speak its wire. */
export async function compareShape(
  adapter: AssistantAdapter,
  asked: Asked,
  body: string,
): Promise<ShapeDifference | null> {
  const known = await simulatedBodies(adapter, asked);
  return known && differenceOf(JSON.parse(body), known);
}

/** A town in which this assistant lives, asked as the real one is, with a key that is none. */
async function simulatedBodies(
  adapter: AssistantAdapter,
  { settings, model, search }: Asked,
): Promise<unknown[] | null> {
  const { demoTown, startSimulator } = await import("../simulator/index.ts");
  const demo = demoTown(new Date().toISOString().slice(0, 10));
  const others = demo.assistants.filter(({ id }) => id !== adapter.id);
  const town = await startSimulator({
    ...demo,
    assistants: [...others, { id: adapter.id, servedModel: model, search: adapter.search, effect: 0 }],
  });
  const fetchTown = createFetch({ timeoutMs: 10_000, maxBytes: 10_000_000, allowHosts: ["127.0.0.1"] });
  const tools = () => ({ fetch: fetchTown, now: Date.now, signal: new AbortController().signal });
  const rest = Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "baseUrl"));
  const secrets = Object.fromEntries(Object.keys(adapter.secrets).map((name) => [name, "simulated"]));
  try {
    for (const place of placesOf(adapter, rest)) {
      const ask = adapter.connect({ ...rest, ...secrets, baseUrl: town.url + place });
      const bodies: unknown[] = [];
      try {
        for (let i = 0; i < references; i++) {
          const text = `Which coffee machine is best? (${i})`;
          const question = { text, language: "en", country: "SE", timezone: "UTC" };
          bodies.push(JSON.parse(await ask({ asked: question, model, search }, tools())));
        }
        return bodies;
      } catch (error) {
        if (!(error instanceof AssistantError)) throw error; // nobody there speaks this wire
      }
    }
    return null;
  } finally {
    await town.close();
  }
}

/** Where in the town an adapter may find its wire: where two share a provider's path, the second has its id before it. */
function placesOf(adapter: AssistantAdapter, settings: Record<string, unknown>): string[] {
  const address = adapter.address(settings);
  const path = address === null ? "" : new URL(address).pathname.replace(/\/$/, "");
  return [...new Set([`/${adapter.id}${path}`, path, "", "/v1"])];
}
