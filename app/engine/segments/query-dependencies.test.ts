import { expect, it } from "vitest";
import { parseQuery } from "./language/parse-query.ts";
import { findDependencies } from "./query-dependencies.ts";

const read = (text: string) => {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const saved = new Map([["Tagged", "customer_tags CONTAINS 'a'"], ["Lapsed tagged", "segments CONTAINS 'Tagged' AND last_order_date < -90d"]]);
const kinds = (text: string) =>
  Object.entries(findDependencies(read(text), (name) => (saved.has(name) ? read(saved.get(name) ?? "") : null))).filter(([, needs]) => needs).map(([kind]) => kind);
const EVERYTHING = ["orders", "customer", "products", "time", "shop"];

it.each<[string, string[]]>([
  ["", []],
  ["customer_tags CONTAINS 'a' OR customer_countries CONTAINS 'DE'", ["customer"]],
  ["number_of_orders >= 2", ["orders"]],
  ["last_order_date = 2026-01-01", ["orders"]],
  ["last_order_date < -90d", ["orders", "time"]],
  ["recency_days > 90", ["orders", "time"]],
  ["NOT (amount_spent > 5 AND customer_language = 'de')", ["orders", "customer"]],
  ["products_purchased MATCHES (id = 5)", ["orders"]],
  ["products_purchased MATCHES (tag = 'x', date >= -30d)", ["orders", "products", "time"]],
  ["products_purchased_in_sequence MATCHES (first_vendor = 'x', then_id = 2)", ["orders", "products"]],
  ["anniversary ('first_order_date') = 2026-01-01", ["orders", "time"]],
  ["segments CONTAINS 'Lapsed tagged'", ["orders", "customer", "time"]],
  ["segments CONTAINS 'Gone'", EVERYTHING],
  ["rfm_code = '555'", EVERYTHING],
  ["top_customers MATCHES (by = 'amount_spent', count = 5)", EVERYTHING],
  ["predicted_clv > 5", EVERYTHING],
])("%s", (query, expected) => {
  expect(kinds(query)).toEqual(expected);
});
