/** Faults come at their rates, calls add up, and the side channel tells what happened. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { faultKinds, type FaultKind } from "../../src/simulator/faults.ts";
import { startSimulator, type Calls, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { prompts, village } from "./village.ts";

let simulator: Simulator;
afterEach(() => simulator.close());

const open = async (options: SimulatorOptions = {}): Promise<Simulator> =>
  (simulator = await startSimulator(village(), options));

const ask = async (question: string, signal?: AbortSignal): Promise<string> => {
  const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: question }] });
  const headers = { authorization: "Bearer key" };
  const path = `${simulator.url}/v1/chat/completions`;
  return (await request(path, { method: "POST", headers, body, signal: signal ?? null })).body.text();
};

const total = ({ answered, paused, rejected, aborted, underway, faults }: Calls): number =>
  answered +
  paused +
  rejected +
  aborted +
  underway +
  Object.values(faults).reduce((a, b) => a + b, 0) -
  faults.truncated;

const control = (path: string, body?: object): Promise<Response> =>
  fetch(`${simulator.url}/_town/${path}`, body ? { method: "POST", body: JSON.stringify(body) } : {});

describe("faults", () => {
  it("happen at their rates, and the counts add up to the requests", async () => {
    const kinds = faultKinds.filter((kind) => kind !== "hang");
    await open({ faults: { rates: Object.fromEntries(kinds.map((kind) => [kind, 0.06])) } });
    const asked = 400;
    await Promise.all(
      Array.from({ length: 16 }, async (_, worker) => {
        for (let n = worker; n < asked; n += 16) await ask(`Vilken elcykel är bäst, fråga ${n % 50}?`).catch(() => "");
      }),
    );
    const calls = simulator.calls();
    expect([calls.requests, calls.underway, calls.faults.hang]).toEqual([asked, 0, 0]);
    expect(total(calls)).toBe(asked);
    const sigma = Math.sqrt(asked * 0.06 * 0.94);
    for (const kind of kinds) expect(Math.abs(calls.faults[kind] - asked * 0.06), kind).toBeLessThan(5 * sigma);
    expect(calls.sent.reduce((sum, { replies }) => sum + replies, 0)).toBe(calls.answered);
    expect(simulator.answers().filter(({ truncated }) => truncated).length).toBe(calls.faults.truncated);
  });

  it("hang until the client gives up", async () => {
    await open({ faults: { rates: { hang: 1 } } });
    const controller = new AbortController();
    const answer = ask("Vilken elcykel?", controller.signal);
    await expect.poll(() => simulator.calls().faults.hang).toBe(1);
    controller.abort();
    await expect(answer).rejects.toThrow(/abort/);
    expect(simulator.calls()).toMatchObject({ requests: 1, answered: 0, underway: 0 });
  });

  it("befall the same questions in a rerun, and leave the answers as they would have been", async () => {
    const run = async (rates: Partial<Record<FaultKind, number>>): Promise<[string[], string[]]> => {
      await open({ faults: { rates } });
      const replies: string[] = [];
      for (const { text } of prompts(30)) replies.push(await ask(text));
      const answers = simulator.answers().map(({ question, named }) => `${question} ${named.join()}`);
      await simulator.close();
      return [replies, answers];
    };
    const [replies, kept] = await run({ rate_limit_bare: 0.4 });
    const [again] = await run({ rate_limit_bare: 0.4 });
    const [, all] = await run({});
    const errors = (list: string[]): boolean[] => list.map((reply) => reply.includes("rate_limit_exceeded"));
    expect(errors(again)).toEqual(errors(replies));
    expect(new Set(errors(replies)).size).toBe(2);
    for (const answer of kept) expect(all).toContain(answer);
  });

  it("wait as long as drawn between the bounds", async () => {
    const waits: number[] = [];
    await open({
      faults: { delayMs: [100, 200] },
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    for (const { text } of prompts(20)) await ask(text);
    expect(waits.length).toBe(20);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...waits)).toBeLessThanOrEqual(200);
    expect(new Set(waits).size).toBeGreaterThan(5);
  });

  it("that cannot be are refused", async () => {
    await open();
    expect(() => simulator.setFaults({ rates: { cut: 0.6, html: 0.6 } })).toThrow(/together more than 1/);
    expect(() => simulator.setFaults({ delayMs: [5, 1] })).toThrow(/not a span/);
    for (const wrong of [{ rates: { fire: 1 } }, { rate: { cut: 1 } }, { delayMs: 5 }])
      expect((await control("faults", wrong)).status).toBe(400);
  });
});

describe("the side channel", () => {
  it("sets day, prompts and faults and tells calls, answers and truth", async () => {
    await open();
    const [prompt] = prompts(1);
    await control("day", { day: "2026-03-05" });
    await control("prompts", { prompts: [{ ...prompt, text: "Unikum?", phase: "awareness" }] });
    await ask("Unikum?");
    await control("faults", { rates: { server_error: 1 } });
    await ask("Unikum?");
    const calls = await (await control("calls")).json();
    expect(calls).toMatchObject({
      requests: 2,
      answered: 1,
      faults: { server_error: 1 },
      sent: [{ question: "Unikum?", assistant: "chat", replies: 1 }],
    });
    const answers = await (await control("answers?after=0")).json();
    expect(answers).toMatchObject({ answers: [{ number: 1, question: "Unikum?", day: "2026-03-05", language: "sv" }] });
    const truth = await (await control("truth?brand=vindil&from=2026-03-01&to=2026-03-02&assistant=chat")).json();
    expect(truth).toMatchObject({ prompts: 25, assistants: 1, days: 2 });
    expect(
      simulator.truth.visibility({ brand: "vindil", from: "2026-03-01", to: "2026-03-02", assistant: "chat" }),
    ).toEqual(truth);
  });

  it("answers 400 for what it cannot do and 404 outside of town", async () => {
    await open();
    for (const path of ["nothing", "truth?brand=vindil", "truth?brand=x&from=2026-03-01&to=2026-03-01"])
      expect((await control(path)).status, path).toBe(400);
    expect((await control("day", { day: "tomorrow" })).status).toBe(400);
    expect((await fetch(`${simulator.url}/v1/elsewhere`)).status).toBe(404);
  });

  it("keeps only the last answers", async () => {
    await open({ logLength: 5 });
    for (const { text } of prompts(12)) await ask(text);
    expect(simulator.answers().map(({ number }) => number)).toEqual([8, 9, 10, 11, 12]);
    expect(simulator.answers(10).map(({ number }) => number)).toEqual([11, 12]);
    expect(simulator.answers(12)).toEqual([]);
    expect(simulator.calls().answered).toBe(12);
  });

  it("counts a client that leaves before the reply", async () => {
    let release = (): void => undefined;
    await open({ faults: { delayMs: [1, 1] }, sleep: () => new Promise<void>((resolve) => (release = resolve)) });
    const controller = new AbortController();
    const answer = ask("Vilken elcykel?", controller.signal);
    await expect.poll(() => simulator.calls().underway).toBe(1);
    controller.abort();
    await expect(answer).rejects.toThrow(/abort/);
    await expect.poll(() => simulator.calls().aborted).toBe(1);
    release();
    expect(simulator.calls()).toMatchObject({ requests: 1, answered: 0, underway: 0 });
  });
});

describe("the child process", () => {
  it("tells its address and ends when its parent's end of the pipe closes", async () => {
    await open();
    const child = spawn(process.execPath, ["--import", "tsx", "src/simulator/main.ts"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.write(`${JSON.stringify({ definition: village(), options: { logLength: 10 } })}\n`);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect((await fetch(`${url}/_town/calls`)).status).toBe(200);
    child.stdin.end();
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
