import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { selectLargest } from "./select-largest.ts";

describe("selectLargest", () => {
  it("keeps the same candidates as a full sort, ties by lower candidate", () => {
    const rng = createRng(7);
    for (let round = 0; round < 300; round += 1) {
      const size = 1 + rng.below(80);
      // Few distinct keys, so that ties are everywhere.
      const key = Float64Array.from({ length: size }, () => rng.below(1 + rng.below(12)));
      const candidates = Int32Array.from({ length: size }, (_, i) => i).filter(() => rng.next() < 0.7);
      const k = rng.below(size + 2);
      const expected = [...candidates].sort((p, q) => key[q] - key[p] || p - q).slice(0, k);
      const kept = selectLargest(candidates, candidates.length, key, k);
      expect([...candidates.subarray(0, kept)].sort((p, q) => p - q)).toEqual(expected.sort((p, q) => p - q));
    }
  });
});
