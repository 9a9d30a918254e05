import { historyOf, type History, type RankerMember } from "../evaluate/ranker.ts";
import { accumulateDots, indexUserVectors, pickNearest } from "./user-index.ts";

export interface UpCfConfig {
  /** Baskets back that count for what a shopper likes now. */
  readonly recencyWindow: number;
  /** 0.5 is cosine; larger favours neighbours with longer histories. */
  readonly asymmetry: number;
  /** Power of the similarity: larger listens to fewer. */
  readonly locality: number;
  readonly neighbours: number;
}

/** UP-CF (Faggioli, Polato & Aiolli, UMAP 2020): recent personal popularity, summed over similar shoppers; the shopper is the nearest of them. */
export const upCfMember: RankerMember<UpCfConfig> = {
  name: "up-cf",
  settings: [
    { recencyWindow: 10, asymmetry: 0.75, locality: 2, neighbours: 300 },
    { recencyWindow: 10, asymmetry: 0.75, locality: 5, neighbours: 300 },
    { recencyWindow: 25, asymmetry: 0.5, locality: 2, neighbours: 300 },
    { recencyWindow: 40, asymmetry: 0.25, locality: 10, neighbours: 300 },
  ],
  fit(train, config) {
    const { users, items } = train.interactions;
    const histories = Array.from({ length: users }, (_, u) => historyOf(train, u));
    const sets = histories.map((history) => new Map([...new Set(history.items)].map((i) => [i, 1])));
    const index = indexUserVectors(sets, items);
    const likes = histories.map((history) => computeRecentPopularity(history, config.recencyWindow));
    const dots = new Float64Array(users);
    const similarity = new Float64Array(users);
    const touched = new Int32Array(users);
    return {
      score(history, scores) {
        const own = new Map([...new Set(history.items)].map((i) => [i, 1]));
        const count = accumulateDots(index, own, dots, touched);
        const ownSize = own.size ** config.asymmetry;
        for (let c = 0; c < count; c += 1) {
          const u = touched[c];
          similarity[u] = dots[u] / (ownSize * sets[u].size ** (1 - config.asymmetry));
        }
        for (const u of pickNearest(touched, count, similarity, config.neighbours)) {
          const weight = similarity[u] ** config.locality;
          for (const [i, v] of likes[u]) scores[i] += weight * v;
        }
        for (let c = 0; c < count; c += 1) dots[touched[c]] = 0;
      },
    };
  },
};

/** Share of the last `window` baskets that hold each item. */
function computeRecentPopularity(history: History, window: number): Map<number, number> {
  const starts = history.basketStart ?? Int32Array.from({ length: history.items.length + 1 }, (_, k) => k);
  const baskets = starts.length - 1;
  const from = Math.max(0, baskets - window);
  const share = 1 / Math.max(1, baskets - from);
  const likes = new Map<number, number>();
  for (let b = from; b < baskets; b += 1) {
    for (const i of new Set(history.items.subarray(starts[b], starts[b + 1]))) likes.set(i, (likes.get(i) ?? 0) + share);
  }
  return likes;
}
