import type { Snapshot } from "../../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../../snapshot/snapshot.ts";
import { emptyBitmap, setBit, type Bitmap } from "./bitmap.ts";

/** Ways from orders and products to customers, so that a selective filter need not look at every customer. */
export class OrderIndex {
  private byProduct: { readonly start: Int32Array; readonly customers: Int32Array } | null = null;

  constructor(private readonly snapshot: Snapshot) {}

  /** Customers with an order that counts placed in [fromMs, toMs); null when that is most orders, so that nothing is won. */
  placedBetween(fromMs: number, toMs: number): Bitmap | null {
    const { orders, customers } = this.snapshot;
    const from = lowerBound(orders.placedAtMs, fromMs);
    const to = lowerBound(orders.placedAtMs, toMs);
    if (to - from > orders.count / 2) return null;
    const bits = emptyBitmap(customers.count);
    for (let order = from; order < to; order++) {
      if (orders.customer[order] >= 0 && (orders.flags[order] & ORDER_COUNTS) !== 0) setBit(bits, orders.customer[order]);
    }
    return bits;
  }

  /** Customers who bought one of the products in an order that counts. */
  boughtAny(isWanted: Uint8Array): Bitmap {
    const { start, customers } = (this.byProduct ??= this.groupByProduct());
    const bits = emptyBitmap(this.snapshot.customers.count);
    for (let product = 0; product < isWanted.length; product++) {
      if (isWanted[product] === 0) continue;
      for (let at = start[product]; at < start[product + 1]; at++) setBit(bits, customers[at]);
    }
    return bits;
  }

  private groupByProduct(): { start: Int32Array; customers: Int32Array } {
    const { orders, lines, products } = this.snapshot;
    const isUsed = (order: number) => orders.customer[order] >= 0 && (orders.flags[order] & ORDER_COUNTS) !== 0;
    const start = new Int32Array(products.count + 1);
    for (let order = 0; order < orders.count; order++) {
      if (!isUsed(order)) continue;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) if (lines.product[line] >= 0) start[lines.product[line] + 1]++;
    }
    for (let product = 0; product < products.count; product++) start[product + 1] += start[product];
    const customers = new Int32Array(start[products.count]);
    const next = start.slice(0, products.count);
    for (let order = 0; order < orders.count; order++) {
      if (!isUsed(order)) continue;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        if (lines.product[line] >= 0) customers[next[lines.product[line]]++] = orders.customer[order];
      }
    }
    return { start, customers };
  }
}

/** First index whose value is not below `value`; `sorted` ascending. */
export function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
