/** How often intervals hold the truth they are made for, in a table. */

export type Bounds = readonly [low: number, high: number];

/** One interval and the truth it should hold. */
export interface Meeting {
  /** `market` for levels of all prompts like those asked, `panel` for changes of those asked. */
  question: "market" | "panel";
  metric: string;
  /** Of the world's own brand. */
  own: boolean;
  truth: number;
  value: number;
  /** As the product gives it. */
  interval: Bounds;
  /** As if all answers were independent: Wilson on answers, or the difference of two of these. */
  naive: Bounds;
  /** For changes: the difference of the product's intervals for the two levels, as if these were independent. */
  levels?: Bounds;
}

type Choice = (meeting: Meeting) => Bounds;

export const interval: Choice = (meeting) => meeting.interval;
export const naive: Choice = (meeting) => meeting.naive;

/** The interval with both ends `times` as far from the value. */
export const scaled =
  (times: number): Choice =>
  ({ value, interval: [low, high] }) => [value + (low - value) * times, value + (high - value) * times];

/** Share of the intervals that hold their truth, and how wide they are on the average. */
export function coverage(meetings: readonly Meeting[], bounds: Choice): { held: number; width: number } {
  const all = meetings.map((meeting) => ({ truth: meeting.truth, bounds: bounds(meeting) }));
  const held = all.filter(({ truth, bounds: [low, high] }) => low <= truth && truth <= high).length;
  return {
    held: held / all.length,
    width: all.reduce((sum, one) => sum + one.bounds[1] - one.bounds[0], 0) / all.length,
  };
}

/**
 * The interval of `after - before` from an interval of each, as if they were independent (square and add: Newcombe 1998,
 * method 10).
 */
export const difference = (
  after: { value: number; bounds: Bounds },
  before: { value: number; bounds: Bounds },
): Bounds => {
  const value = after.value - before.value;
  return [
    value - Math.hypot(after.value - after.bounds[0], before.bounds[1] - before.value),
    value + Math.hypot(after.bounds[1] - after.value, before.value - before.bounds[0]),
  ];
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const shown = ({ held, width }: { held: number; width: number }): string =>
  `${percent(held)} (${(width * 100).toFixed(0)} pp)`;

/** Of each question, of all its metrics and of each: how often every interval holds the truth, and its mean width. */
export function coverageTable(meetings: readonly Meeting[], [least, most]: Bounds): string {
  const heads = ["", "intervals", "own brand only", "room to the bounds", "naive Wilson", "two levels' intervals"];
  const names = meetings.flatMap(({ question, metric }) => [question, `${question}: ${metric}`]);
  const rows = [...new Set(names)].sort().map((name) => {
    const some = meetings.filter(({ question, metric }) => [question, `${question}: ${metric}`].includes(name));
    const all = coverage(some, interval);
    const own = some.filter((meeting) => meeting.own);
    return [
      name,
      shown(all),
      percent(coverage(own, interval).held),
      percent(Math.min(all.held - least, most - all.held)),
      shown(coverage(some, naive)),
      some.every(({ levels }) => levels) ? shown(coverage(some, ({ levels }) => levels!)) : "",
    ];
  });
  return [heads, ...rows]
    .map((row) =>
      row
        .map((cell) => cell.padEnd(24))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
