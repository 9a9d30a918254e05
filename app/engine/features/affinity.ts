import { DAY_MS } from "#app/core/time.ts";
import type { ProfileBlock } from "./profile-block.ts";
import type { ColumnsOf } from "./columns.ts";
import { PRICE_BANDS } from "./price-bands.ts";

export const TOP_AFFINITIES = 3;
/** After so many days a purchase weighs half. */
export const AFFINITY_HALF_LIFE_DAYS = 180;
/** Purchases' worth of the shop's own mix that each customer's is mixed with. */
const PRIOR_LINES = 5;
/** Keeps log-odds finite where a shop has a single class. */
const LEAST_SHARE = 1e-6;

/** What a customer buys more of than the shop sells, strongest first; TOP_AFFINITIES places a customer. */
export interface Affinity {
  /** Class codes; -1 = empty place. */
  readonly code: Int32Array;
  /** Shrunk log-odds against the shop, > 0; NaN in an empty place. */
  readonly score: Float32Array;
}

export const affinityShape = { code: ["i32", TOP_AFFINITIES], score: ["f32", TOP_AFFINITIES] } as const;

/**
 * For customer weight n_c of class c among n: p = (n_c + k s_c) / (n + k) with the shop's share s_c and k = 5 lines, and the
 * score logit(p) - logit(s_c) (log-odds shrunk by a Dirichlet prior, Monroe et al. 2008). Classes never bought, and those
 * bought less than the shop sells, have no place. Ties go to the lower code.
 */
export class AffinityFinder {
  private readonly weights: Float64Array;
  private readonly seen: Int32Array;
  private readonly logits: Float64Array;
  private readonly best = new Float64Array(TOP_AFFINITIES);
  private distinct = 0;
  private all = 0;

  /** `classOf` by product row, -1 = none; `shares` of the shop by class. */
  constructor(private readonly classOf: Int32Array, private readonly shares: Float64Array) {
    this.weights = new Float64Array(shares.length);
    this.seen = new Int32Array(shares.length);
    this.logits = shares.map(logit);
  }

  add(product: number, weight: number): void {
    const code = this.classOf[product];
    if (code < 0) return;
    if (this.weights[code] === 0) this.seen[this.distinct++] = code;
    this.weights[code] += weight;
    this.all += weight;
  }

  /** Of the customer that is being added; NaN without lines. */
  get meanCode(): number {
    let sum = 0;
    for (let i = 0; i < this.distinct; i++) sum += this.seen[i] * this.weights[this.seen[i]];
    return sum / (this.all || NaN);
  }

  get greatestShare(): number {
    let greatest = 0;
    for (let i = 0; i < this.distinct; i++) if (this.weights[this.seen[i]] > greatest) greatest = this.weights[this.seen[i]];
    return greatest / (this.all || NaN);
  }

  /** Writes the places of the customer added since the last call. */
  finish(row: number, out: ColumnsOf<typeof affinityShape>): void {
    const { weights, seen, logits, shares, best, distinct, all } = this;
    const { code, score } = out;
    const first = row * TOP_AFFINITIES;
    let places = 0;
    for (let place = 0; place < TOP_AFFINITIES; place++) {
      code[first + place] = -1;
      score[first + place] = NaN;
    }
    for (let i = 0; i < distinct; i++) {
      const bought = seen[i];
      const odds = logit((weights[bought] + PRIOR_LINES * shares[bought]) / (all + PRIOR_LINES)) - logits[bought];
      weights[bought] = 0;
      if (!(odds > 0)) continue;
      let place = places;
      while (place > 0 && (odds > best[place - 1] || (odds === best[place - 1] && bought < code[first + place - 1]))) place--;
      if (place === TOP_AFFINITIES) continue;
      if (places < TOP_AFFINITIES) places++;
      for (let move = places - 1; move > place; move--) {
        best[move] = best[move - 1];
        code[first + move] = code[first + move - 1];
      }
      best[place] = odds;
      code[first + place] = bought;
    }
    for (let place = 0; place < places; place++) score[first + place] = best[place];
    this.distinct = 0;
    this.all = 0;
  }
}

export interface AffinityFinders {
  readonly type: AffinityFinder;
  readonly vendor: AffinityFinder;
  readonly band: AffinityFinder;
}

/** What the classes of a customer's lines add up to; NaN without lines. */
export interface Tastes {
  /** Mean price band of the lines, recent ones more: 0 = the cheapest fifth of what the shop sells, 1 = the dearest. */
  readonly priceLevel: Float32Array;
  /** Largest part of the lines that is one vendor's, recent ones more; 0..1. */
  readonly vendorFocus: Float32Array;
}

export const tastesShape = { priceLevel: ["f32", 1], vendorFocus: ["f32", 1] } as const;

/** Product type, vendor and price band in one pass over the lines of a block. */
export function fillAffinities({ snapshot, weight }: ProfileBlock, finders: AffinityFinders, out: { readonly [Name in keyof AffinityFinders]: ColumnsOf<typeof affinityShape> }, tastes: ColumnsOf<typeof tastesShape>): void {
  const { orders, lines, ordersByCustomer, customers } = snapshot;
  const { type, vendor, band } = finders;
  for (let row = 0; row < customers.count; row++) {
    for (let order = ordersByCustomer.start[row]; order < ordersByCustomer.start[row + 1]; order++) {
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const product = lines.product[line];
        if (product < 0) continue;
        type.add(product, weight[order]);
        vendor.add(product, weight[order]);
        band.add(product, weight[order]);
      }
    }
    tastes.priceLevel[row] = band.meanCode / (PRICE_BANDS - 1);
    tastes.vendorFocus[row] = vendor.greatestShare;
    type.finish(row, out.type);
    vendor.finish(row, out.vendor);
    band.finish(row, out.band);
  }
}

/** A purchase later than "now" counts as of now. Never 0, so that a weight of 0 means "not bought". */
export function decay(ageMs: number): number {
  return ageMs <= 0 ? 1 : Math.max(1e-12, Math.pow(2, -ageMs / (AFFINITY_HALF_LIFE_DAYS * DAY_MS)));
}

function logit(share: number): number {
  const bounded = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
  return Math.log(bounded / (1 - bounded));
}
