import { historyOf, type History, type RankerMember } from "../evaluate/ranker.ts";
import { accumulateDots, indexUserVectors, pickNearest } from "./user-index.ts";

export interface TifuConfig {
  readonly neighbours: number;
  /** Decay per basket within a group, and per group. */
  readonly withinDecay: number;
  readonly groupDecay: number;
  /** Weight of the shopper's own vector; the rest is the mean of the neighbours'. */
  readonly own: number;
  readonly groups: number;
}

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
    const users = train.interactions.users;
    const rows = Array.from({ length: users }, (_, u) => computeFrequencyVector(historyOf(train, u), config));
    const index = indexUserVectors(rows, train.interactions.items);
    const norms = Float64Array.from(rows, (row) => sumOfSquares(row));
    const dots = new Float64Array(users);
    const nearness = new Float64Array(users);
    const touched = new Int32Array(users);
    return {
      score(history, scores) {
        const own = computeFrequencyVector(history, config);
        const norm = sumOfSquares(own);
        const count = accumulateDots(index, own, dots, touched);
        // Nearest by Euclidean distance; the shopper itself (distance 0) is not its own neighbour.
        for (let c = 0; c < count; c += 1) nearness[touched[c]] = 2 * dots[touched[c]] - norms[touched[c]] - norm;
        const isSelf = (u: number) => nearness[u] > -1e-12 && rows[u].size === own.size;
        const nearest = pickNearest(touched, count, nearness, config.neighbours + 1).filter((u, place) => !(place === 0 && isSelf(u))).subarray(0, config.neighbours);
        for (const u of nearest) {
          for (let k = index.start[u]; k < index.start[u + 1]; k += 1) scores[index.item[k]] += ((1 - config.own) * index.value[k]) / nearest.length;
        }
        for (const [i, v] of own) scores[i] += config.own * v;
        for (let c = 0; c < count; c += 1) dots[touched[c]] = 0;
      },
    };
  },
};

/** Baskets are split into `groups` groups from the newest back; each item weighs by the decays of its basket and group, averaged as in the paper. */
function computeFrequencyVector(history: History, config: TifuConfig): Map<number, number> {
  const starts = history.basketStart ?? Int32Array.from({ length: history.items.length + 1 }, (_, k) => k);
  const baskets = starts.length - 1;
  const vector = new Map<number, number>();
  if (baskets <= 0) return vector;
  const perGroup = Math.max(1, Math.ceil(baskets / config.groups));
  const groups = Math.ceil(baskets / perGroup);
  // The oldest group may be short, as in the authors' code: groups are full from the newest back.
  for (let b = 0; b < baskets; b += 1) {
    const fromEnd = baskets - 1 - b;
    const group = Math.floor(fromEnd / perGroup);
    const inGroup = fromEnd % perGroup;
    const size = group === groups - 1 ? baskets - perGroup * (groups - 1) : perGroup;
    const weight = (config.withinDecay ** inGroup / size) * (config.groupDecay ** group / groups);
    for (const i of new Set(history.items.subarray(starts[b], starts[b + 1]))) vector.set(i, (vector.get(i) ?? 0) + weight);
  }
  return vector;
}

function sumOfSquares(vector: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const v of vector.values()) sum += v * v;
  return sum;
}
