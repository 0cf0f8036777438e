/** What the doctor asks of Redis: whether it answers, lets us in, and keeps what is put into it. */
import type { Config } from "../config.ts";
import { messageOf } from "../errors.ts";
import { redactor } from "../log.ts";
import { words, type Wording } from "../words/index.ts";
import { exitCodes, harmless } from "./command.ts";
import type { Finding } from "./doctor-checks.ts";
import { exchange, NotRedis, RedisError, type RedisAddress } from "./redis-exchange.ts";

const usualWaitMs = 5_000;
const usualPort = 6379;

/** Nothing where REDIS_URL is not set. `waitMs` bounds everything from the connection to the last reply. */
export async function lookAtRedis(
  { redisUrl, databaseUrl, language }: Config,
  waitMs: number = usualWaitMs,
): Promise<Finding[]> {
  if (redisUrl === null) return [];
  const { isPostgres } = await import("../store/index.ts");
  const wording = words[language].doctor.redis;
  if (!isPostgres(databaseUrl)) return [{ about: "redis", level: "warn", says: wording.onlyPostgres }];
  const address = addressIn(redisUrl);
  if (!address) return [{ about: "redis", level: "fail", says: wording.badAddress, code: exitCodes.input }];
  const finding = await judged(address, waitMs, wording);
  const redact = redactor(address.password === "" ? [] : [address.password]); // a reply may repeat what it refuses
  return [{ about: "redis", ...finding, says: harmless(redact(finding.says)) }];
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

type Judged = Pick<Finding, "level" | "says" | "code">;

async function judged(address: RedisAddress, waitMs: number, wording: Wording["doctor"]["redis"]): Promise<Judged> {
  const { host, port, username, password } = address;
  const at = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const fail = (says: string): Judged => ({ level: "fail", says, code: exitCodes.store });
  const auth = password === "" ? [] : [["AUTH", ...(username === "" ? [] : [username]), password]];
  try {
    const replies = await exchange(address, [...auth, ["CONFIG", "GET", "maxmemory-policy"]], waitMs);
    if (replies === null) return fail(wording.unreached(at, wording.noReply(String(waitMs / 1000))));
    const entry = auth.length > 0 ? replies[0] : undefined;
    // a Redis without a password says so, and lets everybody in
    if (entry instanceof RedisError && !/without any password/.test(entry.message))
      return fail(
        /WRONGPASS|invalid password/i.test(entry.message) ? wording.wrongPassword(at) : wording.says(at, entry.message),
      );
    return judgePolicy(replies[auth.length], at, wording, fail);
  } catch (error) {
    return fail(error instanceof NotRedis ? wording.notRedis(at) : wording.unreached(at, messageOf(error)));
  }
}

function judgePolicy(
  reply: unknown,
  at: string,
  wording: Wording["doctor"]["redis"],
  fail: (says: string) => Judged,
): Judged {
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
