import type { PickReason } from "#app/core/recommendation-answer.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { defaultBuyAgain, listBuyAgain, type DueProduct } from "../repeat/buy-again.ts";
import { countShared } from "./evidence.ts";
import type { Serving } from "./serving.ts";

/** A pair of fewer joint buyers or orders proves nothing to a reader. */
const LEAST_SHARED = 2;
/** Distinct products of a history that a pick is held against, the latest ones. */
const COMPARED = 15;
/** Weight of a customer's own gaps from which the cycle is told as theirs. */
const OWN_CYCLE = 0.8;
const NEW_MS = 45 * DAY_MS;

/** The plainest true statement for a product beside others: counted from the orders, whatever model put it there. */
export function explainBeside(serving: Serving, row: number, beside: readonly number[], by: "orders" | "customers"): PickReason {
  const { snapshot } = serving;
  const evidence = serving.evidence();
  const index = by === "orders" ? evidence.ordersOf : evidence.buyersOf;
  let best: { main: number; shared: number } | null = null;
  for (const main of beside) {
    const shared = countShared(index, main, row);
    if (shared >= LEAST_SHARED && shared > (best?.shared ?? 0)) best = { main, shared };
  }
  if (best) {
    const share = best.shared / (index.start[best.main + 1] - index.start[best.main]);
    const productId = snapshot.products.id[best.main];
    return by === "orders" ? { code: "bought-together", productId, orders: best.shared, share } : { code: "also-bought", productId, customers: best.shared, share };
  }
  const { codes, names } = snapshot.products.type;
  if (codes[row] >= 0 && beside.some((main) => codes[main] === codes[row])) return { code: "same-type", type: names[codes[row]] };
  return explainAlone(serving, row);
}

/** Null for a product that does not surely sell better than its past lets expect. */
export function explainRise(serving: Serving, row: number): PickReason | null {
  const { rising, recentOrders, expectedOrders, ratio } = serving.trending();
  return rising.includes(row) ? { code: "rising", orders: recentOrders[row], usual: expectedOrders[row], times: ratio[row] } : null;
}

/** For a product that nothing of the asker speaks for. */
export function explainAlone(serving: Serving, row: number): PickReason {
  const { products, asOfMs } = serving.snapshot;
  const { ordersOf, orderCount } = serving.evidence();
  const orders = ordersOf.start[row + 1] - ordersOf.start[row];
  if (asOfMs - products.createdAtMs[row] < NEW_MS && orders * 200 < orderCount) return { code: "new", createdAtMs: products.createdAtMs[row] };
  return { code: "popular", orders, share: orderCount > 0 ? orders / orderCount : 0 };
}

/** Distinct products of a customer with the instants they were bought at, latest product first. */
export function listPurchases({ orders, lines, ordersByCustomer }: Snapshot, customer: number): Map<number, number[]> {
  const times = new Map<number, number[]>();
  for (let at = ordersByCustomer.start[customer + 1] - 1; at >= ordersByCustomer.start[customer]; at -= 1) {
    const order = ordersByCustomer.values[at];
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
      const product = lines.product[line];
      if (product < 0) continue;
      const known = times.get(product) ?? [];
      if (known.at(-1) !== orders.placedAtMs[order]) known.push(orders.placedAtMs[order]);
      times.set(product, known);
    }
  }
  return times;
}

/** What a customer is expected to buy again and when, by product, however unlikely in the coming days. */
export function listDue({ snapshot, repeats }: Serving, customer: number): Map<number, DueProduct> {
  const list = listBuyAgain(repeats(), snapshot, customer, { ...defaultBuyAgain, limit: Infinity, leastProbability: 0 });
  return new Map(list.map((due) => [due.product, due]));
}

/** For a product in one customer's list; `purchases` as `listPurchases`, `due` as `listDue` gives it. */
export function explainToCustomer(serving: Serving, row: number, purchases: ReadonlyMap<number, readonly number[]>, due: ReadonlyMap<number, DueProduct>): PickReason {
  const { snapshot } = serving;
  const own = purchases.get(row);
  if (own) return explainRepeat(own, due.get(row));
  const reason = explainBeside(serving, row, [...purchases.keys()].slice(0, COMPARED), "customers");
  if (reason.code !== "same-type") return reason;
  const { codes } = snapshot.products.type;
  const times = [...purchases].reduce((sum, [product, at]) => sum + (codes[product] === codes[row] ? at.length : 0), 0);
  return { code: "bought-type", type: reason.type, times };
}

/** `latestFirst` = instants at which the product was bought. */
function explainRepeat(latestFirst: readonly number[], due: DueProduct | undefined): PickReason {
  const [lastAtMs] = latestFirst;
  const before = { code: "bought-before", times: latestFirst.length, lastAtMs } as const;
  // A habit that was dropped long ago is not due, it is over; and the mean of a shop or a category says nothing of one product.
  if (!due || due.source === "shop" || due.source === "category" || due.cycleDays < 1 || due.dueInDays < -2 * due.cycleDays) return before;
  return { ...before, code: "due", by: due.ownWeight >= OWN_CYCLE ? "customer" : "product", everyDays: Math.round(due.cycleDays), inDays: due.dueInDays };
}
