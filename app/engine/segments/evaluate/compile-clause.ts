import type { Condition } from "../language/ast.ts";
import { canonicalName, findAttribute, noShopNames } from "../language/find-attribute.ts";
import { compileAnniversary } from "./anniversary-clause.ts";
import { noData, type Clause, type ClauseContext, type NoData } from "./clause.ts";
import { compileEvents } from "./event-clause.ts";
import { compileOrderTotals } from "./order-clause.ts";
import { compileOrderAt, compileSequence } from "./placed-order-clauses.ts";
import { compileSample, compileTop, fixedNumber, fixedValue } from "./ranking-clauses.ts";
import { compileScalar } from "./scalar-clause.ts";

/** Binds a condition that the checker has passed; NOT MATCHES and member of a segment are the evaluator's. */
export function compileClause(condition: Condition, context: ClauseContext): Clause | NoData {
  const { argument, test } = condition;
  const name = canonicalName(condition.attribute);
  const spec = findAttribute(name, noShopNames);
  if (test.kind === "matches") return compileFunction(name, { ...test, isNegated: false }, context);
  if (argument !== null) return compileAnniversary(argument, test, context);
  if (name === "orders_placed" && test.kind === "null") {
    const { start } = context.columns.snapshot.ordersByCustomer;
    return { kind: "clause", cost: 1, test: (row) => (start[row] === start[row + 1]) !== test.isNegated, show: (row) => ({ orders: start[row + 1] - start[row] }) };
  }
  // A metafield is unknown to the language itself: the type of its column decides.
  if (!spec) return compileScalar({ name, type: metafieldType(name, context), origin: "shopify", about: "", example: "" }, test, context);
  return spec.type === "function" || spec.type === "modifier" ? noData(name) : compileScalar(spec, test, context);
}

function metafieldType(name: string, { columns }: ClauseContext): "date" | "float" | "text" | "list" {
  const column = columns.find(name);
  if (column?.kind === "numbers") return column.isDate ? "date" : "float";
  return column?.kind === "lists" ? "list" : "text";
}

function compileFunction(name: string, matches: Extract<Condition["test"], { kind: "matches" }>, context: ClauseContext): Clause | NoData {
  switch (name) {
    case "products_purchased":
      return compileOrderTotals("products", matches, context);
    case "orders_placed":
      return compileOrderTotals("orders", matches, context);
    case "first_order_contains":
      return compileOrderAt(1, matches, context);
    case "last_order_contains":
      return compileOrderAt(-1, matches, context);
    case "order_contains":
      return compileOrderAt(fixedNumber(matches, "position") ?? 1, matches, context);
    case "products_purchased_in_sequence":
      return compileSequence(matches, context);
    case "random_sample":
      return compileSample(matches, context);
    case "top_customers": {
      const by = fixedValue(matches, "by");
      const spec = by?.kind === "text" ? findAttribute(by.value, noShopNames) : null;
      return spec && spec.type !== "function" && spec.type !== "modifier" ? compileTop(matches, spec, context) : noData(name);
    }
    default:
      return compileEvents(name, matches, context);
  }
}
