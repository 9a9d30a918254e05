import { computeRows, transpose, type ItemNeighbours } from "../collaborative/neighbours.ts";
import { selectLargest } from "../../math/select-largest.ts";

export interface ColdStartConfig {
  /** Products alike that a new one borrows from. */
  readonly lenders: number;
  /** Power of the likeness: the higher, the more the closest one alone decides. */
  readonly power: number;
  /** A product with this many buyers trusts its own figures and the borrowed ones alike. */
  readonly halfTrust: number;
}

/** Who borrows from whom: rows of products, with shares that sum to 1; a product with many buyers is its own only lender. */
export type LendingShares = ItemNeighbours;

/** From this many half-trusts on, own figures are taken as they are: what is borrowed would cost more time than it changes. */
const TRUSTED_AFTER = 9;

/** Weights kept between the two products of S W S', per weight wanted: the tail of a borrowed row is long and next to nothing. */
const BETWEEN = 2;

export interface LendingRules {
  /** Products that may borrow, those with the fewest buyers first; Infinity unless given. What it bounds is the time of the mapping. */
  readonly mostCold?: number;
  /** Rows of other products are left empty. */
  readonly only?: ReadonlySet<number>;
}

/**
 * Of each product, what it takes from itself and from the products most like it that have buyers. `buyers` counts purchases of each product. A product
 * without buyers and without anything alike has an empty row.
 */
export function computeLendingShares(content: ItemNeighbours, buyers: Float64Array, { lenders, power, halfTrust }: ColdStartConfig, { mostCold = Infinity, only }: LendingRules = {}): LendingShares {
  const items = buyers.length;
  const isCold = markCold(buyers, TRUSTED_AFTER * halfTrust, mostCold);
  const start = new Int32Array(items + 1);
  const target: number[] = [];
  const weight: number[] = [];
  const likeness = new Float64Array(items);
  const candidates = new Int32Array(items);
  for (let i = 0; i < items; i += 1) {
    if (only && !only.has(i)) {
      start[i + 1] = target.length;
      continue;
    }
    const own = buyers[i] / (buyers[i] + halfTrust);
    let count = 0;
    if (isCold[i] === 1) {
      for (let k = content.start[i]; k < content.start[i + 1]; k += 1) {
        const j = content.target[k];
        if (buyers[j] === 0) continue;
        candidates[count++] = j;
        likeness[j] = content.weight[k] ** power * (buyers[j] / (buyers[j] + halfTrust));
      }
    }
    const chosen = selectLargest(candidates, count, likeness, lenders);
    let total = 0;
    for (let c = 0; c < chosen; c += 1) total += likeness[candidates[c]];
    if (buyers[i] > 0) {
      target.push(i);
      weight.push(total > 0 ? own : 1);
    }
    for (let c = 0; c < chosen && total > 0; c += 1) {
      target.push(candidates[c]);
      weight.push(((1 - own) * likeness[candidates[c]]) / total);
    }
    start[i + 1] = target.length;
  }
  return { start, target: Int32Array.from(target), weight: Float32Array.from(weight) };
}

/** The `most` products with the fewest buyers, of those with fewer than `below`; of equals the earlier rows. */
function markCold(buyers: Float64Array, below: number, most: number): Uint8Array {
  const isCold = new Uint8Array(buyers.length);
  const candidates = Int32Array.from(buyers.keys()).filter((i) => buyers[i] < below);
  const kept = selectLargest(candidates, candidates.length, buyers.map((count) => -count), most);
  for (let c = 0; c < kept; c += 1) isCold[candidates[c]] = 1;
  return isCold;
}

/** What each product says of others after borrowing: S W. At most `limit` weights a row. */
export function borrowRows(collaborative: ItemNeighbours, shares: LendingShares, limit: number): ItemNeighbours {
  return multiply(shares, collaborative, limit);
}

/**
 * Item-to-item weights in which products with few or no buyers have borrowed those of the products most like them, in both directions: S W S', where S
 * are the lending shares (a kNN form of the content-to-collaborative mapping of Gantner et al. 2010). At most `limit` weights a row.
 */
export function mapColdProducts(collaborative: ItemNeighbours, shares: LendingShares, limit: number): ItemNeighbours {
  return multiply(borrowRows(collaborative, shares, BETWEEN * limit), transpose(shares), limit);
}

/** Sparse product, row by row (Gustavson 1978), without its diagonal: a product is no neighbour of itself. */
function multiply(left: ItemNeighbours, right: ItemNeighbours, limit: number): ItemNeighbours {
  return computeRows(left.start.length - 1, limit, false, {
    finish: (_i, _j, sum) => sum,
    sumInto(i, sums, touched) {
      let count = 0;
      for (let s = left.start[i]; s < left.start[i + 1]; s += 1) {
        const between = left.target[s];
        const share = left.weight[s];
        for (let k = right.start[between]; k < right.start[between + 1]; k += 1) {
          const j = right.target[k];
          if (sums[j] === 0) touched[count++] = j;
          sums[j] += share * right.weight[k];
        }
      }
      return count;
    },
  });
}
