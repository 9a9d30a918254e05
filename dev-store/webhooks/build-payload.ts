import { readTexts } from "#dev-store/admin-api/values.ts";
import { findCheckout } from "#dev-store/checkouts/checkout-row.ts";
import type { DevStoreContext } from "#dev-store/context.ts";
import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import { readMeta } from "#dev-store/db/meta.ts";
import type { BulkOperationRow, OrderRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { checkoutPayload } from "./payloads/checkout-payload.ts";
import { customerPayload } from "./payloads/customer-payload.ts";
import { orderPayload, refundPayload } from "./payloads/order-payload.ts";
import { orderSource } from "./payloads/order-source.ts";
import { payloadValues } from "./payloads/payload-values.ts";
import { productPayload } from "./payloads/product-payload.ts";
import { shopPayload } from "./payloads/shop-payload.ts";

type Sources = Pick<DevStoreContext, "db" | "clock" | "config" | "shop">;

const gone = (topic: string, id: number): never => {
  throw new Error(`${topic}: ${id} is not in the store`);
};

/** The payload of a topic about a resource as it stands now. */
export function buildPayload(topic: string, id: number, sources: Sources): object {
  const { db, shop, config, clock } = sources;
  const { when, whenOrNull } = payloadValues(shop);
  switch (topic) {
    case "orders/create":
    case "orders/updated":
    case "orders/cancelled":
      return wholeOrder(findRow(db, "orders", id) ?? gone(topic, id), sources);
    case "checkouts/create":
    case "checkouts/update":
      return checkoutPayload(findCheckout(db, id) ?? gone(topic, id), sources);
    case "checkouts/delete":
      return {
        id, presentment_currency: shop.currency, buyer_accepts_sms_marketing: false, sms_marketing_phone: null, total_discounts: "0.00", total_line_items_price: "0.00", total_price: "0.00",
        total_tax: "0.00", subtotal_price: "0.00", cart_token: null, total_duties: "0.00", reservation_token: null,
      };
    case "customer.tags_added":
    case "customer.tags_removed": {
      const change = db.prepare<[number], { customer_id: number; tags: string; at: number }>("SELECT * FROM tag_changes WHERE id = ?").get(id) ?? gone(topic, id);
      return { customerId: gid("Customer", change.customer_id), tags: readTexts(change.tags), occurredAt: new Date(change.at).toISOString() };
    }
    case "refunds/create":
      return refundPayload(findRow(db, "refunds", id) ?? gone(topic, id), sources);
    case "customers/create":
    case "customers/update":
      return customerPayload(findRow(db, "customers", id) ?? gone(topic, id), shop);
    case "products/create":
    case "products/update":
      return productPayload(findRow(db, "products", id) ?? gone(topic, id), loadRows(db, "variants", [id], "product_id", "position, id"), shop, config);
    case "orders/delete":
    case "products/delete":
      return { id };
    case "customers/delete":
      return { id, tax_exemptions: [], admin_graphql_api_id: gid("Customer", id) };
    case "inventory_levels/update": {
      const [variant] = loadRows(db, "variants", [id], "inventory_item_id");
      if (!variant) return gone(topic, id);
      return {
        inventory_item_id: id, location_id: 1, available: variant.tracked ? variant.inventory_quantity : null, updated_at: when(clock.nowMs()),
        admin_graphql_api_id: `${gid("InventoryLevel", 1)}?inventory_item_id=${id}`,
      };
    }
    case "bulk_operations/finish": {
      const row = db.prepare<[number], BulkOperationRow>("SELECT * FROM bulk_operations WHERE id = ?").get(id) ?? gone(topic, id);
      return {
        admin_graphql_api_id: gid("BulkOperation", id), completed_at: whenOrNull(row.completed_at), created_at: when(row.created_at),
        error_code: row.error_code?.toLowerCase() ?? null, status: row.status.toLowerCase(), type: row.type.toLowerCase(),
      };
    }
    case "app/uninstalled":
      return shopPayload(shop, Number(readMeta(db, "created_at") ?? clock.nowMs()), clock.nowMs());
    default:
      throw new Error(`not simulated: webhook topic ${topic}`);
  }
}

function wholeOrder(row: OrderRow, sources: Sources): object {
  const { appId, locationId } = orderSource(row);
  return { ...orderPayload(row, sources), app_id: appId, location_id: locationId };
}

/** The three compliance topics; email and phone as the store knows them. */
export function compliancePayload(topic: string, customerId: number | null, sources: Sources): object {
  const { db, shop } = sources;
  const shopPart = { shop_id: shop.id, shop_domain: shop.domain };
  if (topic === "shop/redact") return shopPart;
  const row = (customerId === null ? null : findRow(db, "customers", customerId)) ?? gone(topic, customerId ?? 0);
  const orders = db.prepare<[number], { id: number }>("SELECT id FROM orders WHERE customer_id = ? ORDER BY id").all(row.id).map(({ id }) => id);
  const customer = { id: row.id, email: row.email, phone: row.phone };
  return topic === "customers/redact" ? { ...shopPart, customer, orders_to_redact: orders } : { ...shopPart, orders_requested: orders, customer, data_request: { id: Date.now() % 1_000_000_000 } };
}
