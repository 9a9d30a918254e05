import { ORDER_CANCELLED, ORDER_DISCOUNTED, ORDER_TEST } from "../snapshot/snapshot.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { ColumnsOf } from "./columns.ts";
import type { ProfileBlock } from "./profile-block.ts";

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

export const figuresShape = {
  averageOrderMinor: ["f64", 1], units: ["f64", 1], marginMinor: ["f64", 1], marginCoverage: ["f64", 1], refundShare: ["f64", 1], cancelShare: ["f64", 1], discountShare: ["f64", 1],
  depthCounts: ["u16", DEPTH_BINS], meanDepth: ["f64", 1], maxDepth: ["f64", 1], fullPriceShare: ["f64", 1],
} as const;

/**
 * One pass over a block's orders and lines. The depth of an order is its discount by the list price of its lines. Where the order's
 * discount is larger than its lines' (an amount off the order that was not spread), none of its lines counts as full price.
 * `cancelled`: cancelled orders of each customer of the block (countCancelled).
 */
export function fillOrderFigures({ snapshot }: ProfileBlock, cancelled: Int32Array, out: ColumnsOf<typeof figuresShape>): void {
  const { orders, lines, products, ordersByCustomer, customers } = snapshot;
  const { averageOrderMinor, units, marginMinor, marginCoverage, refundShare, cancelShare, discountShare, depthCounts, meanDepth, maxDepth, fullPriceShare } = out;
  for (let row = 0; row < customers.count; row++) {
    const from = ordersByCustomer.start[row];
    const to = ordersByCustomer.start[row + 1];
    const n = to - from;
    let total = 0, refunded = 0, discounted = 0, kept = 0, costed = 0, cost = 0, listed = 0, full = 0, deep = 0, depths = 0, deepest = 0;
    let unitsKept = 0, isCosted = false;
    for (let order = from; order < to; order++) {
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
        unitsKept += quantity;
        const revenue = lines.quantity[line] > 0 ? (lineTotal * quantity) / lines.quantity[line] : 0;
        kept += revenue;
        const unitCost = lines.product[line] < 0 ? NaN : products.costMinor[lines.product[line]];
        if (unitCost >= 0) {
          costed += revenue;
          cost += unitCost * quantity;
          isCosted = true;
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
    units[row] = unitsKept;
    marginMinor[row] = isCosted ? costed - cost : NaN;
    marginCoverage[row] = kept > 0 ? costed / kept : NaN;
    refundShare[row] = refunded / (refunded + total || NaN);
    cancelShare[row] = cancelled[row] / (cancelled[row] + n || NaN);
    discountShare[row] = discounted / (n || NaN);
    meanDepth[row] = depths / (deep || NaN);
    maxDepth[row] = deep > 0 ? deepest : NaN;
    fullPriceShare[row] = full / (listed || NaN);
  }
}

function depthBinOf(depth: number): number {
  let bin = 0;
  while (depth > depthBinEnds[bin]) bin++;
  return bin;
}

/** Cancelled orders of each customer of the whole snapshot: they are not among the orders that count, so the flags of all orders are read. */
export function countCancelled({ orders, customers }: Snapshot): Int32Array {
  const counts = new Int32Array(customers.count);
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & (ORDER_CANCELLED | ORDER_TEST)) === ORDER_CANCELLED && orders.customer[order] >= 0) counts[orders.customer[order]]++;
  }
  return counts;
}
