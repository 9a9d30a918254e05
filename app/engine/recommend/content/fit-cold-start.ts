import type { ItemNeighbours } from "../collaborative/neighbours.ts";
import { selectLargest } from "../../math/select-largest.ts";
import { summarise, summariseDifference } from "../evaluate/summarise.ts";
import { borrowRows, computeLendingShares, type ColdStartConfig } from "./map-cold-products.ts";

export interface ColdStartFit {
  readonly config: ColdStartConfig;
  /** Products that were taken for new ones. */
  readonly tested: number;
  /** Share of their true ten neighbours that were found: by the mapping, by likeness alone, by the ten best sellers. 0..1. */
  readonly found: number;
  readonly foundByContent: number;
  readonly foundByPopularity: number;
}

const DEPTH = 10;
const MOST_TESTED = 300;
const FOLDS = 5;
const lenderChoices = [50, 15, 5];
const powerChoices = [3, 1, 6];

/** Purchases at which a product's own figures weigh as much as what it borrows. */
const HALF_TRUST = 5;

/** What new products borrow in a shop that is too small to learn it; and in any, unless another setting does clearly better. */
export const UNTRIED: ColdStartConfig = { lenders: lenderChoices[0], power: powerChoices[0], halfTrust: HALF_TRUST };

/**
 * Learns how new products should borrow: well-known products are taken for new ones, and it is seen how many of the neighbours which their own purchases
 * show each setting finds. Neighbours of few purchases are noise themselves, so that the usual setting stays unless another one is ahead of it by more
 * than a standard error, product by product. Null with fewer than ten products to try it on.
 */
export function fitColdStart(collaborative: ItemNeighbours, buyers: Float64Array, content: ItemNeighbours): ColdStartFit | null {
  const tested = pickKnown(collaborative, buyers, content);
  if (tested.length < 10) return null;
  const truth = new Map(tested.map((i) => [i, new Set(topOf(collaborative, i))]));
  const sharesFound = (listOf: (i: number) => readonly number[]) =>
    Float64Array.from(tested, (i) => listOf(i).filter((j) => truth.get(i)?.has(j)).length / (truth.get(i)?.size ?? 1));
  const meanFound = (listOf: (i: number) => readonly number[]) => summarise(sharesFound(listOf)).mean;
  // A fifth at a time is taken for new, so that each still finds lenders among the others.
  const folds = Array.from({ length: FOLDS }, (_, fold) => new Set(tested.filter((_i, n) => n % FOLDS === fold)));
  let usual: Float64Array | null = null;
  let best = { config: UNTRIED, found: 0 };
  for (const lenders of lenderChoices) {
    for (const power of powerChoices) {
      const config = { lenders, power, halfTrust: HALF_TRUST };
      const lists = new Map(folds.flatMap((fold) => {
        const pretended = buyers.map((count, i) => (fold.has(i) ? 0 : count));
        const mapped = borrowRows(collaborative, computeLendingShares(content, pretended, config, { only: fold }), DEPTH);
        return [...fold].map((i) => [i, topOf(mapped, i)] as const);
      }));
      const shares = sharesFound((i) => lists.get(i) ?? []);
      const ahead = summariseDifference(shares, (usual ??= shares));
      const found = summarise(shares).mean;
      if (usual === shares || (found > best.found && ahead.mean > ahead.standardError)) best = { config, found };
    }
  }
  const sellers = Int32Array.from(buyers, (_, i) => i).sort((p, q) => buyers[q] - buyers[p] || p - q).subarray(0, DEPTH + 1);
  return {
    ...best,
    tested: tested.length,
    foundByContent: meanFound((i) => topOf(content, i)),
    foundByPopularity: meanFound((i) => [...sellers].filter((j) => j !== i).slice(0, DEPTH)),
  };
}

/** Well-known products, evenly spread, that have neighbours to be found and something alike to borrow from. */
function pickKnown(collaborative: ItemNeighbours, buyers: Float64Array, content: ItemNeighbours): number[] {
  const known = [...buyers.keys()].filter((i) => buyers[i] >= 2 * HALF_TRUST && collaborative.start[i + 1] > collaborative.start[i] && content.start[i + 1] > content.start[i]);
  if (known.length <= MOST_TESTED) return known;
  return Array.from({ length: MOST_TESTED }, (_, n) => known[Math.floor((n * known.length) / MOST_TESTED)]);
}

/** The ten strongest targets of one row. */
function topOf(neighbours: ItemNeighbours, i: number): number[] {
  const [from, to] = [neighbours.start[i], neighbours.start[i + 1]];
  const places = Int32Array.from({ length: to - from }, (_, n) => n);
  const kept = selectLargest(places, places.length, Float64Array.from(neighbours.weight.subarray(from, to)), DEPTH);
  return Array.from(places.subarray(0, kept), (place) => neighbours.target[from + place]);
}
