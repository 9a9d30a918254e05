import type { SequenceFact } from "#app/core/product-views.ts";
import type { Serving } from "./serving.ts";

const SHOWN = 6;
const LEAST_CUSTOMERS = 3;
/** Below this it is what everybody buys. */
const LEAST_LIFT = 1.2;

/** Products of the orders just before (or after) one with the product, by the same customer; those that are there more often than by chance, the most frequent first. */
export function followedBy(serving: Serving, row: number, side: "before" | "after"): SequenceFact[] {
  const { snapshot } = serving;
  const { orders, lines, ordersByCustomer, products } = snapshot;
  const { ordersOf, buyersOf, orderCount } = serving.evidence();
  const holds = new Set(ordersOf.values.subarray(ordersOf.start[row], ordersOf.start[row + 1]));
  const counts = new Map<number, number>();
  let asked = 0;
  for (let at = buyersOf.start[row]; at < buyersOf.start[row + 1]; at += 1) {
    const buyer = buyersOf.values[at];
    const beside = new Set<number>();
    let hasOne = false;
    for (let place = ordersByCustomer.start[buyer]; place < ordersByCustomer.start[buyer + 1]; place += 1) {
      const neighbour = side === "before" ? place - 1 : place + 1;
      if (neighbour < ordersByCustomer.start[buyer] || neighbour >= ordersByCustomer.start[buyer + 1] || !holds.has(ordersByCustomer.values[place])) continue;
      hasOne = true;
      const order = ordersByCustomer.values[neighbour];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) beside.add(lines.product[line]);
    }
    if (!hasOne) continue;
    asked += 1;
    for (const product of beside) if (product >= 0 && product !== row) counts.set(product, (counts.get(product) ?? 0) + 1);
  }
  return [...counts]
    .map(([product, customers]): SequenceFact => {
      const share = customers / asked;
      const usual = (ordersOf.start[product + 1] - ordersOf.start[product]) / orderCount;
      return { productId: products.id[product], customers, share, lift: usual > 0 ? share / usual : 0 };
    })
    .filter(({ customers, lift }) => customers >= LEAST_CUSTOMERS && lift >= LEAST_LIFT)
    .sort((a, b) => b.customers - a.customers || b.lift - a.lift || a.productId - b.productId)
    .slice(0, SHOWN);
}
