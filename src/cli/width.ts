/** Widths and levels of intervals as they are written on the command line. */
import { InvalidArgumentError } from "commander";

/** `5pp`, `5 %` or `0.05` as a share; null where it is none of these. */
function shareOf(text: string): number | null {
  const written = /^±?\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(pp|%)?$/i.exec(text.trim());
  if (!written) return null;
  const number = Number(written[1]!.replace(",", "."));
  if (written[2]) return number / 100;
  return number < 1 ? number : null; // a bare 5 may mean either
}

/** Half the width of an interval: `5pp` is five percentage points up and down. */
export function halfWidth(text: string): number {
  const share = shareOf(text);
  if (share === null || share < 0.001 || share >= 0.5)
    throw new InvalidArgumentError(
      "write it as 5pp, 5% or 0.05: from 0.1pp to below 50pp, so much up and so much down",
    );
  return share;
}

/** How sure an interval is to be. */
export function levelOf(text: string): number {
  const share = shareOf(text);
  if (share === null || share < 0.5 || share > 0.999)
    throw new InvalidArgumentError("write it as 0.95 or 95%: from 0.5 to 0.999");
  return share;
}
