import { describe, expect, it } from "vitest";
import { checkQuery } from "./check-query.ts";
import type { ShopNames } from "./find-attribute.ts";
import { findNearestName, editDistance } from "./nearest-name.ts";
import { parseQuery } from "./parse-query.ts";

const names: ShopNames = { metafields: new Map([["metafields.facts.size", "text"]]), segments: ["VIP", "Lapsed buyers"] };

/** The characters pointed at, the message and what is suggested, of the first problem. */
function problemOf(text: string): readonly [string, string, string | null] | null {
  const parsed = parseQuery(text);
  const problem = parsed.ok ? checkQuery(parsed.value, names)[0] : parsed.error;
  return problem ? [text.slice(problem.span.start, problem.span.end), problem.message, problem.suggestion] : null;
}

describe("what is wrong with a query", () => {
  it.each([
    ["number_of_ordres > 1", "number_of_ordres", "There is no attribute number_of_ordres", "number_of_orders"],
    ["amount_spent > 1 AND Customer_Tags CONTAINS 'x'", "Customer_Tags", "There is no attribute Customer_Tags", "customer_tags"],
    ["rfm_group = 'CHAMPION'", "'CHAMPION'", "rfm_group has no value 'CHAMPION'", "'CHAMPIONS'"],
    ["email_subscription_status = 'subscribed'", "'subscribed'", "email_subscription_status has no value 'subscribed'", "'SUBSCRIBED'"],
    ["number_of_orders > 1.5", "1.5", "number_of_orders takes a whole number", "2"],
    ["amount_spent > '5'", "'5'", "amount_spent takes a number", "5"],
    ["last_order_date > 30", "30", "last_order_date takes a date", null],
    ["last_order_date > '2026-01-01'", "'2026-01-01'", "last_order_date takes a date", "2026-01-01"],
    ["last_order_date > 2026-02-30", "2026-02-30", "2026-02-30 is not a day of the calendar", null],
    ["last_order_date > 2026-02-03T25:00:00", "2026-02-03T25:00:00", "2026-02-03T25:00:00 is not a time", null],
    ["amount_spent CONTAINS 'x'", "CONTAINS 'x'", "amount_spent takes = != > >= < <= BETWEEN IN NOT IN, not CONTAINS", null],
    ["customer_tags = 'x'", "= 'x'", "customer_tags takes CONTAINS NOT CONTAINS IS NULL IS NOT NULL, not =", null],
    ["number_of_orders IS NULL", "IS NULL", "number_of_orders takes", null],
    ["products_purchased MATCHES (ids = 1)", "ids", "products_purchased has no parameter ids", "id"],
    ["products_purchased > 1", "> 1", "products_purchased takes MATCHES NOT MATCHES, not >", null],
    ["top_customers MATCHES (count = 5)", "MATCHES (count = 5)", "top_customers needs by", null],
    ["top_customers MATCHES (by = 'amount_spent')", "MATCHES (by = 'amount_spent')", "top_customers needs either count or percent", null],
    ["top_customers MATCHES (by = 'amount_spent', percent = 200)", "200", "percent is above 0 and at most 100", null],
    ["random_sample MATCHES (percent > 5)", "> 5", "percent takes =, not >", null],
    ["order_contains MATCHES (position = 0, id = 1)", "0", "position is 1, 2, … from the first", null],
    ["segments CONTAINS 'VIPs'", "'VIPs'", "There is no segment 'VIPs'", "'VIP'"],
    ["metafields.facts.sise = 'M'", "metafields.facts.sise", "This shop has no pinned customer metafield", "metafields.facts.size"],
    ["anniversary ('amount_spent') = today", "anniversary", "anniversary needs a date attribute", null],
    ["amount_spent BETWEEN 5 AND 1", "BETWEEN 5 AND 1", "BETWEEN takes the smaller value first", null],
    ["amount_spent > ", "", "the query ends here; expected text in single quotes, a number", null],
    ["rfm_group = CHAMPIONS", "CHAMPIONS", "Text stands in single quotes", "'CHAMPIONS'"],
    ["rfm_group = 'CHAMP", "'CHAMP", "This quote is never closed", null],
    ["rfm_group = ’CHAMPIONS’", "’", "Text stands in straight single quotes", "'"],
    ["amount_spent > 1 amount_spent < 2", "amount_spent", "\"amount_spent\" is not expected here; expected AND or OR", null],
    ["(amount_spent > 1", "", "the query ends here; expected AND, OR or \")\"", null],
    ["amount_spent > 1 & amount_spent < 2", "&", "\"&\" has no meaning here", null],
    [`products_purchased MATCHES (id IN (${Array.from({ length: 501 }, (_, i) => i).join(", ")}))`, expect.any(String), "IN takes at most 500 values", null],
    [Array.from({ length: 201 }, () => "amount_spent > 1").join(" OR "), "amount_spent > 1", "A query holds at most 200 conditions", null],
  ])("%s", (text, at, message, suggestion) => {
    expect(problemOf(text)).toEqual([at, expect.stringContaining(message), suggestion]);
  });

  it.each(["metafields.facts.size = 'M'", "segments CONTAINS 'VIP'", "rfm_group IN ('LOYAL', 'NEW')", ""])("nothing with: %s", (text) => {
    expect(problemOf(text)).toBeNull();
  });

  it("a bracket bomb is refused before it is read", () => {
    expect(problemOf(`${"(".repeat(5000)}amount_spent > 1`)?.[1]).toContain("100 brackets");
  });
});

describe("the nearest name", () => {
  it.each([["ca", "abc", 3], ["abcd", "acbd", 1], ["kitten", "sitting", 3], ["", "abc", 3], ["same", "same", 0]])("%s and %s are %d edits apart", (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
  });

  it("is not guessed when nothing is near", () => {
    expect(findNearestName("zzzz", ["amount_spent", "id"])).toBeNull();
  });
});
