import { radixOrder } from "../math/radix-order.ts";
import { IdIndex } from "./id-index.ts";
import type { Csr, CustomerColumns, LineColumns, OrderColumns, ProductColumns, Snapshot } from "./snapshot.ts";
import { ORDER_COUNTS } from "./snapshot.ts";

/** Orders as read: ids, not rows, in any order. */
export interface OrderInput {
  readonly id: Float64Array;
  readonly placedAtMs: Float64Array;
  /** NaN for a guest. */
  readonly customerId: Float64Array;
  readonly totalMinor: Float64Array;
  readonly discountMinor: Float64Array;
  readonly refundedMinor: Float64Array;
  readonly flags: Uint8Array;
}

/** Lines as read, in any order; a line whose order is not among the orders is left out. */
export interface LineInput {
  readonly orderId: Float64Array;
  /** NaN for a custom line. */
  readonly productId: Float64Array;
  readonly quantity: Int32Array;
  readonly currentQuantity: Int32Array;
  readonly grossMinor: Float64Array;
  readonly totalMinor: Float64Array;
}

export interface SnapshotInput {
  readonly asOfMs: number;
  readonly currency: string;
  readonly timeZone: string;
  /** Ascending by id. */
  readonly customers: CustomerColumns;
  /** Ascending by id. */
  readonly products: ProductColumns;
  readonly orders: OrderInput;
  readonly lines: LineInput;
}

/** Orders and lines stand in shared memory, so that threads read them without a copy. */
const shared64 = (count: number): Float64Array => new Float64Array(new SharedArrayBuffer(count * 8));
const shared32 = (count: number): Int32Array => new Int32Array(new SharedArrayBuffer(count * 4));
const shared8 = (count: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(count));

/** Sorts orders by time, resolves ids to rows and lays out lines and customers' orders as compressed rows. Linear. */
export function buildSnapshot(input: SnapshotInput): Snapshot {
  const { orders: read } = input;
  const order = radixOrder(read.placedAtMs, radixOrder(read.id));
  const count = order.length;
  const customerIndex = new IdIndex(input.customers.id);
  const customer = shared32(count);
  const flags = shared8(count);
  for (let row = 0; row < count; row++) {
    const customerId = read.customerId[order[row]];
    customer[row] = Number.isNaN(customerId) ? -1 : customerIndex.rowOf(customerId);
    flags[row] = read.flags[order[row]];
  }
  const id = gather(read.id, order);
  const { lines, lineStart } = layOutLines(input.lines, id, input.products.id);
  const orders: OrderColumns = {
    count,
    id,
    placedAtMs: gather(read.placedAtMs, order),
    customer,
    totalMinor: gather(read.totalMinor, order),
    discountMinor: gather(read.discountMinor, order),
    refundedMinor: gather(read.refundedMinor, order),
    flags,
    lineStart,
  };
  const { asOfMs, currency, timeZone, customers, products } = input;
  return { asOfMs, currency, timeZone, customers, products, orders, lines, ordersByCustomer: groupByCustomer(orders, customers.count) };
}

function gather(values: Float64Array, order: Int32Array): Float64Array {
  const result = shared64(order.length);
  for (let row = 0; row < order.length; row++) result[row] = values[order[row]];
  return result;
}

/** Counting sort of the lines by the row of their order, stable. */
function layOutLines(read: LineInput, orderIds: Float64Array, productIds: Float64Array): { lines: LineColumns; lineStart: Int32Array } {
  const orderIndex = new IdIndex(orderIds);
  const productIndex = new IdIndex(productIds);
  const orderRow = new Int32Array(read.orderId.length);
  const lineStart = shared32(orderIds.length + 1);
  let lastId = NaN;
  let lastRow = -1;
  for (let i = 0; i < orderRow.length; i++) {
    const orderId = read.orderId[i];
    if (orderId !== lastId) {
      lastId = orderId;
      lastRow = orderIndex.rowOf(orderId);
    }
    orderRow[i] = lastRow;
    if (lastRow >= 0) lineStart[lastRow + 1]++;
  }
  for (let row = 0; row < orderIds.length; row++) lineStart[row + 1] += lineStart[row];
  const count = lineStart[orderIds.length];
  const next = lineStart.slice(0, orderIds.length);
  const product = shared32(count);
  const quantity = shared32(count);
  const currentQuantity = shared32(count);
  const grossMinor = shared64(count);
  const totalMinor = shared64(count);
  for (let i = 0; i < orderRow.length; i++) {
    if (orderRow[i] < 0) continue;
    const at = next[orderRow[i]]++;
    const productId = read.productId[i];
    product[at] = Number.isNaN(productId) ? -1 : productIndex.rowOf(productId);
    quantity[at] = read.quantity[i];
    currentQuantity[at] = read.currentQuantity[i];
    grossMinor[at] = read.grossMinor[i];
    totalMinor[at] = read.totalMinor[i];
  }
  return { lines: { count, product, quantity, currentQuantity, grossMinor, totalMinor }, lineStart };
}

/** Orders stand in time order already, so each customer's come out oldest first. */
function groupByCustomer(orders: OrderColumns, customerCount: number): Csr {
  const start = shared32(customerCount + 1);
  const counts = (row: number) => orders.customer[row] >= 0 && (orders.flags[row] & ORDER_COUNTS) !== 0;
  for (let row = 0; row < orders.count; row++) if (counts(row)) start[orders.customer[row] + 1]++;
  for (let row = 0; row < customerCount; row++) start[row + 1] += start[row];
  const values = shared32(start[customerCount]);
  const next = start.slice(0, customerCount);
  for (let row = 0; row < orders.count; row++) if (counts(row)) values[next[orders.customer[row]]++] = row;
  return { start, values };
}
