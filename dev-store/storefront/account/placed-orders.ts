import type { Database } from "better-sqlite3";
import type { Catalog } from "../catalog/catalog.ts";
import { imageOf } from "../liquid/images.ts";
import { toHundredths } from "../money-format.ts";

interface OrderRow {
  id: number; name: string; token: string | null; customer_id: number | null; email: string | null; processed_at: number; cancelled_at: number | null;
  financial_status: string; subtotal: number; total_discounts: number; shipping: number; total: number; total_refunded: number;
}
interface LineRow { id: number; product_id: number | null; title: string; variant_title: string | null; quantity: number; current_quantity: number; price: number; discount: number }

/** Orders as Liquid's `order` shows them to the shopper. */
export function createPlacedOrders(db: Database, catalog: Catalog, currency: string, timeZone: string) {
  // ISO days read the same in every language of the shop.
  const days = new Intl.DateTimeFormat("sv-SE", { timeZone });
  const byToken = db.prepare<[string], OrderRow>("SELECT * FROM orders WHERE token = ?");
  const byId = db.prepare<[number, number], OrderRow>("SELECT * FROM orders WHERE id = ? AND customer_id = ?");
  const byCustomer = db.prepare<[number, number], OrderRow>("SELECT * FROM orders WHERE customer_id = ? ORDER BY processed_at DESC, id DESC LIMIT ?");
  const linesOf = db.prepare<[number], LineRow>("SELECT * FROM line_items WHERE order_id = ? ORDER BY id");
  const codesOf = db.prepare<[number], { code: string; amount: number; kind: string }>("SELECT code, amount, kind FROM order_discounts WHERE order_id = ? ORDER BY code");
  const cents = (minor: number) => toHundredths(minor, currency);

  function toDrop(row: OrderRow) {
    const lines = linesOf.all(row.id);
    const products = new Map(catalog.listByIds([...new Set(lines.flatMap((line) => line.product_id ?? []))]).map((product) => [product.id, product]));
    return {
      id: row.id, name: row.name, email: row.email, created_at: row.processed_at, created_on: days.format(row.processed_at), cancelled: row.cancelled_at !== null, financial_status: row.financial_status.toLowerCase(),
      customer_url: row.token ? `/orders/${row.token}` : `/account/orders/${row.id}`, order_status_url: row.token ? `/orders/${row.token}` : null,
      line_items_subtotal_price: cents(row.subtotal), total_discounts: cents(row.total_discounts), shipping_price: cents(row.shipping), total_price: cents(row.total), total_refunded_amount: cents(row.total_refunded),
      item_count: lines.reduce((sum, line) => sum + line.quantity, 0),
      discount_applications: codesOf.all(row.id).map((each) => ({ title: each.code, total_allocated_amount: cents(each.amount), kind: each.kind })),
      line_items: lines.map((line) => {
        const product = line.product_id === null ? undefined : products.get(line.product_id);
        return {
          id: line.id, title: line.title, variant_title: line.variant_title === "Default Title" ? null : line.variant_title, quantity: line.quantity, refunded: line.quantity - line.current_quantity,
          original_line_price: cents(line.price * line.quantity), final_line_price: cents(line.price * line.quantity - line.discount),
          url: product ? `/products/${product.handle}` : null, image: product ? imageOf(product) : null,
        };
      }),
    };
  }
  return {
    findByToken(token: string) {
      const row = byToken.get(token);
      return row ? toDrop(row) : null;
    },
    findOwn(orderId: number, customerId: number) {
      const row = byId.get(orderId, customerId);
      return row ? toDrop(row) : null;
    },
    listOwn: (customerId: number, limit: number) => byCustomer.all(customerId, limit).map(toDrop),
  };
}
export type PlacedOrders = ReturnType<typeof createPlacedOrders>;
