import type { FittedRanker, TrainingData } from "../evaluate/ranker.ts";
import { createCandidateReader, type CandidateOptions, type NamedRanker } from "./candidate-features.ts";
import { createRowScorer, type ScorerModel } from "./row-scorer.ts";

/**
 * The hybrid as a ranker: candidates of the members, scored by the second stage. They come out above 0 in its order; what no member has near its top
 * stays at 0. `members` are those that the model was learnt with, in the same order, fitted on `train`; `options` are those of the learning.
 */
export function createHybridRanker(members: readonly NamedRanker[], train: TrainingData, model: ScorerModel, options: CandidateOptions): FittedRanker {
  const reader = createCandidateReader(members, train, options);
  if (reader.features.length !== model.weights.length) throw new RangeError(`the hybrid was learnt with ${model.weights.length} features, there are ${reader.features.length}: ${reader.features.join(", ")}`);
  const scorer = createRowScorer(model, new Float64Array(0));
  const out = new Float64Array(reader.items.length);
  return {
    score(history, scores) {
      const count = reader.read(history);
      scorer.score(reader.values, count, out);
      let lowest = Infinity;
      for (let c = 0; c < count; c += 1) lowest = Math.min(lowest, out[c]);
      for (let c = 0; c < count; c += 1) scores[reader.items[c]] = 1 + out[c] - lowest;
    },
  };
}
