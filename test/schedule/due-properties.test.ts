/** Due times of any schedule are those of the clock on the wall, around every change of the clocks in ten years. */
import { it } from "vitest";
import { holdAgainstTheWall, zones } from "../support/wall-clock.ts";

it.each(zones)("is due by the clock on the wall in %s", (timezone) => {
  holdAgainstTheWall(timezone, 2006, 12, 1);
});
