import { createRng } from "#app/core/rng.ts";
import { hasOrder, type RankerMember } from "../evaluate/ranker.ts";
import { countTrainingWork, trainItemVectors, type SkipGramConfig } from "./train-item-vectors.ts";

export interface Item2VecConfig extends SkipGramConfig {
  /** Weight of the item before, per step back in the history. */
  readonly historyDecay: number;
  readonly seed: number;
}

/** Multiplications of one training: some 8 s on one core. Beyond, the nightly run has better uses for its minute. */
const MOST_WORK = 4e9;

const base = { dims: 32, window: 4, negatives: 5, negativePower: 0.5, epochs: 25, learningRate: 0.05, seed: 1 } as const;

function createItem2Vec(name: string, mostWork: number, settings: readonly Item2VecConfig[]): RankerMember<Item2VecConfig> {
  return {
    name,
    settings,
    mostSettings: ({ interactions }) => settings.filter((config) => countTrainingWork(interactions, config) <= mostWork).length,
    fit(train, config) {
      if (train.interactions.item.length === 0) return null;
      const { dims, input, output } = trainItemVectors(train.interactions, hasOrder(train), config, createRng(config.seed));
      const wish = new Float64Array(dims);
      return {
        score({ items }, scores) {
          wish.fill(0);
          let factor = 1;
          for (let k = items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
            const at = items[k] * dims;
            for (let d = 0; d < dims; d += 1) wish[d] += factor * input[at + d];
            factor *= config.historyDecay;
          }
          for (let j = 0; j < scores.length; j += 1) {
            let dot = 0;
            for (let d = 0, at = j * dims; d < dims; d += 1, at += 1) dot += wish[d] * output[at];
            // Below 0 is "unlike", and items that were never bought have no output vector.
            if (dot > 0) scores[j] = dot;
          }
        },
      };
    },
  };
}

/**
 * item2vec: what comes beside the history, by learnt vectors; the one neural member. It is tried where a training takes seconds, and chosen only where the
 * evaluation says that it wins (docs/models/item2vec.md says where it does not).
 */
export const item2VecMember = createItem2Vec("item2vec", MOST_WORK, [{ ...base, historyDecay: 0.5 }]);

/** The same for those who ask for it by name and have minutes: longer vectors, larger data. */
export const largeItem2VecMember = createItem2Vec("item2vec-large", Infinity, [
  { ...base, dims: 64, negatives: 10, historyDecay: 0.5 },
  { ...base, dims: 64, negatives: 10, epochs: 10, historyDecay: 1 },
]);
