import { countByItem } from "../../features/interactions.ts";
import { computeTieRank, rankItems } from "./rank-items.ts";
import { createFiguresCollector, type FiguresCollector } from "./ranking-metrics.ts";
import { historyOf, type FittedRanker, type TrainingData } from "./ranker.ts";

export interface EvaluationOptions {
  readonly k: number;
  /** At most this many users, evenly spread; Infinity for all. */
  readonly mostUsers?: number;
  /** What was bought before may be recommended again (next basket). */
  readonly allowRepeats: boolean;
}

/** Full ranking over all items; users without targets are left out. `targets[u]` belongs to user u of `train`. */
export function evaluateRanker(model: FittedRanker, train: TrainingData, targets: readonly (Int32Array | undefined)[], options: EvaluationOptions): FiguresCollector {
  const { interactions } = train;
  const collector = createFiguresCollector(options.k, interactions.items);
  const tieRank = computeTieRank(countByItem(interactions), computeLastSeen(train));
  const scores = new Float64Array(interactions.items);
  const excluded = new Int32Array(interactions.items).fill(-1);
  const out = new Int32Array(options.k);
  for (const u of pickUsers(targets, options.mostUsers ?? Infinity)) {
    const wanted = targets[u];
    if (!wanted) continue;
    const history = historyOf(train, u);
    if (!options.allowRepeats) for (const i of history.items) excluded[i] = u;
    scores.fill(0);
    model.score(history, scores);
    const length = rankItems(scores, options.k, excluded, u, tieRank, out);
    collector.add(out, length, wanted);
  }
  return collector;
}

/** Users that have targets, thinned evenly to at most `most`. */
export function pickUsers(targets: readonly (Int32Array | undefined)[], most: number): number[] {
  const users: number[] = [];
  targets.forEach((wanted, u) => {
    if (wanted && wanted.length > 0) users.push(u);
  });
  if (users.length <= most) return users;
  return Array.from({ length: most }, (_, n) => users[Math.floor((n * users.length) / most)]);
}

/** When each item was bought last: its time where there are times, else how late in its row it stood. */
export function computeLastSeen({ interactions }: TrainingData): Float64Array {
  const lastSeen = new Float64Array(interactions.items);
  for (let u = 0; u < interactions.users; u += 1) {
    const [from, to] = [interactions.start[u], interactions.start[u + 1]];
    for (let k = from; k < to; k += 1) {
      const at = interactions.atMs ? interactions.atMs[k] : (k - from + 1) / (to - from);
      if (at > lastSeen[interactions.item[k]]) lastSeen[interactions.item[k]] = at;
    }
  }
  return lastSeen;
}
