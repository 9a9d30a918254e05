import { withoutRepeats } from "../../features/interactions.ts";
import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";
import { MOST_ITEMS, type EaseConfig } from "./ease.ts";
import { affordableCandidates, fitItemRegressions } from "./item-regressions.ts";
import { addNeighbours } from "./neighbours.ts";

/** Nearest items that explain one item; with fewer than the least the answer is too far from the exact one. */
const CANDIDATES = 200;
const LEAST_CANDIDATES = 30;

/**
 * EASE for catalogues that its matrix cannot hold: each item is explained by its nearest items alone, as in the sparse approximation of Steck
 * 2019, "Markov random fields for collaborative filtering". Null where even that would take minutes: dense data of many items.
 */
export function fitSparseEase(train: TrainingData, config: EaseConfig, wanted = CANDIDATES): FittedRanker | null {
  const data = withoutRepeats(train.interactions);
  const candidates = affordableCandidates(data, wanted);
  if (candidates < LEAST_CANDIDATES) return null;
  const weights = fitItemRegressions(data, { candidates, l2: config.l2, l1: 0, isNonNegative: false });
  return {
    score({ items }, scores) {
      for (const item of items) addNeighbours(weights, item, 1, scores);
    },
  };
}

/** Only beyond what EASE itself holds: there is nothing to gain below. */
export const sparseEaseMember: RankerMember<EaseConfig> = {
  name: "sparse-ease",
  settings: [{ l2: 80 }, { l2: 25 }, { l2: 250 }],
  mostSettings: ({ interactions }) => (interactions.item.length > 500_000 ? 1 : 3),
  fit: (train, config) => (train.interactions.items > MOST_ITEMS ? fitSparseEase(train, config) : null),
};
