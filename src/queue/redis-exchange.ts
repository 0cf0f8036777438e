/** A few commands to a Redis and its replies: just enough of its protocol (RESP2) to look at it. */
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

export interface RedisAddress {
  host: string;
  port: number;
  tls: boolean;
  /** Empty where none is given, as the password. */
  username: string;
  password: string;
}

/** Whoever answers there does not speak as a Redis does. */
export class NotRedis extends Error {
  override readonly name = "NotRedis";
}

/** What a Redis says instead of a reply; a reply among others, so it is not thrown. */
export class RedisError extends Error {
  override readonly name = "RedisError";
}

export type RedisReply = string | number | null | RedisError | RedisReply[];

/** Replies to what the doctor asks have some hundred bytes. */
const mostBytes = 65_536;
const deepest = 4;

/**
 * Sends the commands together and returns their replies in order, fewer where the connection was closed before; null
 * when they have not come within `waitMs`. Throws NotRedis, or what kept the connection from being made.
 */
export function exchange(address: RedisAddress, commands: string[][], waitMs: number): Promise<RedisReply[] | null> {
  return new Promise((resolve, reject) => {
    const socket = open(address);
    let heard = "";
    const timer = setTimeout(() => end(() => resolve(null)), waitMs);
    const end = (tell: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      tell();
    };
    const look = (closed: boolean) => {
      try {
        const replies = readReplies(heard);
        if (replies.length >= commands.length || (closed && replies.length > 0)) return end(() => resolve(replies));
        if (closed || heard.length > mostBytes) throw new NotRedis();
      } catch (error) {
        end(() => reject(error instanceof Error ? error : new NotRedis()));
      }
    };
    socket.setEncoding("latin1"); // a letter is a byte, as lengths count them
    socket.on("data", (text: string) => {
      heard += text;
      look(false);
    });
    socket.on("end", () => look(true));
    // an error of several attempts, one per address of the host, has no message of its own
    socket.on("error", (error: NodeJS.ErrnoException) =>
      end(() => reject(error.message === "" ? new Error(error.code ?? "no connection") : error)),
    );
    socket.write(commands.map(written).join(""));
  });
}

function open({ host, port, tls }: RedisAddress): Socket {
  if (!tls) return connectPlain({ host, port });
  return connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) });
}

const written = (command: string[]): string =>
  [`*${command.length}`, ...command.flatMap((word) => [`$${Buffer.byteLength(word)}`, word]), ""].join("\r\n");

/** All whole replies at the beginning of a text; what is not whole yet is left. Throws NotRedis. */
function readReplies(text: string): RedisReply[] {
  const replies: RedisReply[] = [];
  for (let read = readReply(text, 0, 0); read !== null; read = readReply(text, read.next, 0)) replies.push(read.reply);
  return replies;
}

/** What the bytes say in UTF-8. */
const lettersOf = (bytes: string): string => Buffer.from(bytes, "latin1").toString();

interface Read {
  reply: RedisReply;
  /** Where the next reply begins. */
  next: number;
}

/** The reply that begins at `at`; null where it is not whole yet. */
function readReply(text: string, at: number, depth: number): Read | null {
  if (at >= text.length) return null;
  const kind = text[at]!;
  if (!"+-:$*".includes(kind) || depth > deepest) throw new NotRedis();
  const lineEnd = text.indexOf("\r\n", at);
  if (lineEnd < 0) return null;
  const line = text.slice(at + 1, lineEnd);
  const next = lineEnd + 2;
  if (kind === "+") return { reply: lettersOf(line), next };
  if (kind === "-") return { reply: new RedisError(lettersOf(line)), next };
  const number = Number(line);
  if (line === "" || !Number.isInteger(number) || number > Number.MAX_SAFE_INTEGER) throw new NotRedis();
  if (kind === ":") return { reply: number, next };
  if (number < 0) return { reply: null, next };
  if (kind === "*") return readList(text, next, number, depth);
  const end = next + number;
  return text.length < end + 2 ? null : { reply: lettersOf(text.slice(next, end)), next: end + 2 };
}

function readList(text: string, at: number, length: number, depth: number): Read | null {
  const list: RedisReply[] = [];
  let next = at;
  while (list.length < length) {
    const read = readReply(text, next, depth + 1);
    if (read === null) return null;
    list.push(read.reply);
    next = read.next;
  }
  return { reply: list, next };
}
