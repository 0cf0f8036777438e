/** The change of a share of voice: what must hold for any counts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { promptChange, shareChange } from "../../src/metrics/statistics.ts";

describe("the change of a share of voice", () => {
  const part = fc.record({ own: fc.nat(9), rest: fc.integer({ min: 1, max: 9 }) });
  const pairs = fc.array(fc.tuple(part, part), { minLength: 2, maxLength: 20 });
  const toPart = ({ own, rest }: { own: number; rest: number }) => ({ own, total: own + rest });

  it("is that of the rates where every prompt has as many mentions", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: 2, maxLength: 20 }), (counts) => {
        const changed = shareChange(
          counts.map(([was, is]) => ({ before: { own: was, total: 8 }, after: { own: is, total: 8 } })),
        )!;
        const rates = promptChange(counts.map(([was, is]) => ({ before: was / 8, after: is / 8 })))!;
        for (const name of ["value", "low", "high"] as const) expect(changed[name]).toBeCloseTo(rates[name], 9);
      }),
    );
  });

  it("turns round with the periods, and what one brand gains the others lose", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const forth = shareChange(list.map(([was, is]) => ({ before: toPart(was), after: toPart(is) })))!;
        const back = shareChange(list.map(([was, is]) => ({ before: toPart(is), after: toPart(was) })))!;
        const others = shareChange(
          list.map(([was, is]) => ({
            before: { own: was.rest, total: was.own + was.rest },
            after: { own: is.rest, total: is.own + is.rest },
          })),
        )!;
        for (const opposite of [back, others]) {
          expect(opposite.value).toBeCloseTo(-forth.value, 9);
          expect(opposite.low).toBeCloseTo(-forth.high, 9);
          expect(opposite.high).toBeCloseTo(-forth.low, 9);
        }
      }),
    );
  });

  it("is nothing for one prompt, or where a period names nobody", () => {
    const named = { own: 1, total: 2 };
    const nobody = { own: 0, total: 0 };
    expect(shareChange([{ before: named, after: named }])).toBeNull();
    expect(
      shareChange([
        { before: nobody, after: named },
        { before: nobody, after: named },
      ]),
    ).toBeNull();
  });
});
