import { createRng } from "#app/core/rng.ts";
import { usersByItem, withoutRepeats } from "../../features/interactions.ts";
import type { RankerMember, TrainingData } from "../evaluate/ranker.ts";

export interface AlsConfig {
  readonly factors: number;
  /** Confidence of an interaction above that of none: 1 + alpha. */
  readonly alpha: number;
  readonly l2: number;
  readonly iterations: number;
  readonly seed: number;
}

/** Rows of `factors` numbers. */
export interface AlsModel {
  readonly factors: number;
  readonly items: Float32Array;
  /** Y'Y of the items, for folding in a history. */
  readonly gram: Float64Array;
}

/** Steps of conjugate gradient per row; three are enough when starting from the last round's solution (Takács et al. 2011). */
const CG_STEPS = 3;
const FOLD_IN_STEPS = 10;

/** Implicit-feedback matrix factorisation by alternating least squares (Hu, Koren & Volinsky 2008), rows solved by conjugate gradient. */
export function fitAls(train: TrainingData, config: AlsConfig): AlsModel {
  const data = withoutRepeats(train.interactions);
  const { factors } = config;
  const rng = createRng(config.seed);
  const draw = (rows: number) => Float32Array.from({ length: rows * factors }, () => (rng.next() - 0.5) / factors);
  const [users, items] = [draw(data.users), draw(data.items)];
  const byItem = usersByItem(data);
  const solver = createRowSolver(config);
  for (let round = 0; round < config.iterations; round += 1) {
    solver.solveAll(users, items, data.users, data.start, data.item);
    solver.solveAll(items, users, data.items, byItem.start, byItem.user);
  }
  return { factors, items, gram: computeGram(items, factors) };
}

export const alsMember: RankerMember<AlsConfig> = {
  name: "als",
  settings: [
    { factors: 64, alpha: 10, l2: 1, iterations: 8, seed: 1 },
    { factors: 64, alpha: 2, l2: 5, iterations: 8, seed: 1 },
  ],
  mostSettings: ({ interactions }) => (interactions.item.length > 500_000 ? 1 : 2),
  fit(train, config) {
    const model = fitAls(train, config);
    const { factors, items } = model;
    const solver = createRowSolver(config);
    const user = new Float32Array(factors);
    return {
      score(history, scores) {
        user.fill(0);
        const own = Int32Array.from(new Set(history.items));
        solver.solveRow(user, 0, items, model.gram, own, 0, own.length, FOLD_IN_STEPS);
        for (let i = 0, at = 0; i < scores.length; i += 1) {
          let sum = 0;
          for (let f = 0; f < factors; f += 1, at += 1) sum += user[f] * items[at];
          scores[i] = sum > 0 ? sum : 0;
        }
      },
    };
  },
};

/** Y'Y */
function computeGram(rows: Float32Array, factors: number): Float64Array {
  const gram = new Float64Array(factors * factors);
  for (let from = 0; from < rows.length; from += factors) {
    for (let f = 0; f < factors; f += 1) {
      const value = rows[from + f];
      const at = f * factors;
      for (let g = 0; g <= f; g += 1) gram[at + g] += value * rows[from + g];
    }
  }
  for (let f = 0; f < factors; f += 1) for (let g = f + 1; g < factors; g += 1) gram[f * factors + g] = gram[g * factors + f];
  return gram;
}

function createRowSolver({ factors, alpha, l2 }: AlsConfig) {
  const current = new Float64Array(factors);
  const residual = new Float64Array(factors);
  const direction = new Float64Array(factors);
  const image = new Float64Array(factors);

  /** image = (gram + alpha sum y_i y_i' + l2 I) vector */
  const apply = (vector: Float64Array, fixed: Float32Array, gram: Float64Array, row: Int32Array, from: number, to: number) => {
    for (let f = 0; f < factors; f += 1) {
      let sum = l2 * vector[f];
      const at = f * factors;
      for (let g = 0; g < factors; g += 1) sum += gram[at + g] * vector[g];
      image[f] = sum;
    }
    for (let n = from; n < to; n += 1) {
      const at = row[n] * factors;
      let dot = 0;
      for (let f = 0; f < factors; f += 1) dot += fixed[at + f] * vector[f];
      dot *= alpha;
      for (let f = 0; f < factors; f += 1) image[f] += dot * fixed[at + f];
    }
  };

  /** Solves the row that stands at `at` of `solution`, from where it is, for the others `row[from .. to)`. */
  const solveRow = (solution: Float32Array, at: number, fixed: Float32Array, gram: Float64Array, row: Int32Array, from: number, to: number, steps: number) => {
    for (let f = 0; f < factors; f += 1) current[f] = solution[at + f];
    apply(current, fixed, gram, row, from, to);
    residual.fill(0);
    for (let n = from; n < to; n += 1) for (let f = 0, place = row[n] * factors; f < factors; f += 1, place += 1) residual[f] += fixed[place];
    let norm = 0;
    for (let f = 0; f < factors; f += 1) {
      residual[f] = (1 + alpha) * residual[f] - image[f];
      direction[f] = residual[f];
      norm += residual[f] * residual[f];
    }
    for (let step = 0; step < steps && norm > 1e-12; step += 1) {
      apply(direction, fixed, gram, row, from, to);
      let curvature = 0;
      for (let f = 0; f < factors; f += 1) curvature += direction[f] * image[f];
      const length = norm / curvature;
      let next = 0;
      for (let f = 0; f < factors; f += 1) {
        current[f] += length * direction[f];
        residual[f] -= length * image[f];
        next += residual[f] * residual[f];
      }
      for (let f = 0; f < factors; f += 1) direction[f] = residual[f] + (next / norm) * direction[f];
      norm = next;
    }
    for (let f = 0; f < factors; f += 1) solution[at + f] = current[f];
  };

  return {
    solveRow,
    solveAll(solution: Float32Array, fixed: Float32Array, rows: number, start: Int32Array, other: Int32Array): void {
      const gram = computeGram(fixed, factors);
      for (let r = 0; r < rows; r += 1) solveRow(solution, r * factors, fixed, gram, other, start[r], start[r + 1], CG_STEPS);
    },
  };
}
