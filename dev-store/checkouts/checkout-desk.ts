import { randomBytes } from "node:crypto";
import type { DevStoreContext } from "#dev-store/context.ts";
import { findRow } from "#dev-store/db/load-rows.ts";
import type { CheckoutLine, CheckoutRow } from "./checkout-row.ts";

type Store = Pick<DevStoreContext, "db" | "clock" | "shop" | "emitWebhook">;

/** Ids far from those of orders, as Shopify's are. */
const FIRST_CHECKOUT_ID = 36_000_000_000;

export interface BegunCheckout {
  readonly cartToken: string | null;
  readonly customerId: number | null;
  readonly email: string | null;
  readonly lines: readonly CheckoutLine[];
}

/** Somebody whose contact is known stands at the checkout: the cart's open checkout is brought up to date, or a new one begun. */
export function keepCheckout(store: Store, begun: BegunCheckout): number {
  const { db } = store;
  const nowMs = store.clock.nowMs();
  const customerId = begun.customerId ?? findByEmail(store, begun.email);
  const lines = begun.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  const subtotal = lines.reduce((sum, { variantId, quantity }) => sum + (findRow(db, "variants", variantId)?.price ?? 0) * quantity, 0);
  const values = [customerId, begun.email, JSON.stringify(lines), subtotal, subtotal + store.shop.shippingRate] as const;
  const open = begun.cartToken === null ? undefined : db.prepare<[string], CheckoutRow>("SELECT * FROM checkouts WHERE cart_token = ? AND completed_at IS NULL ORDER BY id DESC LIMIT 1").get(begun.cartToken);
  if (open) {
    if (open.customer_id === customerId && open.email === begun.email && open.lines === JSON.stringify(lines)) return open.id;
    db.prepare("UPDATE checkouts SET customer_id = ?, email = ?, lines = ?, subtotal = ?, total = ?, updated_at = ? WHERE id = ?").run(...values, nowMs, open.id);
    store.emitWebhook("checkouts/update", open.id);
    return open.id;
  }
  const id = Math.max(FIRST_CHECKOUT_ID, db.prepare<[], { id: number | null }>("SELECT max(id) AS id FROM checkouts").get()?.id ?? 0) + 1;
  db.prepare("INSERT INTO checkouts (customer_id, email, lines, subtotal, total, created_at, updated_at, id, token, cart_token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
    ...values, nowMs, nowMs, id, randomBytes(16).toString("hex"), begun.cartToken,
  );
  store.emitWebhook("checkouts/create", id);
  return id;
}

/** Its order was placed; by whom is known by now at the latest. */
export function completeCheckout(store: Store, cartToken: string | null, customerId: number | null): void {
  if (cartToken === null) return;
  const nowMs = store.clock.nowMs();
  const open = store.db.prepare<[string], CheckoutRow>("SELECT * FROM checkouts WHERE cart_token = ? AND completed_at IS NULL").all(cartToken);
  for (const { id } of open) {
    store.db.prepare("UPDATE checkouts SET completed_at = ?, updated_at = ?, customer_id = coalesce(?, customer_id) WHERE id = ?").run(nowMs, nowMs, customerId, id);
    store.emitWebhook("checkouts/update", id);
  }
}

/** As Shopify does with what is older than three months; the row is gone, only its number is told. */
export function deleteCheckout(store: Store, id: number): boolean {
  const isGone = store.db.prepare("DELETE FROM checkouts WHERE id = ?").run(id).changes > 0;
  if (isGone) store.emitWebhook("checkouts/delete", id);
  return isGone;
}

function findByEmail({ db }: Store, email: string | null): number | null {
  return email === null ? null : (db.prepare<[string], { id: number }>("SELECT id FROM customers WHERE email = ? COLLATE NOCASE ORDER BY id LIMIT 1").get(email)?.id ?? null);
}
