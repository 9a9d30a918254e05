import { historyOf, type History, type RankerMember } from "../evaluate/ranker.ts";
import { addBasket, basketStartsOf, clearVector, createNeighbourSearch, createVectorScratch, indexUserVectors, sumOfSquares, type VectorScratch } from "./user-index.ts";

export interface TifuConfig {
  readonly neighbours: number;
  /** Decay per basket within a group, and per group. */
  readonly withinDecay: number;
  readonly groupDecay: number;
  /** Weight of the shopper's own vector; the rest is the mean of the neighbours'. */
  readonly own: number;
  readonly groups: number;
}

/** Rounding keeps a shopper's distance to itself this near to 0. */
const SELF = -1e-12;

/** TIFU-KNN (Hu et al., SIGIR 2020): decayed personal item frequency, mixed with that of the nearest shoppers. */
export const tifuKnnMember: RankerMember<TifuConfig> = {
  name: "tifu-knn",
  settings: [
    { neighbours: 300, withinDecay: 0.9, groupDecay: 0.7, own: 0.7, groups: 7 },
    { neighbours: 300, withinDecay: 1, groupDecay: 0.9, own: 0.1, groups: 17 },
    { neighbours: 300, withinDecay: 0.9, groupDecay: 0.9, own: 0.3, groups: 12 },
    { neighbours: 900, withinDecay: 0.9, groupDecay: 0.6, own: 0.2, groups: 20 },
  ],
  fit(train, config) {
    const { users, items, item } = train.interactions;
    const index = indexUserVectors(users, items, item.length, (u, vector) => fillFrequencies(vector, historyOf(train, u), config));
    const search = createNeighbourSearch(index);
    const own = createVectorScratch(items);
    return {
      score(history, scores) {
        clearVector(own);
        fillFrequencies(own, history, config);
        const norm = sumOfSquares(own);
        // Nearest by Euclidean distance, negated; one more, because the shopper itself (distance 0) is not its own neighbour.
        const count = search.find(own, config.neighbours + 1, (u, dot) => 2 * dot - index.sumOfSquares[u] - norm);
        const dropped = placeToDrop(search.found, count, search.nearnessOf, config.neighbours, (u) => index.start[u + 1] - index.start[u] === own.count);
        const factor = (1 - config.own) / Math.max(1, dropped >= 0 ? count - 1 : count);
        for (let c = 0; c < count; c += 1) {
          if (c === dropped) continue;
          const u = search.found[c];
          for (let k = index.start[u]; k < index.start[u + 1]; k += 1) scores[index.item[k]] += factor * index.value[k];
        }
        for (let c = 0; c < own.count; c += 1) scores[own.item[c]] += config.own * own.value[own.item[c]];
      },
    };
  },
};

/** Place of the shopper itself among those found, or of the farthest one when there is one too many; -1 for none. */
function placeToDrop(found: Int32Array, count: number, nearness: Float64Array, neighbours: number, isSameSize: (user: number) => boolean): number {
  let farthest = -1;
  for (let c = 0; c < count; c += 1) {
    const u = found[c];
    if (nearness[u] > SELF && isSameSize(u)) return c;
    if (farthest < 0 || nearness[u] < nearness[found[farthest]] || (nearness[u] === nearness[found[farthest]] && u > found[farthest])) farthest = c;
  }
  return count > neighbours ? farthest : -1;
}

/** Baskets are split into `groups` groups from the newest back; each item weighs by the decays of its basket and group, averaged as in the paper. */
function fillFrequencies(vector: VectorScratch, history: History, config: TifuConfig): void {
  const starts = basketStartsOf(history);
  const baskets = starts.length - 1;
  if (baskets <= 0) return;
  const perGroup = Math.max(1, Math.ceil(baskets / config.groups));
  const groups = Math.ceil(baskets / perGroup);
  // The oldest group may be short, as in the authors' code: groups are full from the newest back.
  for (let b = 0; b < baskets; b += 1) {
    const fromEnd = baskets - 1 - b;
    const group = Math.floor(fromEnd / perGroup);
    const inGroup = fromEnd % perGroup;
    const size = group === groups - 1 ? baskets - perGroup * (groups - 1) : perGroup;
    const weight = (config.withinDecay ** inGroup / size) * (config.groupDecay ** group / groups);
    addBasket(vector, history.items, starts[b], starts[b + 1], weight);
  }
}
