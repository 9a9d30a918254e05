import type { Csr, Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../snapshot/snapshot.ts";
import type { Interactions } from "./recommender.ts";

/**
 * Distinct products of each order that counts, where there are at least one. An order of more than `maxProducts`
 * products (a reseller's stock-up) says little of what goes together and costs the square of its size: it is left out. With `fromMs`, orders before are, too.
 */
export function buildOrderBaskets(snapshot: Snapshot, maxProducts: number, fromMs = -Infinity): Interactions {
  const { orders, lines, products } = snapshot;
  const writer = createBasketWriter(products.count, orders.count, lines.count);
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0 || orders.placedAtMs[order] < fromMs) continue;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) writer.add(lines.product[line]);
    writer.endBasket(maxProducts);
  }
  return writer.finish(products.id);
}

/** Distinct products that each customer bought, the latest `maxProducts` of them. Guests have no history. */
export function buildCustomerBaskets(snapshot: Snapshot, maxProducts: number): Interactions {
  const { orders, lines, products, customers, ordersByCustomer } = snapshot;
  const writer = createBasketWriter(products.count, customers.count, lines.count);
  for (let customer = 0; customer < customers.count; customer++) {
    const from = ordersByCustomer.start[customer];
    for (let at = ordersByCustomer.start[customer + 1] - 1; at >= from && writer.size() < maxProducts; at--) {
      const order = ordersByCustomer.values[at];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1] && writer.size() < maxProducts; line++) writer.add(lines.product[line]);
    }
    writer.endBasket(maxProducts);
  }
  return writer.finish(products.id);
}

function createBasketWriter(productCount: number, maxBaskets: number, maxLines: number) {
  const start = sharedInt32(maxBaskets + 1);
  const values = sharedInt32(maxLines);
  const lastBasket = new Int32Array(productCount).fill(-1);
  let baskets = 0;
  let length = 0;
  let serial = 0;
  let oversized = 0;
  return {
    size: () => length - start[baskets],
    /** -1 (a custom line) and repetitions are ignored. */
    add(product: number): void {
      if (product < 0 || lastBasket[product] === serial) return;
      lastBasket[product] = serial;
      values[length++] = product;
    },
    endBasket(maxProducts: number): void {
      serial++;
      const from = start[baskets];
      if (length === from) return;
      if (length - from > maxProducts) {
        oversized++;
        length = from;
        return;
      }
      sortRun(values, from, length);
      start[++baskets] = length;
    },
    finish(productIds: Float64Array): Interactions {
      const csr: Csr = { start: start.subarray(0, baskets + 1), values: values.subarray(0, length) };
      return { productIds, baskets: csr, oversized };
    },
  };
}

/** Insertion sort where baskets are small, which is nearly always: a typed array's sort costs a call and a copy. */
function sortRun(values: Int32Array, from: number, to: number): void {
  if (to - from > 24) {
    values.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i];
    let at = i - 1;
    for (; at >= from && values[at] > value; at--) values[at + 1] = values[at];
    values[at + 1] = value;
  }
}

function sharedInt32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}
