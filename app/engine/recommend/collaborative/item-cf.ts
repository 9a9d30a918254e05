import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import { isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours, computeItemWeights, keepTopPerTarget } from "./neighbours.ts";

export interface ItemCfConfig {
  /** Items that have a say in the score of one target. */
  readonly neighbours: number;
}

/**
 * Item-based prediction with mean-centring (Sarwar et al. 2001, adjusted as in the BARS benchmark): each target hears its nearest items by
 * cosine, their weights sum to 1, and what is predicted is the deviation from each item's mean: mean_j + sum_i w_ij (x_i - mean_i).
 */
export const itemCfMember: RankerMember<ItemCfConfig> = {
  name: "itemcf",
  settings: [{ neighbours: 100 }, { neighbours: 30 }],
  mostSettings: (train) => (isDearToFit(train) ? 1 : 2),
  fit(train, config) {
    const data = withoutRepeats(train.interactions);
    const counts = countByItem(data);
    const norm = counts.map(Math.sqrt);
    const userWeight = new Float64Array(data.users).fill(1);
    const all = computeItemWeights(data, { userWeight, rowTop: Infinity, finish: (i, j, sum) => sum / (norm[i] * norm[j]) });
    const kept = keepTopPerTarget(all, config.neighbours, true);
    const mean = counts.map((count) => count / Math.max(1, data.users));
    const base = mean.slice();
    for (let i = 0; i < data.items; i += 1) addNeighbours(kept, i, -mean[i], base);
    return {
      score({ items }, scores) {
        scores.set(base);
        for (const item of items) addNeighbours(kept, item, 1, scores);
      },
    };
  },
};
