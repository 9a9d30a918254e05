import { minimiseLbfgs } from "../../math/minimise.ts";
import type { Pools } from "./pools.ts";
import { createRowScorer, type RowScorer } from "./row-scorer.ts";

/** Ridge on standardised weights, per question. */
const PENALTY = 1e-3;
const MOST_ITERATIONS = 60;

/**
 * Conditional logistic regression (McFadden 1974; as a ranking loss: ListNet, Cao 2007): of each question, every target against all candidates that
 * are none, those near the top weighing most; questions count alike. Convex, so the answer does not depend on a start or a seed.
 */
export function fitLogistic(pools: Pools): RowScorer {
  const width = pools.features.length;
  const { mean, scale } = standardise(pools);
  const rows = pools.isTarget.length;
  const standard = new Float32Array(rows * width);
  for (let row = 0; row < rows; row += 1) for (let f = 0; f < width; f += 1) standard[row * width + f] = (pools.values[row * width + f] - mean[f]) * scale[f];
  const margins = new Float64Array(rows);
  const pull = new Float64Array(rows);
  const questions = Math.max(1, pools.ideal.length);
  const { x } = minimiseLbfgs(
    (weights, gradient) => {
      let loss = 0;
      gradient.fill(0);
      for (let row = 0; row < rows; row += 1) {
        let sum = 0;
        for (let f = 0; f < width; f += 1) sum += weights[f] * standard[row * width + f];
        margins[row] = sum;
      }
      pull.fill(0);
      for (let g = 0; g < pools.ideal.length; g += 1) loss += pullApart(pools, g, margins, pull);
      for (let row = 0; row < rows; row += 1) {
        const p = pull[row];
        if (p !== 0) for (let f = 0; f < width; f += 1) gradient[f] += p * standard[row * width + f];
      }
      let ridge = 0;
      for (let f = 0; f < width; f += 1) {
        ridge += weights[f] * weights[f];
        gradient[f] = gradient[f] / questions + 2 * PENALTY * weights[f];
      }
      return loss / questions + PENALTY * ridge;
    },
    new Float64Array(width),
    { maxIterations: MOST_ITERATIONS, gradientTolerance: 1e-5, gainTolerance: 1e-7 },
  );
  const weights = x.map((weight, f) => weight * scale[f]);
  return createRowScorer({ weights: [...weights], trees: [] }, x.map(Math.abs));
}

/**
 * Loss of one question, and the derivative by each row's margin into `pull`. Every target is held against the same other candidates, so that their sum
 * is taken once.
 */
function pullApart({ start, isTarget }: Pools, g: number, margins: Float64Array, pull: Float64Array): number {
  const from = start[g];
  const to = start[g + 1];
  let targets = 0;
  let largest = -Infinity;
  for (let row = from; row < to; row += 1) {
    targets += isTarget[row];
    largest = Math.max(largest, margins[row]);
  }
  if (targets === 0 || targets === to - from) return 0;
  let others = 0;
  for (let row = from; row < to; row += 1) {
    // The row's own term, until the second pass makes the derivative of it.
    pull[row] = Math.exp(margins[row] - largest);
    if (isTarget[row] === 0) others += pull[row];
  }
  const share = 1 / targets;
  let loss = 0;
  let push = 0;
  for (let row = from; row < to; row += 1) {
    if (isTarget[row] === 0) continue;
    const total = pull[row] + others;
    loss += share * (Math.log(total) + largest - margins[row]);
    push += share / total;
    pull[row] = share * (pull[row] / total - 1);
  }
  for (let row = from; row < to; row += 1) if (isTarget[row] === 0) pull[row] *= push;
  return loss;
}

function standardise(pools: Pools): { mean: Float64Array; scale: Float64Array } {
  const width = pools.features.length;
  const rows = Math.max(1, pools.isTarget.length);
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (let at = 0; at < pools.values.length; at += 1) mean[at % width] += pools.values[at] / rows;
  for (let at = 0; at < pools.values.length; at += 1) scale[at % width] += (pools.values[at] - mean[at % width]) ** 2 / rows;
  // A feature that is the same everywhere says nothing.
  for (let f = 0; f < width; f += 1) scale[f] = scale[f] > 1e-12 ? 1 / Math.sqrt(scale[f]) : 0;
  return { mean, scale };
}
