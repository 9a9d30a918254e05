import { z } from "zod";
import { deleteCheckout, keepCheckout } from "#dev-store/checkouts/checkout-desk.ts";
import type { DevStoreContext, StoreOutcome } from "#dev-store/context.ts";
import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import { gid } from "#dev-store/gid.ts";
import type { WebhookDesk } from "#dev-store/webhooks/webhook-desk.ts";

const id = z.coerce.number().int().positive();

/** Changes of the store that do not come from a checkout or from the app. */
export const storeChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("set-stock"), variantId: id, quantity: z.number().int() }),
  z.object({ kind: z.literal("set-price"), variantId: id, price: z.number().int().min(0) }),
  z.object({ kind: z.literal("set-product-status"), productId: id, status: z.enum(["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]) }),
  z.object({ kind: z.literal("delete-product"), productId: id }),
  z.object({ kind: z.literal("delete-order"), orderId: id }),
  z.object({ kind: z.literal("delete-customer"), customerId: id }),
  z.object({ kind: z.literal("merge-customers"), keptId: id, goneId: id }),
  z.object({ kind: z.literal("begin-checkout"), customerId: id, variantId: id, quantity: z.number().int().positive().default(1) }),
  z.object({ kind: z.literal("set-birth-date"), customerId: id, value: z.iso.date().nullable() }),
  z.object({ kind: z.literal("delete-checkout"), checkoutId: id }),
  z.object({ kind: z.literal("set-email-consent"), customerId: id, state: z.enum(["SUBSCRIBED", "UNSUBSCRIBED", "NOT_SUBSCRIBED"]) }),
]);
export type StoreChange = z.infer<typeof storeChange>;

type Outcome = StoreOutcome<{ changed: StoreChange["kind"] }>;

export function changeStore(store: DevStoreContext, webhooks: WebhookDesk, change: StoreChange): Outcome {
  const { db } = store;
  const nowMs = store.clock.nowMs();
  const done: Outcome = { ok: true, value: { changed: change.kind } };
  const missing = (what: string, number: number): Outcome => ({ ok: false, code: "not-found", message: `no ${what} ${number}` });
  const touchProduct = (productId: number) => {
    db.prepare("UPDATE products SET updated_at = ? WHERE id = ?").run(nowMs, productId);
    store.emitWebhook("products/update", productId);
  };
  switch (change.kind) {
    case "set-stock":
    case "set-price": {
      const variant = findRow(db, "variants", change.variantId);
      if (!variant) return missing("variant", change.variantId);
      if (change.kind === "set-stock") db.prepare("UPDATE variants SET inventory_quantity = ? WHERE id = ?").run(change.quantity, variant.id);
      else db.prepare("UPDATE variants SET price = ? WHERE id = ?").run(change.price, variant.id);
      if (change.kind === "set-stock") store.emitWebhook("inventory_levels/update", variant.inventory_item_id);
      touchProduct(variant.product_id);
      return done;
    }
    case "set-product-status": {
      if (!db.prepare("UPDATE products SET status = ? WHERE id = ?").run(change.status, change.productId).changes) return missing("product", change.productId);
      touchProduct(change.productId);
      return done;
    }
    case "delete-product":
      if (!db.prepare("DELETE FROM products WHERE id = ?").run(change.productId).changes) return missing("product", change.productId);
      db.prepare("DELETE FROM metafields WHERE owner_type = 'PRODUCT' AND owner_id = ?").run(change.productId);
      store.emitWebhook("products/delete", change.productId);
      return done;
    case "delete-order":
      if (!db.prepare("DELETE FROM orders WHERE id = ?").run(change.orderId).changes) return missing("order", change.orderId);
      store.emitWebhook("orders/delete", change.orderId);
      return done;
    case "delete-customer": {
      const customer = findRow(db, "customers", change.customerId);
      if (!customer) return missing("customer", change.customerId);
      // As in the admin: who has ordered cannot be deleted, only redacted.
      if (loadRows(db, "orders", [customer.id], "customer_id").length) return { ok: false, code: "invalid", message: `customer ${customer.id} has orders` };
      db.prepare("DELETE FROM customers WHERE id = ?").run(customer.id);
      store.emitWebhook("customers/delete", customer.id);
      return done;
    }
    case "merge-customers":
      return mergeCustomers(store, webhooks, change.keptId, change.goneId) ? done : missing("customer", change.goneId);
    case "begin-checkout": {
      const customer = findRow(db, "customers", change.customerId);
      if (!customer) return missing("customer", change.customerId);
      keepCheckout(store, { cartToken: null, customerId: customer.id, email: customer.email, lines: [change] });
      return done;
    }
    case "set-birth-date":
      return setBirthDate(store, change.customerId, change.value) ? done : missing("customer", change.customerId);
    case "delete-checkout":
      return deleteCheckout(store, change.checkoutId) ? done : missing("checkout", change.checkoutId);
    case "set-email-consent":
      if (!db.prepare("UPDATE customers SET email_marketing = ?, email_marketing_at = ?, updated_at = ? WHERE id = ?").run(change.state, nowMs, nowMs, change.customerId).changes) return missing("customer", change.customerId);
      store.emitWebhook("customers/update", change.customerId);
      return done;
  }
}

/** The field facts.birth_date, defined with its first value. Shopify tells the customer's own update, without the field. */
function setBirthDate(store: DevStoreContext, customerId: number, value: string | null): boolean {
  const { db } = store;
  const nowMs = store.clock.nowMs();
  if (!db.prepare("UPDATE customers SET updated_at = ? WHERE id = ?").run(nowMs, customerId).changes) return false;
  db.prepare("INSERT OR IGNORE INTO metafield_definitions (owner_type, namespace, key, name, type) VALUES ('CUSTOMER', 'facts', 'birth_date', 'Birth date', 'date')").run();
  db.prepare("DELETE FROM metafields WHERE owner_type = 'CUSTOMER' AND owner_id = ? AND namespace = 'facts' AND key = 'birth_date'").run(customerId);
  if (value !== null) {
    db.prepare("INSERT INTO metafields (owner_type, owner_id, namespace, key, type, value, created_at, updated_at) VALUES ('CUSTOMER', ?, 'facts', 'birth_date', 'date', ?, ?, ?)").run(customerId, value, nowMs, nowMs);
  }
  store.emitWebhook("customers/update", customerId);
  return true;
}

function mergeCustomers(store: DevStoreContext, webhooks: WebhookDesk, keptId: number, goneId: number): boolean {
  const { db } = store;
  const nowMs = store.clock.nowMs();
  const kept = findRow(db, "customers", keptId);
  const gone = findRow(db, "customers", goneId);
  if (!kept || !gone || keptId === goneId) return false;
  const moved = loadRows(db, "orders", [goneId], "customer_id").map((order) => order.id);
  const last = (gone.last_order_at ?? 0) > (kept.last_order_at ?? 0) ? gone : kept;
  db.transaction(() => {
    db.prepare("UPDATE orders SET customer_id = ?, updated_at = ? WHERE customer_id = ?").run(keptId, nowMs, goneId);
    db.prepare("UPDATE customers SET number_of_orders = number_of_orders + ?, amount_spent = amount_spent + ?, last_order_id = ?, last_order_at = ?, updated_at = ? WHERE id = ?").run(
      gone.number_of_orders, gone.amount_spent, last.last_order_id, last.last_order_at, nowMs, keptId,
    );
    db.prepare("DELETE FROM customers WHERE id = ?").run(goneId);
  })();
  webhooks.emitPayload("customers/merge", {
    admin_graphql_api_customer_kept_id: gid("Customer", keptId), admin_graphql_api_customer_deleted_id: gid("Customer", goneId), admin_graphql_api_job_id: null, status: "completed", errors: [],
  });
  for (const orderId of moved) store.emitWebhook("orders/updated", orderId);
  store.emitWebhook("customers/update", keptId);
  return true;
}
