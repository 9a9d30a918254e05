import type { StoreOutcome } from "#dev-store/context.ts";
import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import type { LineItemRow, OrderRow } from "#dev-store/db/rows.ts";
import type { OrderStore } from "./order-desk.ts";
import { emitStock } from "./place-order.ts";

interface Wanted { readonly lineItemId: number; readonly quantity: number }
interface Part { readonly line: LineItemRow; readonly quantity: number; readonly subtotal: number }

const no = (code: "not-found" | "invalid", message: string) => ({ ok: false as const, code, message });

/** What these pieces of a line cost after discounts; the last piece takes the rounding. */
function worth(line: LineItemRow, quantity: number): number {
  const paid = line.price * line.quantity - line.discount;
  const upTo = (pieces: number) => Math.round((paid * pieces) / line.quantity);
  const before = line.quantity - line.current_quantity;
  return upTo(before + quantity) - upTo(before);
}

export function refundOrder(store: OrderStore, orderId: number, wanted: readonly Wanted[] | null): StoreOutcome<{ refundId: number; amount: number }> {
  const order = findRow(store.db, "orders", orderId);
  if (!order) return no("not-found", `Order ${orderId} does not exist.`);
  const lines = loadRows(store.db, "line_items", [orderId], "order_id");
  const parts: Part[] = [];
  for (const { lineItemId, quantity } of wanted ?? lines.map((line) => ({ lineItemId: line.id, quantity: line.current_quantity }))) {
    const line = lines.find(({ id }) => id === lineItemId);
    if (!line) return no("not-found", `Order ${order.name} has no line ${lineItemId}.`);
    if (!Number.isInteger(quantity) || quantity < 0 || quantity > line.current_quantity) return no("invalid", `At most ${line.current_quantity} of ${line.title} can be refunded.`);
    if (quantity > 0) parts.push({ line, quantity, subtotal: worth(line, quantity) });
  }
  if (!parts.length) return no("invalid", `Nothing of order ${order.name} is left to refund.`);
  const isRest = lines.every((line) => line.current_quantity === (parts.find((part) => part.line.id === line.id)?.quantity ?? 0));
  const left = order.total - order.total_refunded;
  // The last refund gives everything that is left, shipping too.
  const amount = isRest ? left : Math.min(left, parts.reduce((sum, part) => sum + part.subtotal, 0));
  const refundId = store.db.transaction(() => writeRefund(store, order, parts, amount))();
  store.emitWebhook("refunds/create", refundId);
  emitAfter(store, order, parts.map(({ line }) => line));
  return { ok: true, value: { refundId, amount } };
}

function writeRefund(store: OrderStore, order: OrderRow, parts: readonly Part[], amount: number): number {
  const { db } = store;
  const nowMs = store.clock.nowMs();
  const refundId = Number(db.prepare("INSERT INTO refunds (order_id, created_at, amount, note) VALUES (?, ?, ?, '')").run(order.id, nowMs, amount).lastInsertRowid);
  const insert = db.prepare("INSERT INTO refund_line_items (refund_id, line_item_id, quantity, subtotal) VALUES (?, ?, ?, ?)");
  const reduce = db.prepare("UPDATE line_items SET current_quantity = current_quantity - ? WHERE id = ?");
  const restock = db.prepare("UPDATE variants SET inventory_quantity = inventory_quantity + ? WHERE id = ? AND tracked = 1");
  for (const { line, quantity, subtotal } of parts) {
    insert.run(refundId, line.id, quantity, subtotal);
    reduce.run(quantity, line.id);
    if (line.variant_id !== null) restock.run(quantity, line.variant_id);
  }
  const refunded = order.total_refunded + amount;
  db.prepare("UPDATE orders SET total_refunded = ?, financial_status = ?, updated_at = ? WHERE id = ?").run(refunded, refunded >= order.total ? "REFUNDED" : "PARTIALLY_REFUNDED", nowMs, order.id);
  if (order.customer_id !== null) db.prepare("UPDATE customers SET amount_spent = max(0, amount_spent - ?), updated_at = ? WHERE id = ?").run(amount, nowMs, order.customer_id);
  return refundId;
}

function emitAfter(store: OrderStore, order: OrderRow, lines: readonly LineItemRow[]): void {
  store.emitWebhook("orders/updated", order.id);
  if (order.customer_id !== null) store.emitWebhook("customers/update", order.customer_id);
  emitStock(store, loadRows(store.db, "variants", lines.map((line) => line.variant_id).filter((id) => id !== null)));
}

export function cancelOrder(store: OrderStore, orderId: number): StoreOutcome<{ orderId: number }> {
  const order = findRow(store.db, "orders", orderId);
  if (!order) return no("not-found", `Order ${orderId} does not exist.`);
  if (order.cancelled_at !== null) return no("invalid", `Order ${order.name} is already cancelled.`);
  const nowMs = store.clock.nowMs();
  store.db.prepare("UPDATE orders SET cancelled_at = ?, cancel_reason = 'CUSTOMER', updated_at = ? WHERE id = ?").run(nowMs, nowMs, orderId);
  const hasLeft = loadRows(store.db, "line_items", [orderId], "order_id").some((line) => line.current_quantity > 0);
  if (hasLeft) refundOrder(store, orderId, null);
  else emitAfter(store, order, []);
  return { ok: true, value: { orderId } };
}
