import type { PickReason } from "#app/core/recommendation-answer.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { countShared } from "./evidence.ts";
import type { Serving } from "./serving.ts";

/** A pair of fewer joint buyers or orders proves nothing to a reader. */
const LEAST_SHARED = 2;
/** Distinct products of a history that a pick is held against, the latest ones. */
const COMPARED = 15;
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

/** For a product in one customer's list; `purchases` as `listPurchases` gives it. */
export function explainToCustomer(serving: Serving, row: number, purchases: ReadonlyMap<number, readonly number[]>): PickReason {
  const { snapshot } = serving;
  const own = purchases.get(row);
  if (own) return explainRepeat(own, snapshot.asOfMs);
  const reason = explainBeside(serving, row, [...purchases.keys()].slice(0, COMPARED), "customers");
  if (reason.code !== "same-type") return reason;
  const { codes } = snapshot.products.type;
  const times = [...purchases].reduce((sum, [product, at]) => sum + (codes[product] === codes[row] ? at.length : 0), 0);
  return { code: "bought-type", type: reason.type, times };
}

/** `latestFirst` = instants at which the product was bought. */
function explainRepeat(latestFirst: readonly number[], asOfMs: number): PickReason {
  const [lastAtMs] = latestFirst;
  if (latestFirst.length < 3) return { code: "bought-before", times: latestFirst.length, lastAtMs };
  const gaps = latestFirst.slice(1).map((at, index) => latestFirst[index] - at).sort((a, b) => a - b);
  const everyDays = gaps[gaps.length >> 1] / DAY_MS;
  // A habit that was dropped long ago is not due, it is over.
  const inDays = everyDays - (asOfMs - lastAtMs) / DAY_MS;
  if (everyDays < 1 || inDays < -2 * everyDays) return { code: "bought-before", times: latestFirst.length, lastAtMs };
  return { code: "due", times: latestFirst.length, lastAtMs, everyDays: Math.round(everyDays), inDays: Math.round(inDays) };
}
