import { hasOrder, isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { createSessionSearch, indexSessions, type Sessions } from "./session-search.ts";

export interface StanConfig {
  readonly neighbours: number;
  /** Latest sessions that are looked at, of those that share an item. */
  readonly sample: number;
  /** Steps back in the shopper's history after which an item weighs 1/e in the comparison. */
  readonly historySteps: number;
  /** Age after which a session counts 1/e, as a share of the time that the data spans; null: age does not matter. */
  readonly ageShare: number | null;
  /** Steps away from the shared item after which an item of a neighbour gets 1/e of its vote. */
  readonly voteSteps: number;
}

/** Earlier items would weigh less than e^-10 in the slowest setting. */
const LONGEST_SESSION = 50;

/**
 * STAN, sequence and time aware neighbourhood (Garg et al. 2019, SIGIR): as V-SKNN, but with exponential decay by place in the history, by age of
 * the neighbour and by distance from the item that both share. The age of the asking session is a common factor and therefore not needed.
 */
export const stanMember: RankerMember<StanConfig> = {
  name: "stan",
  settings: [
    { neighbours: 500, sample: 5000, historySteps: 1, ageShare: 0.5, voteSteps: 2 },
    { neighbours: 500, sample: 5000, historySteps: 2, ageShare: null, voteSteps: 5 },
    { neighbours: 1500, sample: 10_000, historySteps: 5, ageShare: 1, voteSteps: 5 },
  ],
  mostSettings: (train) => (isDearToFit(train) ? 1 : 3),
  fit(train, config) {
    if (!hasOrder(train)) return null;
    const sessions = indexSessions(train.interactions);
    const { start, item } = sessions;
    const search = createSessionSearch(sessions, {
      sample: config.sample,
      neighbours: config.neighbours,
      placeWeight: (place, length) => Math.exp((place - length) / config.historySteps),
      sessionFactor: computeFactors(sessions, config.ageShare),
    });
    let longest = 1;
    for (let s = 0; s < sessions.count; s += 1) longest = Math.max(longest, start[s + 1] - start[s]);
    const decay = Float64Array.from({ length: longest }, (_, steps) => Math.exp(-steps / config.voteSteps));
    return {
      score({ items: all }, scores) {
        const items = all.subarray(-LONGEST_SESSION);
        const count = search.find(items);
        for (let c = 0; c < count; c += 1) {
          const s = search.found[c];
          const shared = items[items.length - search.latestStep[s]];
          let place = start[s];
          while (item[place] !== shared) place += 1;
          const vote = search.similarity[s];
          for (let at = start[s]; at < start[s + 1]; at += 1) scores[item[at]] += vote * decay[at < place ? place - at : at - place];
        }
      },
    };
  },
};

/** One over the root of the length (the other half of the cosine), times the decay by age. */
function computeFactors({ count, start, lastAtMs }: Sessions, ageShare: number | null): Float64Array {
  const span = lastAtMs && count > 0 ? lastAtMs[0] - lastAtMs[count - 1] : 0;
  const scale = ageShare !== null && span > 0 ? ageShare * span : Infinity;
  return Float64Array.from({ length: count }, (_, s) => (lastAtMs ? Math.exp((lastAtMs[s] - lastAtMs[0]) / scale) : 1) / Math.sqrt(start[s + 1] - start[s]));
}
