import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

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

/** Decayed lines of each class by those of all classes, over all customers of the snapshot. `classOf` by product row, -1 = none. */
export function computeClassShares(snapshot: Snapshot, classOf: Int32Array, classes: number): Float64Array {
  const { orders, lines, ordersByCustomer } = snapshot;
  const shares = new Float64Array(classes);
  let all = 0;
  for (let at = ordersByCustomer.start[0]; at < ordersByCustomer.start[snapshot.customers.count]; at++) {
    const order = ordersByCustomer.values[at];
    const weight = decay(snapshot.asOfMs - orders.placedAtMs[order]);
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      const code = lines.product[line] < 0 ? -1 : classOf[lines.product[line]];
      if (code < 0) continue;
      shares[code] += weight;
      all += weight;
    }
  }
  if (all > 0) for (let code = 0; code < classes; code++) shares[code] /= all;
  return shares;
}

/**
 * For customer weight n_c of class c among n: p = (n_c + k s_c) / (n + k) with the shop's share s_c and k = 5 lines, and the
 * score logit(p) - logit(s_c) (log-odds shrunk by a Dirichlet prior, Monroe et al. 2008). Classes never bought, and those
 * bought less than the shop sells, have no place. Ties go to the lower code.
 */
export function computeAffinity(snapshot: Snapshot, classOf: Int32Array, shares: Float64Array): Affinity {
  const { orders, lines, ordersByCustomer, customers } = snapshot;
  const code = new Int32Array(customers.count * TOP_AFFINITIES).fill(-1);
  const score = new Float32Array(customers.count * TOP_AFFINITIES).fill(NaN);
  const weights = new Float64Array(shares.length);
  const seen = new Int32Array(shares.length);
  const best = new Float64Array(TOP_AFFINITIES);
  for (let row = 0; row < customers.count; row++) {
    let distinct = 0;
    let all = 0;
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      const weight = decay(snapshot.asOfMs - orders.placedAtMs[order]);
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const bought = lines.product[line] < 0 ? -1 : classOf[lines.product[line]];
        if (bought < 0) continue;
        if (weights[bought] === 0) seen[distinct++] = bought;
        weights[bought] += weight;
        all += weight;
      }
    }
    const first = row * TOP_AFFINITIES;
    let places = 0;
    for (let i = 0; i < distinct; i++) {
      const bought = seen[i];
      const odds = logit((weights[bought] + PRIOR_LINES * shares[bought]) / (all + PRIOR_LINES)) - logit(shares[bought]);
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
  }
  return { code, score };
}

/** A purchase later than "now" counts as of now. Never 0, so that a weight of 0 means "not bought". */
export function decay(ageMs: number): number {
  return ageMs <= 0 ? 1 : Math.max(1e-12, Math.pow(2, -ageMs / (AFFINITY_HALF_LIFE_DAYS * DAY_MS)));
}

function logit(share: number): number {
  const bounded = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
  return Math.log(bounded / (1 - bounded));
}
