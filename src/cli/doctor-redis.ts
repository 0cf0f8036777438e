/** What the doctor asks of Redis: whether it answers, lets us in, and keeps what is put into it. */
import type { Config } from "../config.ts";
import { words } from "../words/index.ts";
import { exitCodes, harmless } from "./command.ts";
import type { Finding } from "./doctor-checks.ts";

/** Nothing where REDIS_URL is not set. `waitMs` bounds everything from the connection to the last reply. */
export async function lookAtRedis({ redisUrl, databaseUrl, language }: Config, waitMs?: number): Promise<Finding[]> {
  if (redisUrl === null) return [];
  const [{ isPostgres }, { judgeRedis }] = await Promise.all([import("../store/index.ts"), import("../queue/open.ts")]);
  const wording = words[language].doctor.redis;
  if (!isPostgres(databaseUrl)) return [{ about: "redis", level: "warn", says: wording.onlyPostgres }];
  const { level, says, badAddress } = await judgeRedis(redisUrl, wording, waitMs);
  const code = badAddress ? exitCodes.input : exitCodes.store;
  return [{ about: "redis", level, says: harmless(says), ...(level === "fail" && { code }) }];
}
