import { ORDER_DISCOUNTED, ORDER_REFUNDED } from "../../snapshot/snapshot.ts";
import type { Matches, Parameter } from "../language/ast.ts";
import { listBits, type Bitmap } from "./bitmap.ts";
import { noData, type Clause, type ClauseContext, type NoData } from "./clause.ts";
import { compileLineFilter, listTest, type LineFilter } from "./line-filter.ts";
import { compileDate, compileNumber, passes, type NumberTest, type Range } from "./number-test.ts";
import type { OrderIndex } from "./order-index.ts";
import { bitsOf } from "./scalar-clause.ts";

const totalNames = ["count", "sum_quantity", "sum_amount", "average_amount"] as const;
type Totals = Record<(typeof totalNames)[number], number>;
const isTotal = (name: string) => totalNames.some((total) => total === name);

/**
 * products_purchased and orders_placed: orders of the customer that pass every parameter of orders (and, for products,
 * hold a line that passes every parameter of lines) are counted and added up, and the totals are tested. Without a
 * parameter on a total, one such order is enough.
 */
export function compileOrderTotals(kind: "products" | "orders", { parameters }: Matches, context: ClauseContext, index: OrderIndex): Clause | NoData {
  const { orders, lines, ordersByCustomer, customers } = context.columns.snapshot;
  const { moneyScale } = context.columns;
  const filter = kind === "products" ? compileLineFilter(parameters, "", context) : null;
  if (filter?.kind === "no-data") return filter;
  const orderFilter = compileOrderFilter(parameters.filter(({ name }) => !isTotal(name)), context);
  if (orderFilter.kind === "no-data") return orderFilter;
  const totalTests = totalNames.flatMap((name) =>
    parameters.filter((parameter) => parameter.name === name).map(({ test }) => ({ name, test: compileNumber(test, name.endsWith("amount") ? moneyScale : 1) })),
  );
  const holds = (totals: Totals) => (totalTests.length === 0 ? totals.count > 0 : totalTests.every(({ name, test }) => passes(test, totals[name])));

  const addUp = (row: number): Totals => {
    const totals = { count: 0, sum_quantity: 0, sum_amount: 0, average_amount: NaN };
    for (let at = ordersByCustomer.start[row]; at < ordersByCustomer.start[row + 1]; at++) {
      const order = ordersByCustomer.values[at];
      if (!orderFilter.test(order)) continue;
      if (!filter) {
        totals.count++;
        totals.sum_amount += orders.totalMinor[order];
        continue;
      }
      let isHit = false;
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        if (!filter.test(line)) continue;
        isHit = true;
        totals.sum_quantity += lines.quantity[line];
        totals.sum_amount += lines.totalMinor[line];
      }
      if (isHit) totals.count++;
    }
    if (totals.count > 0) totals.average_amount = totals.sum_amount / totals.count;
    return totals;
  };
  const test = (row: number) => holds(addUp(row));
  const doesNothingHold = holds({ count: 0, sum_quantity: 0, sum_amount: 0, average_amount: NaN });
  return {
    kind: "clause",
    cost: kind === "products" ? 30 : 10,
    test,
    show: (row) => {
      const totals = addUp(row);
      return { count: totals.count, ...(filter ? { sum_quantity: totals.sum_quantity } : {}), sum_amount: totals.sum_amount / moneyScale };
    },
    evaluate: () => {
      // Who has no such order can only be left out when the totals of nothing do not hold.
      const candidates = doesNothingHold ? null : findCandidates(filter, orderFilter.placed, index);
      return bitsOf(filterRows(candidates ? listBits(candidates) : null, customers.count, test), customers.count);
    },
  };
}

/** Rows that pass, of the given or of all. */
export function* filterRows(rows: Int32Array | null, count: number, test: (row: number) => boolean): Generator<number> {
  const length = rows ? rows.length : count;
  for (let at = 0; at < length; at++) {
    const row = rows ? rows[at] : at;
    if (test(row)) yield row;
  }
}

function findCandidates(filter: LineFilter | null, placed: Range | null, index: OrderIndex): Bitmap | null {
  if (filter?.products) return index.boughtAny(filter.products);
  return placed ? index.placedBetween(placed.from, placed.to) : null;
}

export interface OrderFilter {
  readonly kind: "filter";
  test(order: number): boolean;
  /** Where all orders that pass lie, when one range says it. */
  readonly placed: Range | null;
}

/** Parameters of whole orders among those given. */
export function compileOrderFilter(parameters: readonly Parameter[], context: ClauseContext): OrderFilter | NoData {
  const { snapshot, extra, moneyScale } = context.columns;
  const { orders } = snapshot;
  const tests: ((order: number) => boolean)[] = [];
  let placed: Range | null = null;
  const addNumber = (values: Float64Array, test: NumberTest) => tests.push((order) => passes(test, values[order]));
  for (const { name, test } of parameters) {
    switch (name) {
      case "date": {
        const date = compileDate(test, context.today);
        if (date.kind === "ranges" && !date.isNegated && date.ranges.length === 1) placed = overlap(placed, date.ranges[0]);
        addNumber(orders.placedAtMs, date);
        break;
      }
      case "amount":
        addNumber(orders.totalMinor, compileNumber(test, moneyScale));
        break;
      case "discount_amount":
        addNumber(orders.discountMinor, compileNumber(test, moneyScale));
        break;
      case "discounted":
      case "refunded": {
        const flag = name === "discounted" ? ORDER_DISCOUNTED : ORDER_REFUNDED;
        const isWanted = test.kind === "compare" && test.value.kind === "boolean" && test.value.value;
        tests.push((order) => ((orders.flags[order] & flag) !== 0) === isWanted);
        break;
      }
      case "app_id":
      case "location_id": {
        const values = name === "app_id" ? extra.orderAppId : extra.orderLocationId;
        if (!values) return noData(name);
        addNumber(values, compileNumber(test, 1));
        break;
      }
      case "discount_code":
        if (!extra.orderDiscountCodes) return noData(name);
        // Shopify takes a code in any case at the checkout.
        tests.push(listTest(extra.orderDiscountCodes, test, true));
        break;
      default:
    }
  }
  return { kind: "filter", placed, test: (order) => tests.every((test) => test(order)) };
}

function overlap(a: Range | null, b: Range): Range {
  return a ? { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) } : b;
}
