import { expect, it } from "vitest";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { dumpStore } from "#tests/harness/dump-store.ts";
import { openStoreWithApp } from "#tests/harness/store-with-app.ts";

// Everything but the models, which have tests of their own and would only take time here.
const { store, truth, until, quiet: quietBut, install } = await openStoreWithApp({ preset: "fashion", customers: 150, seed: 11 }, {
  isKeptBetweenTests: false, handlers: { recompute: async () => undefined, "publish-recommendations": async () => undefined },
});
const { enqueueJob } = await import("#app/server/platform/queue.server.ts");
const { getShop } = await import("#app/server/store/shops.server.ts");
const { restartSync } = await import("#app/server/usecases/sync/restart-sync.server.ts");

const quiet = (shopId: Parameters<typeof getShop>[0]) => quietBut(shopId, ["recompute"]);
const ours = (sql: string) => openSqlite().prepare(sql).get();
const ORDER_SUMS = `count(*) AS orders, sum(totalMinor) AS total, sum(refundedMinor) AS refunded, sum(discountMinor) AS discounts`;
const TRUE_SUMS = `count(*) AS orders, sum(total - total_refunded) AS total, sum(total_refunded) AS refunded, sum(total_discounts) AS discounts`;
const agree = () => {
  expect(ours(`SELECT ${ORDER_SUMS} FROM "Order" WHERE deletedAt IS NULL`)).toEqual(truth.prepare(`SELECT ${TRUE_SUMS} FROM orders`).get());
  expect(ours(`SELECT count(*) AS n, sum(quantity) AS q, sum(currentQuantity) AS c, sum(totalMinor) AS t FROM OrderLine`)).toEqual(
    truth.prepare(`SELECT count(*) AS n, sum(quantity) AS q, sum(current_quantity) AS c, sum(price * quantity - discount) AS t FROM line_items`).get());
  expect(ours(`SELECT count(*) AS n, sum(amountMinor) AS a FROM Refund`)).toEqual(truth.prepare(`SELECT count(*) AS n, sum(amount) AS a FROM refunds`).get());
  expect(ours(`SELECT count(*) AS n, sum(inventoryQuantity) AS stock, sum(costMinor) AS cost, sum(priceMinor) AS price FROM Variant`)).toEqual(
    truth.prepare(`SELECT count(*) AS n, sum(inventory_quantity) AS stock, sum(cost) AS cost, sum(price) AS price FROM variants`).get());
  expect(ours(`SELECT count(*) AS n FROM Customer WHERE deletedAt IS NULL`)).toEqual(truth.prepare(`SELECT count(*) AS n FROM customers`).get());
};

it("a shop installs the app, is read to the last cent, stays so by webhooks, and heals after losing some", async () => {
  const shop = await install();
  await until("the first sync", async () => (await getShop(shop.id)).firstSyncedAtMs !== null);
  await quiet(shop.id);
  expect(ours(`SELECT count(*) > 300 AS isRealShop FROM "Order"`)).toEqual({ isRealShop: 1 });
  agree();

  // Webhooks: an order of a known customer, delivered twice, and its refund.
  const variant = truth.prepare<[], { id: number }>(`SELECT id FROM variants WHERE inventory_quantity > 5 ORDER BY id LIMIT 1`).get();
  const customer = truth.prepare<[], { id: number }>(`SELECT id FROM customers ORDER BY id LIMIT 1`).get();
  if (!variant || !customer) throw new Error("the seeded store is empty");
  const placeOrder = async (quantity: number) => {
    const before = truth.prepare(`SELECT max(id) FROM orders`).pluck().get();
    await store.control("orders", { customerId: customer.id, lines: [{ variantId: variant.id, quantity }] });
    const id = truth.prepare(`SELECT max(id) FROM orders`).pluck().get();
    expect(id).not.toBe(before);
    return Number(id);
  };
  await store.control("faults", { duplicate: 3 });
  const first = await placeOrder(2);
  await until("the order", () => ours(`SELECT customerId FROM "Order" WHERE id = ${first} AND customerId = ${customer.id}`));
  await store.control(`orders/${first}/refund`, {});
  await until("the refund", () => ours(`SELECT 1 FROM "Order" WHERE id = ${first} AND totalMinor = 0 AND refundedMinor > 0`));
  const second = await placeOrder(1);
  await until("the second order", () => ours(`SELECT 1 FROM "Order" WHERE id = ${second}`));
  await quiet(shop.id);
  await until("stock", () => JSON.stringify(ours(`SELECT sum(inventoryQuantity) AS s FROM Variant`)) === JSON.stringify(truth.prepare(`SELECT sum(inventory_quantity) AS s FROM variants`).get()));
  agree();

  // What webhooks wrote is what a read of everything writes.
  const byWebhooks = dumpStore();
  await restartSync(shop.id, systemClock);
  await until("the second sync", () => ours(`SELECT 1 WHERE (SELECT count(*) FROM SyncRun WHERE mode = 'backfill' AND status = 'done') = 6`));
  await quiet(shop.id);
  const byBulk = dumpStore();
  for (const table of ["Order", "OrderLine", "OrderDiscount", "OrderAutomaticDiscount", "Refund", "Variant", "ProductCollection"]) expect({ [table]: byBulk[table] }).toEqual({ [table]: byWebhooks[table] });

  // Lost webhooks: the reconciliation finds what they would have told.
  await store.control("faults", { webhookDrop: 1_000 });
  const lost = await placeOrder(1);
  await store.control(`orders/${second}/refund`, {});
  await store.control("faults", { webhookDrop: 0, throttle: 2, failNext: 1 });
  expect(ours(`SELECT 1 FROM "Order" WHERE id = ${lost}`)).toBeUndefined();
  await enqueueJob(shop.id, "sync-store", { mode: "reconcile" });
  await until("the lost order", () => ours(`SELECT 1 FROM "Order" WHERE id = ${lost}`));
  await quiet(shop.id);
  agree();
  expect(openSqlite().prepare(`SELECT topic, error FROM WebhookInbox WHERE status = 'dead'`).all()).toEqual([]);
  expect(openSqlite().prepare(`SELECT kind, error FROM Job WHERE status = 'dead'`).all()).toEqual([]);
});
