import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { planSet, type SetPlan } from "#app/core/bundle-plan.ts";
import type { BundleDiscountInput, BundleItemView } from "#app/core/bundle-views.ts";
import { err } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { openStoreWithApp, valueOf } from "#tests/harness/store-with-app.ts";

// The bundles need no models: they are found in the orders.
const { store, truth, until, quiet, install } = await openStoreWithApp({ preset: "fashion", customers: 700, seed: 5 }, {
  handlers: { recompute: async () => undefined, "publish-recommendations": async () => undefined, "update-recommendations": async () => undefined },
});
const { createAdminClient } = await import("#app/server/shopify/admin-client.server.ts");
const { getShop } = await import("#app/server/store/shops.server.ts");
const { createBundleDiscount } = await import("#app/server/usecases/recommendations-admin/create-bundle-discount.server.ts");
const { actOnBundles } = await import("#app/server/usecases/recommendations-admin/act-on-bundles.server.ts");
const { endBundleDiscount } = await import("#app/server/usecases/recommendations-admin/end-bundle-discount.server.ts");
const { loadBundles } = await import("#app/server/usecases/recommendations-admin/load-bundles.server.ts");
const { retryBundleDiscount } = await import("#app/server/usecases/recommendations-admin/retry-bundle-discount.server.ts");
const { restartSync } = await import("#app/server/usecases/sync/restart-sync.server.ts");
const { systemClock } = await import("#app/server/platform/clock.server.ts");

const PERCENT = 10;
let shop: ShopRef;
let client: AdminClient;
let pair: BundleItemView;
let second: BundleItemView;
let plan: SetPlan;
const ignored = ["recompute", "publish-recommendations", "update-recommendations"];

beforeAll(async () => {
  shop = await install();
  client = createAdminClient(shop.domain);
  await until("the first sync", async () => (await getShop(shop.id)).firstSyncedAtMs !== null);
  await quiet(shop.id, ignored);
  const { bundles } = await loadBundles(shop, client);
  const pairs = (bundles ?? []).filter(({ products }) => products.length === 2);
  expect(pairs.length).toBeGreaterThanOrEqual(2);
  [pair, second] = pairs;
  const found = planSet(pair.products, PERCENT);
  if (!found) throw new Error("no plan");
  plan = found;
}, 280_000);

const input = (bundle: BundleItemView, more: Partial<BundleDiscountInput> = {}): BundleDiscountInput => ({
  id: randomUUID(), title: bundle.products.map(({ title }) => title).join(" + "), productIds: bundle.products.map(({ productId }) => productId), percent: PERCENT, method: "automatic", code: null, usesPerOrder: null,
  startsAtMs: Date.now() - 1_000, endsAtMs: null, ...more,
});
/** The cheapest variant in stock at the product's own price: the plan counts with that one. */
const variantOf = (productId: number) =>
  Number(truth.prepare("SELECT id FROM variants WHERE product_id = ? AND inventory_quantity > 3 ORDER BY price, id LIMIT 1").pluck().get(productId));
const inStore = () => truth.prepare<[], { id: number; title: string }>("SELECT id, title FROM discounts WHERE kind = 'bxgy'").all();
const findDiscount = async (id: string) => (await loadBundles(shop, client)).discounts.find((discount) => discount.id === id);

/** A shopper of the storefront with a cart of her own. */
function openShopper() {
  let cookies = "";
  const ask = async (path: string, body?: Record<string, unknown> | URLSearchParams) => {
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(store.url + path, {
      redirect: "manual", headers: { cookie: cookies, ...(body && !isForm ? { "content-type": "application/json" } : {}) }, ...(body ? { method: "POST", body: isForm ? body : JSON.stringify(body) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) cookies = [...cookies.split("; ").filter((one) => one && one.split("=")[0] !== cookie.split("=")[0]), cookie.split(";")[0]].join("; ");
    return response;
  };
  return {
    async fill(pieces: readonly (readonly [productId: number, quantity: number])[]): Promise<{ off: number; names: string[] }> {
      await ask("/cart/clear.js", {});
      const added = await ask("/cart/add.js", { items: pieces.map(([productId, quantity]) => ({ id: variantOf(productId), quantity })) });
      expect(added.status).toBe(200);
      const cart = (await (await ask("/cart.js")).json()) as { total_discount: number; items: { line_level_discount_allocations: { discount_application: { title: string } }[] }[] };
      return { off: cart.total_discount, names: cart.items.flatMap((item) => item.line_level_discount_allocations.map((one) => one.discount_application.title)) };
    },
    async buy(discount = ""): Promise<{ id: number; total_discounts: number; total: number }> {
      const placed = await ask("/checkout", new URLSearchParams({ email: "shopper@example.com", country: "US", place_order: "1", discount }));
      expect([placed.status, placed.status === 303 ? "" : (await placed.text()).slice(0, 500)]).toEqual([303, ""]);
      const order = truth.prepare<[], { id: number; total_discounts: number; total: number }>("SELECT id, total_discounts, total FROM orders ORDER BY id DESC LIMIT 1").get();
      if (!order) throw new Error("no order");
      return order;
    },
  };
}

describe("a bundle's discount, from the page to the order and back", () => {
  let id = "";
  let orderId = 0;

  it("is made once, however often the same form arrives", async () => {
    const made = input(pair);
    const both = await Promise.all([createBundleDiscount(shop, client, made), createBundleDiscount(shop, client, made)]);
    expect(both.map((one) => one.ok)).toEqual([true, true]);
    id = made.id;
    expect(inStore()).toEqual([{ id: expect.any(Number), title: made.title }]);
    expect(await findDiscount(id)).toMatchObject({ status: "active", isInStore: true, result: { orders: 0 } });
    expect((await loadBundles(shop, client)).bundles?.find((bundle) => bundle.discountId !== null)?.products.map(({ productId }) => productId)).toEqual(made.productIds);
    // Another form for the same set, in another order.
    expect(await createBundleDiscount(shop, client, input(pair, { title: "Again", productIds: [...made.productIds].reverse() }))).toMatchObject({ ok: false, error: { kind: "conflict" } });
    expect(inStore()).toHaveLength(1);
  });

  it("is earned by the set and by nothing else", async () => {
    const shopper = openShopper();
    const [a, b] = pair.products.map(({ productId }) => productId);
    expect(await shopper.fill([[a, 2]])).toEqual({ off: 0, names: [] });
    expect(await shopper.fill([[b, 2]])).toEqual({ off: 0, names: [] });
    expect(await shopper.fill([[a, 2], [b, 2]])).toMatchObject({ off: 2 * plan.savingMinor });
    expect(await shopper.fill([[a, 1], [b, 1]])).toEqual({ off: plan.savingMinor, names: [input(pair).title] });
    const order = await shopper.buy();
    expect(order.total_discounts).toBe(plan.savingMinor);
    orderId = order.id;
    // A lone piece pays its full price.
    const alone = openShopper();
    await alone.fill([[b, 2]]);
    expect((await alone.buy()).total_discounts).toBe(0);
  });

  it("shows what it did once the order is back by webhook", async () => {
    const discount = await until("the result", async () => {
      const found = await findDiscount(id);
      return found && found.result.orders > 0 && found;
    });
    const cost = truth.prepare<[number], number>("SELECT sum(v.cost * l.quantity) FROM line_items l JOIN variants v ON v.id = l.variant_id WHERE l.order_id = ?").pluck().get(orderId) ?? 0;
    const paid = truth.prepare<[number], number>("SELECT sum(price * quantity - discount) FROM line_items WHERE order_id = ?").pluck().get(orderId) ?? 0;
    const total = truth.prepare<[number], number>("SELECT total FROM orders WHERE id = ?").pluck().get(orderId);
    expect(discount.result).toEqual({ orders: 1, revenueMinor: total, givenMinor: plan.savingMinor, marginMinor: paid - cost });
    expect(plan.marginMinor).toBe(paid - cost);
  });

  it("reads the same from a bulk read of all orders", async () => {
    const rows = () => openSqlite().prepare("SELECT orderId, title FROM OrderAutomaticDiscount").all();
    const byWebhook = rows();
    expect(byWebhook).toEqual([{ orderId, title: input(pair).title }]);
    openSqlite().exec("DELETE FROM OrderAutomaticDiscount");
    await restartSync(shop.id, systemClock);
    await until("the second read", () => openSqlite().prepare("SELECT 1 WHERE (SELECT count(*) FROM SyncRun WHERE mode = 'backfill' AND status = 'done') >= 6").get());
    await quiet(shop.id, ignored);
    expect(rows()).toEqual(byWebhook);
  });

  it("a refund gives back what was paid, and takes the order's sales out of the result", async () => {
    const before = truth.prepare<[number], number>("SELECT total FROM orders WHERE id = ?").pluck().get(orderId);
    await store.control(`orders/${orderId}/refund`, {});
    expect(truth.prepare("SELECT total_refunded FROM orders WHERE id = ?").pluck().get(orderId)).toBe(before);
    await until("the refund", async () => (await findDiscount(id))?.result.revenueMinor === 0);
    expect((await findDiscount(id))?.result).toEqual({ orders: 1, revenueMinor: 0, givenMinor: plan.savingMinor, marginMinor: 0 });
  });

  it("ends: no cart earns it any more, and the set is free for another", async () => {
    valueOf(await endBundleDiscount(shop, client, id));
    valueOf(await endBundleDiscount(shop, client, id));
    expect(inStore()).toEqual([]);
    expect((await openShopper().fill(pair.products.map(({ productId }) => [productId, 1]))).off).toBe(0);
    expect(await findDiscount(id)).toMatchObject({ status: "ended", result: { orders: 1 } });
    expect(openSqlite().prepare("SELECT action FROM AuditLog WHERE subject = ? ORDER BY at").pluck().all(`bundle-discount/${id}`)).toEqual(["discount.create", "discount.undo"]);
  });
});

describe("a discount by code whose answer is lost on the way", () => {
  const losing = (): AdminClient => ({
    ...client,
    async run(document, variables, options) {
      const answer = await client.run(document, variables, options);
      return /mutation Create/.test(document.toString()) ? err({ kind: "shopify-unavailable", operation: "CreateSetDiscount", message: "the line went dead", retryAfterMs: null }) : answer;
    },
  });

  it("says so, is found again by the next try instead of made twice, and can be used up to its limit", async () => {
    const made = input(second, { method: "code", code: "PAIR10", usesPerOrder: 1 });
    expect(await createBundleDiscount(shop, losing(), made)).toMatchObject({ ok: false, error: { kind: "shopify-unavailable" } });
    expect(inStore()).toHaveLength(1);
    expect(await findDiscount(made.id)).toMatchObject({ status: "failed", error: "Shopify did not answer CreateSetDiscount: the line went dead" });
    expect((await Promise.all([retryBundleDiscount(shop, client, made.id), retryBundleDiscount(shop, client, made.id)])).map((one) => one.ok)).toEqual([true, true]);
    expect(inStore()).toHaveLength(1);
    expect(await findDiscount(made.id)).toMatchObject({ status: "active", shopifyId: inStore()[0].id });

    const shopper = openShopper();
    await shopper.fill(second.products.map(({ productId }) => [productId, 2]));
    const order = await shopper.buy("pair10");
    expect(order.total_discounts).toBe(planSet(second.products, PERCENT)?.savingMinor);
    await until("the order", async () => ((await findDiscount(made.id))?.result.orders ?? 0) > 0);
  });

  it("refuses a code that the store uses already, and keeps nothing of it", async () => {
    const taken = String(truth.prepare("SELECT code FROM redeem_codes WHERE code <> 'PAIR10' LIMIT 1").pluck().get());
    expect(await createBundleDiscount(shop, client, input(pair, { method: "code", code: taken }))).toMatchObject({ ok: false, error: { problems: [{ field: "code" }] } });
    expect((await loadBundles(shop, client)).discounts.map(({ code }) => code)).toEqual(["PAIR10", null]);
  });

  it("tells when the store has ended it by itself, and removing a failed one takes out what was made", async () => {
    const code = (await loadBundles(shop, client)).discounts[0];
    valueOf(await client.run((await import("#app/server/shopify/generated/operations.ts")).DeactivateDiscountDocument, { id: `gid://shopify/DiscountCodeNode/${code.shopifyId}` }));
    expect(await findDiscount(code.id)).toMatchObject({ status: "active", isInStore: false });
    const made = input(pair, { title: "Lost" });
    expect((await createBundleDiscount(shop, losing(), made)).ok).toBe(false);
    expect(inStore().map(({ title }) => title)).toContain("Lost");
    valueOf(await endBundleDiscount(shop, client, made.id));
    expect(inStore().map(({ title }) => title)).not.toContain("Lost");
  });
});

it("what is assumed of shoppers is the merchant's: where nobody answers to a discount, none is suggested", async () => {
  expect((await loadBundles(shop, client)).bundles?.some(({ suggestedPercent }) => (suggestedPercent ?? 0) > 0)).toBe(true);
  const form = new FormData();
  for (const [name, value] of Object.entries({ intent: "assume", offered: "30", perTenPercent: "0", assumedMargin: "40" })) form.set(name, value);
  valueOf(await actOnBundles(shop, client, form));
  const { bundles, assumptions } = await loadBundles(shop, client);
  expect(assumptions).toEqual({ offered: 0.3, perTenPercent: 0, assumedMarginShare: 0.4 });
  expect(new Set(bundles?.map(({ suggestedPercent }) => suggestedPercent))).toEqual(new Set([0]));
  form.set("offered", "-5");
  expect(await actOnBundles(shop, client, form)).toMatchObject({ ok: false, error: { problems: [{ field: "offered", message: "must not be negative" }] } });
});
