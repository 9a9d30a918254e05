import { countByItem } from "../../features/interactions.ts";
import { hasOrder, type RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours } from "../collaborative/neighbours.ts";
import { countFollowers } from "./count-followers.ts";

export interface MarkovConfig {
  /** Purchases of popularity that each item starts with: a follower seen once after a rare item is mostly chance. */
  readonly shrink: number;
  /** Weight of the item before, per step back; 0 is the first-order chain. */
  readonly historyDecay: number;
}

/**
 * First-order Markov chain: the probability of the next item given the last one, shrunk to the item's share of all purchases
 * (Dirichlet smoothing, Zhai & Lafferty 2001). With a decay, earlier items speak too (a mixture of skips).
 */
export const markovMember: RankerMember<MarkovConfig> = {
  name: "markov",
  settings: [
    { shrink: 5, historyDecay: 0 },
    { shrink: 5, historyDecay: 0.5 },
    { shrink: 50, historyDecay: 0.3 },
  ],
  fit(train, config) {
    if (!hasOrder(train)) return null;
    const { interactions } = train;
    const counts = countByItem(interactions);
    const followed = new Float64Array(interactions.items);
    for (let u = 0; u < interactions.users; u += 1) for (let k = interactions.start[u]; k + 1 < interactions.start[u + 1]; k += 1) followed[interactions.item[k]] += 1;
    const next = countFollowers(interactions, { forward: Float64Array.of(1), backward: new Float64Array(0), finish: (i, _j, sum) => sum / (followed[i] + config.shrink) });
    const share = counts.map((count) => count / Math.max(1, interactions.item.length));
    return {
      score({ items }, scores) {
        let factor = 1;
        for (let k = items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
          const i = items[k];
          addNeighbours(next, i, factor, scores);
          const rest = (factor * config.shrink) / (followed[i] + config.shrink);
          for (let j = 0; j < scores.length; j += 1) scores[j] += rest * share[j];
          factor *= config.historyDecay;
        }
      },
    };
  },
};
