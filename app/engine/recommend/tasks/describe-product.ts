import type { ProductFacts } from "#app/core/product-views.ts";
import { DAY_MS } from "#app/core/time.ts";
import { followedBy } from "./followed-by.ts";
import type { Serving } from "./serving.ts";

const MONTH_MS = 30 * DAY_MS;
const MONTHS = 12;
const COUNTRIES = 4;
const LEAST_GAPS = 5;
/** Upper bounds of the columns of the picture, in days. */
const GAP_BINS = [7, 14, 21, 30, 45, 60, 90, 180, Infinity];

/** Who buys a product, after and before what, and when again; counted over all orders that count. */
export function describeProduct(serving: Serving, row: number): ProductFacts {
  const { snapshot } = serving;
  const { orders, lines, customers, ordersByCustomer, asOfMs } = snapshot;
  const { ordersOf, buyersOf, customerCount } = serving.evidence();
  const held = ordersOf.values.subarray(ordersOf.start[row], ordersOf.start[row + 1]);
  const buyers = buyersOf.values.subarray(buyersOf.start[row], buyersOf.start[row + 1]);
  const lastMs = orders.count > 0 ? Math.max(orders.placedAtMs[orders.count - 1], asOfMs - 1) : asOfMs;
  const months = Array.from({ length: MONTHS }, (_, index) => ({ fromMs: lastMs - (MONTHS - index) * MONTH_MS, orders: 0 }));
  const facts = { units: 0, revenueMinor: 0, guestOrders: 0 };
  for (const order of held) {
    if (orders.customer[order] < 0) facts.guestOrders += 1;
    const month = MONTHS - 1 - Math.floor((lastMs - orders.placedAtMs[order]) / MONTH_MS);
    if (month >= 0) months[month].orders += 1;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
      if (lines.product[line] !== row) continue;
      facts.units += lines.quantity[line];
      facts.revenueMinor += lines.totalMinor[line];
    }
  }
  const holds = new Set(held);
  const gaps: number[] = [];
  const byCountry = new Map<number, number>();
  let [repeatBuyers, firstOrderBuyers, buyersOrders] = [0, 0, 0];
  for (const buyer of buyers) {
    const [from, to] = [ordersByCustomer.start[buyer], ordersByCustomer.start[buyer + 1]];
    buyersOrders += to - from;
    if (holds.has(ordersByCustomer.values[from])) firstOrderBuyers += 1;
    byCountry.set(customers.country.codes[buyer], (byCountry.get(customers.country.codes[buyer]) ?? 0) + 1);
    let previous = -1;
    let times = 0;
    for (let at = from; at < to; at += 1) {
      const order = ordersByCustomer.values[at];
      if (!holds.has(order)) continue;
      times += 1;
      if (previous >= 0) gaps.push((orders.placedAtMs[order] - orders.placedAtMs[previous]) / DAY_MS);
      previous = order;
    }
    if (times > 1) repeatBuyers += 1;
  }
  return {
    ...facts, orders: held.length, buyers: buyers.length, repeatBuyers, firstOrderBuyers, months, asOfMs,
    ordersPerBuyer: buyers.length > 0 ? buyersOrders / buyers.length : 0,
    ordersPerShopBuyer: customerCount > 0 ? ordersByCustomer.values.length / customerCount : 0,
    countries: [...byCountry].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, COUNTRIES).map(([code, count]) => ({ country: code < 0 ? null : customers.country.names[code], buyers: count })),
    before: followedBy(serving, row, "before"), after: followedBy(serving, row, "after"), gap: describeGaps(gaps),
  };
}

function describeGaps(gaps: number[]): ProductFacts["gap"] {
  if (gaps.length < LEAST_GAPS) return null;
  gaps.sort((a, b) => a - b);
  const at = (share: number) => Math.round(gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))]);
  const bins = GAP_BINS.map((toDays, index) => ({ toDays, pairs: gaps.filter((gap) => gap <= toDays && gap > (GAP_BINS[index - 1] ?? -1)).length }));
  return { pairs: gaps.length, fromDays: at(0.25), medianDays: at(0.5), toDays: at(0.75), bins };
}

