import { withoutRepeats } from "../../features/interactions.ts";
import type { RankerMember } from "../evaluate/ranker.ts";
import { affordableCandidates, fitItemRegressions } from "./item-regressions.ts";
import { addNeighbours } from "./neighbours.ts";

export interface SlimConfig {
  /** Nearest items among which the lasso chooses. */
  readonly candidates: number;
  readonly l2: number;
  readonly l1: number;
}

const LEAST_CANDIDATES = 20;

/**
 * SLIM (Ning & Karypis 2011): a sparse, non-negative item-item matrix by one elastic net an item; candidates are the item's nearest ones (fsSLIM of the
 * same paper), which changes little and makes a catalogue of 40,000 a matter of seconds. Null where even that would take minutes.
 */
export const slimMember: RankerMember<SlimConfig> = {
  name: "slim",
  settings: [
    { candidates: 400, l2: 200, l1: 0.02 },
    { candidates: 200, l2: 60, l1: 0.5 },
    { candidates: 100, l2: 20, l1: 1 },
  ],
  mostSettings: ({ interactions }) => (interactions.item.length > 500_000 ? 2 : 3),
  fit(train, config) {
    const data = withoutRepeats(train.interactions);
    const candidates = affordableCandidates(data, config.candidates);
    if (candidates < LEAST_CANDIDATES) return null;
    const weights = fitItemRegressions(data, { candidates, l2: config.l2, l1: config.l1, isNonNegative: true });
    return {
      score({ items }, scores) {
        for (const item of items) addNeighbours(weights, item, 1, scores);
      },
    };
  },
};
