/** What the doctor finds out about a Redis, from servers on loopback that answer as one would, or as one would not. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { lookAtRedis } from "../../src/cli/doctor-redis.ts";
import { readConfig } from "../../src/config.ts";

const secret = "hemligt-lösen";
const longerThanATest = 60_000;

/** A server that says `replies` to whatever it hears first; returns its place and what it heard. */
async function serverFor(...replies: (string | null)[]): Promise<{ place: string; heard: () => string }> {
  let heard = "";
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined); // the doctor hangs up when it has heard enough
    socket.on("data", (data) => (heard += data.toString()));
    socket.once("data", () => {
      for (const reply of replies)
        if (reply === null) socket.end();
        else socket.write(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { place: `127.0.0.1:${(server.address() as AddressInfo).port}`, heard: () => heard };
}

const policy = (name: string, version = "7.0.15") =>
  `*2\r\n$16\r\nmaxmemory-policy\r\n$${name.length}\r\n${name}\r\n` + info(version);
const info = (version: string) => {
  const text = `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n`;
  return `$${text.length}\r\n${text}\r\n`;
};

async function looked(
  redisUrl: string,
  { language = "en", database = "postgres://db/c", waitMs = longerThanATest } = {},
) {
  const config = readConfig({ REDIS_URL: redisUrl, DATABASE_URL: database, CITERA_LANGUAGE: language });
  const [finding, ...more] = await lookAtRedis(config, waitMs);
  expect(more).toEqual([]);
  expect(finding!.says).not.toContain(secret);
  return [finding!.level, finding!.says, finding!.code];
}

describe("Redis", () => {
  it("is not looked at where REDIS_URL is not set", async () => {
    expect(await lookAtRedis(readConfig({ DATABASE_URL: "postgres://db/c", REDIS_URL: "" }))).toEqual([]);
  });

  it("is fit where it never throws anything away, also when the reply comes in pieces", async () => {
    const reply = policy("noeviction");
    for (const cut of [1, 3, 7, 30, reply.length - 1]) {
      const { place, heard } = await serverFor(reply.slice(0, cut), reply.slice(cut));
      const says = `Redis at ${place} answers and throws no job away (maxmemory-policy noeviction)`;
      expect(await looked(`redis://${place}/0`)).toEqual(["ok", says, undefined]);
      const asked = [
        "*3\r\n$6\r\nCONFIG\r\n$3\r\nGET\r\n$16\r\nmaxmemory-policy",
        "*2\r\n$4\r\nINFO\r\n$6\r\nserver",
        "",
      ];
      expect(heard()).toBe(asked.join("\r\n"));
    }
  });

  it("is told how to keep everything where it does not, in both languages", async () => {
    const { place } = await serverFor(policy("allkeys-lru"));
    const mended =
      /allkeys-lru\).*`CONFIG SET maxmemory-policy noeviction`.*`maxmemory-policy noeviction` (?:i|into) redis\.conf/;
    for (const language of ["en", "sv"])
      expect(await looked(`redis://${place}`, { language })).toEqual(["fail", expect.stringMatching(mended), 4]);
  });

  it("is refused where it is older than what jobs need", async () => {
    for (const [version, level] of [
      ["5.0.14", "fail"],
      ["6.0.16", "fail"],
      ["6.2.0", "ok"],
      ["10.1.2", "ok"],
    ]) {
      const { place } = await serverFor(policy("noeviction", version));
      expect((await looked(`redis://${place}`))[0]).toBe(level);
    }
    const { place } = await serverFor(policy("noeviction", "6.0.16"));
    expect((await looked(`redis://${place}`))[1]).toMatch(/ is 6\.0\.16; jobs need 6\.2 or later, so update it/);
  });

  it("is given user and password, byte for byte, and never shows them", async () => {
    const { place, heard } = await serverFor("+OK\r\n", policy("noeviction"));
    const address = `redis://anna:${encodeURIComponent(secret)}@${place}`;
    expect((await looked(address))[0]).toBe("ok");
    expect(heard()).toMatch(/^\*3\r\n\$4\r\nAUTH\r\n\$4\r\nanna\r\n\$14\r\nhemligt-lösen\r\n\*3\r\n\$6\r\nCONFIG/);
    const open = await serverFor(
      "-ERR AUTH <password> called without any password configured for the default user.\r\n",
      policy("noeviction"),
    );
    expect((await looked(`redis://:${secret}@${open.place}`))[0]).toBe("ok");
  });

  it.each([
    [
      "-WRONGPASS invalid username-password pair or user is disabled.\r\n-NOAUTH Authentication required.\r\n",
      /^Redis at \S+ refuses the user name or the password; put the right ones into REDIS_URL/,
    ],
    ["-ERR invalid password\r\n-NOAUTH Authentication required.\r\n", /refuses the user name or the password/],
    [`-ERR ${secret} is not welcome\r\n`, /^Redis at \S+ cannot be used now: ERR \[redacted\] is not welcome$/],
  ])("that answers a password with %j is not confused with others", async (reply, says) => {
    const { place } = await serverFor(reply, null);
    expect(await looked(`redis://:${encodeURIComponent(secret)}@${place}`)).toEqual([
      "fail",
      expect.stringMatching(says),
      4,
    ]);
  });

  it.each([
    [
      "-NOAUTH Authentication required.\r\n",
      "fail",
      /asks for a password; put it into REDIS_URL, between `redis:\/\/:` and `@`$/,
    ],
    [
      "-DENIED Redis is running in protected mode\r\n",
      "fail",
      /cannot be used now: DENIED Redis is running in protected mode$/,
    ],
    ["-ERR max number of clients reached\r\n", "fail", /cannot be used now: ERR max number of clients reached$/],
    [
      "-ERR unknown command 'CONFIG'\r\n",
      "warn",
      /does not show its maxmemory-policy \(ERR unknown command 'CONFIG'\); see in its provider's settings that it is noeviction/,
    ],
    [
      "-NOPERM this user has no permissions to run the 'config|get' command\r\n",
      "warn",
      /does not show its maxmemory-policy/,
    ],
    ["*0\r\n", "warn", /does not show its maxmemory-policy \(it knows no such setting\)/],
    [
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      "fail",
      /^what answers at 127\.0\.0\.1:\d+ is no Redis; check host and port in REDIS_URL, and write rediss:\/\//,
    ],
    ["\u0015\u0003\u0003", "fail", /is no Redis/],
    ["*1\r\n".repeat(10_000), "fail", /is no Redis/],
    ["$99999999999999999999\r\n", "fail", /is no Redis/],
    [`+${"x".repeat(70_000)}`, "fail", /is no Redis/],
    ["", "fail", /is no Redis/],
  ])("that answers %.40j is told apart", async (reply, level, says) => {
    const { place } = await serverFor(reply, null);
    expect((await looked(`redis://${place}`)).slice(0, 2)).toEqual([level, expect.stringMatching(says)]);
  });

  it("that says nothing, or is not there, is not waited for", async () => {
    const silent = await serverFor();
    expect(await looked(`redis://${silent.place}`, { waitMs: 20 })).toEqual([
      "fail",
      `Redis at ${silent.place} cannot be reached (no reply within 0.02 s); check REDIS_URL, the network, and that Redis runs there`,
      4,
    ]);
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    for (const scheme of ["redis", "rediss"])
      expect((await looked(`${scheme}://127.0.0.1:${port}`, { language: "sv" })).slice(0, 2)).toEqual([
        "fail",
        expect.stringMatching(/^Redis på 127\.0\.0\.1:\d+ går inte att nå \(.*ECONNREFUSED.*\); kontrollera REDIS_URL/),
      ]);
  });

  it("is spoken to in TLS where the address says rediss", async () => {
    const { place, heard } = await serverFor("-ERR what is this\r\n", null);
    expect((await looked(`rediss://:${secret}@${place}`))[0]).toBe("fail");
    expect([heard().codePointAt(0), heard().includes(secret)]).toEqual([22, false]); // a handshake
  });

  it("has an address of its own, and needs Postgres", async () => {
    for (const address of ["localhost:6379", "http://127.0.0.1", `redis://:${secret}%@h`, "redis:", "nonsense"])
      expect(await looked(address)).toEqual([
        "fail",
        expect.stringMatching(/^REDIS_URL is no address of a Redis; write redis:/),
        2,
      ]);
    expect(await looked("redis://127.0.0.1:1", { database: "citera.db" })).toEqual([
      "warn",
      "REDIS_URL is set, but Redis is used together with Postgres only; take REDIS_URL out, or set DATABASE_URL to a postgres:// address",
      undefined,
    ]);
  });
});
