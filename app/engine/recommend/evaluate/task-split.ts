import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import { ORDER_COUNTS, type Snapshot } from "../../snapshot/snapshot.ts";
import type { RepeatRule } from "./evaluate-ranker.ts";
import type { TrainingData } from "./ranker.ts";

/** A part of the shop's time for one task: what trains, who is asked from which history, and what they bought then. */
export interface TaskSplit {
  readonly train: TrainingData;
  readonly asked: TrainingData;
  /** Of each row of `asked`; empty = not asked. */
  readonly targets: readonly Int32Array[];
  /** Row in customers of each row of `asked`, -1 for a guest's cart. */
  readonly customer: Int32Array;
}

/** What each task asks: docs/models/rankers.md. */
export const taskRules: Record<EvaluationTask, { readonly rows: "histories" | "categories" | "orders"; readonly repeats: RepeatRule; readonly isBasket: boolean }> = {
  "for-you": { rows: "histories", repeats: "new", isBasket: false },
  "next-basket": { rows: "histories", repeats: "all", isBasket: true },
  "buy-again": { rows: "histories", repeats: "bought", isBasket: true },
  "similar": { rows: "histories", repeats: "new", isBasket: false },
  "next-category": { rows: "categories", repeats: "new", isBasket: false },
  "complete-cart": { rows: "orders", repeats: "new", isBasket: false },
  "bought-together": { rows: "orders", repeats: "new", isBasket: false },
};

/** Of a history, the latest purchases: what lies further back says little, and the work grows with its square. */
const MOST_PURCHASES = 50;
/** An order of more products (a reseller's stock-up) says little of what goes together. */
const MOST_IN_ORDER = 100;

/** Items of the task: rows of the products, or codes of the product types. */
export function countTaskItems(snapshot: Snapshot, task: EvaluationTask): number {
  return taskRules[task].rows === "categories" ? snapshot.products.type.names.length : snapshot.products.count;
}

/**
 * Everything before `cutMs` trains; orders of `cutMs <= t < endMs` hold the answers. `mostRows` bounds customers or orders that train (the latest orders, or
 * customers evenly spread).
 */
export function splitTaskByTime(snapshot: Snapshot, task: EvaluationTask, cutMs: number, endMs: number, mostRows = Infinity): TaskSplit {
  return taskRules[task].rows === "orders" ? splitOrders(snapshot, task, cutMs, endMs, mostRows) : splitHistories(snapshot, task, cutMs, endMs, mostRows);
}

function splitHistories(snapshot: Snapshot, task: EvaluationTask, cutMs: number, endMs: number, mostRows: number): TaskSplit {
  const { orders, ordersByCustomer, customers } = snapshot;
  const items = countTaskItems(snapshot, task);
  const isSingle = task === "similar";
  const train = createRows(items);
  const asked = isSingle ? createRows(items) : train;
  const targets: Int32Array[] = [];
  const customerOf: number[] = [];
  const step = Math.max(1, customers.count / mostRows);
  for (let n = 0; n < customers.count; n += step) {
    const customer = Math.floor(n);
    const first = ordersByCustomer.start[customer];
    const end = ordersByCustomer.start[customer + 1];
    let cut = first;
    while (cut < end && orders.placedAtMs[ordersByCustomer.values[cut]] < cutMs) cut += 1;
    if (cut === first) continue;
    let from = cut;
    let lines = 0;
    while (from > first && (from === cut || lines < MOST_PURCHASES)) {
      from -= 1;
      const order = ordersByCustomer.values[from];
      lines += orders.lineStart[order + 1] - orders.lineStart[order];
    }
    let last: number[] = [];
    for (let at = from; at < cut; at += 1) {
      const order = ordersByCustomer.values[at];
      const codes = codesOf(snapshot, task, order);
      train.addBasket(codes, orders.placedAtMs[order]);
      if (codes.length > 0) last = codes;
    }
    if (!train.endRow()) continue;
    const later: number[][] = [];
    for (let at = cut; at < end && orders.placedAtMs[ordersByCustomer.values[at]] < endMs; at += 1) later.push(codesOf(snapshot, task, ordersByCustomer.values[at]));
    if (isSingle) {
      asked.addBasket(last.slice(-1), cutMs);
      asked.endRow();
      targets.push(Int32Array.from(new Set(later.flat().filter((code) => code !== last[last.length - 1]))));
    } else {
      const owned = new Set<number>();
      for (let at = first; at < cut; at += 1) for (const code of codesOf(snapshot, task, ordersByCustomer.values[at])) owned.add(code);
      targets.push(Int32Array.from(answersOf(task, later, owned)));
    }
    customerOf.push(customer);
  }
  const data = train.finish(true, true, cutMs);
  return { train: data, asked: isSingle ? asked.finish(false, false, cutMs) : data, targets, customer: Int32Array.from(customerOf) };
}

function answersOf(task: EvaluationTask, later: readonly number[][], owned: ReadonlySet<number>): Set<number> {
  if (task === "next-basket") return new Set(later[0] ?? []);
  return new Set(later.flat().filter((code) => owned.has(code) === (task === "buy-again")));
}

/** Carts: of each order of the answering days one product is hidden ("complete the cart"), or all but one ("bought together"), number n mod size. */
function splitOrders(snapshot: Snapshot, task: EvaluationTask, cutMs: number, endMs: number, mostRows: number): TaskSplit {
  const { orders } = snapshot;
  const items = countTaskItems(snapshot, task);
  const train = createRows(items);
  const asked = createRows(items);
  const targets: Int32Array[] = [];
  const customer: number[] = [];
  const cut = firstAt(orders.placedAtMs, cutMs);
  for (let order = Math.max(0, cut - mostRows); order < orders.count && orders.placedAtMs[order] < endMs; order += 1) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    const codes = codesOf(snapshot, task, order).sort((a, b) => a - b);
    if (codes.length < 2 || codes.length > MOST_IN_ORDER) continue;
    if (order < cut) {
      train.addBasket(codes, orders.placedAtMs[order]);
      train.endRow();
      continue;
    }
    const at = targets.length % codes.length;
    const rest = codes.filter((_, n) => n !== at);
    asked.addBasket(task === "complete-cart" ? rest : [codes[at]], cutMs);
    asked.endRow();
    targets.push(Int32Array.from(task === "complete-cart" ? [codes[at]] : rest));
    customer.push(orders.customer[order]);
  }
  return { train: train.finish(false, false), asked: asked.finish(false, false), targets, customer: Int32Array.from(customer) };
}

/** Distinct items of one order, in the order of its lines. */
function codesOf({ orders, lines, products }: Snapshot, task: EvaluationTask, order: number): number[] {
  const codes: number[] = [];
  for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
    const product = lines.product[line];
    if (product < 0) continue;
    const code = taskRules[task].rows === "categories" ? products.type.codes[product] : product;
    if (code >= 0 && !codes.includes(code)) codes.push(code);
  }
  return codes;
}

function firstAt(placedAtMs: Float64Array, cutMs: number): number {
  let low = 0;
  let high = placedAtMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placedAtMs[middle] < cutMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function createRows(items: number) {
  const item: number[] = [];
  const atMs: number[] = [];
  const start = [0];
  const basketStart = [0];
  const basketFirst = [0];
  return {
    addBasket(codes: readonly number[], placedAtMs: number): void {
      if (codes.length === 0) return;
      for (const code of codes) {
        item.push(code);
        atMs.push(placedAtMs);
      }
      basketStart.push(item.length);
    },
    /** False for a row without items, which is not kept. */
    endRow(): boolean {
      if (item.length === start[start.length - 1]) return false;
      start.push(item.length);
      basketFirst.push(basketStart.length - 1);
      return true;
    },
    finish(isOrdered: boolean, hasBaskets: boolean, asOfMs?: number): TrainingData {
      return {
        interactions: { users: start.length - 1, items, start: Int32Array.from(start), item: Int32Array.from(item), atMs: isOrdered ? Float64Array.from(atMs) : null },
        baskets: hasBaskets ? { first: Int32Array.from(basketFirst), start: Int32Array.from(basketStart) } : null,
        isOrdered,
        asOfMs,
      };
    },
  };
}
