/** A secret never appears in the log, wherever it hides, and ordinary words always do. */
import { describe, expect, it } from "vitest";
import { createLog, redactor, type Log } from "../src/log.ts";

/** Has the form of no key: only its being known gives it away. */
const known = 'Vinter-i-Umeå/2026+"\\q';
const plain = "0123456789abcdef";

interface Written {
  log: Log;
  /** All lines, joined. */
  text: () => string;
  lines: () => Record<string, unknown>[];
}

function writing(secrets: string[] = [known, plain], level = "debug"): Written {
  const lines: string[] = [];
  const log = createLog(level, redactor(secrets), { write: (line) => void lines.push(line) });
  return {
    log,
    text: () => lines.join(""),
    lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
/** A secret as itself, as it stands in JSON, in JSON within JSON and in an address. */
const formsOf = (secret: string): string[] => [
  secret,
  inJson(secret),
  inJson(inJson(secret)),
  encodeURIComponent(secret),
];

/** Logs, and says whether any form of the secret came out; every line has to be whole JSON. */
function leaks(secret: string, write: (log: Log) => void, secrets = [known, plain]): boolean {
  const { log, text, lines } = writing(secrets);
  write(log);
  expect(lines().length).toBeGreaterThan(0);
  return formsOf(secret).some((form) => text().includes(form));
}

describe("a known secret", () => {
  const withCause = (secret: string): Error =>
    new Error("outer", { cause: new Error(`inner ${secret}`, { cause: new Error(`innermost ${secret}`) }) });
  const withFields = (secret: string): Error =>
    Object.assign(new Error("failed"), { request: { headers: { "x-api-key": secret } }, url: `http://h/?k=${secret}` });

  const places: [where: string, write: (secret: string) => (log: Log) => void][] = [
    ["a message", (secret) => (log) => log.info(`asked with ${secret} today`)],
    ["a message's argument", (secret) => (log) => log.info("asked with %s", secret)],
    ["a field", (secret) => (log) => log.warn({ value: secret }, "x")],
    ["the name of a field", (secret) => (log) => log.warn({ [secret]: 1 }, "x")],
    ["a nested field", (secret) => (log) => log.warn({ a: { b: [{ c: `<${secret}>` }] } }, "x")],
    ["an address", (secret) => (log) => log.warn({ url: `https://h/?key=${encodeURIComponent(secret)}&a=1` }, "x")],
    ["JSON within a text", (secret) => (log) => log.warn({ body: JSON.stringify({ note: secret }) }, "x")],
    ["an error's message", (secret) => (log) => log.error(new Error(`refused ${secret}`))],
    ["an error as a field", (secret) => (log) => log.error({ err: new Error(`refused ${secret}`) }, "x")],
    ["an error's causes", (secret) => (log) => log.error({ err: withCause(secret) }, "x")],
    ["an error's fields", (secret) => (log) => log.error({ err: withFields(secret) }, "x")],
    ["a child's bindings", (secret) => (log) => log.child({ key: secret }).info("x")],
    ["headers", (secret) => (log) => log.debug({ headers: { Authorization: `Bearer ${secret}` } }, "x")],
  ];

  it.each(places)("in %s never comes out", (where, write) => {
    expect(leaks(plain, write(plain))).toBe(false);
    // the same line has it when nobody knows the secret, unless it stands where only secrets stand: the test can fail
    expect(leaks(plain, write(plain), [])).toBe(where !== "headers");
  });

  it.each(places)("with quotes, slashes and letters beyond ASCII in %s never comes out", (_, write) => {
    expect(leaks(known, write(known))).toBe(false);
  });

  it("is replaced by a word that says so, and the rest of the line stays", () => {
    const { log, lines } = writing();
    log.info({ question: 7, note: `före ${plain} efter` }, `key ${plain} refused`);
    expect(lines()).toMatchObject([
      { level: 30, question: 7, note: "före [redacted] efter", msg: "key [redacted] refused" },
    ]);
  });

  it("is found although another secret is its beginning", () => {
    const redact = redactor(["abcdef", "abcdefghij"]);
    expect(redact("abcdefghij abcdef")).toBe("[redacted] [redacted]");
  });

  it("is found although it was given with the line's end that its file has", () => {
    expect(redactor([`${plain}\n`])(`sent ${plain} to`)).toBe("sent [redacted] to");
  });

  it("shorter than six characters is left, because words would be torn apart", () => {
    expect(redactor(["test", ""])("a test of testers")).toBe("a test of testers");
  });
});

describe("what looks like a key although nobody registered it", () => {
  const redact = redactor([]);

  it.each([
    "sk-abcdefgh12345678",
    "sk-proj-Ab1_Cd2-Ef3Gh4Ij5Kl6",
    "sk-ant-api03-AAAA_bbbb-CCCC",
    "pplx-0123456789abcdef",
    "xai-0123456789abcdef",
    "gsk_0123456789abcdef",
    "whsec_0123456789abcdef",
    "AIzaSyA-0123456789abcdefghijklmnopqrs",
  ])("is redacted: %s", (key) => {
    expect(redact(`Incorrect API key provided: ${key}. See`)).toBe("Incorrect API key provided: [redacted]. See");
    expect(redact(JSON.stringify({ body: JSON.stringify({ key }) }))).not.toContain(key.slice(-12));
  });

  it.each([
    ["Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.x-y_z==", "Authorization: [redacted]"],
    ["postgres://citera:hemligt123@db.example:5432/citera", "postgres://citera:[redacted]@db.example:5432/citera"],
    ["redis://:p%40ss@cache.example/0", "redis://:[redacted]@cache.example/0"],
  ])("is redacted in %s", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each([
    "authorization",
    "Authorization",
    "proxy-authorization",
    "x-api-key",
    "X-Api-Key",
    "api-key",
    "apiKey",
    "api_key",
    "auth-token",
    "authToken",
    "access_token",
    "password",
    "secret",
    "cookie",
    "set-cookie",
  ])("is redacted under the name %s, also in JSON within JSON", (name) => {
    const value = 'Basic dXNlcg"\\x';
    expect(JSON.parse(redact(JSON.stringify({ [name]: value, model: "m" })))).toEqual({
      [name]: "[redacted]",
      model: "m",
    });
    const inner = JSON.stringify({ [name]: "Basic dXNlcg", model: "m" });
    const twice = JSON.parse(redact(JSON.stringify({ body: inner }))) as { body: string };
    expect(JSON.parse(twice.body)).toEqual({ [name]: "[redacted]", model: "m" });
  });
});

describe("ordinary text", () => {
  it.each([
    "Which risk-adjusted task-oriented desk-sharing tool is best?",
    "Vilken elcykel är bäst för pendling i Skåne, och varför?",
    "The Bearer of bad news: bearer bonds, brk-something, disk-encryption-at-rest",
    "Läs mer på https://www.example.se:8443/sök?q=a@b och skriv till info@example.se",
    "https://example.com/a:b@c and 12:30@home",
    "the key OPENAI_API_KEY is not set; the secret of ${ANTHROPIC_API_KEY} is missing",
    "model gpt-5-2025-08-07, claude-haiku-4-5-20251001, 0198f5c2-7f00-7a3e-9d3c-0242ac120002",
    '{"usage":{"input_tokens":11,"output_tokens":7},"tokens":"none","passwords":"2","keys":"api"}',
  ])("is left as it is: %s", (text) => {
    expect(redactor([known, plain])(text)).toBe(text);
  });

  it("is left as it is when a secret is in it only in part", () => {
    expect(redactor(["Stockholmare"])("Stockholm ligger i Sverige")).toBe("Stockholm ligger i Sverige");
  });
});

describe("a log", () => {
  it("writes one line of JSON per event, with its time and without a process or host", () => {
    const { log, text, lines } = writing();
    log.warn({ project: "acme" }, "två\nrader");
    log.error(new Error("boom"));
    expect(text().match(/\n/g)).toHaveLength(2);
    const [first, second] = lines();
    expect(first).toMatchObject({ level: 40, project: "acme", msg: "två\nrader" });
    expect(Number.isNaN(Date.parse(String(first?.["time"])))).toBe(false);
    expect(second).toMatchObject({ msg: "boom", err: { type: "Error", message: "boom" } });
    expect(Object.keys(first ?? {})).not.toEqual(expect.arrayContaining(["pid"]));
  });

  it("keeps to its level, and silent is silent", () => {
    const { log, lines } = writing([], "warn");
    log.info("no");
    log.warn("yes");
    expect(lines().map(({ msg }) => msg)).toEqual(["yes"]);
    const silent = writing([], "silent");
    silent.log.fatal("no");
    expect(silent.text()).toBe("");
  });
});
