import type { Database } from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import type { OrderDesk, PlaceOrderInput, StoreConfig } from "../context.ts";
import { SMALL_STORE_NOW_MS, createSmallStore } from "../db/small-store.ts";
import { createDiscountRules } from "../discounts/choose-discounts.ts";
import { createOrderDesk } from "./order-desk.ts";

const config: StoreConfig = {
  origin: "http://store", dataDir: ".", appUrl: "http://app", apiKey: "k", apiSecret: "s", extensionsDir: ".", appNamespace: "app--1", webhookRetryBaseMs: 1,
  app: { name: "x", scopes: [], webhookApiVersion: "2026-07", subscriptions: [], appProxy: null, metafieldDefinitions: [] },
};

let db: Database;
let orders: OrderDesk;
let emitted: string[];
beforeEach(() => {
  db = createSmallStore();
  emitted = [];
  const clock = { nowMs: () => SMALL_STORE_NOW_MS, wallMs: () => SMALL_STORE_NOW_MS };
  const shop = { id: 1, domain: "x.myshopify.com", name: "x", currency: "USD", timeZone: "UTC", shippingRate: 500 };
  orders = createOrderDesk({ db, clock, config, shop, discounts: createDiscountRules({ db, clock, config, shop }), emitWebhook: (topic, id) => void emitted.push(`${topic} ${id}`) });
});

const row = (sql: string, ...params: (string | number)[]): unknown => db.prepare(sql).get(...params);
const place = (more: Partial<PlaceOrderInput> = {}) => orders.place({ customerId: 2, email: null, lines: [{ variantId: 10, quantity: 2 }], ...more });

describe("placing an order", () => {
  it("writes the order, takes the stock and counts for the customer", () => {
    const placed = place({ attributes: { gift: "yes" }, lines: [{ variantId: 10, quantity: 2, properties: { _from: "bundle" } }] });
    expect(placed).toMatchObject({ ok: true, value: { name: "#1013", customerId: 2, subtotal: 2000, totalDiscounts: 0, shipping: 500, total: 2500 } });
    if (!placed.ok) return;
    expect(row("SELECT inventory_quantity AS n FROM variants WHERE id = 10")).toEqual({ n: 48 });
    expect(row("SELECT number_of_orders AS n, amount_spent AS spent, last_order_id AS last FROM customers WHERE id = 2")).toEqual({ n: 3, spent: 6000 + 9000 + 2500, last: placed.value.id });
    expect(row("SELECT email, attributes, country_code AS country, financial_status AS status FROM orders WHERE id = ?", placed.value.id)).toEqual({ email: "bo@example.org", attributes: '[{"key":"gift","value":"yes"}]', country: "US", status: "PAID" });
    expect(emitted).toEqual(["customers/update 2", "orders/create 13", "inventory_levels/update 100", "products/update 1"]);
    expect(row("SELECT properties FROM line_items WHERE order_id = ?", placed.value.id)).toEqual({ properties: '[{"key":"_from","value":"bundle"}]' });
  });

  it("finds the customer of an e-mail address, or makes one", () => {
    expect(place({ customerId: null, email: "ANA@example.com" })).toMatchObject({ value: { customerId: 1 } });
    const stranger = place({ customerId: null, email: "new@example.com", firstName: "Nia", acceptsMarketing: true, countryCode: "DE" });
    expect(stranger).toMatchObject({ value: { customerId: 9 } });
    expect(row("SELECT first_name AS name, email_marketing AS consent, country_code AS country, number_of_orders AS n FROM customers WHERE id = 9")).toEqual({ name: "Nia", consent: "SUBSCRIBED", country: "DE", n: 1 });
    expect(place({ customerId: null, email: null })).toMatchObject({ value: { customerId: null } });
  });

  it.each<[string, Partial<PlaceOrderInput>, string]>([
    ["nothing", { lines: [] }, "invalid"],
    ["half a piece", { lines: [{ variantId: 10, quantity: 0.5 }] }, "invalid"],
    ["a variant that does not exist", { lines: [{ variantId: 999, quantity: 1 }] }, "not-found"],
    ["a customer who does not exist", { customerId: 99 }, "not-found"],
    ["a draft product", { lines: [{ variantId: 50, quantity: 1 }] }, "invalid"],
    ["what is sold out", { lines: [{ variantId: 60, quantity: 1 }] }, "out-of-stock"],
    ["more than is left, over two lines", { lines: [{ variantId: 10, quantity: 30 }, { variantId: 10, quantity: 30 }] }, "out-of-stock"],
    ["a code that does not exist", { discountCode: "NOPE" }, "discount"],
  ])("refuses %s and changes nothing", (_, more, code) => {
    expect(place(more)).toMatchObject({ ok: false, code });
    expect(row("SELECT count(*) AS n FROM orders")).toEqual({ n: 12 });
    expect(row("SELECT sum(inventory_quantity) AS n FROM variants")).toEqual({ n: 450 });
    expect(emitted).toEqual([]);
  });

  it("sells on when the policy says so", () => {
    db.prepare("UPDATE variants SET inventory_policy = 'CONTINUE' WHERE id = 60").run();
    expect(place({ lines: [{ variantId: 60, quantity: 2 }] }).ok).toBe(true);
    expect(row("SELECT inventory_quantity AS n FROM variants WHERE id = 60")).toEqual({ n: -2 });
  });
});

describe("refunds and cancellation", () => {
  it("parts add up to the whole, cents and shipping included", () => {
    const placed = place({ lines: [{ variantId: 10, quantity: 3 }, { variantId: 30, quantity: 1 }] });
    if (!placed.ok) throw new Error(placed.message);
    const { id, total } = placed.value;
    const line = (row("SELECT id FROM line_items WHERE order_id = ? AND variant_id = 10", id) as { id: number }).id;
    db.prepare("UPDATE line_items SET discount = 1001 WHERE id = ?").run(line);
    const amounts = [1, 1].map(() => {
      const refund = orders.refund(id, [{ lineItemId: line, quantity: 1 }]);
      return refund.ok ? refund.value.amount : 0;
    });
    expect(amounts).toEqual([666, 667]);
    expect(row("SELECT financial_status AS status FROM orders WHERE id = ?", id)).toEqual({ status: "PARTIALLY_REFUNDED" });
    const rest = orders.refund(id);
    expect(rest).toMatchObject({ ok: true, value: { amount: total - 666 - 667 } });
    expect(row("SELECT financial_status AS status, total_refunded AS back FROM orders WHERE id = ?", id)).toEqual({ status: "REFUNDED", back: total });
    expect(row("SELECT inventory_quantity AS n FROM variants WHERE id = 10")).toEqual({ n: 50 });
    expect(row("SELECT amount_spent AS spent FROM customers WHERE id = 2")).toEqual({ spent: 15_000 });
    expect(orders.refund(id)).toMatchObject({ ok: false, code: "invalid" });
  });

  it("refuses more than was bought, and lines of another order", () => {
    expect(orders.refund(1, [{ lineItemId: 10, quantity: 3 }])).toMatchObject({ ok: false, code: "invalid" });
    expect(orders.refund(1, [{ lineItemId: 20, quantity: 1 }])).toMatchObject({ ok: false, code: "not-found" });
    expect(orders.refund(99)).toMatchObject({ ok: false, code: "not-found" });
  });

  it("cancels once, with a refund of what is left", () => {
    expect(orders.cancel(5)).toEqual({ ok: true, value: { orderId: 5 } });
    expect(row("SELECT cancelled_at IS NOT NULL AS gone, financial_status AS status, total_refunded AS back FROM orders WHERE id = 5")).toEqual({ gone: 1, status: "REFUNDED", back: 9000 });
    expect(orders.cancel(5)).toMatchObject({ ok: false, code: "invalid" });
  });
});
