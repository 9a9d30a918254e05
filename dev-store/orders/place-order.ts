import { randomBytes } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { CartDiscounts, PlaceOrderInput, PlacedOrder, StoreOutcome } from "#dev-store/context.ts";
import { findRow } from "#dev-store/db/load-rows.ts";
import { readMeta, writeMeta } from "#dev-store/db/meta.ts";
import type { CustomerRow, VariantRow } from "#dev-store/db/rows.ts";
import type { OrderStore } from "./order-desk.ts";

type Variant = VariantRow & { readonly product_title: string; readonly product_status: string };
interface Line { readonly variant: Variant; readonly quantity: number; readonly properties: Readonly<Record<string, string>> }

const no = (code: "not-found" | "invalid" | "out-of-stock" | "discount", message: string): { ok: false; code: typeof code; message: string } => ({ ok: false, code, message });

export function placeOrder(store: OrderStore, input: PlaceOrderInput): StoreOutcome<PlacedOrder> {
  const lines = readLines(store.db, input);
  if (!Array.isArray(lines)) return lines;
  const email = input.email?.trim() || null;
  const known = findCustomer(store.db, input.customerId, email);
  if (input.customerId !== null && !known) return no("not-found", `Customer ${input.customerId} does not exist.`);
  const priced = lines.map(({ variant, quantity }) => ({ productId: variant.product_id, variantId: variant.id, quantity, price: variant.price }));
  const countryCode = input.countryCode ?? known?.country_code ?? null;
  const code = input.discountCode?.trim();
  const discounts = store.discounts.choose(code || null, { lines: priced, customerId: known?.id ?? null, email: email ?? known?.email ?? null, countryCode });
  // A code that only a better discount keeps out is no reason to refuse the order.
  if (discounts.decision && !discounts.decision.ok && discounts.decision.reason !== "better-discount") return no("discount", discounts.decision.message);
  const placed = store.db.transaction(() => writeOrder(store, input, lines, known, email, countryCode, discounts))();
  emit(store, placed.order, placed.isNewCustomer, lines);
  return { ok: true, value: placed.order };
}

function readLines(db: Database, input: PlaceOrderInput): Line[] | ReturnType<typeof no> {
  if (!input.lines.length) return no("invalid", "The cart is empty.");
  const find = db.prepare<[number], Variant>("SELECT v.*, p.title AS product_title, p.status AS product_status FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = ?");
  const wanted = new Map<number, number>();
  const lines: Line[] = [];
  for (const { variantId, quantity, properties = {} } of input.lines) {
    const variant = find.get(variantId);
    if (!variant) return no("not-found", `Variant ${variantId} does not exist.`);
    if (!Number.isInteger(quantity) || quantity < 1) return no("invalid", `The quantity of ${variant.product_title} must be a whole number above 0.`);
    if (variant.product_status !== "ACTIVE" && variant.product_status !== "UNLISTED") return no("invalid", `${variant.product_title} is not for sale.`);
    const total = (wanted.get(variantId) ?? 0) + quantity;
    wanted.set(variantId, total);
    if (variant.tracked === 1 && variant.inventory_policy === "DENY" && total > variant.inventory_quantity) {
      return no("out-of-stock", variant.inventory_quantity <= 0 ? `${variant.product_title} is sold out.` : `Only ${variant.inventory_quantity} of ${variant.product_title} are left.`);
    }
    lines.push({ variant, quantity, properties });
  }
  return lines;
}

const findCustomer = (db: Database, id: number | null, email: string | null): CustomerRow | null =>
  id !== null
    ? findRow(db, "customers", id)
    : email === null ? null : (db.prepare<[string], CustomerRow>("SELECT * FROM customers WHERE email = ? COLLATE NOCASE ORDER BY id LIMIT 1").get(email) ?? null);

const nextId = (db: Database, table: string): number => (db.prepare<[], { id: number | null }>(`SELECT max(id) AS id FROM ${table}`).get()?.id ?? 0) + 1;

function writeOrder(
  store: OrderStore, input: PlaceOrderInput, lines: readonly Line[], known: CustomerRow | null, email: string | null, countryCode: string | null, discounts: CartDiscounts,
): { order: PlacedOrder; isNewCustomer: boolean } {
  const { db, shop } = store;
  const nowMs = store.clock.nowMs();
  const customerId = known?.id ?? (email === null ? null : createCustomer(db, input, email, countryCode, nowMs));
  const subtotal = lines.reduce((sum, line) => sum + line.variant.price * line.quantity, 0);
  const totalDiscounts = discounts.amount;
  const shipping = shop.shippingRate - discounts.shippingAmount;
  const total = subtotal - totalDiscounts + shipping;
  const id = nextId(db, "orders");
  const number = Number(readMeta(db, "next_order_number") ?? 1001);
  writeMeta(db, "next_order_number", String(number + 1));
  const token = randomBytes(16).toString("hex");
  const attributes = Object.entries(input.attributes ?? {}).map(([key, value]) => ({ key, value }));
  db.prepare(
    `INSERT INTO orders (id, name, token, customer_id, email, created_at, processed_at, updated_at, financial_status, source_name, subtotal, total_discounts, total, country_code, attributes, shipping)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PAID', ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, `#${number}`, token, customerId, email ?? known?.email ?? null, nowMs, nowMs, nowMs, input.sourceName ?? "web", subtotal, totalDiscounts, total, countryCode, JSON.stringify(attributes), shipping);
  writeLines(db, id, lines, discounts.lineAmounts);
  for (const discount of discounts.applied) {
    db.prepare("INSERT INTO order_discounts (order_id, code, amount, kind, discount_id, is_automatic) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount").run(id, discount.code, discount.amount + discount.shippingAmount, discount.kind, discount.discountId, discount.codeId === null ? 1 : 0);
    if (discount.codeId !== null) db.prepare("UPDATE redeem_codes SET usage_count = usage_count + 1 WHERE id = ?").run(discount.codeId);
    db.prepare("UPDATE discounts SET usage_count = usage_count + 1 WHERE id = ?").run(discount.discountId);
  }
  if (customerId !== null) {
    db.prepare("UPDATE customers SET number_of_orders = number_of_orders + 1, amount_spent = amount_spent + ?, last_order_id = ?, last_order_at = ?, updated_at = ? WHERE id = ?").run(total, id, nowMs, nowMs, customerId);
  }
  return { order: { id, name: `#${number}`, token, customerId, subtotal, totalDiscounts, shipping, total }, isNewCustomer: customerId !== null && known === null };
}

function createCustomer(db: Database, input: PlaceOrderInput, email: string, countryCode: string | null, nowMs: number): number {
  const id = nextId(db, "customers");
  db.prepare(
    "INSERT INTO customers (id, first_name, last_name, email, state, email_marketing, email_marketing_at, country_code, created_at, updated_at) VALUES (?, ?, ?, ?, 'DISABLED', ?, ?, ?, ?, ?)",
  ).run(id, input.firstName ?? null, input.lastName ?? null, email, input.acceptsMarketing ? "SUBSCRIBED" : "NOT_SUBSCRIBED", input.acceptsMarketing ? nowMs : null, countryCode, nowMs, nowMs);
  return id;
}

function writeLines(db: Database, orderId: number, lines: readonly Line[], lineAmounts: readonly number[]): void {
  let id = nextId(db, "line_items");
  const insert = db.prepare(
    "INSERT INTO line_items (id, order_id, product_id, variant_id, title, variant_title, sku, quantity, current_quantity, price, discount, properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const take = db.prepare("UPDATE variants SET inventory_quantity = inventory_quantity - ? WHERE id = ? AND tracked = 1");
  lines.forEach(({ variant, quantity, properties }, index) => {
    const entries = Object.entries(properties).map(([key, value]) => ({ key, value }));
    insert.run(id, orderId, variant.product_id, variant.id, variant.product_title, variant.title, variant.sku, quantity, quantity, variant.price, lineAmounts[index] ?? 0, JSON.stringify(entries));
    take.run(quantity, variant.id);
    id += 1;
  });
}

function emit(store: OrderStore, order: PlacedOrder, isNewCustomer: boolean, lines: readonly Line[]): void {
  if (order.customerId !== null) store.emitWebhook(isNewCustomer ? "customers/create" : "customers/update", order.customerId);
  store.emitWebhook("orders/create", order.id);
  emitStock(store, lines.map(({ variant }) => variant));
}

/** Stock changed: each inventory level, and each product whose `updated_at` moved with it. */
export function emitStock(store: OrderStore, variants: readonly Pick<VariantRow, "inventory_item_id" | "product_id">[]): void {
  const touch = store.db.prepare("UPDATE products SET updated_at = ? WHERE id = ?");
  for (const item of new Set(variants.map((variant) => variant.inventory_item_id))) store.emitWebhook("inventory_levels/update", item);
  for (const product of new Set(variants.map((variant) => variant.product_id))) {
    touch.run(store.clock.nowMs(), product);
    store.emitWebhook("products/update", product);
  }
}
