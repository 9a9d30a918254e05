import type { Matches } from "../language/ast.ts";
import { andBits, listBits, selectRows } from "./bitmap.ts";
import type { Clause, ClauseContext, NoData } from "./clause.ts";
import { compileLineFilter } from "./line-filter.ts";
import { compileNumber, passes } from "./number-test.ts";
import { addUpOrders } from "./add-up-orders.ts";
import { compileOrderFilter } from "./order-filter.ts";
import type { OrderIndex } from "./order-index.ts";
import { selectPassing } from "./scalar-clause.ts";

/** Looking a buyer's orders up costs about as much as passing over so many lines. */
const RARE = 32;

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
  const { orders, lines, ordersByCustomer, customers } = snapshot;
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
      const placed = index.findPlaced(orderFilter.placed);
      // Who has no such order can only be left out when the totals of nothing do not hold.
      if (filter?.products && !doesNothingHold) {
        const passed = placed.to > placed.from ? orders.lineStart[placed.to] - orders.lineStart[placed.from] : 0;
        if (index.countLines(filter.products) * RARE < passed) return selectRows(listBits(index.boughtAny(filter.products)), customers.count, test);
      }
      const asked = new Set(totalTests.map(({ name }) => name));
      const totals = addUpOrders(snapshot, index.buyers, { placed, checks: orderFilter.checks, lines: filter, hasSums: asked.size > 0 && !(asked.size === 1 && asked.has("count")) });
      if (totalTests.length === 0) return selectPassing(totals.count, NaN, { kind: "ranges", ranges: [{ from: 1, to: Infinity }], isNegated: false });
      return totalTests.map(({ name, test: wanted }) => selectPassing(totals[name], NaN, wanted)).reduce(andBits);
    },
  };
}
