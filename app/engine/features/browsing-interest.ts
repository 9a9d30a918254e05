import { DAY_MS } from "#app/core/time.ts";
import { TOP_AFFINITIES } from "./affinity.ts";

/** After so many days a visit weighs half. */
export const BROWSING_HALF_LIFE_DAYS = 14;

/** Events of known customers in any order; one entry an event. */
export interface BrowsingEvents {
  readonly atMs: Float64Array;
  /** Row in the customers, -1 for somebody unknown. */
  readonly customer: Int32Array;
  /** Row in the products, -1 for none. */
  readonly product: Int32Array;
  /** 1 for a view, more for what says more (a cart addition 3). */
  readonly weight: Float64Array;
}

/** TOP_AFFINITIES places a customer, strongest first. */
export interface BrowsingInterest {
  /** Class codes; -1 = empty place. */
  readonly code: Int32Array;
  /** Part of the customer's decayed events, 0..1; NaN in an empty place. */
  readonly share: Float32Array;
  /** Decayed events of all classes: how much there is to go by. */
  readonly weight: Float32Array;
  /** NaN without events. */
  readonly lastAtMs: Float64Array;
}

/**
 * What customers look at, by class of product (`classOf` by product row, -1 = none): exponential decay with a half-life of 14 days. Null
 * without events: "no data yet" is not "no interest".
 */
export function computeBrowsingInterest(events: BrowsingEvents, classOf: Int32Array, customers: number, asOfMs: number): BrowsingInterest | null {
  const count = events.atMs.length;
  if (count === 0) return null;
  const start = new Int32Array(customers + 1);
  for (let i = 0; i < count; i++) if (events.customer[i] >= 0) start[events.customer[i] + 1]++;
  for (let row = 0; row < customers; row++) start[row + 1] += start[row];
  const next = start.slice(0, customers);
  const byCustomer = new Int32Array(start[customers]);
  for (let i = 0; i < count; i++) if (events.customer[i] >= 0) byCustomer[next[events.customer[i]]++] = i;
  const code = new Int32Array(customers * TOP_AFFINITIES).fill(-1);
  const share = new Float32Array(customers * TOP_AFFINITIES).fill(NaN);
  const weight = new Float32Array(customers);
  const lastAtMs = new Float64Array(customers).fill(NaN);
  const classes = classOf.reduce((most, one) => Math.max(most, one + 1), 0);
  const tally = new Float64Array(classes);
  const seen = new Int32Array(classes);
  for (let row = 0; row < customers; row++) {
    let distinct = 0;
    let all = 0;
    for (let at = start[row]; at < start[row + 1]; at++) {
      const event = byCustomer[at];
      if (!(lastAtMs[row] >= events.atMs[event])) lastAtMs[row] = events.atMs[event];
      const of = events.product[event] < 0 ? -1 : classOf[events.product[event]];
      if (of < 0) continue;
      const decayed = events.weight[event] * Math.pow(2, -Math.max(0, asOfMs - events.atMs[event]) / (BROWSING_HALF_LIFE_DAYS * DAY_MS));
      if (!(decayed > 0)) continue;
      if (tally[of] === 0) seen[distinct++] = of;
      tally[of] += decayed;
      all += decayed;
    }
    weight[row] = all;
    for (let place = 0; place < Math.min(TOP_AFFINITIES, distinct); place++) {
      // The strongest of those left is swapped to the front; ties go to the lower code.
      let best = place;
      for (let k = place + 1; k < distinct; k++) if (tally[seen[k]] > tally[seen[best]] || (tally[seen[k]] === tally[seen[best]] && seen[k] < seen[best])) best = k;
      const held = seen[place];
      seen[place] = seen[best];
      seen[best] = held;
      code[row * TOP_AFFINITIES + place] = seen[place];
      share[row * TOP_AFFINITIES + place] = tally[seen[place]] / all;
    }
    for (let k = 0; k < distinct; k++) tally[seen[k]] = 0;
  }
  return { code, share, weight, lastAtMs };
}
