import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { radixOrder } from "./radix-order.ts";

describe("radixOrder", () => {
  it("equals a stable comparator sort, for wide and negative keys with ties", () => {
    const key = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -(2 ** 51), max: 2 ** 51 }));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
        const expected = keys.map((_, i) => i).sort((a, b) => keys[a] - keys[b]);
        expect([...radixOrder(Float64Array.from(keys))]).toEqual(expected);
      }),
    );
  });

  it("keeps the given order among equal keys", () => {
    expect([...radixOrder(Float64Array.of(7, 3, 7, 3), Int32Array.of(3, 2, 1, 0))]).toEqual([3, 1, 2, 0]);
  });
});
