import { countByItem } from "../../features/interactions.ts";
import { computeLastSeen } from "../evaluate/last-seen.ts";
import { computeTieRank } from "../evaluate/rank-items.ts";
import type { TrainingData } from "../evaluate/ranker.ts";

/** Per product, from the training data alone; all in 0..1. */
export interface ProductSignals {
  /** ln(1 + purchases), over the largest */
  readonly popularity: Float32Array;
  /** How late the product was bought last: place among all products. */
  readonly freshness: Float32Array;
  /** Share of its purchases that fell into the last quarter of all purchases; null without times. */
  readonly trend: Float32Array | null;
  /** How late it was bought first: place among all products; null without times. */
  readonly newness: Float32Array | null;
  readonly tieRank: Int32Array;
  /** The inverse of `tieRank`. */
  readonly itemAtRank: Int32Array;
}

export function computeProductSignals(train: TrainingData): ProductSignals {
  const { interactions } = train;
  const { items, item, atMs } = interactions;
  const counts = countByItem(interactions);
  const largest = Math.log1p(counts.reduce((most, count) => (count > most ? count : most), 1));
  const lastSeen = computeLastSeen(train);
  const tieRank = computeTieRank(counts, lastSeen);
  const itemAtRank = new Int32Array(items);
  tieRank.forEach((rank, i) => (itemAtRank[rank] = i));
  return { popularity: Float32Array.from(counts, (count) => Math.log1p(count) / largest), freshness: placesOf(lastSeen), trend: atMs ? shareOfLastQuarter(item, atMs, counts) : null, newness: atMs ? placesOf(computeFirstSeen(items, item, atMs)) : null, tieRank, itemAtRank };
}

function shareOfLastQuarter(item: Int32Array, atMs: Float64Array, counts: Float64Array): Float32Array {
  const from = atMs.slice().sort()[Math.floor(atMs.length * 0.75)] ?? 0;
  const late = new Float32Array(counts.length);
  for (let k = 0; k < item.length; k += 1) if (atMs[k] >= from) late[item[k]] += 1;
  return late.map((count, i) => (counts[i] > 0 ? count / counts[i] : 0));
}

function computeFirstSeen(items: number, item: Int32Array, atMs: Float64Array): Float64Array {
  const first = new Float64Array(items).fill(Infinity);
  for (let k = 0; k < item.length; k += 1) if (atMs[k] < first[item[k]]) first[item[k]] = atMs[k];
  return first;
}

/** Share of the values that are smaller: 0..1, equal values alike. */
function placesOf(values: Float64Array): Float32Array {
  const sorted = values.slice().sort();
  return Float32Array.from(values, (value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low / Math.max(1, sorted.length);
  });
}
