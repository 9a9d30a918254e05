import { meanNdcg, type Pools } from "./pools.ts";
import { createRowScorer, type RowScorer } from "./row-scorer.ts";

const STEPS = [0, 0.1, 0.2, 0.35, 0.6, 1, 1.6];
const PASSES = 2;

/**
 * Weighted sum of the members' scaled scores: coordinate search for NDCG@k, from the best single member (`single`, its place among the members). The
 * plainest hybrid, and the hardest to beat on small shops.
 */
export function fitBlend(pools: Pools, members: number, single: number): RowScorer {
  const width = pools.features.length;
  const scoreAt = pools.features.flatMap((name, f) => (name.endsWith(":score") ? [f] : []));
  const rows = pools.isTarget.length;
  let weights: number[] = Array.from({ length: members }, (_, m) => (m === single ? 1 : 0));
  const total = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) total[row] = pools.values[row * width + scoreAt[single]];
  const tried = new Float64Array(rows);
  let best = meanNdcg(pools, total);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let m = 0; m < members; m += 1) {
      const before = weights[m];
      let kept = before;
      for (const step of STEPS) {
        if (step === before || weights.every((weight, other) => (other === m ? step : weight) === 0)) continue;
        const change = step - before;
        for (let row = 0; row < rows; row += 1) tried[row] = total[row] + change * pools.values[row * width + scoreAt[m]];
        const ndcg = meanNdcg(pools, tried);
        if (ndcg > best) {
          best = ndcg;
          kept = step;
        }
      }
      if (kept === before) continue;
      for (let row = 0; row < rows; row += 1) total[row] += (kept - before) * pools.values[row * width + scoreAt[m]];
      weights = weights.with(m, kept);
    }
  }
  const influence = new Float64Array(width);
  weights.forEach((weight, m) => (influence[scoreAt[m]] = weight));
  return createRowScorer({ weights: [...influence], trees: [] }, influence);
}
