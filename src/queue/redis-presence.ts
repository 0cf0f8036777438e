/** Who is connected to Redis: a worker that is killed is seen to be gone long before its locks end. */
import type { Redis } from "ioredis";
import type { Marked } from "./engine.ts";

/** A worker whose connection broke comes back within two seconds; one that does not is gone. */
const absentMs = 3_000;
/** For so long it is remembered, by all, that a worker was missed. */
const rememberedMs = 2 * absentMs;

/** Connections bear their process' mark. */
export const nameOf = (token: string): string => `citera-${token}`;
const namePattern = / name=citera-([0-9a-f-]+) /g;

/**
 * Jobs under way in a queue whose worker has not been connected for a while; none where it cannot be told who is, as
 * behind a proxy. `keyOf` gives the name of a key of the queue.
 */
export async function abandonedIn(
  client: Redis,
  ownToken: string,
  keyOf: (name: string) => string,
  missedKey: (token: string) => string,
): Promise<Marked[]> {
  const ids = await client.lrange(keyOf("active"), 0, -1);
  if (ids.length === 0) return [];
  const locks = await client.mget(ids.map((id) => keyOf(`${id}:lock`)));
  const list = await client.client("LIST").catch(() => ""); // not everybody may ask for it
  const connected = new Set(Array.from(String(list).matchAll(namePattern), ([, token]) => token!));
  if (!connected.has(ownToken)) return [];
  const underWay = ids.flatMap((id, i) => (locks[i] ? [{ id, token: locks[i] }] : []));
  const gone = new Set<string>();
  for (const token of new Set(underWay.map((job) => job.token)))
    if (!connected.has(token) && (await missedForLong(client, missedKey(token)))) gone.add(token);
  return underWay.filter(({ token }) => gone.has(token));
}

/** Notes that a worker is missed; true where that was noted a while ago, by whomever. */
async function missedForLong(client: Redis, key: string): Promise<boolean> {
  await client.set(key, 1, "PX", rememberedMs, "NX");
  return (await client.pttl(key)) <= rememberedMs - absentMs;
}
