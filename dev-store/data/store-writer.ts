import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import type { StoredCollection, StoredCustomer, StoredOrder, StoredProduct, StoredVariant } from "./stored-rows.ts";

const SCHEMA = readFileSync(new URL("../db/schema.sql", import.meta.url), "utf8");
const ROWS_PER_TRANSACTION = 50_000;

export interface StoreWriter {
  setMeta(key: string, value: string | number): void;
  addProduct(product: StoredProduct, variants: readonly StoredVariant[]): void;
  addCollection(collection: StoredCollection): void;
  addCustomer(customer: StoredCustomer): void;
  addOrder(order: StoredOrder): void;
  addDiscount(discount: { id: number; kind: string; title: string; definition: unknown; startsAtMs: number; endsAtMs: number | null; oncePerCustomer: boolean; usageCount: number; codeId: number; code: string }): void;
  addCheckout(checkout: { id: number; customerId: number; email: string | null; lines: readonly { variantId: number; quantity: number }[]; atMs: number; completedAtMs: number | null }): void;
  addMetafield(field: { ownerType: "CUSTOMER"; ownerId: number; namespace: string; key: string; type: string; value: string; atMs: number }): void;
  addFieldDefinition(field: { id: number; ownerType: "CUSTOMER"; namespace: string; key: string; name: string; type: string }): void;
  readonly counts: Record<"products" | "variants" | "collections" | "customers" | "orders" | "lines" | "refunds" | "discounts", number>;
  /** Puts orders into the order of their ids, builds the indexes and closes the file. */
  finish(): void;
  abort(): void;
}

/** The statements that create tables, or those that create indexes: indexes are built once, after the rows. */
function statements(kind: "TABLE" | "INDEX"): string {
  const found = SCHEMA.replace(/--[^\n]*/g, "").split(";").filter((statement) => new RegExp(`^\\s*CREATE ${kind}`).test(statement));
  return `${found.join(";")};`;
}

/**
 * Orders come customer by customer while their ids follow time, so they are staged in a file beside the store and
 * copied in order of id at the end: one sort outside memory instead of random inserts into a growing tree.
 */
export function openStoreWriter(dataDir: string): StoreWriter {
  const file = path.join(dataDir, "store.db");
  const stagingFile = path.join(dataDir, "staging.db");
  const removeStaging = () => ["", "-wal", "-shm", "-journal"].forEach((suffix) => rmSync(stagingFile + suffix, { force: true }));
  removeStaging();
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = OFF");
  db.pragma("foreign_keys = OFF");
  db.pragma("cache_size = -131072");
  db.exec(statements("TABLE"));
  db.prepare("ATTACH ? AS staging").run(stagingFile);
  db.exec("PRAGMA staging.journal_mode = OFF; PRAGMA staging.synchronous = OFF; CREATE TABLE staging.orders AS SELECT * FROM main.orders WHERE 0; CREATE TABLE staging.order_discounts AS SELECT * FROM main.order_discounts WHERE 0");

  const insert = (table: string, columns: string) => db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.split(",").map(() => "?").join(",")})`);
  const meta = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
  const product = insert("products", "id,handle,title,description_html,status,vendor,product_type,tags,options,image_path,image_alt,created_at,updated_at,published_at");
  const variant = insert("variants", "id,product_id,position,title,sku,option_values,price,compare_at_price,cost,inventory_item_id,inventory_quantity,inventory_policy,tracked");
  const collection = insert("collections", "id,handle,title,description_html,updated_at");
  const member = insert("collection_products", "collection_id,product_id,position");
  const customer = insert("customers", "id,first_name,last_name,email,phone,locale,state,tags,email_marketing,email_marketing_at,sms_marketing,address1,zip,city,province_code,country_code,number_of_orders,amount_spent,last_order_id,last_order_at,created_at,updated_at");
  const order = insert("staging.orders", "id,name,token,customer_id,email,created_at,processed_at,updated_at,cancelled_at,cancel_reason,test,financial_status,source_name,subtotal,total_discounts,total,total_refunded,country_code,attributes,shipping");
  const line = insert("line_items", "id,order_id,product_id,variant_id,title,variant_title,sku,quantity,current_quantity,price,discount");
  const orderDiscount = insert("staging.order_discounts", "order_id,code,amount,kind,discount_id");
  const refund = insert("refunds", "id,order_id,created_at,amount,note");
  const refundLine = insert("refund_line_items", "id,refund_id,line_item_id,quantity,subtotal");
  const discount = insert("discounts", "id,kind,title,definition,starts_at,ends_at,once_per_customer,usage_count,created_at,updated_at");
  const checkout = db.prepare(
    `INSERT INTO checkouts (id, token, customer_id, email, lines, subtotal, total, created_at, updated_at, completed_at)
     SELECT ?, ?, ?, ?, ?, price, price, ?, ?, ? FROM variants WHERE id = ?`,
  );
  const metafield = insert("metafields", "owner_type,owner_id,namespace,key,type,value,created_at,updated_at");
  const fieldDefinition = insert("metafield_definitions", "id,owner_type,namespace,key,name,type");
  const redeemCode = insert("redeem_codes", "id,discount_id,code,usage_count");

  const counts = { products: 0, variants: 0, collections: 0, customers: 0, orders: 0, lines: 0, refunds: 0, discounts: 0 };
  let pending = 0;
  db.exec("BEGIN");
  const wrote = (rows: number) => {
    pending += rows;
    if (pending < ROWS_PER_TRANSACTION) return;
    db.exec("COMMIT; BEGIN");
    pending = 0;
  };

  return {
    counts,
    setMeta(key, value) {
      meta.run(key, String(value));
    },
    addProduct(p, variants) {
      product.run(p.id, p.handle, p.title, p.descriptionHtml, p.status, p.vendor, p.productType, JSON.stringify(p.tags), JSON.stringify(p.options), p.imagePath, p.imageAlt, p.createdAtMs, p.updatedAtMs, p.publishedAtMs);
      variants.forEach((v, i) => variant.run(v.id, p.id, i + 1, v.title, v.sku, JSON.stringify(v.optionValues.map((option) => option.value)), v.price, v.compareAtPrice, v.cost, v.inventoryItemId, v.inventoryQuantity, v.inventoryPolicy, v.tracked ? 1 : 0));
      counts.products++;
      counts.variants += variants.length;
      wrote(1 + variants.length);
    },
    addCollection(c) {
      collection.run(c.id, c.handle, c.title, c.descriptionHtml, c.updatedAtMs);
      c.productIds.forEach((productId, position) => member.run(c.id, productId, position));
      counts.collections++;
      wrote(1 + c.productIds.length);
    },
    addCustomer(c) {
      customer.run(c.id, c.firstName, c.lastName, c.email, c.phone, c.locale, c.state, JSON.stringify(c.tags), c.emailMarketing, c.emailMarketingAtMs, c.smsMarketing, c.address1, c.zip, c.city, c.provinceCode, c.countryCode, c.numberOfOrders, c.amountSpent, c.lastOrderId, c.lastOrderAtMs, c.createdAtMs, c.updatedAtMs);
      counts.customers++;
      wrote(1);
    },
    addOrder(o) {
      order.run(o.id, o.name, o.token, o.customerId, o.email, o.createdAtMs, o.createdAtMs, o.updatedAtMs, o.cancelledAtMs, o.cancelReason, o.isTest ? 1 : 0, o.financialStatus, o.sourceName, o.subtotal, o.totalDiscounts, o.total, o.totalRefunded, o.countryCode, o.attributes.length > 0 ? JSON.stringify(o.attributes) : "[]", o.shipping);
      for (const l of o.lines) line.run(l.id, o.id, l.productId, l.variantId, l.title, l.variantTitle, l.sku, l.quantity, l.currentQuantity, l.price, l.discount);
      for (const d of o.discounts) orderDiscount.run(o.id, d.code, d.amount, d.kind, d.discountId);
      for (const r of o.refunds) {
        refund.run(r.id, o.id, r.createdAtMs, r.amount, r.note);
        for (const l of r.lines) refundLine.run(l.id, r.id, l.lineItemId, l.quantity, l.subtotal);
      }
      counts.orders++;
      counts.lines += o.lines.length;
      counts.refunds += o.refunds.length;
      wrote(1 + o.lines.length);
    },
    addDiscount(d) {
      discount.run(d.id, d.kind, d.title, JSON.stringify(d.definition), d.startsAtMs, d.endsAtMs, d.oncePerCustomer ? 1 : 0, d.usageCount, d.startsAtMs, d.startsAtMs);
      redeemCode.run(d.codeId, d.id, d.code, d.usageCount);
      counts.discounts++;
      wrote(2);
    },
    addCheckout(c) {
      checkout.run(c.id, `seeded-${c.id}`, c.customerId, c.email, JSON.stringify(c.lines), c.atMs, c.completedAtMs ?? c.atMs, c.completedAtMs, c.lines[0].variantId);
      wrote(1);
    },
    addMetafield(m) {
      metafield.run(m.ownerType, m.ownerId, m.namespace, m.key, m.type, m.value, m.atMs, m.atMs);
      wrote(1);
    },
    addFieldDefinition(d) {
      fieldDefinition.run(d.id, d.ownerType, d.namespace, d.key, d.name, d.type);
    },
    finish() {
      db.exec("INSERT INTO main.orders SELECT * FROM staging.orders ORDER BY id; INSERT INTO main.order_discounts SELECT * FROM staging.order_discounts ORDER BY order_id, code; COMMIT");
      db.exec("DETACH staging");
      removeStaging();
      db.exec(statements("INDEX"));
      db.exec("ANALYZE");
      db.pragma("wal_checkpoint(TRUNCATE)");
      db.close();
    },
    abort() {
      if (db.open) db.close();
      removeStaging();
      ["", "-wal", "-shm"].forEach((suffix) => rmSync(file + suffix, { force: true }));
    },
  };
}
