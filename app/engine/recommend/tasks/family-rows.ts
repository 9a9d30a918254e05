import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { InteractionRows } from "../../features/interactions.ts";
import { ORDER_COUNTS, type Snapshot } from "../../snapshot/snapshot.ts";
import type { History, TrainingData } from "../evaluate/ranker.ts";

/** Of a customer's history, the latest purchases; what lies further back says little, and the work grows with its square. */
const MOST_PURCHASES = 50;
/** An order of more products (a reseller's stock-up) says little of what goes together. */
const MOST_IN_ORDER = 100;

/** Items of a family: rows of the snapshot's products, or codes of its product types. */
export function countItems(snapshot: Snapshot, family: ModelFamily): number {
  return family === "categories" ? snapshot.products.type.names.length : snapshot.products.count;
}

/** What a family's members learn from, all of the shop. */
export function buildFamilyRows(snapshot: Snapshot, family: ModelFamily): TrainingData {
  return family === "orders" ? buildOrderRows(snapshot) : buildHistoryRows(snapshot, family);
}

/** Customers with at least one purchase, oldest first within each; orders that count only. */
function buildHistoryRows(snapshot: Snapshot, family: "histories" | "categories"): TrainingData {
  const { customers, orders, ordersByCustomer } = snapshot;
  const writer = createRowWriter(snapshot, family, customers.count);
  for (let customer = 0; customer < customers.count; customer += 1) {
    const to = ordersByCustomer.start[customer + 1];
    const from = firstKeptOrder(snapshot, ordersByCustomer.start[customer], to);
    for (let at = from; at < to; at += 1) writer.addOrder(ordersByCustomer.values[at]);
    writer.endRow();
  }
  return { ...writer.finish(countItems(snapshot, family)), isOrdered: true, asOfMs: orders.count ? orders.placedAtMs[orders.count - 1] : snapshot.asOfMs };
}

/** Index (in ordersByCustomer) of the oldest order such that at most MOST_PURCHASES lines follow; the latest order is always kept. */
function firstKeptOrder({ orders, ordersByCustomer }: Snapshot, from: number, to: number): number {
  let lines = 0;
  let at = to;
  while (at > from) {
    const order = ordersByCustomer.values[at - 1];
    lines += orders.lineStart[order + 1] - orders.lineStart[order];
    if (lines > MOST_PURCHASES && at < to) break;
    at -= 1;
  }
  return at;
}

/** Orders with at least two different products. What lies in a cart has no order. */
function buildOrderRows(snapshot: Snapshot): TrainingData {
  const { orders } = snapshot;
  const writer = createRowWriter(snapshot, "orders", orders.count);
  for (let order = 0; order < orders.count; order += 1) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    writer.addOrder(order);
    writer.endRow(2, MOST_IN_ORDER);
  }
  const { interactions } = writer.finish(snapshot.products.count);
  return { interactions: { ...interactions, atMs: null }, baskets: null, isOrdered: false };
}

/** History of one customer as the evaluation would see it; empty for a customer without purchases. */
export function readHistory(snapshot: Snapshot, family: "histories" | "categories", customer: number): History {
  const { ordersByCustomer } = snapshot;
  const to = ordersByCustomer.start[customer + 1];
  const from = firstKeptOrder(snapshot, ordersByCustomer.start[customer], to);
  const writer = createRowWriter(snapshot, family, 1, to - from, countLines(snapshot, from, to));
  for (let at = from; at < to; at += 1) writer.addOrder(ordersByCustomer.values[at]);
  writer.endRow();
  const { interactions, baskets } = writer.finish(countItems(snapshot, family));
  return { items: interactions.item, basketStart: baskets?.start ?? new Int32Array(1), atMs: interactions.atMs ?? undefined, asOfMs: snapshot.asOfMs };
}

function countLines({ orders, ordersByCustomer }: Snapshot, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) lines += orders.lineStart[ordersByCustomer.values[at] + 1] - orders.lineStart[ordersByCustomer.values[at]];
  return lines;
}

/** Rows of distinct items per order, with the time of each. */
function createRowWriter(snapshot: Snapshot, family: ModelFamily, mostRows: number, mostOrders = snapshot.orders.count, mostLines = snapshot.lines.count) {
  const { orders, lines, products } = snapshot;
  const item = new Int32Array(mostLines);
  const atMs = new Float64Array(mostLines);
  const start = new Int32Array(mostRows + 1);
  const basketStart = new Int32Array(mostOrders + 1);
  const basketFirst = new Int32Array(mostRows + 1);
  const lastOrder = new Map<number, number>();
  const seen = mostRows > 1 ? new Int32Array(countItems(snapshot, family)).fill(-1) : null;
  let rows = 0;
  let length = 0;
  let baskets = 0;
  const isNew = (code: number, order: number): boolean => {
    if (seen) {
      if (seen[code] === order) return false;
      seen[code] = order;
      return true;
    }
    if (lastOrder.get(code) === order) return false;
    lastOrder.set(code, order);
    return true;
  };
  return {
    addOrder(order: number): void {
      const from = length;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
        const product = lines.product[line];
        if (product < 0) continue;
        const code = family === "categories" ? products.type.codes[product] : product;
        if (code < 0 || !isNew(code, order)) continue;
        item[length] = code;
        atMs[length++] = orders.placedAtMs[order];
      }
      if (length > from) basketStart[++baskets] = length;
    },
    /** A row shorter than `least` or longer than `most` is taken back. */
    endRow(least = 1, most = Infinity): void {
      const size = length - start[rows];
      if (size < least || size > most) {
        length = start[rows];
        baskets = basketFirst[rows];
        return;
      }
      start[++rows] = length;
      basketFirst[rows] = baskets;
    },
    finish(items: number): TrainingData {
      const interactions: InteractionRows = { users: rows, items, start: start.slice(0, rows + 1), item: item.slice(0, length), atMs: atMs.slice(0, length) };
      return { interactions, baskets: { first: basketFirst.slice(0, rows + 1), start: basketStart.slice(0, baskets + 1) } };
    },
  };
}
