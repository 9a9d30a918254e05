import { hasOrder, type RankerMember } from "../evaluate/ranker.ts";
import { createSessionSearch, indexSessions } from "./session-search.ts";

export interface SessionKnnConfig {
  /** Sessions that vote. */
  readonly neighbours: number;
  /** Latest sessions that are looked at, of those that share an item. */
  readonly sample: number;
  /** Power of (place in the session / its length): how much more the latest items count in the comparison. */
  readonly placePower: number;
  /** A vote is divided by (steps back to the latest item shared) to this power. */
  readonly stepPower: number;
}

/** A history is compared by its latest items; earlier ones would weigh next to nothing and cost as much. */
const LONGEST_SESSION = 30;

/**
 * V-SKNN, vector multiplication session-based kNN (Ludewig & Jannach 2018): sessions that share the latest items vote with all their items. A user's
 * row is one session; "latest" is by the time of its last item, else by place in the data. Finds what the session holds already, too.
 */
export const sessionKnnMember: RankerMember<SessionKnnConfig> = {
  name: "session-knn",
  settings: [
    { neighbours: 100, sample: 1000, placePower: 2, stepPower: 2 },
    { neighbours: 500, sample: 5000, placePower: 1, stepPower: 1 },
  ],
  fit(train, config) {
    if (!hasOrder(train)) return null;
    const sessions = indexSessions(train.interactions);
    const { start, item } = sessions;
    const search = createSessionSearch(sessions, {
      sample: config.sample,
      neighbours: config.neighbours,
      placeWeight: (place, length) => (place / length) ** config.placePower,
      sessionFactor: null,
    });
    return {
      score({ items }, scores) {
        const count = search.find(items.subarray(-LONGEST_SESSION));
        for (let c = 0; c < count; c += 1) {
          const s = search.found[c];
          const vote = search.similarity[s] / search.latestStep[s] ** config.stepPower;
          for (let at = start[s]; at < start[s + 1]; at += 1) scores[item[at]] += vote;
        }
      },
    };
  },
};
