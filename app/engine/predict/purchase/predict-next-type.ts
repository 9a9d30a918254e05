import { decay } from "../../features/affinity.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";

export const NEXT_TYPES = 3;
/** Orders' worth of the shop's own mix that are tried on the shop's own last orders. */
const PRIORS = [0.5, 1, 2, 4, 8, 16] as const;
/** Customers whose last order the choice looks at, evenly over all. */
const TRIED = 20_000;

/** NEXT_TYPES places a customer, likeliest first. */
export interface NextTypes {
  /** Codes of products.type; -1 = empty place. */
  readonly code: Int32Array;
  /** Probability that the next order holds something of the type, if there is one; NaN in an empty place. */
  readonly chance: Float32Array;
  /** Orders' worth of the shop's mix that were mixed in. */
  readonly priorOrders: number;
  /** Of the last orders of customers with two or more, how many held the type that was likeliest before: of the model, and of "the shop's most common type" for all. */
  readonly hitRate: number;
  readonly baselineHitRate: number;
}

/**
 * What product types the next order will hold: p_c = (w_c + k s_c) / (w + k), w_c the customer's orders that held type c (half the weight
 * after every 180 days), s_c the shop's share of orders that held it, k chosen by the log-loss of customers' last orders given the ones before.
 * Linear in orders and lines.
 */
export function predictNextTypes(snapshot: Snapshot): NextTypes {
  const { customers, ordersByCustomer } = snapshot;
  const types = new TypeShares(snapshot);
  const { shares } = types;
  const step = Math.max(1, Math.ceil(customers.count / TRIED));
  const losses = new Float64Array(PRIORS.length);
  const hits = new Float64Array(PRIORS.length);
  const common = shares.reduce((best, share, code) => (share > shares[best] ? code : best), 0);
  let baseline = 0;
  let tried = 0;
  for (let row = 0; row < customers.count && shares.length > 0; row += step) {
    const last = ordersByCustomer.start[row + 1] - 1;
    if (last <= ordersByCustomer.start[row]) continue;
    const held = types.typesOf(ordersByCustomer.values[last]);
    if (held.length === 0) continue;
    const all = types.weigh(row, last);
    tried += 1;
    if (held.includes(common)) baseline += 1;
    PRIORS.forEach((prior, i) => {
      for (const code of held) losses[i] -= Math.log(Math.max(1e-9, (types.weights[code] + prior * shares[code]) / (all + prior)));
      if (held.includes(types.best(prior, all))) hits[i] += 1;
    });
    types.clear();
  }
  let chosen = 2;
  if (tried > 0) for (let i = 0; i < PRIORS.length; i += 1) if (losses[i] < losses[chosen]) chosen = i;
  const prior = PRIORS[chosen];
  const code = new Int32Array(customers.count * NEXT_TYPES).fill(-1);
  const chance = new Float32Array(customers.count * NEXT_TYPES).fill(NaN);
  for (let row = 0; row < customers.count; row += 1) {
    const end = ordersByCustomer.start[row + 1];
    if (end === ordersByCustomer.start[row]) continue;
    const all = types.weigh(row, end);
    for (let place = 0; place < Math.min(NEXT_TYPES, shares.length); place += 1) {
      const best = types.best(prior, all);
      if (best < 0) break;
      code[row * NEXT_TYPES + place] = best;
      chance[row * NEXT_TYPES + place] = (types.weights[best] + prior * shares[best]) / (all + prior);
      types.take(best);
    }
    types.clear();
  }
  return { code, chance, priorOrders: prior, hitRate: hits[chosen] / (tried || NaN), baselineHitRate: baseline / (tried || NaN) };
}

/** Weights of one customer's types at a time, beside the shop's shares. */
class TypeShares {
  readonly shares: Float64Array;
  readonly weights: Float64Array;
  /** Types by the shop's share, greatest first: of those a customer never bought only the first ones can be likeliest. */
  private readonly ranked: Int32Array;
  private readonly seen: Int32Array;
  private readonly lastStamp: Int32Array;
  private stamp = 0;
  private readonly taken: number[] = [];
  private distinct = 0;

  constructor(private readonly snapshot: Snapshot) {
    const { products, customers, ordersByCustomer } = snapshot;
    const count = products.type.names.length;
    this.weights = new Float64Array(count);
    this.seen = new Int32Array(count);
    this.lastStamp = new Int32Array(count);
    const totals = new Float64Array(count);
    let all = 0;
    for (let at = 0; at < ordersByCustomer.start[customers.count]; at += 1) all += this.add(ordersByCustomer.values[at], totals);
    this.shares = totals.map((total) => total / (all || NaN));
    this.ranked = Int32Array.from(totals.keys()).sort((p, q) => totals[q] - totals[p] || p - q);
  }

  /** Weights of the orders of a customer before `end` in ordersByCustomer; answers the weight of all of them. */
  weigh(row: number, end: number): number {
    const { start, values } = this.snapshot.ordersByCustomer;
    let all = 0;
    for (let at = start[row]; at < end; at += 1) all += this.add(values[at], this.weights, this.seen);
    return all;
  }

  /** The likeliest type not taken yet, the lower code on a tie; -1 when all are. */
  best(prior: number, all: number): number {
    let best = -1;
    let most = 0;
    const consider = (code: number) => {
      const chance = (this.weights[code] + prior * this.shares[code]) / (all + prior);
      if (!this.taken.includes(code) && (chance > most || (chance === most && code < best))) {
        best = code;
        most = chance;
      }
    };
    for (let i = 0; i < this.distinct; i += 1) consider(this.seen[i]);
    for (let i = 0; i < Math.min(this.ranked.length, this.taken.length + 1); i += 1) consider(this.ranked[i]);
    return best;
  }

  take(code: number): void {
    this.taken.push(code);
  }

  clear(): void {
    for (let i = 0; i < this.distinct; i += 1) this.weights[this.seen[i]] = 0;
    this.distinct = 0;
    this.taken.length = 0;
  }

  typesOf(order: number): number[] {
    const { orders, lines, products } = this.snapshot;
    const found = new Set<number>();
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
      const type = lines.product[line] < 0 ? -1 : products.type.codes[lines.product[line]];
      if (type >= 0) found.add(type);
    }
    return [...found];
  }

  /** Adds an order's weight to each type that it holds, once; answers the weight, 0 for an order without a type. */
  private add(order: number, into: Float64Array, seen: Int32Array | null = null): number {
    const { orders, lines, products, asOfMs } = this.snapshot;
    const weight = decay(asOfMs - orders.placedAtMs[order]);
    let isTyped = false;
    this.stamp += 1;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
      const type = lines.product[line] < 0 ? -1 : products.type.codes[lines.product[line]];
      if (type < 0) continue;
      isTyped = true;
      if (this.lastStamp[type] === this.stamp) continue;
      this.lastStamp[type] = this.stamp;
      if (seen && into[type] === 0) seen[this.distinct++] = type;
      into[type] += weight;
    }
    return isTyped ? weight : 0;
  }
}

