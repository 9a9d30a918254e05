import { countByItem } from "../../features/interactions.ts";
import type { RankerMember } from "../evaluate/ranker.ts";

/** What this shopper bought most often, the rest filled by the shop's best sellers (GP-TopFreq; Li et al. 2023). A repeat bought lately wins a tie. */
export const personalFrequencyMember: RankerMember<null> = {
  name: "personal-frequency",
  settings: [null],
  fit({ interactions }) {
    const counts = countByItem(interactions);
    const most = counts.reduce((largest, n) => Math.max(largest, n), 1);
    return {
      score({ items }, scores) {
        for (let i = 0; i < scores.length; i += 1) scores[i] = (counts[i] / most) * 1e-3;
        for (let k = 0; k < items.length; k += 1) scores[items[k]] += 1 + (0.4 * k) / items.length / items.length;
      },
    };
  },
};
