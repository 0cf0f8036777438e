/** The environment is read once: usual values, what .env adds, and complaints that name the variable. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig, version } from "../../src/config.ts";
import { InputError } from "../../src/errors.ts";
import { redactor } from "../../src/log.ts";

const problems = (variables: Record<string, string>): string[] => {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
};

describe("the configuration", () => {
  it("listens on loopback and keeps a file beside, unless told otherwise", () => {
    expect(readConfig({})).toMatchObject({
      databaseUrl: "citera.db",
      host: "127.0.0.1",
      port: 4747,
      logLevel: "warn",
      language: "en",
      allowHosts: [],
      colour: true,
    });
  });

  it("takes what the environment says", () => {
    const config = readConfig({
      DATABASE_URL: "postgres://localhost/citera",
      CITERA_HOST: "0.0.0.0",
      CITERA_PORT: "80",
      CITERA_LOG_LEVEL: "debug",
      CITERA_ALLOW_HOSTS: " 127.0.0.1:11434, ollama.lan ,",
      NO_COLOR: "1",
      LANG: "sv_SE.UTF-8",
    });
    expect(config).toMatchObject({
      databaseUrl: "postgres://localhost/citera",
      host: "0.0.0.0",
      port: 80,
      logLevel: "debug",
      allowHosts: ["127.0.0.1:11434", "ollama.lan"],
      colour: false,
      language: "sv",
    });
    expect(readConfig({ LANG: "sv_SE.UTF-8", CITERA_LANGUAGE: "en" }).language).toBe("en");
  });

  it("takes a variable that is set to nothing for one that is not set", () => {
    const config = readConfig({ DATABASE_URL: "", CITERA_PORT: "", OPENAI_API_KEY: "" });
    expect([config.databaseUrl, config.port, config.secret("OPENAI_API_KEY")]).toEqual(["citera.db", 4747, undefined]);
  });

  it.each([
    ["CITERA_PORT", "abc", "must be a port from 0 to 65535"],
    ["CITERA_PORT", "65536", "must be a port from 0 to 65535"],
    ["CITERA_PORT", "80.5", "must be a port from 0 to 65535"],
    ["CITERA_LOG_LEVEL", "loud", 'Invalid option: expected one of "debug"|"info"|"warn"|"error"|"silent"'],
    ["CITERA_CONNECTIONS", "1", "must be at least 2"],
    ["CITERA_CONNECTIONS", "201", "must be at most 200"],
    ["CITERA_CONNECTIONS", "2.5", "must be a whole number"],
    ["CITERA_AT_ONCE", "0", "must be at least 1"],
    ["CITERA_AT_ONCE", "many", "must be a number of questions"],
    ["CITERA_LANGUAGE", "de", 'Invalid option: expected one of "en"|"sv"'],
  ])("names the variable that cannot be used: %s=%s", (name, value, why) => {
    expect(problems({ [name]: value })).toEqual([`environment variable ${name}: ${why}`]);
  });

  it("names all of them at once", () => {
    expect(problems({ CITERA_PORT: "x", CITERA_LANGUAGE: "x" })).toHaveLength(2);
  });

  it("finds secrets by name, and knows which values to take out of the log", () => {
    const config = readConfig({ OPENAI_API_KEY: "one", MY_TOKEN: "two", DB_PASSWORD: "three", CITERA_HOST: "four" });
    expect(config.secret("OPENAI_API_KEY")).toBe("one");
    expect(config.secret("NOT_SET")).toBeUndefined();
    expect(config.secrets().sort()).toEqual(["one", "three", "two"]);
  });

  it("keeps a vendor's login out of what is said, as it keeps passwords", () => {
    const config = readConfig({ DATAFORSEO_LOGIN: "åsa@example.se", DATAFORSEO_PASSWORD: "vinter-2026" });
    expect(redactor(config.secrets())("åsa@example.se:vinter-2026 was refused")).toBe(
      "[redacted]:[redacted] was refused",
    );
  });

  it.each([
    ["postgresql://citera:vinter%2F2026@db.example/citera", ["vinter%2F2026", "vinter/2026"]],
    ["postgres://citera:100%25%ZZ@db.example/citera", ["100%25%ZZ"]],
    ["postgres://citera@db.example/citera", []],
    ["citera.db", []],
  ])(
    "takes the password in an address out of the log, as it is written and as it is meant: %s",
    (address, expected) => {
      expect(readConfig({ DATABASE_URL: address }).secrets()).toEqual(expected);
      expect(readConfig({ REDIS_URL: address.replace(/^postgres(?:ql)?/, "redis") }).secrets()).toEqual(expected);
    },
  );

  it("knows the program's version", () => {
    expect(version()).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe("the file .env", () => {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "citera-env-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("adds to the environment, which wins", () => {
    writeFileSync(".env", "# keys\nFIRST_KEY=from-file\nSECOND_KEY='from file, too'\nCITERA_PORT=1\n");
    vi.stubEnv("FIRST_KEY", "from-environment");
    const config = readConfig();
    expect(config.secret("FIRST_KEY")).toBe("from-environment");
    expect(config.secret("SECOND_KEY")).toBe("from file, too");
    expect(config.port).toBe(1);
  });

  it("may be missing", () => {
    expect(readConfig().host).toBe("127.0.0.1");
  });

  it("that cannot be read is named", () => {
    mkdirSync(".env");
    expect(() => readConfig()).toThrow(/\.env: the file cannot be read/);
  });
});
