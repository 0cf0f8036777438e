/** Compares the shape of a real reply with that of simulated ones: paths only, never what stands there. */
import type { AssistantAdapter } from "../assistants/assistant.ts";
import { AssistantError } from "../errors.ts";
import { createFetch } from "../http.ts";

/** Simulated answers whose paths are put together: not every reply has every part. */
const references = 5;

export interface ShapeDifference {
  /** In the real reply, in no simulated one. */
  added: string[];
  /** In every simulated reply, not in the real one. */
  lost: string[];
}

/** Paths of a body: `output[message].content[output_text].text`; entries of a list go by their `type`. */
function pathsOf(value: unknown, path = ""): Set<string> {
  if (Array.isArray(value)) {
    return new Set(value.flatMap((entry) => [...pathsOf(entry, `${path}[${typeOf(entry)}]`)]));
  }
  if (typeof value !== "object" || value === null) return new Set([path]);
  const inner = Object.entries(value).flatMap(([key, one]) => [...pathsOf(one, path ? `${path}.${key}` : key)]);
  return new Set(path ? [path, ...inner] : inner);
}

const typeOf = (entry: unknown): string =>
  typeof entry === "object" && entry !== null && "type" in entry && typeof entry.type === "string" ? entry.type : "";

/** Of what is new or lost only the outermost: the rest follows from it. */
const outermost = (paths: string[]): string[] =>
  paths.filter(
    (path) =>
      !paths.some((outer) => outer !== path && /^[.[]/.test(path.slice(outer.length)) && path.startsWith(outer)),
  );

/** How a real body differs from what a simulated town sends this adapter; null when the town does not speak its wire. */
export async function compareShape(
  adapter: AssistantAdapter,
  model: string,
  body: string,
): Promise<ShapeDifference | null> {
  const known = await simulatedBodies(adapter, model);
  if (known === null) return null;
  const real = pathsOf(JSON.parse(body));
  const simulated = known.map((one) => pathsOf(JSON.parse(one)));
  const ever = new Set(simulated.flatMap((paths) => [...paths]));
  const always = [...ever].filter((path) => simulated.every((paths) => paths.has(path)));
  return {
    added: outermost([...real].filter((path) => !ever.has(path))),
    lost: outermost(always.filter((path) => !real.has(path))),
  };
}

async function simulatedBodies(adapter: AssistantAdapter, model: string): Promise<string[] | null> {
  const { demoTown, startSimulator } = await import("../simulator/index.ts");
  const today = new Date().toISOString().slice(0, 10);
  const town = await startSimulator(demoTown(today));
  try {
    const secrets = Object.fromEntries(Object.keys(adapter.secrets).map((name) => [name, "simulated"]));
    const usual = adapter.settings.safeParse({ ...secrets, baseUrl: "http://127.0.0.1/v1" });
    const given = adapter.settings.safeParse(secrets);
    const address = (given.success ? given : usual).data?.["baseUrl"];
    if (typeof address !== "string") return null;
    const baseUrl = town.url + new URL(address).pathname.replace(/\/$/, "");
    const ask = adapter.connect({ ...secrets, baseUrl });
    const fetchTown = createFetch({ timeoutMs: 10_000, maxBytes: 10_000_000, allowHosts: ["127.0.0.1"] });
    const tools = { fetch: fetchTown, now: Date.now, signal: new AbortController().signal };
    const bodies: string[] = [];
    for (let i = 0; i < references; i++) {
      const asked = { text: `Which coffee machine is best? (${i})`, language: "en", country: "SE", timezone: "UTC" };
      bodies.push(await ask({ asked, model, search: adapter.search }, tools));
    }
    return bodies;
  } catch (error) {
    if (error instanceof AssistantError) return null; // the town does not speak this wire
    throw error;
  } finally {
    await town.close();
  }
}
