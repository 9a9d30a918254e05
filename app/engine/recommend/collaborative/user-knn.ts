import { withoutRepeats } from "../../features/interactions.ts";
import { isDearToFit, type RankerMember } from "../evaluate/ranker.ts";
import { addBasket, clearVector, createNeighbourSearch, createVectorScratch, indexUserVectors } from "../next-basket/user-index.ts";

export interface UserKnnConfig {
  readonly neighbours: number;
  /** Added to the product of the norms: shoppers who share a few items count for less. */
  readonly shrink: number;
}

/** User-based nearest neighbours (Resnick 1994; shrunk cosine of sets as in Dacrema, Cremonesi & Jannach 2021): what shoppers like this one bought. */
export const userKnnMember: RankerMember<UserKnnConfig> = {
  name: "userknn",
  settings: [{ neighbours: 200, shrink: 5 }, { neighbours: 600, shrink: 50 }],
  mostSettings: (train) => (isDearToFit(train) ? 1 : 2),
  fit(train, config) {
    const data = withoutRepeats(train.interactions);
    const index = indexUserVectors(data.users, data.items, data.item.length, (u, vector) => addBasket(vector, data.item, data.start[u], data.start[u + 1], 1));
    const norms = index.sumOfSquares.map(Math.sqrt);
    const search = createNeighbourSearch(index);
    const own = createVectorScratch(data.items);
    return {
      score({ items }, scores) {
        clearVector(own);
        addBasket(own, items, 0, items.length, 1);
        const norm = Math.sqrt(own.count);
        // One more, because a shopper of the training data finds itself first; its own items only raise what is masked anyway.
        const count = search.find(own, config.neighbours + 1, (u, dot) => dot / (norm * norms[u] + config.shrink));
        for (let c = 0; c < count; c += 1) {
          const u = search.found[c];
          for (let k = index.start[u]; k < index.start[u + 1]; k += 1) scores[index.item[k]] += search.nearnessOf[u];
        }
      },
    };
  },
};
