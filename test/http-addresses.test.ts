/** No request leaves for a private address, however the address is written, unless the operator allows it. */
import net from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TransportError } from "../src/errors.ts";
import { createFetch, isPrivateAddress, type Lookup } from "../src/http.ts";
import { openLocalServer, replying, type LocalServer } from "./support/local-server.ts";

/** A name service of our own: these tests ask no other. */
const names = { book: new Map<string, string[]>(), asked: [] as string[] };
const lookup: Lookup = (name, _, callback) => {
  names.asked.push(name);
  const found = names.book.get(name);
  if (!found) return callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" }), []);
  callback(
    null,
    found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
  );
};

let server: LocalServer;
beforeEach(async () => {
  names.book = new Map([
    ["inside.example", ["127.0.0.1"]],
    ["cloud.example", ["169.254.169.254", "fd00:ec2::254"]],
    ["mapped.example", ["::ffff:127.0.0.1"]],
    ["both.example", ["10.0.0.5", "8.8.4.4", "::1", "2606:4700::1111"]],
  ]);
  names.asked = [];
  server = await openLocalServer(replying(200, "{}"));
});
afterEach(() => server.close());

const fetchAllowing = (...allowHosts: string[]) =>
  createFetch({ timeoutMs: 5_000, maxBytes: 1_000_000, allowHosts }, lookup);
const outcomeOf = (request: Promise<Response>): Promise<number | string> =>
  request.then(
    ({ status }) => status,
    (error: unknown) => (error instanceof TransportError ? error.kind : String(error)),
  );

describe("an address", () => {
  it.each([
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "0:0:0:0:0:0:0:1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
  ])("%s is private or reserved", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    ["mapped", "::ffff:127.0.0.1"],
    ["mapped, in hexadecimal", "::ffff:a00:1"],
    ["compatible", "::127.0.0.1"],
    ["translated", "::ffff:0:127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["local NAT64", "64:ff9b:1::a00:1"],
    ["6to4", "2002:7f00:1::"],
    ["Teredo", "2001:0:7f00:1::"],
  ])("that hides a private one inside IPv6 (%s) is private", (_, address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(["8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "223.255.255.255"])(
    "%s is public",
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  it.each(["2606:4700::1111", "2a00:1450:400f::200e", "2001:4860:4860::8888", "::ffff:8.8.8.8"])(
    "%s is public",
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  it("that is none counts as private, so that doubt closes the door", () => {
    expect(["", "localhost", "127.0.0", "1.2.3.4.5", "0x7f000001"].map(isPrivateAddress)).toEqual(
      Array<boolean>(5).fill(true),
    );
  });
});

describe("a request to loopback", () => {
  const spellings = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.0.0.0x1",
    "１２７.０.０.１",
    "127。0。0。1",
    "%31%32%37.0.0.1",
  ];
  it.each(spellings)("written as %s is refused before anything is sent", async (host) => {
    const url = `http://${host}:${server.port}/`;
    expect(await outcomeOf(fetchAllowing()(url))).toBe("refused_address");
    expect(server.connections()).toBe(0);
    // the address is right: only the guard stood between
    expect(await outcomeOf(fetchAllowing("127.0.0.1")(url))).toBe(200);
  });

  it.each(["0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]"])(
    "written as %s is refused, too",
    async (host) => {
      expect(await outcomeOf(fetchAllowing()(`http://${host}:${server.port}/`))).toBe("refused_address");
      expect(server.connections()).toBe(0);
    },
  );

  it("is refused when given as a URL object, over https and with credentials in it", async () => {
    expect(await outcomeOf(fetchAllowing()(new URL(server.url)))).toBe("refused_address");
    expect(await outcomeOf(fetchAllowing()(`https://127.0.0.1:${server.port}/`))).toBe("refused_address");
    expect(await outcomeOf(fetchAllowing()(`http://api.example@127.0.0.1:${server.port}/`))).toBe("refused_address");
    expect(server.connections()).toBe(0);
  });
});

describe("a name", () => {
  it.each(["inside.example", "cloud.example", "mapped.example"])(
    "that leads to a private address is refused: %s",
    async (name) => {
      expect(await outcomeOf(fetchAllowing()(`http://${name}:${server.port}/`))).toBe("refused_address");
      expect(names.asked).toEqual([name]);
      expect(server.connections()).toBe(0);
    },
  );

  it("is looked up once, and only its public addresses are connected to", async () => {
    const { connect } = net;
    type Lookup = (name: string, options: object, callback: (error: unknown, found: unknown) => void) => void;
    const offered: unknown[] = [];
    const spy = vi.spyOn(net, "connect").mockImplementation(((options: { lookup: Lookup }) => {
      options.lookup("both.example", { all: true }, (_, found) => offered.push(found));
      options.lookup("both.example", {}, (_, found) => offered.push(found));
      return connect({ host: "127.0.0.1", port: server.port });
    }) as unknown as typeof net.connect); // of its many forms the client uses this one
    expect(await outcomeOf(fetchAllowing()(`http://both.example:${server.port}/`))).toBe(200);
    spy.mockRestore();
    const open = [
      { address: "8.8.4.4", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ];
    expect(offered).toEqual([open, "8.8.4.4"]);
    expect(server.received[0]?.headers.host).toBe(`both.example:${server.port}`);
  });

  it("that leads nowhere is a network failure, not a refusal", async () => {
    expect(await outcomeOf(fetchAllowing()("http://nowhere.example/"))).toBe("network");
  });

  it("in the list of allowed hosts may be private, others may not", async () => {
    names.book.set("localhost", ["127.0.0.1"]).set("sub.localhost", ["127.0.0.1"]);
    expect(await outcomeOf(fetchAllowing()(`http://localhost:${server.port}/`))).toBe("refused_address");
    expect(await outcomeOf(fetchAllowing("localhost")(`http://localhost:${server.port}/`))).toBe(200);
    expect(await outcomeOf(fetchAllowing("localhost")(`http://inside.example:${server.port}/`))).toBe(
      "refused_address",
    );
    expect(await outcomeOf(fetchAllowing("localhost")(`http://sub.localhost:${server.port}/`))).toBe("refused_address");
  });
});

describe("the list of allowed hosts", () => {
  it("opens a whole host, or one port of it", async () => {
    expect(await outcomeOf(fetchAllowing("127.0.0.1")(server.url))).toBe(200);
    expect(await outcomeOf(fetchAllowing(`127.0.0.1:${server.port}`)(server.url))).toBe(200);
    expect(await outcomeOf(fetchAllowing(`127.0.0.1:${server.port + 1}`)(server.url))).toBe("refused_address");
    expect(await outcomeOf(fetchAllowing("127.0.0.2", "127.0.0", "")(server.url))).toBe("refused_address");
  });

  it("knows the ports that addresses leave out, names in capitals and IPv6 without brackets", async () => {
    const lan = (allowed: string, url: string) => {
      const fetch = createFetch({ timeoutMs: 5_000, maxBytes: 1_000, allowHosts: [allowed] });
      return outcomeOf(fetch(url, { signal: AbortSignal.abort() })); // allowed is cancelled, refused is refused
    };
    expect(await lan("127.0.0.1:80", "http://127.0.0.1/")).toBe("aborted");
    expect(await lan("127.0.0.1:443", "https://127.0.0.1/")).toBe("aborted");
    expect(await lan("127.0.0.1:443", "http://127.0.0.1/")).toBe("refused_address");
    expect(await lan("LAN.example", "http://lan.example/")).toBe("aborted");
    expect(await lan("::1", "http://[::1]:11434/")).toBe("aborted");
    expect(await lan("[::1]:11434", "http://[::1]:11434/")).toBe("aborted");
    expect(await lan("[::1]:11434", "http://[::1]:11435/")).toBe("refused_address");
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("with %i to a private address is handed back, not followed", async (status) => {
    const gateway = await openLocalServer(replying(status, "", { location: `${server.url}/private` }));
    const reply = await fetchAllowing(`127.0.0.1:${gateway.port}`)(gateway.url, { redirect: "follow" });
    expect([reply.status, reply.headers.get("location")]).toEqual([status, `${server.url}/private`]);
    expect(server.connections()).toBe(0);
    await gateway.close();
  });
});

describe("a refusal", () => {
  it("names the host and how to allow it, and nothing else of the address", async () => {
    const error: unknown = await fetchAllowing()("http://user:hunter22@10.0.0.7:8080/v1/chat?key=abc123").catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TransportError);
    expect((error as TransportError).message).toBe(
      "10.0.0.7:8080 is a private address. If you run that server yourself, allow it with CITERA_ALLOW_HOSTS=10.0.0.7:8080",
    );
  });
});
