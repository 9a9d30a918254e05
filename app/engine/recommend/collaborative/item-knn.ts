import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import { hasOrder, isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours, computeItemWeights, keepTopPerTarget } from "./neighbours.ts";

export interface ItemKnnConfig {
  /** Neighbours kept per target item. */
  readonly neighbours: number;
  /** Added to the product of the norms: pairs seen a few times count for less. */
  readonly shrink: number;
  /** Users with long histories say less about each pair: ln(items / (1 + length)). */
  readonly isTfIdf: boolean;
  /** Weight of the item before, per step back in the history; 1 = order does not matter. */
  readonly historyDecay: number;
}

/** Item-based nearest neighbours with shrunk cosine (Sarwar 2001; weighting and cut as in Dacrema, Cremonesi & Jannach 2021). */
export const itemKnnMember: RankerMember<ItemKnnConfig> = {
  name: "itemknn",
  settings: [
    { neighbours: 100, shrink: 100, isTfIdf: false, historyDecay: 1 },
    { neighbours: 100, shrink: 10, isTfIdf: true, historyDecay: 1 },
    { neighbours: 600, shrink: 1000, isTfIdf: true, historyDecay: 1 },
    { neighbours: 100, shrink: 10, isTfIdf: false, historyDecay: 0.5 },
    { neighbours: 300, shrink: 100, isTfIdf: true, historyDecay: 0.8 },
  ],
  // The last two listen to the order of purchases.
  mostSettings: (train) => (isDearToFit(train) ? 2 : hasOrder(train) ? 5 : 3),
  fit(train, config) {
    const data = withoutRepeats(train.interactions);
    const userWeight = new Float64Array(data.users);
    for (let u = 0; u < data.users; u += 1) {
      const idf = config.isTfIdf ? Math.max(0, Math.log(data.items / (1 + data.start[u + 1] - data.start[u]))) : 1;
      userWeight[u] = idf * idf;
    }
    const squares = config.isTfIdf ? new Float64Array(data.items) : countByItem(data);
    if (config.isTfIdf) for (let u = 0; u < data.users; u += 1) for (let k = data.start[u]; k < data.start[u + 1]; k += 1) squares[data.item[k]] += userWeight[u];
    const norm = squares.map(Math.sqrt);
    const all = computeItemWeights(data, { userWeight, rowTop: Infinity, finish: (i, j, sum) => sum / (norm[i] * norm[j] + config.shrink + 1e-6) });
    const kept = keepTopPerTarget(all, config.neighbours);
    return {
      score({ items }, scores) {
        let factor = 1;
        for (let k = items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
          addNeighbours(kept, items[k], factor, scores);
          factor *= config.historyDecay;
        }
      },
    };
  },
};
