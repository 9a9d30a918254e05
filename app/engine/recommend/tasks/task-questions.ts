import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import { evaluationFamilies } from "#app/core/recommendation-tasks.ts";
import { ORDER_COUNTS, type Snapshot } from "../../snapshot/snapshot.ts";
import type { History } from "../evaluate/ranker.ts";
import { firstOrderFrom } from "./cut-snapshot.ts";
import { readHistory } from "./family-rows.ts";

/** One thing that a shopper was about to do when the days under test began. */
export interface Question {
  readonly history: History;
  /** Items that were bought; distinct, at least one. */
  readonly targets: Int32Array;
  /** Row of the customer; -1 for a cart. */
  readonly customer: number;
}

/** Whether a list may hold what the history holds: never, only that, or both. */
export function repeatsOf(task: EvaluationTask): "none" | "only" | "any" {
  if (task === "buy-again") return "only";
  return task === "next-basket" || task === "next-category" ? "any" : "none";
}

/**
 * Questions of the days [fromMs, toMs), at most `most`, evenly spread. `past` is the shop as it was before `fromMs`: histories are read from it, and
 * products that had not been sold yet are no targets, since no model of the past could name them.
 */
export function collectQuestions(snapshot: Snapshot, past: Snapshot, task: EvaluationTask, window: { readonly fromMs: number; readonly toMs: number }, most: number): Question[] {
  const questions = evaluationFamilies[task] === "orders" ? askCarts(snapshot, past, task, window) : askCustomers(snapshot, past, task, window);
  return questions.length <= most ? questions : Array.from({ length: most }, (_, n) => questions[Math.floor((n * questions.length) / most)]);
}

function soldBefore({ products, orders, lines }: Snapshot): Uint8Array {
  const sold = new Uint8Array(products.count);
  for (let line = 0; line < orders.lineStart[orders.count]; line += 1) if (lines.product[line] >= 0) sold[lines.product[line]] = 1;
  return sold;
}

/** What each customer of these days bought in them, beside what they had bought before. */
function askCustomers(snapshot: Snapshot, past: Snapshot, task: EvaluationTask, { fromMs, toMs }: { fromMs: number; toMs: number }): Question[] {
  const { orders, lines, products, ordersByCustomer, customers } = snapshot;
  const [first, last] = [firstOrderFrom(snapshot, fromMs), firstOrderFrom(snapshot, toMs)];
  const family = task === "next-category" ? "categories" : "histories";
  const sold = soldBefore(past);
  const isNextOnly = task === "next-basket" || task === "next-category";
  const questions: Question[] = [];
  for (let customer = 0; customer < customers.count; customer += 1) {
    const [from, to] = [ordersByCustomer.start[customer], ordersByCustomer.start[customer + 1]];
    // Orders stand in time order: without one in the window, or one before it, there is nothing to ask.
    if (to === from || ordersByCustomer.values[from] >= first || ordersByCustomer.values[to - 1] < first) continue;
    const bought = new Set<number>();
    for (let at = from; at < to; at += 1) {
      const order = ordersByCustomer.values[at];
      if (order < first || order >= last) continue;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) {
        const product = lines.product[line];
        if (product < 0 || sold[product] === 0) continue;
        const code = family === "categories" ? products.type.codes[product] : product;
        if (code >= 0) bought.add(code);
      }
      if (isNextOnly && bought.size > 0) break;
    }
    if (bought.size === 0) continue;
    const history = readHistory(past, family, customer);
    if (history.items.length === 0) continue;
    const own = new Set(history.items);
    const repeats = repeatsOf(task);
    const targets = [...bought].filter((item) => repeats === "any" || own.has(item) === (repeats === "only"));
    if (targets.length === 0) continue;
    questions.push({ customer, targets: Int32Array.from(targets), history: task === "similar" ? lastItem(history) : history });
  }
  return questions;
}

/** "You may also like" is asked beside one product: the one bought last. */
function lastItem({ items, asOfMs }: History): History {
  return { items: items.slice(-1), basketStart: Int32Array.of(0, 1), asOfMs };
}

/** Each order of these days with two products or more: one is looked at, or (complete the cart) one is missing; which one goes round. */
function askCarts(snapshot: Snapshot, past: Snapshot, task: EvaluationTask, { fromMs, toMs }: { fromMs: number; toMs: number }): Question[] {
  const { orders, lines } = snapshot;
  const sold = soldBefore(past);
  const questions: Question[] = [];
  for (let order = firstOrderFrom(snapshot, fromMs); order < firstOrderFrom(snapshot, toMs); order += 1) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    const distinct = new Set<number>();
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) if (lines.product[line] >= 0 && sold[lines.product[line]] === 1) distinct.add(lines.product[line]);
    if (distinct.size < 2 || distinct.size > 100) continue;
    const items = [...distinct].sort((a, b) => a - b);
    const one = items.splice(questions.length % items.length, 1);
    const [shown, hidden] = task === "bought-together" ? [one, items] : [items, one];
    questions.push({ customer: -1, targets: Int32Array.from(hidden), history: { items: Int32Array.from(shown), basketStart: Int32Array.of(0, shown.length) } });
  }
  return questions;
}
