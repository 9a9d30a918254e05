import { ORDER_COUNTS, type Csr, type Snapshot } from "../../snapshot/snapshot.ts";

/** Who bought what and in which order, the other way round: the plain facts behind a reason. */
export interface Evidence {
  /** Rows of the orders that hold each product, ascending; orders that count only. */
  readonly ordersOf: Csr;
  /** Rows of the customers who bought each product, ascending, each once. */
  readonly buyersOf: Csr;
  /** Orders that count. */
  readonly orderCount: number;
  /** Customers with an order. */
  readonly customerCount: number;
}

export function indexEvidence(snapshot: Snapshot): Evidence {
  const { orders, lines, products, customers, ordersByCustomer } = snapshot;
  let orderCount = 0;
  const ordersOf = invert(products.count, (add) => {
    orderCount = 0;
    for (let order = 0; order < orders.count; order += 1) {
      if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
      orderCount += 1;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) add(lines.product[line], order);
    }
  });
  let customerCount = 0;
  const buyersOf = invert(products.count, (add) => {
    customerCount = 0;
    for (let customer = 0; customer < customers.count; customer += 1) {
      const [from, to] = [ordersByCustomer.start[customer], ordersByCustomer.start[customer + 1]];
      if (to > from) customerCount += 1;
      for (let at = from; at < to; at += 1) {
        const order = ordersByCustomer.values[at];
        for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) add(lines.product[line], customer);
      }
    }
  });
  return { ordersOf, buyersOf, orderCount, customerCount };
}

/** Counting sort of (row, value) pairs that `walk` emits twice, values ascending; a value counts once a row, rows below 0 are ignored. */
function invert(rows: number, walk: (add: (row: number, value: number) => void) => void): Csr {
  const last = new Int32Array(rows).fill(-1);
  const start = new Int32Array(rows + 1);
  walk((row, value) => {
    if (row < 0 || last[row] === value) return;
    last[row] = value;
    start[row + 1] += 1;
  });
  for (let row = 0; row < rows; row += 1) start[row + 1] += start[row];
  const values = new Int32Array(start[rows]);
  const next = start.slice(0, rows);
  last.fill(-1);
  walk((row, value) => {
    if (row < 0 || last[row] === value) return;
    last[row] = value;
    values[next[row]++] = value;
  });
  return { start, values };
}

/** Number of values that two rows share. Linear in the shorter one times the log of the longer. */
export function countShared({ start, values }: Csr, a: number, b: number): number {
  const sizeOf = (row: number) => start[row + 1] - start[row];
  const [short, long] = sizeOf(a) <= sizeOf(b) ? [a, b] : [b, a];
  let shared = 0;
  let from = start[long];
  for (let at = start[short]; at < start[short + 1]; at += 1) {
    let high = start[long + 1];
    while (from < high) {
      const middle = (from + high) >> 1;
      if (values[middle] < values[at]) from = middle + 1;
      else high = middle;
    }
    if (from < start[long + 1] && values[from] === values[at]) shared += 1;
  }
  return shared;
}
