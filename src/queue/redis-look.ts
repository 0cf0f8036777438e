/** Whether a Redis may keep our jobs: it answers, lets us in, is new enough, and keeps what is put into it. */
import { messageOf } from "../errors.ts";
import type { Wording } from "../words/index.ts";
import { exchange, NotRedis, RedisError, type RedisAddress, type RedisReply } from "./redis-exchange.ts";

const usualWaitMs = 5_000;
const usualPort = 6379;
/** BullMQ's oldest. */
const oldest = [6, 2] as const;

/** "warn" is what cannot be seen, and may be wrong. */
export interface RedisVerdict {
  level: "ok" | "warn" | "fail";
  says: string;
  /** Whether the address itself is wrong, not what is found there. */
  badAddress?: true;
}

type RedisWords = Wording["doctor"]["redis"];

/** Looks without changing anything. `waitMs` bounds everything from the connection to the last reply. */
export async function judgeRedis(
  redisUrl: string,
  wording: RedisWords,
  waitMs: number = usualWaitMs,
): Promise<RedisVerdict> {
  const address = addressIn(redisUrl);
  if (!address) return { level: "fail", says: wording.badAddress, badAddress: true };
  const verdict = await judged(address, waitMs, wording);
  const { password } = address; // a reply may repeat what it refuses
  return password === "" ? verdict : { ...verdict, says: verdict.says.replaceAll(password, "[redacted]") };
}

/** Where and as whom, or null where the address is none of Redis. */
function addressIn(redisUrl: string): RedisAddress | null {
  try {
    const { protocol, hostname, port, username, password } = new URL(redisUrl);
    if ((protocol !== "redis:" && protocol !== "rediss:") || hostname === "") return null;
    return {
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? usualPort : Number(port),
      tls: protocol === "rediss:",
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
  } catch {
    return null; // no URL, or a stray % in the password
  }
}

const fail = (says: string): RedisVerdict => ({ level: "fail", says });

async function judged(address: RedisAddress, waitMs: number, wording: RedisWords): Promise<RedisVerdict> {
  const { host, port, username, password } = address;
  const at = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const auth = password === "" ? [] : [["AUTH", ...(username === "" ? [] : [username]), password]];
  try {
    const commands = [...auth, ["CONFIG", "GET", "maxmemory-policy"], ["INFO", "server"]];
    const replies = await exchange(address, commands, waitMs);
    if (replies === null) return fail(wording.unreached(at, wording.noReply(String(waitMs / 1000))));
    const entry = auth.length > 0 ? replies[0] : undefined;
    // a Redis without a password says so, and lets everybody in
    if (entry instanceof RedisError && !/without any password/.test(entry.message))
      return fail(
        /WRONGPASS|invalid password/i.test(entry.message) ? wording.wrongPassword(at) : wording.says(at, entry.message),
      );
    const policy = judgePolicy(replies[auth.length], at, wording);
    return policy.level === "fail" ? policy : (judgeVersion(replies[auth.length + 1], at, wording) ?? policy);
  } catch (error) {
    return fail(error instanceof NotRedis ? wording.notRedis(at) : wording.unreached(at, messageOf(error)));
  }
}

function judgePolicy(reply: RedisReply | undefined, at: string, wording: RedisWords): RedisVerdict {
  if (reply instanceof RedisError) {
    if (/^NOAUTH/.test(reply.message)) return fail(wording.passwordWanted(at));
    // providers take CONFIG away, or give it another name
    if (/^NOPERM|unknown command|not allowed|disabled/i.test(reply.message))
      return { level: "warn", says: wording.policyHidden(at, reply.message) };
    return fail(wording.says(at, reply.message));
  }
  const policy: unknown = Array.isArray(reply) ? reply[1] : undefined;
  if (typeof policy !== "string") return { level: "warn", says: wording.policyHidden(at, wording.noPolicy) };
  return policy === "noeviction" ? { level: "ok", says: wording.ready(at) } : fail(wording.evicts(at, policy));
}

/** Null where the version does, or is not told: those that hide it are providers with newer ones. */
function judgeVersion(reply: RedisReply | undefined, at: string, wording: RedisWords): RedisVerdict | null {
  const version = typeof reply === "string" ? /^redis_version:(\d+)\.(\d+)\S*/m.exec(reply) : null;
  if (!version) return null;
  const [text, major, minor] = [version[0].split(":")[1]!, Number(version[1]), Number(version[2])];
  const tooOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  return tooOld ? fail(wording.tooOld(at, text, oldest.join("."))) : null;
}
