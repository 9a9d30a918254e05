import type { FittedRanker } from "./ranker.ts";

/** Weighted sum of members whose scores are first brought to one scale: each list is divided by its own largest score. */
export function blendRankers(members: readonly { readonly model: FittedRanker; readonly weight: number }[], items: number): FittedRanker {
  const scratch = new Float64Array(items);
  return {
    score(history, scores) {
      for (const { model, weight } of members) {
        if (weight === 0) continue;
        scratch.fill(0);
        model.score(history, scratch);
        let largest = 0;
        for (let i = 0; i < items; i += 1) if (scratch[i] > largest) largest = scratch[i];
        if (largest === 0) continue;
        const factor = weight / largest;
        for (let i = 0; i < items; i += 1) scores[i] += factor * scratch[i];
      }
    },
  };
}
