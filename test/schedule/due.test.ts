/** When a project is due: in its own time zone, on days of 23 and 25 hours too, and never twice. */
import { describe, expect, it } from "vitest";
import { dueAt, jitterMs, nextDueAt, type Times } from "../../src/schedule/due.ts";

const stockholm = "Europe/Stockholm";
const minutesMs = 5 * 60_000;
const hourMs = 3_600_000;
const at = (text: string): number => Date.parse(text);
const by = (cron: string, timezone = stockholm, quiet: Times["quiet"] = []): Times => ({
  schedule: { cron },
  timezone,
  quiet,
});

/** The due times a ticker meets that looks every `everyMs` from `from` to `to`. */
function runsBetween(cron: string, timezone: string, from: string, to: string, everyMs = minutesMs): string[] {
  const runs: string[] = [];
  let since = at(from);
  for (let now = since; now <= at(to); now += everyMs) {
    const due = dueAt(by(cron, timezone), since, now);
    if (due === null) continue;
    runs.push(new Date(due).toISOString());
    since = due;
  }
  return runs;
}

describe("a due time", () => {
  it("is the local hour of the project's time zone", () => {
    const noon = at("2026-01-15T12:00:00Z");
    const due = (timezone: string) => new Date(dueAt(by("0 6 * * *", timezone), 0, noon) ?? Number.NaN).toISOString();
    expect(due(stockholm)).toBe("2026-01-15T05:00:00.000Z");
    expect(due("Asia/Tokyo")).toBe("2026-01-14T21:00:00.000Z");
    expect(due("America/New_York")).toBe("2026-01-15T11:00:00.000Z");
    expect(due("Asia/Kathmandu")).toBe("2026-01-15T00:15:00.000Z"); // 5 hours and 45 minutes ahead
  });

  it("begins on the minute and not a millisecond before", () => {
    const six = at("2026-03-02T05:00:00Z");
    const since = six - 24 * hourMs;
    expect(dueAt(by("0 6 * * *"), since, six - 1)).toBeNull();
    expect(dueAt(by("0 6 * * *"), since, six)).toBe(six);
    expect(dueAt(by("0 6 * * *"), since, six + 500)).toBe(six);
  });

  it("is over once it has been run", () => {
    const six = at("2026-03-02T05:00:00Z");
    expect(dueAt(by("0 6 * * *"), six, six)).toBeNull();
    expect(dueAt(by("0 6 * * *"), six, six + 24 * hourMs - 1)).toBeNull();
    expect(dueAt(by("0 6 * * *"), six, six + 24 * hourMs)).toBe(six + 24 * hourMs);
  });

  it("is not made up for the time before the project began", () => {
    const began = at("2026-03-02T06:00:00Z");
    expect(dueAt(by("0 6 * * *"), began, began + hourMs)).toBeNull();
  });

  it("comes once after a long time away, as the latest of those missed", () => {
    const back = at("2026-03-20T13:37:00Z");
    const due = dueAt(by("0 6 * * *"), at("2026-03-02T05:00:00Z"), back);
    expect(due).toBe(at("2026-03-20T05:00:00Z"));
    expect(dueAt(by("0 6 * * *"), due!, back)).toBeNull();
  });

  it("keeps to the days of the week", () => {
    expect(runsBetween("0 6 * * 1", stockholm, "2026-03-01T00:00:00Z", "2026-03-16T00:00:00Z", hourMs)).toEqual([
      "2026-03-02T05:00:00.000Z",
      "2026-03-09T05:00:00.000Z",
    ]);
  });

  it("never comes for a date that is in no calendar", () => {
    expect(dueAt(by("0 6 31 2 *"), 0, at("2026-03-02T12:00:00Z"))).toBeNull();
    expect(nextDueAt(by("0 6 31 2 *"), at("2026-03-02T12:00:00Z"))).toBeNull();
  });

  it("cannot be found by a schedule or in a time zone that makes no sense", () => {
    const now = at("2026-03-02T12:00:00Z");
    expect(() => dueAt(by("61 * * * *"), 0, now)).toThrow(/minute/);
    expect(() => dueAt(by("every day"), 0, now)).toThrow();
    expect(() => dueAt(by("0 0 6 * * *"), 0, now)).toThrow(/5/);
    expect(() => dueAt(by("0 6 * * *", "Mars/Olympus"), 0, now)).toThrow(/Mars\/Olympus/);
  });
});

describe("a daily run on the day the clocks go forward (29 March 2026, 02:00 becomes 03:00)", () => {
  const days = ["2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"] as const;

  it.each([
    ["before the gap", "30 1 * * *", ["2026-03-28T00:30", "2026-03-29T00:30", "2026-03-29T23:30", "2026-03-30T23:30"]],
    ["in the gap", "30 2 * * *", ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]],
    ["at the edge of the gap", "0 3 * * *", ["2026-03-28T02:00", "2026-03-29T01:00", "2026-03-30T01:00"]],
    ["in the morning", "0 6 * * *", ["2026-03-28T05:00", "2026-03-29T04:00", "2026-03-30T04:00"]],
  ])("is neither skipped nor doubled %s", (_, cron, runs) => {
    expect(runsBetween(cron, stockholm, ...days)).toEqual(runs.map((run) => `${run}:00.000Z`));
  });
});

describe("a daily run on the day the clocks go back (25 October 2026, 03:00 becomes 02:00)", () => {
  const days = ["2026-10-23T22:00:00Z", "2026-10-26T12:00:00Z"] as const;

  it.each([
    ["before the doubled hour", "30 1 * * *", ["2026-10-23T23:30", "2026-10-24T23:30", "2026-10-26T00:30"]],
    ["in the doubled hour", "30 2 * * *", ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"]],
    ["at the end of the doubled hour", "0 3 * * *", ["2026-10-24T01:00", "2026-10-25T02:00", "2026-10-26T02:00"]],
    ["in the morning", "0 6 * * *", ["2026-10-24T04:00", "2026-10-25T05:00", "2026-10-26T05:00"]],
  ])("is neither skipped nor doubled %s", (_, cron, runs) => {
    expect(runsBetween(cron, stockholm, ...days)).toEqual(runs.map((run) => `${run}:00.000Z`));
  });

  it("is not run again by a ticker that wakes in the second of the doubled hours", () => {
    const first = at("2026-10-25T00:30:00Z");
    expect(dueAt(by("30 2 * * *"), first, at("2026-10-25T01:30:00Z"))).toBeNull();
    expect(dueAt(by("30 2 * * *"), first - 24 * hourMs, at("2026-10-25T01:45:00Z"))).toBe(first);
  });
});

describe("an hourly run", () => {
  it("comes every hour that passes, also on days of 23 and 25 hours", () => {
    const hours = (from: string, to: string) => runsBetween("0 * * * *", stockholm, from, to).length;
    expect(hours("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")).toBe(23);
    expect(hours("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")).toBe(25);
  });
});

describe("the next due time", () => {
  it("is the first after now, in the project's time zone", () => {
    const next = (now: string) => new Date(nextDueAt(by("0 6 * * *"), at(now))!).toISOString();
    expect(next("2026-03-28T04:59:59Z")).toBe("2026-03-28T05:00:00.000Z");
    expect(next("2026-03-28T05:00:00Z")).toBe("2026-03-29T04:00:00.000Z");
    expect(next("2026-10-24T12:00:00Z")).toBe("2026-10-25T05:00:00.000Z");
  });
});

describe("quiet days", () => {
  const quiet = [
    { from: "2026-12-24", to: "2026-12-24" },
    { from: "2026-12-27", to: "2027-01-06" },
  ];
  const times = by("0 6 * * *", stockholm, quiet);

  it("have no run, by the calendar of the project's zone", () => {
    const next = (now: string) => new Date(nextDueAt(times, at(now))!).toISOString();
    expect(next("2026-12-23T12:00:00Z")).toBe("2026-12-25T05:00:00.000Z");
    expect(next("2026-12-26T12:00:00Z")).toBe("2027-01-07T05:00:00.000Z");
    const late = by("30 23 * * *", "America/New_York", quiet); // the next day already in London
    expect(nextDueAt(late, at("2026-12-24T12:00:00Z"))).toBe(at("2026-12-26T04:30:00Z"));
  });

  it("do not catch up either; what was missed before them is caught up after them", () => {
    const since = at("2026-12-22T05:00:00Z");
    expect(dueAt(times, since, at("2026-12-24T20:00:00Z"))).toBeNull();
    expect(dueAt(times, since, at("2026-12-24T23:00:00Z"))).toBe(at("2026-12-23T05:00:00Z"));
    expect(dueAt(times, at("2026-12-26T05:00:00Z"), at("2027-01-07T04:59:59Z"))).toBeNull();
  });
});

describe("a schedule of several expressions", () => {
  it("is due at the times of each, and once where they meet", () => {
    const times = { ...by("0 6 * * 1"), schedule: { cron: "0 6 * * 1", also: ["30 18 * * 1", "0 6 * * *"] } };
    const runs: string[] = [];
    for (let now = at("2026-03-01T12:00:00Z"); runs.length < 4; now = nextDueAt(times, now)!)
      runs.push(new Date(nextDueAt(times, now)!).toISOString().slice(0, 16));
    expect(runs).toEqual(["2026-03-02T05:00", "2026-03-02T17:30", "2026-03-03T05:00", "2026-03-04T05:00"]);
    expect(dueAt(times, 0, at("2026-03-02T20:00:00Z"))).toBe(at("2026-03-02T17:30:00Z"));
  });
});

describe("the wait before a run is opened", () => {
  const due = at("2026-03-02T05:00:00Z");
  const waits = (cron: string) => Array.from({ length: 1_000 }, (_, i) => jitterMs(by(cron), `project ${i}`, due));

  it("is the same whoever asks, and another for other projects, groups and times", () => {
    const times = by("0 6 * * *");
    const wait = jitterMs(times, "acme news", due);
    expect(jitterMs({ ...times }, "acme news", due)).toBe(wait);
    expect(jitterMs(times, "acme", due)).not.toBe(wait);
    expect(jitterMs(times, "acme news", due + 24 * hourMs)).not.toBe(wait);
  });

  it.each([
    ["a day apart", "0 6 * * *", 600_000],
    ["an hour apart", "0 * * * *", 360_000],
    ["five minutes apart", "*/5 * * * *", 30_000],
    ["a year apart", "0 6 2 3 *", 600_000],
  ])("spreads projects over at most ten minutes and a tenth of the time between: %s", (_, cron, most) => {
    const all = waits(cron);
    expect(Math.max(...all)).toBeLessThan(most);
    expect(Math.max(...all)).toBeGreaterThan(0.9 * most);
    expect(Math.min(...all)).toBeLessThan(0.1 * most);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  });
});
