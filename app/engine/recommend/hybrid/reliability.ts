import { chanceOf, fitIsotonic, type IsotonicMap } from "./isotonic.ts";
import type { Pools } from "./pools.ts";

export interface Reliability {
  readonly bins: readonly { readonly predicted: number; readonly observed: number; readonly count: number }[];
  /** Mean |predicted - observed|, weighted by count. */
  readonly calibrationError: number;
}

const BINS = 10;

/** From scores to the chance that a candidate is bought, learnt on `score` of questions that the scorer did not learn from. */
export function calibrate(pools: Pools, score: Float64Array): IsotonicMap {
  return fitIsotonic(score, pools.isTarget);
}

/** How far those chances hold: the map is learnt on every second question and judged on the others, in ten bins of equal count. */
export function measureReliability(pools: Pools, score: Float64Array): Reliability | null {
  const [learnt, judged] = [0, 1].map((parity) => rowsOf(pools, parity));
  if (learnt.length === 0 || judged.length === 0) return null;
  const map = fitIsotonic(Float64Array.from(learnt, (row) => score[row]), Uint8Array.from(learnt, (row) => pools.isTarget[row]));
  const chances = Float64Array.from(judged, (row) => chanceOf(map, score[row]));
  const order = Int32Array.from(judged, (_, n) => n).sort((p, q) => chances[p] - chances[q] || p - q);
  const bins: { predicted: number; observed: number; count: number }[] = [];
  for (let b = 0; b < BINS; b += 1) {
    const part = order.subarray(Math.floor((b * order.length) / BINS), Math.floor(((b + 1) * order.length) / BINS));
    if (part.length === 0) continue;
    let predicted = 0;
    let observed = 0;
    for (const n of part) {
      predicted += chances[n];
      observed += pools.isTarget[judged[n]];
    }
    bins.push({ predicted: predicted / part.length, observed: observed / part.length, count: part.length });
  }
  return { bins, calibrationError: bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.predicted - bin.observed), 0) / order.length };
}

function rowsOf({ start, ideal }: Pools, parity: number): number[] {
  const rows: number[] = [];
  for (let g = parity; g < ideal.length; g += 2) for (let row = start[g]; row < start[g + 1]; row += 1) rows.push(row);
  return rows;
}
