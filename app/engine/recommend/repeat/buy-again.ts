import { DAY_MS } from "#app/core/time.ts";
import type { InteractionRows } from "../../features/interactions.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { fitCycles, type CycleModel } from "./fit-cycles.ts";
import { predictDue } from "./predict-due.ts";
import { collectRepeatPairs, type RepeatPairs } from "./repeat-pairs.ts";

/** What repeat purchases of a shop are predicted from; built once, asked for many customers. */
export interface RepeatModel {
  readonly pairs: RepeatPairs;
  /** Null when the shop has too few repeat purchases to know any cycle. */
  readonly cycles: CycleModel | null;
}

export type CycleSource = "own" | "product" | "category" | "shop";

/** One product that a customer is expected to buy again, with everything a reason needs. */
export interface DueProduct {
  /** Row of the product. */
  readonly product: number;
  readonly purchases: number;
  readonly lastAtMs: number;
  readonly cycleDays: number;
  /** Rounded; negative = overdue. */
  readonly dueInDays: number;
  readonly dueAtMs: number;
  /** Chance of a purchase within the horizon, 0..1. */
  readonly probability: number;
  /** What decides the cycle: the customer's own gaps when they weigh half or more, else the product's, its category's, the shop's. */
  readonly source: CycleSource;
  readonly ownWeight: number;
}

export interface BuyAgainOptions {
  readonly horizonDays: number;
  readonly limit: number;
  /** Products less likely than this are left out. */
  readonly leastProbability: number;
}

export const defaultBuyAgain: BuyAgainOptions = { horizonDays: 14, limit: 12, leastProbability: 0.02 };

/** Gaps of a product that speak for it alone. */
const ENOUGH_GAPS = 10;

/** Linear in lines. What was given back in full does not count as bought. */
export function fitRepeatModel(snapshot: Snapshot): RepeatModel {
  const pairs = collectRepeatPairs(buildPurchaseRows(snapshot));
  return { pairs, cycles: fitCycles(pairs, snapshot.products.type.codes, snapshot.asOfMs) };
}

/** What one customer (a row) is due to buy again, likeliest first, ties by product; only what can be bought now. Empty without cycles. */
export function listBuyAgain({ pairs, cycles }: RepeatModel, snapshot: Snapshot, customer: number, options: BuyAgainOptions = defaultBuyAgain): DueProduct[] {
  if (!cycles) return [];
  const due: DueProduct[] = [];
  for (let n = pairs.start[customer]; n < pairs.start[customer + 1]; n += 1) {
    const product = pairs.item[n];
    if (snapshot.products.isAvailable[product] === 0) continue;
    const elapsedDays = Math.max(0, (snapshot.asOfMs - pairs.lastAtMs[n]) / DAY_MS);
    const { cycleDays, dueInDays, probability, ownWeight } = predictDue(
      cycles, { item: product, purchases: pairs.purchases[n], sumLog: pairs.sumLog[n], sumLogSquared: pairs.sumLogSquared[n], elapsedDays }, options.horizonDays,
    );
    if (probability < options.leastProbability) continue;
    due.push({
      product, purchases: pairs.purchases[n], lastAtMs: pairs.lastAtMs[n], cycleDays, dueInDays: Math.round(dueInDays), dueAtMs: pairs.lastAtMs[n] + cycleDays * DAY_MS, probability,
      source: sourceOf(cycles, product, ownWeight), ownWeight,
    });
  }
  return due.sort((a, b) => b.probability - a.probability || a.product - b.product).slice(0, options.limit);
}

function sourceOf(cycles: CycleModel, product: number, ownWeight: number): CycleSource {
  if (ownWeight >= 0.5) return "own";
  if (cycles.gaps[product] >= ENOUGH_GAPS) return "product";
  return cycles.hasCategoryGaps[product] === 1 ? "category" : "shop";
}

/** Products of each customer's orders that count, oldest first, with their times; one row a customer. */
export function buildPurchaseRows({ customers, products, orders, lines, ordersByCustomer }: Snapshot): InteractionRows {
  const start = new Int32Array(customers.count + 1);
  const item = new Int32Array(lines.count);
  const atMs = new Float64Array(lines.count);
  let n = 0;
  for (let customer = 0; customer < customers.count; customer += 1) {
    for (let at = ordersByCustomer.start[customer]; at < ordersByCustomer.start[customer + 1]; at += 1) {
      const order = ordersByCustomer.values[at];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
        if (lines.product[line] < 0 || lines.currentQuantity[line] <= 0) continue;
        item[n] = lines.product[line];
        atMs[n] = orders.placedAtMs[order];
        n += 1;
      }
    }
    start[customer + 1] = n;
  }
  return { users: customers.count, items: products.count, start, item: item.subarray(0, n), atMs: atMs.subarray(0, n) };
}
