// Every example of ../shared/reference/definitions.md section 5 and shopify-platform.md 3.5, copied here because the reference is not part of the repository.
import { describe, expect, it } from "vitest";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { attributes } from "#app/engine/segments/language/find-attribute.ts";
import { checkQuery } from "#app/engine/segments/language/check-query.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";

const names: ShopNames = { metafields: new Map([["metafields.facts.birth_date", "date"]]), segments: ["VIP"] };

const examples = [
  "abandoned_checkout_date >= 2026-05-30", "customer_added_date < 2026-05-30T16:00:00", "first_order_date = yesterday", "last_order_date != today",
  "last_order_date > -7d", "last_order_date > -4w", "last_order_date > -3m", "last_order_date > -1y", "last_order_date IS NULL", "last_order_date IS NOT NULL",
  "last_order_date BETWEEN -12m AND today", "amount_spent BETWEEN 1 AND 999.99", "number_of_orders >= 3", "companies = 1234", "companies CONTAINS 1234", "created_by_app_id != 1234",
  "customer_cities CONTAINS 'US-CA-LosAngeles'", "customer_countries CONTAINS 'CA'", "customer_regions NOT CONTAINS 'US-NY'", "customer_tags CONTAINS 'vip'", "customer_tags IS NULL",
  "customer_email_domain = 'gmail.com'", "customer_language != 'en'", "customer_account_status = 'ENABLED'", "email_subscription_status = 'SUBSCRIBED'", "sms_subscription_status != 'REDACTED'",
  "product_subscription_status = 'NEVER_SUBSCRIBED'", "predicted_spend_tier = 'HIGH'", "rfm_group = 'CHAMPIONS'",
  "products_purchased MATCHES (id = 1234, count > 1)", "products_purchased NOT MATCHES (id NOT IN (1, 2), tag = 'x', date >= -12m, quantity > 1, sum_quantity >= 3)",
  "orders_placed MATCHES (app_id = 1, location_id = 2, count > 1, amount > 10, sum_amount <= 99.5, date < -90d)", "orders_placed IS NULL",
  "shopify_email.bounced MATCHES (activity_id IN (1, 2), date > -30d, count >= 2)", "shopify_email.unsubscribed NOT MATCHES ()",
  "storefront_event.product_viewed MATCHES (id = 1, date > -7d, count > 1, tag = 'x')", "storefront_event.collection_viewed MATCHES (id = 1)",
  "customer_within_distance MATCHES (coordinates = '45.42,-75.69', distance_km = 10)", "store_credit_accounts MATCHES (balance >= 10, currency = 'USD', next_expiry_date < +30d, last_credit_date > -30d)",
  "anniversary ('metafields.facts.birth_date') BETWEEN today AND +30d", "metafields.facts.birth_date > 1990-01-01",
  "amount_spent > 100 AND number_of_orders BETWEEN 2 AND 5 AND last_order_date < -90d AND customer_tags CONTAINS 'vip'", "products_purchased MATCHES (id IN (1, 2), date >= -12m)",
];

/** What is wrong, or the one way to write it. */
function read(text: string): string {
  const parsed = parseQuery(text);
  if (!parsed.ok) return `cannot be read: ${parsed.error.message}`;
  const problems = checkQuery(parsed.value, names);
  return problems.length > 0 ? problems.map((problem) => problem.message).join("; ") : formatQuery(parsed.value);
}

describe("Shopify's language", () => {
  it.each(examples)("%s is read, passes and is written as it was", (example) => {
    expect(read(example)).toBe(example);
  });

  it.each([
    ["products_purchased(id: 1234) = true", "products_purchased MATCHES (id = 1234)"],
    ["products_purchased(tag: 'red', date: 90_days_ago) = false", "products_purchased NOT MATCHES (tag = 'red', date = -90d)"],
    ["products_purchased(id: (1, 2), since: 12_months_ago, count_at_least: 2) = true", "products_purchased MATCHES (id IN (1, 2), date >= -12m, count >= 2)"],
    ["orders_placed(sum_amount_at_least: 100, until: 2026-01-31) != true", "orders_placed NOT MATCHES (sum_amount >= 100, date <= 2026-01-31)"],
    ["shopify_email.opened() = true", "shopify_email.opened MATCHES ()"],
    ["last_order_date < 7_days_ago OR last_order_date < 30_days_ago", "last_order_date < -7d OR last_order_date < -30d"],
    ["storefront.product_viewed(id: 1) = true", "storefront.product_viewed MATCHES (id = 1)"],
  ])("the deprecated %s is written %s", (deprecated, current) => {
    expect(read(deprecated)).toBe(current);
  });

  it("AND binds first, whatever the case of the word and the spaces", () => {
    expect(read("number_of_orders=1 or number_of_orders = 2\nand  amount_spent>5")).toBe("number_of_orders = 1 OR number_of_orders = 2 AND amount_spent > 5");
    expect(read("(number_of_orders = 1 OR number_of_orders = 2) AND amount_spent > 5")).toBe("(number_of_orders = 1 OR number_of_orders = 2) AND amount_spent > 5");
  });

  it("has no limit of ten clauses", () => {
    expect(read(Array.from({ length: 30 }, (_, i) => `number_of_orders = ${i}`).join(" OR "))).toContain("number_of_orders = 29");
  });
});

describe("every attribute", () => {
  it.each(attributes.map((spec) => [spec.name, spec.example]))("%s: its example passes and is written as it was", (_, example) => {
    expect(read(example)).toBe(example);
  });
});
