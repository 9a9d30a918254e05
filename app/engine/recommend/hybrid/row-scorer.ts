/** A learnt second stage as plain data: a weighted sum of the features, and trees on top of it. JSON keeps it whole. */
export interface ScorerModel {
  /** One a feature. */
  readonly weights: readonly number[];
  readonly trees: readonly ScorerTree[];
}

/** A complete binary tree in arrays: children of node n are 2n + 1 (value <= threshold) and 2n + 2. */
export interface ScorerTree {
  /** -1 = leaf */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly value: readonly number[];
}

export interface RowScorer {
  /** Sets `out[0 .. rows)` from `rows` rows of `values`. */
  score(values: Float32Array, rows: number, out: Float64Array): void;
  /** How much the ranking listens to each feature; any scale, none negative. */
  readonly influence: Float64Array;
  readonly model: ScorerModel;
}

/** Scores candidates as the model says; equal to the scorer that it came from. */
export function createRowScorer(model: ScorerModel, influence: Float64Array): RowScorer {
  const weights = Float64Array.from(model.weights);
  const trees = model.trees.map(packTree);
  const width = weights.length;
  return {
    model,
    influence,
    score(values, rows, out) {
      addLinear(values, rows, out, weights);
      for (const tree of trees) addTree(tree, values, width, rows, out);
    },
  };
}

export interface PackedTree {
  readonly feature: Int16Array;
  readonly threshold: Float32Array;
  readonly value: Float64Array;
}

function packTree({ feature, threshold, value }: ScorerTree): PackedTree {
  return { feature: Int16Array.from(feature), threshold: Float32Array.from(threshold), value: Float64Array.from(value) };
}

export function unpackTree({ feature, threshold, value }: PackedTree): ScorerTree {
  return { feature: [...feature], threshold: [...threshold], value: [...value] };
}

function addLinear(values: Float32Array, rows: number, out: Float64Array, weights: Float64Array): void {
  const width = weights.length;
  for (let row = 0; row < rows; row += 1) {
    let sum = 0;
    for (let f = 0; f < width; f += 1) sum += weights[f] * values[row * width + f];
    out[row] = sum;
  }
}

/** Adds each row's leaf to its score. */
export function addTree({ feature, threshold, value }: PackedTree, values: Float32Array, width: number, rows: number, out: Float64Array): void {
  for (let row = 0; row < rows; row += 1) {
    let node = 0;
    while (feature[node] >= 0) node = values[row * width + feature[node]] <= threshold[node] ? 2 * node + 1 : 2 * node + 2;
    out[row] += value[node];
  }
}
