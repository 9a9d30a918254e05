import { countByItem, type InteractionRows } from "../../features/interactions.ts";
import { hasOrder, isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours, computeRows, type ItemNeighbours } from "./neighbours.ts";

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
  mostSettings: (train) => (isDearToFit(train) ? 2 : 5),
  /** Null for data without an order. */
  fit(train, config) {
    if (!hasOrder(train)) return null;
    const neighbours = countDirectedPairs(train.interactions, config);
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

/** What a purchase of i says for j: the decayed sum over all pairs of the two, over sqrt(count_i) count_j^popularityPower. */
function countDirectedPairs(interactions: InteractionRows, config: DirectedConfig): ItemNeighbours {
  const { items, users, start, item } = interactions;
  const counts = countByItem(interactions);
  const ownerOf = new Int32Array(item.length);
  for (let u = 0; u < users; u += 1) ownerOf.fill(u, start[u], start[u + 1]);
  const places = placesOfItems(interactions);
  const weightAt = Float64Array.from({ length: LONGEST_GAP }, (_, gap) => config.gapDecay ** gap);
  const target = counts.map((count) => (count > 0 ? count ** -config.popularityPower : 0));
  return computeRows(items, Infinity, false, {
    sumInto(i, sums, touched) {
      let count = 0;
      for (let at = places.start[i]; at < places.start[i + 1]; at += 1) {
        const p = places.place[at];
        const from = Math.max(start[ownerOf[p]], p - LONGEST_GAP + 1);
        const to = Math.min(start[ownerOf[p] + 1], p + LONGEST_GAP);
        for (let q = from; q < to; q += 1) {
          if (q === p) continue;
          const w = q > p ? weightAt[q - p - 1] : weightAt[p - q - 1] * config.backward;
          if (w === 0) continue;
          if (sums[item[q]] === 0) touched[count++] = item[q];
          sums[item[q]] += w;
        }
      }
      return count;
    },
    finish: (i, j, sum) => (sum * target[j]) / Math.sqrt(counts[i]),
  });
}

/** Positions in `item` of each item. */
function placesOfItems({ items, item }: InteractionRows): { start: Int32Array; place: Int32Array } {
  const start = new Int32Array(items + 1);
  for (const i of item) start[i + 1] += 1;
  for (let i = 0; i < items; i += 1) start[i + 1] += start[i];
  const next = start.slice();
  const place = new Int32Array(item.length);
  for (let p = 0; p < item.length; p += 1) place[next[item[p]]++] = p;
  return { start, place };
}
