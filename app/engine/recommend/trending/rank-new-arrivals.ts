import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../../snapshot/snapshot.ts";

export interface NewArrivalOptions {
  /** Products created within the last days are new. */
  readonly newDays: number;
  /** Standard deviations of doubt that count in a new product's favour. */
  readonly optimism: number;
  /** What doubt may add at most, as a multiple of what a product of the shop sells on average: a new product never passes for a best seller by doubt alone. */
  readonly mostBonus: number;
}

export const defaultNewArrivals: NewArrivalOptions = { newDays: 60, optimism: 1.64, mostBonus: 2 };

export interface NewArrival {
  /** Row of the product. */
  readonly product: number;
  readonly ageDays: number;
  /** Orders with it since it came, and all orders of the shop in that time. */
  readonly orders: number;
  readonly chances: number;
  /** Expected share of orders, shrunk to what new products of the shop sell; 0..1 */
  readonly share: number;
  /** Part of the score that is doubt; falls as the product is seen. */
  readonly bonus: number;
  readonly score: number;
}

/** Orders of the shop that the prior counts for. */
const PRIOR_ORDERS = 200;

/**
 * New products that can be bought, most promising first: expected share of orders (beta-binomial, prior from all products of the shop) plus a bounded upper
 * confidence bonus (bandits: Auer, Cesa-Bianchi & Fischer 2002; bounded so that exploration costs the merchant little). No randomness: same day, same list.
 */
export function rankNewArrivals(snapshot: Snapshot, options: NewArrivalOptions = defaultNewArrivals): NewArrival[] {
  const { products, orders, lines, asOfMs } = snapshot;
  const isNew = (row: number) => products.isAvailable[row] === 1 && products.createdAtMs[row] <= asOfMs && asOfMs - products.createdAtMs[row] <= options.newDays * DAY_MS;
  const rows = [...products.id.keys()].filter(isNew);
  if (rows.length === 0) return [];
  const sold = new Int32Array(products.count);
  const lastOrder = new Int32Array(products.count).fill(-1);
  const placed: number[] = [];
  const sinceMs = asOfMs - options.newDays * DAY_MS;
  let pairs = 0;
  for (let order = 0; order < orders.count; order += 1) {
    const at = orders.placedAtMs[order];
    if (at < sinceMs || at > asOfMs || (orders.flags[order] & ORDER_COUNTS) === 0) continue;
    placed.push(at);
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
      const product = lines.product[line];
      if (product < 0 || lastOrder[product] === order) continue;
      lastOrder[product] = order;
      sold[product] += 1;
      pairs += 1;
    }
  }
  const available = products.isAvailable.reduce((sum, value) => sum + value, 0);
  const typical = placed.length > 0 && available > 0 ? Math.min(1, pairs / placed.length / available) : 1 / Math.max(1, available);
  return rows
    .map((product): NewArrival => {
      const chances = placed.filter((at) => at >= products.createdAtMs[product]).length;
      const [a, b] = [typical * PRIOR_ORDERS + sold[product], (1 - typical) * PRIOR_ORDERS + Math.max(0, chances - sold[product])];
      const share = a / (a + b);
      const bonus = Math.min(options.optimism * Math.sqrt((share * (1 - share)) / (a + b + 1)), options.mostBonus * typical);
      return { product, ageDays: Math.floor((asOfMs - products.createdAtMs[product]) / DAY_MS), orders: sold[product], chances, share, bonus, score: share + bonus };
    })
    .sort((x, y) => y.score - x.score || x.ageDays - y.ageDays || x.product - y.product);
}
