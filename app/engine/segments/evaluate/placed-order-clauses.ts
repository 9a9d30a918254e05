import { DAY_MS, HOUR_MS } from "#app/core/time.ts";
import type { Matches, Parameter } from "../language/ast.ts";
import { andBits, listBits, selectRows, type Bitmap } from "./bitmap.ts";
import type { Clause, ClauseContext, NoData } from "./clause.ts";
import { compileLineFilter } from "./line-filter.ts";
import { compileNumber, passes } from "./number-test.ts";
import { compileOrderFilter } from "./order-filter.ts";
import type { PackedOrders } from "./packed-orders.ts";

interface OrderTest {
  readonly kind: "order-test";
  test(order: number): boolean;
  /** Products of which the order must hold one; null when none is asked. */
  readonly products: Uint8Array | null;
}

/** Whether an order passes the parameters of date and holds a line that passes those of lines. */
function compileOrderTest(parameters: readonly Parameter[], prefix: string, context: ClauseContext): OrderTest | NoData {
  const { lineStart } = context.orders;
  const lineFilter = compileLineFilter(parameters, prefix, context);
  if (lineFilter.kind === "no-data") return lineFilter;
  const dates = parameters.filter(({ name }) => name === `${prefix}date`).map((parameter) => ({ ...parameter, name: "date" }));
  const orderFilter = compileOrderFilter(dates, context);
  if (orderFilter.kind === "no-data") return orderFilter;
  const test = (order: number) => {
    if (!orderFilter.test(order)) return false;
    if (lineFilter.isOpen) return true;
    for (let line = lineStart[order]; line < lineStart[order + 1]; line++) if (lineFilter.test(line)) return true;
    return false;
  };
  return { kind: "order-test", test, products: lineFilter.products };
}

/** first_order_contains, last_order_contains and order_contains; position 1 is the first order, -1 the last. */
export function compileOrderAt(position: number, { parameters }: Matches, context: ClauseContext): Clause | NoData {
  const { orders } = context;
  const { start } = orders;
  const order = compileOrderTest(parameters, "", context);
  if (order.kind === "no-data") return order;
  const find = (row: number) => {
    const at = position > 0 ? start[row] + position - 1 : start[row + 1] + position;
    return at >= start[row] && at < start[row + 1] ? at : -1;
  };
  const test = (row: number) => {
    const found = find(row);
    return found >= 0 && order.test(found);
  };
  return {
    kind: "clause",
    cost: 10,
    test,
    evaluate: () => selectRows(listCandidates(orders, [order.products]), start.length - 1, test),
    show: (row) => ({ orders: start[row + 1] - start[row], placed: find(row) < 0 ? null : new Date(orders.placedAtMs[find(row)]).toISOString() }),
  };
}

/** Some order passes `first_…` and a later one passes `then_…`, so far apart as is asked. */
export function compileSequence({ parameters }: Matches, context: ClauseContext): Clause | NoData {
  const { orders } = context;
  const { start, placedAtMs } = orders;
  const first = compileOrderTest(parameters, "first_", context);
  const then = compileOrderTest(parameters, "then_", context);
  if (first.kind === "no-data") return first;
  if (then.kind === "no-data") return then;
  const gaps = parameters.flatMap(({ name, test }) =>
    name === "days_between" || name === "hours_between" ? [{ unitMs: name === "days_between" ? DAY_MS : HOUR_MS, test: compileNumber(test, 1) }] : [],
  );
  const find = (row: number): readonly [number, number] | null => {
    for (let i = start[row]; i < start[row + 1]; i++) {
      if (!first.test(i)) continue;
      for (let j = i + 1; j < start[row + 1]; j++) {
        const gapMs = placedAtMs[j] - placedAtMs[i];
        if (gaps.every(({ unitMs, test }) => passes(test, gapMs / unitMs)) && then.test(j)) return [i, j];
      }
    }
    return null;
  };
  const shownAt = (order: number | undefined) => (order === undefined ? null : new Date(placedAtMs[order]).toISOString());
  const test = (row: number) => find(row) !== null;
  return {
    kind: "clause",
    cost: 40,
    test,
    evaluate: () => selectRows(listCandidates(orders, [first.products, then.products]), start.length - 1, test),
    show: (row) => {
      const pair = find(row);
      return { first: shownAt(pair?.[0]), then: shownAt(pair?.[1]) };
    },
  };
}

/** Lines of a product, found by way of the product, cost this much of a customer in the pass over all. */
const LINE_AT_RANDOM = 1;

/** Customers who bought one of each; null when looking at everybody is no dearer. */
function listCandidates(orders: PackedOrders, products: readonly (Uint8Array | null)[]): Int32Array | null {
  const asked = products.filter((isWanted) => isWanted !== null);
  const rare = asked.filter((isWanted) => orders.countLines(isWanted) * LINE_AT_RANDOM < orders.start.length - 1);
  if (rare.length === 0) return null;
  return listBits(rare.map((isWanted): Bitmap => orders.boughtAny(isWanted)).reduce(andBits));
}
