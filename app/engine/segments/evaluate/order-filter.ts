import { ORDER_DISCOUNTED, ORDER_REFUNDED } from "../../snapshot/snapshot.ts";
import type { Parameter } from "../language/ast.ts";
import { noData, type ClauseContext, type NoData } from "./clause.ts";
import { listTest, type NumberCheck } from "./line-filter.ts";
import { compileDate, compileNumber, onlyRange, passes, type NumberTest, type Range } from "./number-test.ts";

export interface OrderFilter {
  readonly kind: "filter";
  test(order: number): boolean;
  /** When the order was placed. */
  readonly placed: Range;
  /** What else is asked. */
  readonly checks: readonly OrderCheck[];
}

export type OrderCheck =
  | NumberCheck
  | { readonly kind: "flag"; readonly flags: Uint8Array; readonly flag: number; readonly isWanted: boolean }
  | { readonly kind: "test"; test(order: number): boolean };

export function passesCheck(check: OrderCheck, row: number): boolean {
  switch (check.kind) {
    case "number":
      return passes(check.test, check.values[row]);
    case "flag":
      return ((check.flags[row] & check.flag) !== 0) === check.isWanted;
    case "test":
      return check.test(row);
  }
}

/** Parameters of whole orders among those given. */
export function compileOrderFilter(parameters: readonly Parameter[], context: ClauseContext): OrderFilter | NoData {
  const { snapshot, extra, moneyScale } = context.columns;
  const { orders } = context;
  const checks: OrderCheck[] = [];
  let placed: Range = { from: -Infinity, to: Infinity };
  const addNumber = (values: Float64Array, test: NumberTest) => checks.push({ kind: "number", values: orders.ofOrders(values), test });
  for (const { name, test } of parameters) {
    switch (name) {
      case "date": {
        const date = compileDate(test, context.today);
        const range = onlyRange(date);
        if (range) placed = { from: Math.max(placed.from, range.from), to: Math.min(placed.to, range.to) };
        else addNumber(snapshot.orders.placedAtMs, date);
        break;
      }
      case "amount":
        addNumber(snapshot.orders.totalMinor, compileNumber(test, moneyScale));
        break;
      case "discount_amount":
        addNumber(snapshot.orders.discountMinor, compileNumber(test, moneyScale));
        break;
      case "discounted":
      case "refunded": {
        const flag = name === "discounted" ? ORDER_DISCOUNTED : ORDER_REFUNDED;
        const isWanted = test.kind === "compare" && test.value.kind === "boolean" && test.value.value;
        checks.push({ kind: "flag", flags: orders.flags, flag, isWanted });
        break;
      }
      case "app_id":
      case "location_id": {
        const values = name === "app_id" ? extra.orderAppId : extra.orderLocationId;
        if (!values) return noData(name);
        addNumber(values, compileNumber(test, 1));
        break;
      }
      case "discount_code": {
        if (!extra.orderDiscountCodes) return noData(name);
        // Shopify takes a code in any case at the checkout.
        const hasCode = listTest(extra.orderDiscountCodes, test, true);
        checks.push({ kind: "test", test: (order) => hasCode(orders.rows[order]) });
        break;
      }
      default:
    }
  }
  const { from, to } = placed;
  const { placedAtMs } = orders;
  const isInTime = (order: number) => placedAtMs[order] >= from && placedAtMs[order] < to;
  const passesRest = (order: number) => checks.every((check) => passesCheck(check, order));
  return { kind: "filter", placed, checks, test: checks.length === 0 ? isInTime : (order) => isInTime(order) && passesRest(order) };
}
