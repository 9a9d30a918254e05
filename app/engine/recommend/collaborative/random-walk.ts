import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import { isDearToFit, type RankerMember, type TrainingData } from "../evaluate/ranker.ts";
import { addNeighbours, computeItemWeights, keepTopPerTarget, type ItemNeighbours } from "./neighbours.ts";

export interface RandomWalkConfig {
  readonly neighbours: number;
  /** Power of both transition probabilities. */
  readonly alpha: number;
  /** Power of popularity that is divided away; 0 is P3alpha. Must be tuned per shop: staples want less, the long tail more. */
  readonly beta: number;
  /** Rows scaled to sum 1 before the cut per target. */
  readonly isNormalised: boolean;
}

/** Three-step random walk item - user - item: P3alpha (Cooper 2014) and RP3beta (Paudel 2017), cut and scaled as in Dacrema et al. 2021. */
export function fitRandomWalk(train: TrainingData, config: RandomWalkConfig): ItemNeighbours {
  const data = withoutRepeats(train.interactions);
  const counts = countByItem(data);
  const leave = counts.map((n) => (n > 0 ? n ** -config.alpha : 0));
  const damp = counts.map((n) => (n > 0 ? n ** -config.beta : 0));
  const userWeight = Float64Array.from({ length: data.users }, (_, u) => Math.max(1, data.start[u + 1] - data.start[u]) ** -config.alpha);
  const rows = computeItemWeights(data, { userWeight, rowTop: config.neighbours, isNormalised: config.isNormalised, finish: (i, j, sum) => leave[i] * sum * damp[j] });
  return keepTopPerTarget(rows, config.neighbours);
}

function createMember(name: string, mostWhenDear: number, settings: readonly RandomWalkConfig[]): RankerMember<RandomWalkConfig> {
  return {
    name,
    settings,
    mostSettings: (train) => (isDearToFit(train) ? mostWhenDear : settings.length),
    fit(train, config) {
      const kept = fitRandomWalk(train, config);
      return {
        score({ items }, scores) {
          for (const item of items) addNeighbours(kept, item, 1, scores);
        },
      };
    },
  };
}

export const p3alphaMember = createMember("p3alpha", 1, [
  { neighbours: 300, alpha: 1, beta: 0, isNormalised: false },
  { neighbours: 650, alpha: 0.6, beta: 0, isNormalised: false },
]);

export const rp3betaMember = createMember("rp3beta", 2, [
  { neighbours: 150, alpha: 1, beta: 0.4, isNormalised: false },
  { neighbours: 150, alpha: 1, beta: 0.6, isNormalised: false },
  { neighbours: 300, alpha: 1, beta: 0.2, isNormalised: false },
  { neighbours: 760, alpha: 0.7, beta: 0.23, isNormalised: true },
]);
