import { countByItem } from "../../features/interactions.ts";
import type { RankerMember } from "../evaluate/ranker.ts";

/** The same list for everybody: number of buyers. The line every other member must beat. */
export const popularityMember: RankerMember<null> = {
  name: "popularity",
  settings: [null],
  fit({ interactions }) {
    const counts = countByItem(interactions);
    return { score: (_, scores) => scores.set(counts) };
  },
};
