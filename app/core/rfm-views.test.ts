import { describe, expect, it } from "vitest";
import { scoreRange } from "./rfm-views.ts";

describe("the values behind a score", () => {
  it("runs up with the score for money and orders", () => {
    expect([1, 2, 3, 4, 5].map((score) => scoreRange([1, 2, 4, 8], score, "more-is-better"))).toEqual([
      { over: null, upTo: 1 }, { over: 1, upTo: 2 }, { over: 2, upTo: 4 }, { over: 4, upTo: 8 }, { over: 8, upTo: null },
    ]);
  });

  it("runs down for days since the last order", () => {
    expect(scoreRange([7, 30, 90, 200], 5, "fewer-is-better")).toEqual({ over: null, upTo: 7 });
    expect(scoreRange([7, 30, 90, 200], 1, "fewer-is-better")).toEqual({ over: 200, upTo: null });
  });

  it("has no values where most buyers are equal", () => {
    expect(scoreRange([1, 1, 1, 2], 2, "more-is-better")).toBeNull();
    expect(scoreRange([1, 1, 1, 2], 1, "more-is-better")).toEqual({ over: null, upTo: 1 });
    expect(scoreRange([1, 1, 1, 2], 4, "more-is-better")).toEqual({ over: 1, upTo: 2 });
  });
});
