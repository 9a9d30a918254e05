import { binFeatures } from "./bin-features.ts";
import { growTree, type TreeRules } from "./grow-tree.ts";
import { keepTopRows, type Pools } from "./pools.ts";
import { addTree, createRowScorer, unpackTree, type PackedTree, type RowScorer } from "./row-scorer.ts";

export interface BoostRules extends TreeRules {
  readonly rate: number;
  readonly trees: number;
}

/** Small steps and shallow trees: a shop's validation days hold a few thousand answers. */
export const BOOST_RULES: BoostRules = { depth: 3, leastRows: 40, l2: 10, rate: 0.1, trees: 60 };
/** Rounds between two looks at the held-out questions. */
export const ROUND_STEP = 10;
/** Candidates of a question that are learnt from, in lists of k: what `base` puts further down hardly comes up again. */
const LEARNT_LISTS = 4;

/** Scores of other questions' rows after every ROUND_STEP rounds, those of `base` first. */
export interface WatchedPools {
  readonly pools: Pools;
  readonly scores: Float64Array[];
}

/**
 * LambdaMART (Burges 2010): boosted trees whose gradient is what swapping two candidates would change in NDCG@k. Boosting starts from `base`, a
 * scorer that is good already, so that no tree has to learn again what a sum can say.
 */
export function fitTrees(all: Pools, base: RowScorer, rules: BoostRules, watched?: WatchedPools): RowScorer {
  const pools = keepTopRows(all, base, LEARNT_LISTS * all.k);
  const width = pools.features.length;
  const rows = pools.isTarget.length;
  const data = binFeatures(pools.values, width);
  const score = new Float64Array(rows);
  base.score(pools.values, rows, score);
  const lambdas = { gradient: new Float64Array(rows), curvature: new Float64Array(rows), order: createOrder(pools), rankOf: new Int32Array(rows) };
  const gains = new Float64Array(width);
  const trees: PackedTree[] = [];
  const watchedScore = new Float64Array(watched ? watched.pools.isTarget.length : 0);
  if (watched) {
    base.score(watched.pools.values, watchedScore.length, watchedScore);
    watched.scores.push(watchedScore.slice());
  }
  for (let round = 0; round < rules.trees; round += 1) {
    lambdas.gradient.fill(0);
    lambdas.curvature.fill(0);
    for (let g = 0; g < pools.ideal.length; g += 1) addLambdas(pools, g, score, lambdas);
    const tree = growTree(data, lambdas.gradient, lambdas.curvature, rules, { score, rate: rules.rate, gains });
    trees.push(tree);
    if (!watched) continue;
    addTree(tree, watched.pools.values, width, watchedScore.length, watchedScore);
    if ((round + 1) % ROUND_STEP === 0) watched.scores.push(watchedScore.slice());
  }
  return createRowScorer({ weights: base.model.weights, trees: trees.map(unpackTree) }, trees.length === 0 ? base.influence : gains);
}

/** Rows of each question in the order of their scores: kept from round to round, so that sorting is a matter of a few swaps. */
function createOrder({ start, ideal }: Pools): Int32Array {
  const order = new Int32Array(start[ideal.length]);
  for (let g = 0; g < ideal.length; g += 1) for (let row = start[g]; row < start[g + 1]; row += 1) order[row] = row;
  return order;
}

interface Lambdas {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly order: Int32Array;
  readonly rankOf: Int32Array;
}

/** The first and second derivative of the loss by each candidate's score, normalised per question as in LightGBM. */
function addLambdas({ start, isTarget, ideal, k }: Pools, g: number, score: Float64Array, { gradient, curvature, order, rankOf }: Lambdas): void {
  const from = start[g];
  const to = start[g + 1];
  for (let place = from + 1; place < to; place += 1) {
    const row = order[place];
    const own = score[row];
    let at = place - 1;
    for (; at >= from && (score[order[at]] < own || (score[order[at]] === own && order[at] > row)); at -= 1) order[at + 1] = order[at];
    order[at + 1] = row;
  }
  for (let place = from; place < to; place += 1) rankOf[order[place]] = place - from;
  let total = 0;
  for (let i = from; i < to; i += 1) {
    if (isTarget[i] === 0) continue;
    const discount = 1 / Math.log2(rankOf[i] + 2);
    for (let j = from; j < to; j += 1) {
      if (isTarget[j] === 1 || (rankOf[i] >= k && rankOf[j] >= k)) continue;
      const change = Math.abs(discount - 1 / Math.log2(rankOf[j] + 2)) / ideal[g];
      const doubt = 1 / (1 + Math.exp(score[i] - score[j]));
      const pull = change * doubt;
      const bend = pull * (1 - doubt);
      gradient[i] -= pull;
      gradient[j] += pull;
      curvature[i] += bend;
      curvature[j] += bend;
      total += 2 * pull;
    }
  }
  if (total === 0) return;
  const norm = Math.log2(1 + total) / total;
  for (let row = from; row < to; row += 1) {
    gradient[row] *= norm;
    curvature[row] *= norm;
  }
}
