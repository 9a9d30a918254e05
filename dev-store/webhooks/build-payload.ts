import type { DevStoreContext } from "#dev-store/context.ts";
import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import { readMeta } from "#dev-store/db/meta.ts";
import type { BulkOperationRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { customerPayload } from "./payloads/customer-payload.ts";
import { orderPayload, refundPayload } from "./payloads/order-payload.ts";
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
      return orderPayload(findRow(db, "orders", id) ?? gone(topic, id), sources);
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
