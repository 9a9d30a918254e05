import { shopifyGroups } from "#app/core/customer-groups.ts";
import type { AttributeSpec, ParameterSpec, ScalarSpec } from "./attribute-spec.ts";

const emailStates = ["SUBSCRIBED", "NOT_SUBSCRIBED", "PENDING", "INVALID", "UNSUBSCRIBED", "REDACTED"];

const date = (name: string, about: string): ScalarSpec => ({ name, type: "date", origin: "shopify", isNullable: true, about, example: `${name} >= -30d` });
const text = (name: string, about: string, value: string): ScalarSpec => ({ name, type: "text", origin: "shopify", isNullable: true, about, example: `${name} = '${value}'` });
const place = (name: string, about: string, value: string): ScalarSpec => ({ name, type: "list", origin: "shopify", isNullable: true, about, example: `${name} CONTAINS '${value}'` });
const choice = (name: string, values: readonly string[], about: string): ScalarSpec => ({ name, type: "enum", origin: "shopify", values, about, example: `${name} = '${values[0]}'` });

export const parameter = (name: string, type: ParameterSpec["type"], about: string, more: Partial<ParameterSpec> = {}): ParameterSpec => ({ name, type, origin: "shopify", about, ...more });
export const ours = (name: string, type: ParameterSpec["type"], about: string, more: Partial<ParameterSpec> = {}): ParameterSpec => ({ name, type, origin: "tessera", about, ...more });

/** Which lines of an order are meant: Shopify's id and tag, and ours. */
export function lineParameters(prefix = ""): ParameterSpec[] {
  const of = prefix ? "tessera" : "shopify";
  return [
    parameter(`${prefix}id`, "integer", "product id; up to 500 with IN", { origin: of }),
    parameter(`${prefix}tag`, "text", "product tag", { origin: of }),
    ours(`${prefix}variant_id`, "integer", "variant id"),
    ours(`${prefix}product_type`, "text", "product type"),
    ours(`${prefix}vendor`, "text", "vendor"),
    ours(`${prefix}collection_id`, "integer", "collection that the product is in today"),
  ];
}

const emailFunction = (event: string, about: string): AttributeSpec => ({
  name: `shopify_email.${event}`, type: "function", origin: "shopify", about, example: `shopify_email.${event} MATCHES (date >= -30d, count >= 1)`,
  parameters: [
    parameter("activity_id", "integer", "marketing activity id"),
    parameter("date", "date", "when it happened"),
    parameter("count", "integer", "how many times"),
  ],
});

const viewFunction = (subject: "product" | "collection"): AttributeSpec => ({
  name: `storefront_event.${subject}_viewed`, type: "function", origin: "shopify", about: `viewed a ${subject} in the online store`,
  example: `storefront_event.${subject}_viewed MATCHES (date > -7d, count >= 2)`,
  parameters: [
    parameter("id", "integer", `${subject} id`),
    parameter("date", "date", "when it happened"),
    parameter("count", "integer", "how many times"),
    ...(subject === "product" ? [parameter("tag", "text", "product tag")] : []),
  ],
});

/** Every attribute of Shopify's language (reference/definitions.md section 5). */
export const shopifyAttributes: readonly AttributeSpec[] = [
  date("abandoned_checkout_date", "last checkout that was left without an order"),
  date("customer_added_date", "when the customer was added to the store"),
  date("first_order_date", "first order"),
  date("last_order_date", "most recent order"),
  { name: "amount_spent", type: "float", origin: "shopify", unit: "money", about: "paid over all orders, after discounts and refunds", example: "amount_spent BETWEEN 1 AND 999.99" },
  { name: "number_of_orders", type: "integer", origin: "shopify", about: "orders, without cancelled and test ones", example: "number_of_orders >= 3" },
  { name: "companies", type: "integer", origin: "shopify", operators: ["=", "!=", "CONTAINS", "NOT CONTAINS"], isNullable: true, about: "B2B company ids of the customer", example: "companies = 1234" },
  { name: "created_by_app_id", type: "integer", origin: "shopify", operators: ["=", "!="], about: "app that created the customer", example: "created_by_app_id = 1234" },
  place("customer_cities", "cities of the addresses", "US-CA-LosAngeles"),
  place("customer_countries", "countries of the addresses", "CA"),
  place("customer_regions", "regions of the addresses", "US-NY"),
  { name: "customer_tags", type: "list", origin: "shopify", isNullable: true, isCaseless: true, about: "tags, without regard to case", example: "customer_tags CONTAINS 'vip'" },
  text("customer_email_domain", "domain of the e-mail address", "gmail.com"),
  text("customer_language", "language, ISO code", "en"),
  choice("customer_account_status", ["ENABLED", "DISABLED", "DECLINED", "INVITED"], "state of the customer account"),
  choice("email_subscription_status", emailStates, "consent to e-mail marketing"),
  choice("sms_subscription_status", emailStates.filter((state) => state !== "INVALID"), "consent to SMS marketing"),
  choice("product_subscription_status", ["SUBSCRIBED", "CANCELED", "EXPIRED", "FAILED", "NEVER_SUBSCRIBED", "PAUSED"], "subscription to products"),
  choice("predicted_spend_tier", ["HIGH", "MEDIUM", "LOW"], "Shopify's prediction of spending"),
  choice("rfm_group", shopifyGroups, "Shopify's RFM group as Shopify says it; by our scores while Shopify has said none"),
  {
    name: "products_purchased", type: "function", origin: "shopify", about: "bought products, by lines of orders that count", example: "products_purchased MATCHES (id = 1234, count > 1)",
    parameters: [
      ...lineParameters(),
      parameter("date", "date", "when the order was placed"),
      parameter("quantity", "integer", "units on one line"),
      parameter("count", "integer", "orders that hold such a line; at least 1 when no total is asked"),
      parameter("sum_quantity", "integer", "units over all such lines"),
      ours("sum_amount", "float", "paid over all such lines, after their discounts", { unit: "money" }),
    ],
  },
  {
    name: "orders_placed", type: "function", origin: "shopify", isNullable: true, about: "placed orders that count", example: "orders_placed MATCHES (date >= -12m, count >= 2)",
    parameters: [
      parameter("app_id", "integer", "app (sales channel) of the order"),
      parameter("location_id", "integer", "location of the order"),
      parameter("amount", "float", "total of one order, after discounts and refunds", { unit: "money" }),
      parameter("date", "date", "when the order was placed"),
      parameter("count", "integer", "such orders; at least 1 when no total is asked"),
      parameter("sum_amount", "float", "totals added up", { unit: "money" }),
      ours("average_amount", "float", "mean total of such orders", { unit: "money" }),
      ours("discounted", "boolean", "whether any discount was used"),
      ours("refunded", "boolean", "whether anything was refunded"),
      ours("discount_amount", "float", "discount of one order", { unit: "money" }),
      ours("discount_code", "text", "code used on the order"),
    ],
  },
  emailFunction("bounced", "an e-mail sent with Shopify Email bounced"),
  emailFunction("clicked", "clicked a link in an e-mail"),
  emailFunction("delivered", "was sent an e-mail"),
  emailFunction("marked_as_spam", "marked an e-mail as spam"),
  emailFunction("opened", "opened an e-mail"),
  emailFunction("unsubscribed", "unsubscribed by an e-mail"),
  viewFunction("product"),
  viewFunction("collection"),
  {
    name: "customer_within_distance", type: "function", origin: "shopify", about: "has an address within a distance of a point", example: "customer_within_distance MATCHES (coordinates = '45.42,-75.69', distance_km = 10)",
    parameters: [
      parameter("coordinates", "text", "latitude and longitude in degrees", { isFixed: true, isRequired: true }),
      parameter("distance_km", "float", "kilometres", { isFixed: true }),
      parameter("distance_mi", "float", "miles", { isFixed: true }),
    ],
  },
  {
    name: "store_credit_accounts", type: "function", origin: "shopify", about: "has store credit", example: "store_credit_accounts MATCHES (balance >= 10, currency = 'USD')",
    parameters: [
      parameter("balance", "float", "in the account's currency"),
      parameter("currency", "text", "ISO 4217 code"),
      parameter("next_expiry_date", "date", "when credit expires next"),
      parameter("last_credit_date", "date", "when credit was given last"),
    ],
  },
  { name: "anniversary", type: "modifier", origin: "shopify", about: "day and month of a date, whatever the year", example: "anniversary ('metafields.facts.birth_date') BETWEEN today AND +30d" },
];

/** Spellings of Shopify's help centre that differ from its reference; read as the reference's. */
export const attributeAliases: ReadonlyMap<string, string> = new Map([
  ["storefront.product_viewed", "storefront_event.product_viewed"],
  ["storefront.collection_viewed", "storefront_event.collection_viewed"],
]);
