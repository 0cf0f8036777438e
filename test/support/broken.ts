/** Replies damaged in every way that a network, a proxy or a vendor can damage them. */
import fc from "fast-check";

type Step = {
  at: number;
  how: "null" | "number" | "text" | "empty" | "gone" | "list" | "record" | "huge" | "reversed";
};

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(400),
  how: fc.constantFrom("null", "number", "text", "empty", "gone", "list", "record", "huge", "reversed"),
});

/** Bodies made from a whole one: values of other types, missing and reordered keys, huge lists, cut off anywhere. */
export const brokenBodies = (body: unknown): fc.Arbitrary<string> =>
  fc.tuple(fc.array(step, { maxLength: 4 }), fc.option(fc.nat(100), { nil: null, freq: 3 })).map(([steps, percent]) => {
    const firstHuge = steps.findIndex(({ how }) => how === "huge"); // huge within huge fills the memory, not the reader
    const bearable = steps.filter(({ how }, i) => how !== "huge" || i === firstHuge);
    const damaged = JSON.stringify(bearable.reduce<unknown>((value, one) => damage(value, one), structuredClone(body)));
    return percent === null ? damaged : damaged.slice(0, Math.floor((damaged.length * percent) / 100));
  });

interface Place {
  holder: Record<string, unknown> | unknown[];
  key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Place["holder"];
  return Object.entries(holder).flatMap(([key, inner]) => [{ holder, key }, ...placesIn(inner)]);
}

function damage(body: unknown, { at, how }: Step): unknown {
  const places = placesIn(body);
  const place = places[at % (places.length || 1)];
  if (!place) return body;
  const holder = place.holder as Record<string, unknown>; // lists have keys, too
  const value = holder[place.key];
  if (how === "gone") delete holder[place.key];
  else if (how === "reversed") {
    const entries = Object.entries(holder).reverse();
    if (Array.isArray(place.holder)) place.holder.reverse();
    else {
      for (const [key] of entries) delete holder[key];
      Object.assign(holder, Object.fromEntries(entries));
    }
  } else holder[place.key] = replacements[how](value);
  return body;
}

const replacements: Record<Exclude<Step["how"], "gone" | "reversed">, (value: unknown) => unknown> = {
  null: () => null,
  number: () => -7.5e300,
  text: () => "\ud83d\0 å🎉",
  empty: () => "",
  list: (value) => [[value]],
  record: () => ({}),
  huge: (value) => Array.from({ length: 2_000 }, () => value),
};
