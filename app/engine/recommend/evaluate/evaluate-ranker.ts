import { countByItem } from "../../features/interactions.ts";
import { computeLastSeen } from "./last-seen.ts";
import { computeTieRank, rankItems } from "./rank-items.ts";
import { createFiguresCollector, type FiguresCollector } from "./ranking-metrics.ts";
import { historyOf, type FittedRanker, type TrainingData } from "./ranker.ts";

/** What of the history may come out: nothing ("new"), everything ("all"), nothing else ("bought"). */
export type RepeatRule = "new" | "all" | "bought";

export interface EvaluationOptions {
  readonly k: number;
  /** At most this many users, evenly spread; Infinity for all. */
  readonly mostUsers?: number;
  readonly repeats: RepeatRule;
  /** Where the histories stand when they are not the training data's own. */
  readonly histories?: TrainingData;
}

/** Full ranking over all items; users without targets are left out. `targets[u]` belongs to user u of the histories. */
export function evaluateRanker(model: FittedRanker, train: TrainingData, targets: readonly (Int32Array | undefined)[], options: EvaluationOptions): FiguresCollector {
  const collector = createFiguresCollector(options.k, train.interactions.items);
  rankForAll(model, train, targets, options, (_, list, length, wanted) => collector.add(list, length, wanted));
  return collector;
}

/** Tells `take` each user's list: `list[0 .. length)`, used again for the next one. */
export function rankForAll(
  model: FittedRanker,
  train: TrainingData,
  targets: readonly (Int32Array | undefined)[],
  options: EvaluationOptions,
  take: (user: number, list: Int32Array, length: number, targets: Int32Array) => void,
): void {
  const { items } = train.interactions;
  const tieRank = computeTieRank(countByItem(train.interactions), computeLastSeen(train));
  const scores = new Float64Array(items);
  const excluded = new Int32Array(items).fill(-1);
  const out = new Int32Array(options.k);
  for (const u of pickUsers(targets, options.mostUsers ?? Infinity)) {
    const wanted = targets[u];
    if (!wanted) continue;
    const history = historyOf(options.histories ?? train, u);
    markExcluded(excluded, u, history.items, options.repeats);
    scores.fill(0);
    model.score(history, scores);
    take(u, out, rankItems(scores, options.k, excluded, u, tieRank, out), wanted);
  }
}

/** Sets `excluded` to `mark` for what may not come out. */
export function markExcluded(excluded: Int32Array, mark: number, history: Int32Array, repeats: RepeatRule): void {
  if (repeats === "all") return;
  if (repeats === "new") {
    for (const i of history) excluded[i] = mark;
    return;
  }
  excluded.fill(mark);
  for (const i of history) excluded[i] = -1;
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
