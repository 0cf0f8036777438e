/** citera start as a process: the page on loopback, who may ask for it, and a clean end. */
import { request } from "node:http";
import { describe, it } from "vitest";
import { deskFor } from "../support/cli.ts";
import { changed } from "../support/project-text.ts";

const get = (url: string, host?: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { headers: host === undefined ? {} : { host } }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (piece: string) => (body += piece));
      response.on("end", () => resolve({ status: response.statusCode!, body }));
    });
    asked.on("error", reject).end();
  });

describe.concurrent("citera start", { timeout: 60_000 }, () => {
  it("serves the page on loopback to those who ask by name, until it is told to stop", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", changed());
    expect((await desk.run(["apply"])).code).toBe(0);
    const started = desk.start(["start", "--port", "0"]);
    const [, url, port] = /^Citera: (http:\/\/127\.0\.0\.1:(\d+)\/)\n/.exec(await started.said(/Citera: .*\n/))!;
    const [page, swedish, stranger, rebound] = await Promise.all([
      get(url!),
      get(`${url}?lang=sv`, `localhost:${port}`),
      get(url!, "evil.example"),
      get(url!, `127.0.0.1.evil.example:${port}`),
    ]);
    expect(page.status).toBe(200);
    expect(page.body).toContain("Acme");
    expect(swedish.body).toContain('lang="sv"');
    expect([stranger.status, rebound.status]).toEqual([421, 421]);
    expect(stranger.body).not.toContain("Acme");
    const second = await desk.run(["start", "--port", "0"]);
    expect(second.code).toBe(4);
    expect(second.stderr).toContain("another citera process uses this database");

    started.kill("SIGTERM");
    const { stderr, code } = await started.ended;
    expect([stderr, code]).toEqual(["", 0]);
    await expect(get(url!)).rejects.toThrow("ECONNREFUSED");
    expect(await desk.run(["apply", "--lang", "sv"])).toEqual({ stdout: "Inga ändringar.\n", stderr: "", code: 0 });
  });

  it("says where it cannot listen", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const [word, far, taken] = await Promise.all([
      desk.run(["start", "--port", "many"]),
      desk.run(["start", "--port", "65536", "--db", "b.db"]),
      desk.run(["start", "--port", "0", "--host", "192.0.2.1", "--db", "c.db"]),
    ]);
    expect([word.code, far.code, taken.code]).toEqual([2, 2, 2]);
    for (const { stderr } of [word, far]) expect(stderr).toContain("must be a port from 0 to 65535");
    expect(taken.stderr).toMatch(
      /^the page cannot be served there \(.*192\.0\.2\.1.*\); choose with --host and --port\n$/,
    );
  });
});
