import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import { isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { addNeighbours, computeItemWeights } from "./neighbours.ts";

export interface TurboCfConfig {
  /** 0..1: how much of the normalisation falls on long histories; the rest falls on popular items. */
  readonly alpha: number;
  /** Power of each entry of the item graph: below 1 lifts weak ties, above 1 listens to strong ones. */
  readonly power: number;
  /** Entries kept of each row; bounds memory at 8 bytes each. */
  readonly neighbours: number;
}

/**
 * Turbo-CF (Park et al., SIGIR 2024): a low-pass filter over the item graph without training or decomposition, its first-order one:
 * scores = x P with P = (R'R)^(power) and R = D_users^-alpha X D_items^(alpha - 1). The way to EASE's accuracy on catalogues that EASE cannot hold.
 */
export const turboCfMember: RankerMember<TurboCfConfig> = {
  name: "turbo-cf",
  settings: [
    { alpha: 0.6, power: 0.7, neighbours: 4000 },
    { alpha: 0.5, power: 1, neighbours: 4000 },
    { alpha: 0.5, power: 0.6, neighbours: 4000 },
  ],
  mostSettings: (train) => (isDearToFit(train) ? 2 : 3),
  fit(train, config) {
    const data = withoutRepeats(train.interactions);
    const leave = countByItem(data).map((count) => (count > 0 ? count ** (config.alpha - 1) : 0));
    const userWeight = Float64Array.from({ length: data.users }, (_, u) => Math.max(1, data.start[u + 1] - data.start[u]) ** (-2 * config.alpha));
    const graph = computeItemWeights(data, { userWeight, rowTop: config.neighbours, finish: (i, j, sum) => (sum * leave[i] * leave[j]) ** config.power });
    return {
      score({ items }, scores) {
        for (const item of items) addNeighbours(graph, item, 1, scores);
      },
    };
  },
};
