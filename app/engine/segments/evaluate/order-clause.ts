import type { Matches } from "../language/ast.ts";
import { andBits } from "./bitmap.ts";
import type { Clause, ClauseContext, NoData } from "./clause.ts";
import { compileLineFilter } from "./line-filter.ts";
import { compileNumber, passes, type NumberTest } from "./number-test.ts";
import { addUpOrders } from "./add-up-orders.ts";
import { compileOrderFilter } from "./order-filter.ts";
import type { OrderIndex } from "./order-index.ts";
import { selectPassing } from "./scalar-clause.ts";

const AT_LEAST_ONE: NumberTest = { kind: "ranges", ranges: [{ from: 1, to: Infinity }], isNegated: false };

const totalNames = ["count", "sum_quantity", "sum_amount", "average_amount"] as const;
type Totals = Record<(typeof totalNames)[number], number>;
const isTotal = (name: string) => totalNames.some((total) => total === name);

/**
 * products_purchased and orders_placed: orders of the customer that pass every parameter of orders (and, for products,
 * hold a line that passes every parameter of lines) are counted and added up, and the totals are tested. Without a
 * parameter on a total, one such order is enough.
 */
export function compileOrderTotals(kind: "products" | "orders", { parameters }: Matches, context: ClauseContext, index: OrderIndex): Clause | NoData {
  const { snapshot } = context.columns;
  const { orders, lines, ordersByCustomer } = snapshot;
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
  return {
    kind: "clause",
    cost: kind === "products" ? 30 : 10,
    test,
    show: (row) => {
      const totals = addUp(row);
      return { count: totals.count, ...(filter ? { sum_quantity: totals.sum_quantity } : {}), sum_amount: totals.sum_amount / moneyScale };
    },
    evaluate: () => {
      const asked = new Set<string>(totalTests.map(({ name }) => name));
      const pass = { placed: index.findPlaced(orderFilter.placed), checks: orderFilter.checks, lines: filter, hasSums: asked.has("sum_quantity") || asked.has("sum_amount") || asked.has("average_amount") };
      const totals = addUpOrders(snapshot, index, pass);
      if (totalTests.length === 0) return selectPassing(totals.count, NaN, AT_LEAST_ONE);
      const valuesOf = (name: keyof Totals) => (name === "average_amount" ? totals.sum_amount.map((sum, row) => sum / totals.count[row]) : totals[name]);
      // 0 / 0 is NaN: no average.
      return totalTests.map(({ name, test: wanted }) => selectPassing(valuesOf(name), NaN, wanted)).reduce(andBits);
    },
  };
}
