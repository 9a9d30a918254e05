import type { Matches } from "../language/ast.ts";
import { addUpInOrder, findBuyers } from "./add-up-in-order.ts";
import { addUpProducts, type CustomerTotals, type OrderPass } from "./add-up-orders.ts";
import { andBits, type Bitmap } from "./bitmap.ts";
import type { Clause, ClauseContext, NoData } from "./clause.ts";
import { compileLineFilter } from "./line-filter.ts";
import { compileNumber, passes, type NumberTest } from "./number-test.ts";
import { compileOrderFilter } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";
import { selectPassing } from "./scalar-clause.ts";

const totalNames = ["count", "sum_quantity", "sum_amount", "average_amount"] as const;
type TotalName = (typeof totalNames)[number];
type Totals = Record<TotalName, number>;
interface TotalTest {
  readonly name: TotalName;
  readonly test: NumberTest;
}
/** What is asked without a parameter on a total: one order is enough. */
const ANY_ORDER: TotalTest = { name: "count", test: { kind: "ranges", ranges: [{ from: 1, to: Infinity }], isNegated: false } };
const isTotal = (name: string) => totalNames.some((total) => total === name);

/** Cost of a line that is reached by way of its product, relative to one in the order of memory. */
const LINE_AT_RANDOM = 20;

/**
 * products_purchased and orders_placed: orders of the customer that pass every parameter of orders (and, for products,
 * hold a line that passes every parameter of lines) are counted and added up, and the totals are tested. Without a
 * parameter on a total, one such order is enough.
 */
export function compileOrderTotals(kind: "products" | "orders", { parameters }: Matches, context: ClauseContext): Clause | NoData {
  const { orders, columns: { moneyScale } } = context;
  const filter = kind === "products" ? compileLineFilter(parameters, "", context) : null;
  if (filter?.kind === "no-data") return filter;
  const orderFilter = compileOrderFilter(parameters.filter(({ name }) => !isTotal(name)), context);
  if (orderFilter.kind === "no-data") return orderFilter;
  const asked = totalNames.flatMap((name) =>
    parameters.filter((parameter) => parameter.name === name).map(({ test }): TotalTest => ({ name, test: compileNumber(test, name.endsWith("amount") ? moneyScale : 1) })),
  );
  const tests: readonly TotalTest[] = asked.length > 0 ? asked : [ANY_ORDER];
  const { start } = orders;

  const addUp = (row: number): Totals => {
    const totals = { count: 0, sum_quantity: 0, sum_amount: 0, average_amount: NaN };
    for (let order = start[row]; order < start[row + 1]; order++) {
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
        totals.sum_quantity += orders.quantity[line];
        totals.sum_amount += orders.lineTotalMinor[line];
      }
      if (isHit) totals.count++;
    }
    if (totals.count > 0) totals.average_amount = totals.sum_amount / totals.count;
    return totals;
  };
  const test = (row: number) => {
    const totals = addUp(row);
    return tests.every((wanted) => passes(wanted.test, totals[wanted.name]));
  };
  return {
    kind: "clause",
    cost: kind === "products" ? 30 : 10,
    test,
    show: (row) => {
      const totals = addUp(row);
      return { count: totals.count, ...(filter ? { sum_quantity: totals.sum_quantity } : {}), sum_amount: totals.sum_amount / moneyScale };
    },
    evaluate: () => selectByTotals(orders, { placed: orderFilter.placed, checks: orderFilter.checks, lines: filter, hasSums: tests.some(({ name }) => name !== "count") }, tests),
  };
}

/** By way of the lines of the wanted products when those are few, else in one pass over all orders. */
function selectByTotals(orders: PackedOrders, pass: OrderPass, tests: readonly TotalTest[]): Bitmap {
  const { placed, checks, lines: filter, hasSums } = pass;
  if (!filter && !hasSums && checks.length === 0 && placed.from === -Infinity && placed.to === Infinity) return selectTotals({ count: countOrders(orders), sum_quantity: NO_SUMS, sum_amount: NO_SUMS }, tests);
  const isRare = filter?.products && orders.countLines(filter.products) * LINE_AT_RANDOM < orders.product.length;
  if (!isRare && tests.length === 1 && tests[0] === ANY_ORDER) return findBuyers(orders, pass);
  return selectTotals(isRare ? addUpProducts(orders, pass, filter.products) : addUpInOrder(orders, pass), tests);
}

const NO_SUMS = new Float64Array(0);

function countOrders({ start }: PackedOrders): Float64Array {
  const counts = new Float64Array(start.length - 1);
  for (let row = 0; row < counts.length; row++) counts[row] = start[row + 1] - start[row];
  return counts;
}

function selectTotals(totals: CustomerTotals, tests: readonly TotalTest[]): Bitmap {
  // 0 / 0 is NaN: no average.
  const valuesOf = (name: TotalName) => (name === "average_amount" ? totals.sum_amount.map((sum, row) => sum / totals.count[row]) : totals[name]);
  return tests.map(({ name, test }) => selectPassing(valuesOf(name), test)).reduce(andBits);
}
