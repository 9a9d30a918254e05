import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import type { AttributeSpec, ScalarSpec } from "./attribute-spec.ts";
import { lineParameters, ours } from "./shopify-attributes.ts";

/** lifecycleStages of engine/features in the spelling of enums; NEW is one order, LOYAL three or more. */
export const lifecycleNames = ["PROSPECT", "NEW", "ACTIVE", "LOYAL", "AT_RISK", "LAPSED", "WON_BACK"] as const;
export const valueTierNames = ["NONE", "A", "B", "C"] as const;
export const klaviyoGroups = ["CHAMPIONS", "LOYAL", "RECENT", "NEEDS_ATTENTION", "AT_RISK", "INACTIVE"] as const;

/** Numbers by which customers can be ranked. */
export const rankableNumbers = [
  "amount_spent", "number_of_orders", "average_order_value", "units_bought", "recency_days", "refund_share", "discount_share",
  "predicted_clv", "total_clv", "predicted_number_of_orders", "churn_probability", "probability_alive", "gross_margin",
] as const;

const number = (name: string, about: string, example: string, more: Partial<ScalarSpec> = {}): ScalarSpec =>
  ({ name, type: "float", origin: "tessera", isNullable: true, about, example: `${name} ${example}`, ...more });
const choice = (name: string, values: readonly string[], about: string): ScalarSpec =>
  ({ name, type: "enum", origin: "tessera", values, isNullable: true, about, example: `${name} = '${values[0]}'` });
const score = (axis: string, about: string): ScalarSpec =>
  ({ name: `rfm_${axis}_score`, type: "integer", origin: "tessera", isNullable: true, about, example: `rfm_${axis}_score >= 4` });

const eventFunction = (name: string, about: string, subject: string): AttributeSpec => ({
  name, type: "function", origin: "tessera", about, example: `${name} MATCHES (date >= -30d)`,
  parameters: [ours("id", "integer", subject), ours("date", "date", "when it happened"), ours("count", "integer", "how many times")],
});

const orderFunction = (name: string, about: string): AttributeSpec => ({
  name, type: "function", origin: "tessera", about, example: `${name} MATCHES (product_type = 'Shoes')`,
  parameters: [...lineParameters(), ours("date", "date", "when that order was placed")],
});

/** What Shopify's language cannot say. */
export const tesseraAttributes: readonly AttributeSpec[] = [
  number("average_order_value", "mean total of an order, after discounts and refunds", ">= 80", { unit: "money" }),
  number("refund_share", "refunded part of the money once paid, 0 to 1", "> 0.3", { unit: "share" }),
  number("discount_share", "part of the orders with any discount, 0 to 1", ">= 0.8", { unit: "share" }),
  number("cancel_share", "cancelled part of the orders, 0 to 1", "> 0.2", { unit: "share" }),
  { name: "units_bought", type: "integer", origin: "tessera", about: "units kept after refunds and edits", example: "units_bought >= 10" },
  { name: "recency_days", type: "integer", origin: "tessera", isNullable: true, unit: "days", about: "calendar days since the last order", example: "recency_days BETWEEN 60 AND 90" },
  number("average_days_between_orders", "mean gap between orders; none with one order", "<= 45", { unit: "days" }),
  number("cadence_days", "gap to go by: own, else the product type's, else the shop's", "<= 30", { unit: "days" }),
  score("recency", "1 to 5, 5 = most recent fifth of the buyers"),
  score("frequency", "1 to 5, 5 = fifth with most orders"),
  score("monetary", "1 to 5, 5 = fifth that spent most"),
  { name: "rfm_code", type: "text", origin: "tessera", isNullable: true, about: "the three scores, recency first", example: "rfm_code = '555'" },
  choice("classic_rfm_group", classicGroups, "one of the 11 segments that partition the 125 codes"),
  choice("computed_rfm_group", shopifyGroups, "Shopify's eleven groups by our scores, where rfm_group is what Shopify itself says"),
  choice("klaviyo_rfm_group", klaviyoGroups, "one of Klaviyo's six groups"),
  choice("lifecycle_stage", lifecycleNames, "stage by silence relative to the customer's own cadence"),
  choice("value_tier", valueTierNames.slice(1), "A makes the first 80 % of the revenue, B the next 15 %, C the rest"),
  number("predicted_clv", "expected spending in the next 365 days", "> 200", { unit: "money" }),
  number("total_clv", "spent so far and expected in the next 365 days", "> 500", { unit: "money" }),
  number("predicted_number_of_orders", "expected orders in the next 365 days", ">= 1.5"),
  number("churn_probability", "chance that the customer will not buy again, 0 to 1", "> 0.7", { unit: "share" }),
  number("probability_alive", "chance that the customer still is one, 0 to 1", "< 0.3", { unit: "share" }),
  { name: "expected_date_of_next_order", type: "date", origin: "tessera", isNullable: true, about: "as expected at the last order", example: "expected_date_of_next_order BETWEEN today AND +14d" },
  number("gross_margin", "revenue less the cost of what was bought", "> 100", { unit: "money" }),
  { name: "cluster", type: "integer", origin: "tessera", isNullable: true, about: "number of the behavioural cluster", example: "cluster = 2" },
  choice("price_sensitivity", ["LOW", "MEDIUM", "HIGH"], "how much discounts move the customer"),
  { name: "category_affinity", type: "list", origin: "tessera", isNullable: true, about: "product types that the customer prefers", example: "category_affinity CONTAINS 'Shoes'" },
  { name: "segments", type: "list", origin: "tessera", about: "other segments, by name", example: "segments CONTAINS 'VIP'" },
  orderFunction("first_order_contains", "the first order holds such a line"),
  orderFunction("last_order_contains", "the most recent order holds such a line"),
  {
    name: "order_contains", type: "function", origin: "tessera", about: "the n-th order holds such a line; -1 is the last", example: "order_contains MATCHES (position = 2, vendor = 'Acme')",
    parameters: [ours("position", "integer", "1 is the first order, -1 the last", { isFixed: true, isRequired: true }), ...lineParameters(), ours("date", "date", "when that order was placed")],
  },
  {
    name: "products_purchased_in_sequence", type: "function", origin: "tessera", about: "bought one thing and in a later order another",
    example: "products_purchased_in_sequence MATCHES (first_id = 1, then_id = 2, days_between <= 60)",
    parameters: [
      ...lineParameters("first_"), ...lineParameters("then_"),
      ours("first_date", "date", "when the first was bought"), ours("then_date", "date", "when the second was bought"),
      ours("days_between", "float", "days of 24 hours between the two orders"), ours("hours_between", "float", "hours between the two orders"),
    ],
  },
  {
    name: "top_customers", type: "function", origin: "tessera", about: "first by a number, largest first; equal ones in order of customer id", example: "top_customers MATCHES (by = 'amount_spent', percent = 5)",
    parameters: [
      ours("by", "enum", "the number", { values: rankableNumbers, isFixed: true, isRequired: true }),
      ours("count", "integer", "how many", { isFixed: true }), ours("percent", "float", "of the customers that have the number, rounded up", { isFixed: true }),
    ],
  },
  {
    name: "random_sample", type: "function", origin: "tessera", about: "the same customers every time for the same seed", example: "random_sample MATCHES (percent = 10, seed = 7)",
    parameters: [
      ours("percent", "float", "of all customers; each is drawn on their own", { isFixed: true }), ours("count", "integer", "exactly so many", { isFixed: true }),
      ours("seed", "integer", "0 when not given", { isFixed: true }),
    ],
  },
  eventFunction("storefront_event.product_added_to_cart", "put a product into the cart", "product id"),
  eventFunction("campaign_event.exposed", "was reached by a campaign", "campaign id"),
  eventFunction("campaign_event.redeemed", "used the offer of a campaign", "campaign id"),
  {
    name: "experiment", type: "function", origin: "tessera", about: "is in an arm of an experiment", example: "experiment MATCHES (id = 12, arm = 'control')",
    parameters: [ours("id", "integer", "experiment id", { isFixed: true, isRequired: true }), ours("arm", "text", "name of the arm")],
  },
];
