import { describe, expect, it } from "vitest";
import type { ShopNames } from "./find-attribute.ts";
import { parseQuery } from "./parse-query.ts";
import { toShopifyQuery } from "./shopify-query.ts";

const names: ShopNames = { metafields: new Map([["metafields.facts.birth_date", "date"]]), segments: ["VIP"] };

/** Shopify's text, or the characters that keep it from being said. */
function native(text: string): string | string[] {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const result = toShopifyQuery(parsed.value, names);
  return result.ok ? result.value : result.error.map(({ span }) => text.slice(span.start, span.end));
}

describe("toShopifyQuery", () => {
  it.each<[string, string | string[]]>([
    ["products_purchased(id: (1, 2), since: 90_days_ago) = true", "products_purchased MATCHES (id IN (1, 2), date >= -90d)"],
    ["customer_language IN ('en', 'zh', 'en') AND number_of_orders > 1", "(customer_language = 'en' OR customer_language = 'zh') AND number_of_orders > 1"],
    ["number_of_orders NOT IN (1, 2)", "number_of_orders != 1 AND number_of_orders != 2"],
    ["anniversary ('metafields.facts.birth_date') = today", "anniversary ('metafields.facts.birth_date') = today"],
    ["amount_spent > 1 AND lifecycle_stage = 'NEW' AND rfm_group = 'LOYAL'", ["lifecycle_stage", "rfm_group"]],
    ["NOT (amount_spent > 1)", ["NOT (amount_spent > 1"]],
    ["products_purchased MATCHES (vendor = 'Acme', id = 1)", ["vendor"]],
    ["last_order_date >= -24h", ["-24h"]],
    ["anniversary ('first_order_date') = today", ["anniversary"]],
    [Array.from({ length: 11 }, (_, i) => `number_of_orders = ${i}`).join(" OR "), [Array.from({ length: 11 }, (_, i) => `number_of_orders = ${i}`).join(" OR ")]],
  ])("%s", (text, expected) => {
    expect(native(text)).toEqual(expected);
  });
});
