import type { Snapshot } from "../../snapshot/snapshot.ts";
import { emptyBitmap, setBit, type Bitmap } from "./bitmap.ts";
import { ScratchColumns } from "./scratch-columns.ts";

/** Lines of product p: lines[start[p]] .. lines[start[p + 1] - 1], ascending. */
export interface ProductLines {
  readonly start: Int32Array;
  readonly lines: Int32Array;
  /** Order, by line. */
  readonly orderOf: Int32Array;
}

type Numbers = Float64Array | Int32Array | Uint8Array;

/**
 * The orders that count and their lines in the customers' order, oldest first: what order clauses read, from front to back. Orders
 * of customer row c are start[c] .. start[c + 1] - 1. "Order" and "line" are rows of this picture, not of the snapshot. Every column
 * is put together when first asked for.
 */
export class PackedOrders {
  readonly start: Int32Array;
  readonly count: number;
  /** Row in the snapshot, by order. */
  readonly rows: Int32Array;
  readonly scratch = new ScratchColumns();
  private readonly packed = new Map<Numbers, Numbers>();
  private readonly known: { lineStart?: Int32Array; lineRows?: Int32Array; buyers?: Int32Array; byProduct?: ProductLines; quantity?: Float64Array } = {};

  constructor(private readonly snapshot: Snapshot) {
    const { start, values } = snapshot.ordersByCustomer;
    this.start = start;
    this.rows = values;
    this.count = values.length;
  }

  get placedAtMs(): Float64Array {
    return this.ofOrders(this.snapshot.orders.placedAtMs);
  }

  get totalMinor(): Float64Array {
    return this.ofOrders(this.snapshot.orders.totalMinor);
  }

  get flags(): Uint8Array {
    return this.pack(this.snapshot.orders.flags, this.rows, (length) => new Uint8Array(length));
  }

  /** Lines of order o are lineStart[o] .. lineStart[o + 1] - 1; length = count + 1. */
  get lineStart(): Int32Array {
    return (this.known.lineStart ??= this.sumLines());
  }

  get product(): Int32Array {
    return this.pack(this.snapshot.lines.product, this.lineRows, (length) => new Int32Array(length));
  }

  /** As numbers, like every column that can be tested. */
  get quantity(): Float64Array {
    return (this.known.quantity ??= Float64Array.from(this.lineRows, (line) => this.snapshot.lines.quantity[line]));
  }

  get lineTotalMinor(): Float64Array {
    return this.ofLines(this.snapshot.lines.totalMinor);
  }

  /** Customer row of each order. */
  get buyers(): Int32Array {
    return this.pack(this.snapshot.orders.customer, this.rows, (length) => new Int32Array(length));
  }

  get productLines(): ProductLines {
    return (this.known.byProduct ??= this.groupByProduct());
  }

  /** A column of the snapshot's orders. */
  ofOrders(values: Float64Array): Float64Array {
    return this.pack(values, this.rows, (length) => new Float64Array(length));
  }

  /** A column of the snapshot's lines. */
  ofLines(values: Float64Array): Float64Array {
    return this.pack(values, this.lineRows, (length) => new Float64Array(length));
  }

  /** How many lines hold one of the products. */
  countLines(isWanted: Uint8Array): number {
    const { start } = this.productLines;
    let total = 0;
    for (let product = 0; product < isWanted.length; product++) if (isWanted[product] === 1) total += start[product + 1] - start[product];
    return total;
  }

  /** Customers who bought one of the products. */
  boughtAny(isWanted: Uint8Array): Bitmap {
    const { start, lines, orderOf } = this.productLines;
    const { buyers } = this;
    const bits = emptyBitmap(this.start.length - 1);
    for (let product = 0; product < isWanted.length; product++) {
      if (isWanted[product] === 0) continue;
      for (let at = start[product]; at < start[product + 1]; at++) setBit(bits, buyers[orderOf[lines[at]]]);
    }
    return bits;
  }

  private get lineRows(): Int32Array {
    return (this.known.lineRows ??= this.listLines());
  }

  private pack<T extends Numbers>(values: T, rows: Int32Array, create: (length: number) => T): T {
    const known = this.packed.get(values);
    // A copy is always of the kind of its original.
    if (known) return known as T;
    const copy = create(rows.length);
    gather(copy, values, rows);
    this.packed.set(values, copy);
    return copy;
  }

  private sumLines(): Int32Array {
    const { lineStart } = this.snapshot.orders;
    const { rows, count } = this;
    const start = new Int32Array(count + 1);
    for (let order = 0; order < count; order++) start[order + 1] = start[order] + lineStart[rows[order] + 1] - lineStart[rows[order]];
    return start;
  }

  private listLines(): Int32Array {
    const { lineStart } = this.snapshot.orders;
    const { rows, count } = this;
    const list = new Int32Array(this.lineStart[count]);
    let at = 0;
    for (let order = 0; order < count; order++) for (let line = lineStart[rows[order]]; line < lineStart[rows[order] + 1]; line++) list[at++] = line;
    return list;
  }

  private groupByProduct(): ProductLines {
    const { lineStart, product, count } = this;
    const products = this.snapshot.products.count;
    const orderOf = new Int32Array(product.length);
    const start = new Int32Array(products + 1);
    for (let order = 0; order < count; order++) {
      for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
        orderOf[line] = order;
        if (product[line] >= 0) start[product[line] + 1]++;
      }
    }
    for (let row = 0; row < products; row++) start[row + 1] += start[row];
    const lines = new Int32Array(start[products]);
    const next = start.slice(0, products);
    for (let line = 0; line < product.length; line++) if (product[line] >= 0) lines[next[product[line]]++] = line;
    return { start, lines, orderOf };
  }
}

function gather(into: Numbers, from: Numbers, rows: Int32Array): void {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i]];
}
