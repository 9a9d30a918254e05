import type { CustomerPick, PickReason, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { selectLargest } from "../../math/select-largest.ts";
import { explainBeside, listPurchases } from "./explain-pick.ts";
import { readHistory } from "./family-rows.ts";
import type { PartialAnswer } from "./serve-task.ts";
import type { ItemTable } from "./item-table.ts";
import type { Serving } from "./serving.ts";

/** Customers asked one by one where the model is no table; the latest buyers. */
const ASKED_ONE_BY_ONE = 3_000;
const COMPARED = 15;

/** Who would like a product and does not have it: "for you" read the other way round, over all customers. Yields after each one who is asked. */
export function* pickCustomers(serving: Serving, { settings, member }: RecommendQuestion, product: number, members: Int32Array | null): Generator<void, PartialAnswer> {
  if (product < 0) return { model: "best-sellers" };
  const { snapshot } = serving;
  const known = serving.table("for-you", member);
  const found = known ? null : serving.ranker("for-you", member);
  const best = known ?? (found ? null : serving.table("for-you", "itemknn"));
  const scores = new Float64Array(snapshot.customers.count);
  const considered = members ?? Int32Array.from({ length: snapshot.customers.count }, (_, row) => row);
  if (best) scoreByTable(serving, best.table, product, considered, scores);
  else if (found) {
    const own = new Float64Array(snapshot.products.count);
    for (const customer of latestBuyers(serving, considered)) {
      yield;
      own.fill(0);
      found.ranker.score(readHistory(snapshot, "histories", customer), own);
      scores[customer] = own[product];
    }
  } else scoreByType(serving, product, considered, scores);
  const { buyersOf } = serving.evidence();
  for (let at = buyersOf.start[product]; at < buyersOf.start[product + 1]; at += 1) scores[buyersOf.values[at]] = 0;
  const candidates = considered.filter((customer) => scores[customer] > 0);
  const first = [...candidates.subarray(0, selectLargest(candidates, candidates.length, scores, settings.count))].sort((a, b) => scores[b] - scores[a] || a - b);
  const customers = first.map((customer): CustomerPick => ({
    customerId: snapshot.customers.id[customer], score: scores[customer] / scores[first[0]], votes: [], reason: explainCustomer(serving, customer, product),
  }));
  return { model: best?.name ?? found?.name ?? "best-sellers", customers, considered: considered.length, fallback: known ?? found ? (first.length === 0 ? "nothing-known" : null) : "not-evaluated" };
}

/** The table's column of the product, walked over every customer's lines: the sum that the model would make, for one target. */
function scoreByTable({ snapshot }: Serving, table: ItemTable, product: number, customers: Int32Array, scores: Float64Array): void {
  const column = new Float64Array(table.items);
  for (let i = 0; i < table.items; i += 1) for (let at = table.start[i]; at < table.start[i + 1]; at += 1) if (table.target[at] === product) column[i] = table.weight[at];
  for (const customer of customers) {
    const { items } = readHistoryOf(snapshot, customer);
    let factor = 1;
    let sum = 0;
    for (let k = items.length - 1; k >= 0 && factor > 1e-6; k -= 1) {
      sum += factor * column[items[k]];
      factor *= table.historyDecay;
    }
    scores[customer] = sum;
  }
}

const readHistoryOf = (snapshot: Serving["snapshot"], customer: number) => {
  const { orders, lines, ordersByCustomer } = snapshot;
  const items: number[] = [];
  for (let at = ordersByCustomer.start[customer]; at < ordersByCustomer.start[customer + 1]; at += 1) {
    const order = ordersByCustomer.values[at];
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line += 1) if (lines.product[line] >= 0) items.push(lines.product[line]);
  }
  return { items };
};

/** Without a model: those who bought most of the product's type. */
function scoreByType({ snapshot }: Serving, product: number, customers: Int32Array, scores: Float64Array): void {
  const { codes } = snapshot.products.type;
  for (const customer of customers) for (const item of readHistoryOf(snapshot, customer).items) if (codes[item] >= 0 && codes[item] === codes[product]) scores[customer] += 1;
}

function latestBuyers({ snapshot }: Serving, customers: Int32Array): Int32Array {
  const { ordersByCustomer } = snapshot;
  const last = new Float64Array(snapshot.customers.count);
  for (const customer of customers) last[customer] = ordersByCustomer.start[customer + 1] > ordersByCustomer.start[customer] ? ordersByCustomer.values[ordersByCustomer.start[customer + 1] - 1] : -1;
  const rows = customers.filter((customer) => last[customer] >= 0);
  return rows.subarray(0, selectLargest(rows, rows.length, last, ASKED_ONE_BY_ONE));
}

function explainCustomer(serving: Serving, customer: number, product: number): PickReason {
  const purchases = listPurchases(serving.snapshot, customer);
  const reason = explainBeside(serving, product, [...purchases.keys()].slice(0, COMPARED), "customers");
  if (reason.code === "also-bought") return reason;
  const { codes, names } = serving.snapshot.products.type;
  const times = [...purchases].reduce((sum, [row, at]) => sum + (codes[row] >= 0 && codes[row] === codes[product] ? at.length : 0), 0);
  if (times > 0) return { code: "bought-type", type: names[codes[product]], times };
  const { ordersByCustomer, orders } = serving.snapshot;
  const [from, to] = [ordersByCustomer.start[customer], ordersByCustomer.start[customer + 1]];
  return { code: "active-buyer", orders: to - from, lastAtMs: to > from ? orders.placedAtMs[ordersByCustomer.values[to - 1]] : 0 };
}
