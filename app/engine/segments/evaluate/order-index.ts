import type { Snapshot } from "../../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../../snapshot/snapshot.ts";
import { emptyBitmap, setBit, type Bitmap } from "./bitmap.ts";
import type { Range } from "./number-test.ts";

/** Lines of product p in orders that count: lines[start[p]] .. lines[start[p + 1] - 1], ascending. */
export interface ProductLines {
  readonly start: Int32Array;
  readonly lines: Int32Array;
  /** Row of the order, by line. */
  readonly orderOf: Int32Array;
}

/** Ways from orders and products to customers, so that a selective filter need not look at every customer. */
export class OrderIndex {
  private byProduct: ProductLines | null = null;

  private buyerOf: Int32Array | null = null;

  constructor(private readonly snapshot: Snapshot) {}

  /** Customer row of each order; -1 for a guest's and for one that does not count. */
  get buyers(): Int32Array {
    return (this.buyerOf ??= this.findBuyers());
  }

  get productLines(): ProductLines {
    return (this.byProduct ??= this.groupByProduct());
  }

  /** Orders placed in [from, to), as rows [from, to): orders stand in the order of time. */
  findPlaced({ from, to }: Range): Range {
    const { placedAtMs } = this.snapshot.orders;
    return { from: lowerBound(placedAtMs, from), to: lowerBound(placedAtMs, to) };
  }

  /** How many lines of orders that count hold one of the products. */
  countLines(isWanted: Uint8Array): number {
    const { start } = this.productLines;
    let total = 0;
    for (let product = 0; product < isWanted.length; product++) if (isWanted[product] === 1) total += start[product + 1] - start[product];
    return total;
  }

  /** Customers who bought one of the products in an order that counts. */
  boughtAny(isWanted: Uint8Array): Bitmap {
    const { start, lines, orderOf } = this.productLines;
    const { buyers } = this;
    const bits = emptyBitmap(this.snapshot.customers.count);
    for (let product = 0; product < isWanted.length; product++) {
      if (isWanted[product] === 0) continue;
      for (let at = start[product]; at < start[product + 1]; at++) setBit(bits, buyers[orderOf[lines[at]]]);
    }
    return bits;
  }

  private findBuyers(): Int32Array {
    const { count, customer, flags } = this.snapshot.orders;
    const buyers = new Int32Array(count);
    for (let order = 0; order < count; order++) buyers[order] = (flags[order] & ORDER_COUNTS) === 0 ? -1 : customer[order];
    return buyers;
  }

  private groupByProduct(): ProductLines {
    const { orders, lines: { count, product }, products } = this.snapshot;
    const { buyers } = this;
    const orderOf = new Int32Array(count);
    const start = new Int32Array(products.count + 1);
    for (let order = 0; order < orders.count; order++) {
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        orderOf[line] = order;
        if (buyers[order] >= 0 && product[line] >= 0) start[product[line] + 1]++;
      }
    }
    for (let row = 0; row < products.count; row++) start[row + 1] += start[row];
    const lines = new Int32Array(start[products.count]);
    const next = start.slice(0, products.count);
    for (let line = 0; line < count; line++) if (buyers[orderOf[line]] >= 0 && product[line] >= 0) lines[next[product[line]]++] = line;
    return { start, lines, orderOf };
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
