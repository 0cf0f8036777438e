/** Errors say who failed and what to do, in one form each. */
import { describe, expect, it } from "vitest";
import { AssistantError, InputError, messageOf, RetryLater, StoreError, TransportError } from "../src/errors.ts";

describe("an error of ours", () => {
  it("lists every problem of an input, one a line", () => {
    expect(new InputError("en sak")).toMatchObject({ problems: ["en sak"], message: "en sak" });
    expect(new InputError(["rad 1: a", "rad 2: b"])).toMatchObject({
      problems: ["rad 1: a", "rad 2: b"],
      message: "rad 1: a\nrad 2: b",
    });
  });

  it("carries what decides about another try", () => {
    const failure = { again: true, afterMs: 5, reason: "rate_limit", message: "slow down", status: 429 } as const;
    expect(new AssistantError(failure)).toMatchObject({ failure, message: "slow down" });
    expect(new RetryLater(250, "later")).toMatchObject({ afterMs: 250, message: "later" });
    expect(new TransportError("timeout", "late")).toMatchObject({ kind: "timeout", message: "late" });
    expect(new StoreError("full", "full")).toMatchObject({ kind: "full", message: "full" });
  });

  it("is told from others by class and by name, and keeps its cause", () => {
    const cause = new Error("disk");
    const errors = [
      new InputError("x"),
      new AssistantError({ again: false, reason: "quota", message: "x" }),
      new TransportError("network", "x", { cause }),
      new StoreError("full", "x", { cause }),
      new RetryLater(1, "x"),
    ];
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    expect(errors.map(({ name }) => name)).toEqual(errors.map((error) => error.constructor.name));
    expect(errors.map((error) => error.cause)).toEqual([undefined, undefined, cause, cause, undefined]);
  });
});

describe("the text of what was thrown", () => {
  it.each([
    [new Error("boom"), "boom"],
    [new InputError(["a", "b"]), "a\nb"],
    ["just text", "just text"],
    [42, "42"],
    [undefined, "undefined"],
    [null, "null"],
  ])("%s is %j", (thrown, text) => {
    expect(messageOf(thrown)).toBe(text);
  });
});
