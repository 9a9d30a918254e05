import type { Snapshot } from "../../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../../snapshot/snapshot.ts";
import { emptyBitmap, setBit, type Bitmap } from "./bitmap.ts";
import type { Range } from "./number-test.ts";

/** Ways from orders and products to customers, so that a selective filter need not look at every customer. */
export class OrderIndex {
  private byProduct: { readonly start: Int32Array; readonly customers: Int32Array } | null = null;

  private buyerOf: Int32Array | null = null;

  constructor(private readonly snapshot: Snapshot) {}

  /** Customer row of each order; -1 for a guest's and for one that does not count. */
  get buyers(): Int32Array {
    return (this.buyerOf ??= this.findBuyers());
  }

  /** Orders placed in [from, to), as rows [from, to): orders stand in the order of time. */
  findPlaced({ from, to }: Range): Range {
    const { placedAtMs } = this.snapshot.orders;
    return { from: lowerBound(placedAtMs, from), to: lowerBound(placedAtMs, to) };
  }

  /** How many lines of orders that count hold one of the products. */
  countLines(isWanted: Uint8Array): number {
    const { start } = (this.byProduct ??= this.groupByProduct());
    let total = 0;
    for (let product = 0; product < isWanted.length; product++) if (isWanted[product] === 1) total += start[product + 1] - start[product];
    return total;
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

  private findBuyers(): Int32Array {
    const { count, customer, flags } = this.snapshot.orders;
    const buyers = new Int32Array(count);
    for (let order = 0; order < count; order++) buyers[order] = (flags[order] & ORDER_COUNTS) === 0 ? -1 : customer[order];
    return buyers;
  }

  private groupByProduct(): { start: Int32Array; customers: Int32Array } {
    const { orders, lines, products } = this.snapshot;
    const { buyers } = this;
    const start = new Int32Array(products.count + 1);
    for (let order = 0; order < orders.count; order++) {
      if (buyers[order] < 0) continue;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) if (lines.product[line] >= 0) start[lines.product[line] + 1]++;
    }
    for (let product = 0; product < products.count; product++) start[product + 1] += start[product];
    const customers = new Int32Array(start[products.count]);
    const next = start.slice(0, products.count);
    for (let order = 0; order < orders.count; order++) {
      if (buyers[order] < 0) continue;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        if (lines.product[line] >= 0) customers[next[lines.product[line]]++] = buyers[order];
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
