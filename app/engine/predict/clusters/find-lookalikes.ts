import { selectLargest } from "../../math/select-largest.ts";
import type { Points } from "./points.ts";

export interface Lookalike {
  readonly row: number;
  /** ln of how much likelier the customer's features are in the group than among all; higher is more alike. */
  readonly score: number;
}

/** As many customers' worth of the whole population as are mixed into the group's spread: a group of five has hardly a spread of its own. */
const PRIOR_CUSTOMERS = 10;

/**
 * Customers outside a group who look most like it: log-likelihood ratio of independent normals, the group's (mean and variance shrunk to everybody's)
 * against everybody's. `points` are standardised features. Sorted by score, then row. Throws on an empty group.
 */
export function findLookalikes({ count, dims, values }: Points, group: ArrayLike<number>, limit: number): Lookalike[] {
  if (group.length === 0) throw new RangeError("a group without customers has no lookalikes");
  const isMember = new Uint8Array(count);
  for (let i = 0; i < group.length; i += 1) isMember[group[i]] = 1;
  const moments = (rows: ArrayLike<number> | null) => {
    const n = rows ? rows.length : count;
    const mean = new Float64Array(dims);
    const squares = new Float64Array(dims);
    for (let i = 0; i < n; i += 1) {
      const row = rows ? rows[i] : i;
      for (let d = 0; d < dims; d += 1) {
        const delta = values[row * dims + d] - mean[d];
        mean[d] += delta / (i + 1);
        squares[d] += delta * (values[row * dims + d] - mean[d]);
      }
    }
    return { n, mean, squares };
  };
  const all = moments(null);
  const own = moments(group);
  const broad = all.squares.map((square) => Math.max(square / count, 1e-9));
  const narrow = own.squares.map((square, d) => (square + PRIOR_CUSTOMERS * broad[d]) / (own.n + PRIOR_CUSTOMERS));
  const center = own.mean.map((mean, d) => (own.n * mean + all.mean[d]) / (own.n + 1));
  const scores = new Float64Array(count);
  const candidates = new Int32Array(count);
  let outside = 0;
  for (let i = 0; i < count; i += 1) {
    if (isMember[i]) continue;
    let score = 0;
    for (let d = 0, p = i * dims; d < dims; d += 1, p += 1) {
      score += ((values[p] - all.mean[d]) ** 2 / broad[d] - (values[p] - center[d]) ** 2 / narrow[d] - Math.log(narrow[d] / broad[d])) / 2;
    }
    scores[i] = score;
    candidates[outside++] = i;
  }
  const found = selectLargest(candidates, outside, scores, limit);
  return Array.from(candidates.subarray(0, found), (row) => ({ row, score: scores[row] })).sort((p, q) => q.score - p.score || p.row - q.row);
}
