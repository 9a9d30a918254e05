import { historyOf, type History, type RankerMember, type TrainingData } from "../evaluate/ranker.ts";
import { addBasket, basketStartsOf, clearVector, createNeighbourSearch, createVectorScratch, indexUserVectors, type UserVectors, type VectorScratch } from "./user-index.ts";

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
    const { users, items, item } = train.interactions;
    const sets = indexSets(train);
    const search = createNeighbourSearch(sets);
    const likes = indexUserVectors(users, items, item.length, (u, vector) => fillRecentPopularity(vector, historyOf(train, u), config.recencyWindow));
    const others = Float64Array.from({ length: users }, (_, u) => (sets.start[u + 1] - sets.start[u]) ** (1 - config.asymmetry));
    const own = createVectorScratch(items);
    return {
      score(history, scores) {
        clearVector(own);
        addBasket(own, history.items, 0, history.items.length, 1);
        const ownSize = own.count ** config.asymmetry;
        const count = search.find(own, config.neighbours, (u, dot) => dot / (ownSize * others[u]));
        for (let c = 0; c < count; c += 1) {
          const u = search.found[c];
          const weight = search.nearnessOf[u] ** config.locality;
          for (let k = likes.start[u]; k < likes.start[u + 1]; k += 1) scores[likes.item[k]] += weight * likes.value[k];
        }
      },
    };
  },
};

const indexes = new WeakMap<TrainingData, UserVectors>();

/** The sets of items do not depend on the settings: one index serves all of them while the data lives. */
function indexSets(train: TrainingData): UserVectors {
  const known = indexes.get(train);
  if (known) return known;
  const { users, items, item } = train.interactions;
  const index = indexUserVectors(users, items, item.length, (u, vector) => {
    const history = historyOf(train, u);
    addBasket(vector, history.items, 0, history.items.length, 1);
  });
  indexes.set(train, index);
  return index;
}

/** Share of the last `window` baskets that hold each item. */
function fillRecentPopularity(vector: VectorScratch, history: History, window: number): void {
  const starts = basketStartsOf(history);
  const baskets = starts.length - 1;
  const from = Math.max(0, baskets - window);
  const share = 1 / Math.max(1, baskets - from);
  for (let b = from; b < baskets; b += 1) addBasket(vector, history.items, starts[b], starts[b + 1], share);
}
