import { ORDER_CANCELLED, ORDER_DISCOUNTED, ORDER_TEST } from "../snapshot/snapshot.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { CustomerView } from "./customer-view.ts";

/** Upper ends of the depth bins after "no discount"; the last bin is open. */
export const depthBinEnds = [0, 0.1, 0.2, 0.3, 1] as const;
export const DEPTH_BINS = depthBinEnds.length;

/** Money and discounts of each customer over orders that count, minor units and shares 0..1; NaN where there is nothing to divide by. */
export interface OrderFigures {
  /** Mean order value after discounts and refunds. */
  readonly averageOrderMinor: Float64Array;
  /** Units kept after refunds and edits. */
  readonly units: Float64Array;
  /** Kept revenue less cost, over lines whose product has a cost; NaN without such a line. */
  readonly marginMinor: Float64Array;
  /** Part of the kept line revenue behind marginMinor. */
  readonly marginCoverage: Float64Array;
  readonly refundShare: Float64Array;
  readonly cancelShare: Float64Array;
  readonly discountShare: Float64Array;
  /** Orders by depth of their discount, DEPTH_BINS a customer: none, to 10 %, to 20 %, to 30 %, more. Stops counting at 65,535. */
  readonly depthCounts: Uint16Array;
  /** Mean and greatest depth of the discounted orders. */
  readonly meanDepth: Float64Array;
  readonly maxDepth: Float64Array;
  /** Of the value at list prices, the part bought without a discount on the line or the order. */
  readonly fullPriceShare: Float64Array;
}

/**
 * One pass over the selected customers' orders and lines, and one over the flags of all orders. The depth of an order is its
 * discount by the list price of its lines. Where the order's discount is larger than its lines' (an amount off the order that
 * was not spread), none of its lines counts as full price.
 */
export function computeOrderFigures({ snapshot, rows }: CustomerView, all: Snapshot): OrderFigures {
  const { orders, lines, products, ordersByCustomer, customers } = snapshot;
  const { count } = customers;
  const averageOrderMinor = new Float64Array(count);
  const units = new Float64Array(count);
  const marginMinor = new Float64Array(count);
  const marginCoverage = new Float64Array(count);
  const refundShare = new Float64Array(count);
  const cancelShare = countCancelled(rows, all);
  const discountShare = new Float64Array(count);
  const depthCounts = new Uint16Array(count * DEPTH_BINS);
  const meanDepth = new Float64Array(count);
  const maxDepth = new Float64Array(count);
  const fullPriceShare = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const from = ordersByCustomer.start[row];
    const to = ordersByCustomer.start[row + 1];
    const n = to - from;
    let total = 0, refunded = 0, discounted = 0, kept = 0, costed = 0, cost = 0, listed = 0, full = 0, deep = 0, depths = 0, deepest = 0;
    for (let at = from; at < to; at++) {
      const order = ordersByCustomer.values[at];
      total += orders.totalMinor[order];
      refunded += orders.refundedMinor[order];
      if ((orders.flags[order] & ORDER_DISCOUNTED) !== 0) discounted++;
      let gross = 0, atFull = 0, onLines = 0;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const lineGross = lines.grossMinor[line];
        const lineTotal = lines.totalMinor[line];
        const quantity = lines.currentQuantity[line];
        gross += lineGross;
        onLines += lineGross - lineTotal;
        if (lineTotal >= lineGross) atFull += lineGross;
        units[row] += quantity;
        const revenue = lines.quantity[line] > 0 ? (lineTotal * quantity) / lines.quantity[line] : 0;
        kept += revenue;
        const unitCost = lines.product[line] < 0 ? NaN : products.costMinor[lines.product[line]];
        if (unitCost >= 0) {
          costed += revenue;
          cost += unitCost * quantity;
          marginCoverage[row] = 1;
        }
      }
      listed += gross;
      // A minor unit a line may be lost in spreading an amount.
      if (orders.discountMinor[order] - onLines <= orders.lineStart[order + 1] - orders.lineStart[order]) full += atFull;
      if (gross <= 0) continue;
      const depth = Math.min(1, Math.max(0, orders.discountMinor[order] / gross));
      const bin = row * DEPTH_BINS + depthBinOf(depth);
      if (depthCounts[bin] < 65_535) depthCounts[bin]++;
      if (depth <= 0) continue;
      deep++;
      depths += depth;
      if (depth > deepest) deepest = depth;
    }
    averageOrderMinor[row] = total / (n || NaN);
    marginMinor[row] = marginCoverage[row] === 1 ? costed - cost : NaN;
    marginCoverage[row] = kept > 0 ? costed / kept : NaN;
    refundShare[row] = refunded / (refunded + total || NaN);
    cancelShare[row] = cancelShare[row] / (cancelShare[row] + n || NaN);
    discountShare[row] = discounted / (n || NaN);
    meanDepth[row] = depths / (deep || NaN);
    maxDepth[row] = deep > 0 ? deepest : NaN;
    fullPriceShare[row] = full / (listed || NaN);
  }
  return { averageOrderMinor, units, marginMinor, marginCoverage, refundShare, cancelShare, discountShare, depthCounts, meanDepth, maxDepth, fullPriceShare };
}

function depthBinOf(depth: number): number {
  let bin = 0;
  while (depth > depthBinEnds[bin]) bin++;
  return bin;
}

/** Cancelled orders are not among a customer's orders that count, so the flags of the whole shop are read. */
function countCancelled(rows: Int32Array, { orders, customers }: Snapshot): Float64Array {
  const placeOf = new Int32Array(customers.count).fill(-1);
  for (let i = 0; i < rows.length; i++) placeOf[rows[i]] = i;
  const counts = new Float64Array(rows.length);
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & (ORDER_CANCELLED | ORDER_TEST)) !== ORDER_CANCELLED || orders.customer[order] < 0) continue;
    const place = placeOf[orders.customer[order]];
    if (place >= 0) counts[place]++;
  }
  return counts;
}
