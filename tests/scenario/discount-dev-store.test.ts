import { beforeAll, describe, expect, it } from "vitest";
import type { DiscountInput } from "#app/core/discounts.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { openStoreWithApp, valueOf as value } from "#tests/harness/store-with-app.ts";

// One store for the whole story: the tests of this file follow each other, so the database is filled only once.
const { store, truth, until, quiet, install } = await openStoreWithApp({ preset: "fashion", customers: 150, seed: 21 }, {
  routes: { "/proxy/recommendations": async (request) => (await import("#app/server/usecases/proxy/answer-recommendations.server.ts")).answerRecommendations(request) },
});
const { loadMemberColumns } = await import("#app/server/store/segment-members.server.ts");
const { createDiscount } = await import("#app/server/usecases/discounts/create-discount.server.ts");
const { loadDiscount } = await import("#app/server/usecases/discounts/load-discount.server.ts");
const { planDiscount } = await import("#app/server/usecases/discounts/plan-discount.server.ts");
const { undoDiscount } = await import("#app/server/usecases/discounts/undo-discount.server.ts");
const { createSegment } = await import("#app/server/usecases/segments/create-segment.server.ts");
const { loadSegment } = await import("#app/server/usecases/segments/load-segment.server.ts");
const { publishSegment } = await import("#app/server/usecases/segments/publish-segment.server.ts");
const { refreshSegments } = await import("#app/server/usecases/segments/refresh-segments.server.ts");

let shop: ShopRef;
let variantId: number;
beforeAll(async () => {
  shop = await install();
  await until("scores", () => openSqlite().prepare("SELECT 1 FROM CustomerScore LIMIT 1").get() !== undefined);
  await quiet(shop.id);
  variantId = Number(truth.prepare("SELECT id FROM variants WHERE inventory_quantity > 20 ORDER BY price DESC LIMIT 1").pluck().get());
}, 280_000);

const makeSegment = async (name: string, query: string) => value(await createSegment(shop, { name, query }));
const membersOf = (segmentId: string) => [...loadMemberColumns(shop.id, segmentId).customerId];
const taggedInStore = (tag: string) => truth.prepare<[string], number>("SELECT c.id FROM customers c, json_each(c.tags) t WHERE t.value = ? ORDER BY c.id").pluck().all(tag);
const strangerTo = (segmentId: string) => Number(truth.prepare(`SELECT id FROM customers WHERE id NOT IN (${membersOf(segmentId).join(", ")}) ORDER BY id LIMIT 1`).pluck().get());
const input = (segmentId: string, more: Partial<DiscountInput> = {}): DiscountInput => ({
  title: "Thank you", segmentId, value: { kind: "percentage", percent: 20 }, codeMode: "shared", code: null, startsAtMs: Date.now() - 60_000, endsAtMs: null,
  usageLimit: null, oncePerCustomer: true, minimumMinor: null, combinesWith: [], ...more,
});

/** What the checkout took off; null when it would not take the code. */
async function order(customerId: number, discountCode: string): Promise<number | null> {
  const answer = await fetch(`${store.url}/__control/api/orders`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ customerId, lines: [{ variantId, quantity: 1 }], discountCode }) });
  if (!answer.ok) return null;
  const newest = truth.prepare<[], { id: number; total_discounts: number }>("SELECT id, total_discounts FROM orders ORDER BY id DESC LIMIT 1").get();
  return newest && newest.total_discounts > 0 ? newest.total_discounts : null;
}

async function publish(raw: DiscountInput) {
  const { id } = value(await createDiscount(shop, raw));
  const settled = await until("the discount", async () => {
    const page = value(await loadDiscount(shop, id));
    return ["active", "failed"].includes(page.discount.status) && page;
  });
  expect([settled.discount.status, settled.discount.error]).toEqual(["active", null]);
  return settled.discount;
}

describe("a store that has been read", () => {
  it("shows on its product pages what was computed", () => {
    const lists = truth.prepare<[], { owner_id: number; value: string }>("SELECT owner_id, value FROM metafields WHERE owner_type = 'PRODUCT' AND key = 'bought_together'").all();
    const reasons = truth.prepare("SELECT count(*) FROM metafields WHERE owner_type = 'PRODUCT' AND key = 'bought_together_reasons'").pluck().get();
    const listed = truth.prepare("SELECT count(*) FROM products WHERE status = 'ACTIVE' AND published_at IS NOT NULL").pluck().get();
    expect([lists.length, reasons]).toEqual([listed, listed]);
    for (const list of lists) expect((JSON.parse(list.value) as string[]).length).toBeLessThanOrEqual(4);
    expect(openSqlite().prepare("SELECT count(*) AS n FROM ProductRecommendation WHERE kind = 'bought-together' AND publishedHash IS NOT hash").get()).toEqual({ n: 0 });
  });

  it("answers its storefront through the app proxy, signed by the store", async () => {
    const productId = truth.prepare("SELECT owner_id FROM metafields WHERE key = 'bought_together' LIMIT 1").pluck().get();
    const response = await fetch(`${store.url}/apps/tessera/recommendations?kind=bought-together&product_id=${productId}&limit=3&locale=en`);
    const answer = (await response.json()) as { items: { productId: number; url: string; reason: { text: string } }[] };
    expect(response.status).toBe(200);
    expect(answer.items).toHaveLength(3);
    for (const item of answer.items) expect((await fetch(store.url + item.url)).status).toBe(200);
  });
});

describe("a segment in Shopify", () => {
  it("is a query when Shopify finds the same customers, else a tag on ours", async () => {
    // The store counts cancelled orders, we do not: for some numbers of orders both agree, for others they do not.
    const inStore = (count: number) => truth.prepare<[number], number>("SELECT id FROM customers WHERE number_of_orders >= ? ORDER BY id").pluck().all(count);
    const outcomes = new Set<string>();
    for (let count = 1; count <= 12; count++) {
      const segment = await makeSegment(`Buyers of ${count}`, `number_of_orders >= ${count}`);
      const members = membersOf(segment.id);
      const expected = JSON.stringify(members) === JSON.stringify(inStore(count)) ? "native" : "tag";
      if (members.length === 0 || outcomes.has(expected)) continue;
      outcomes.add(expected);
      value(await publishSegment(shop, segment.id));
      const { delivery, tag, shopifySegmentId } = await until("the segment", async () => {
        const page = value(await loadSegment(shop, segment.id));
        return page.segment.publishedAtMs !== null && page.segment;
      });
      expect(delivery).toBe(expected);
      const query = delivery === "native" ? `number_of_orders >= ${count}` : `customer_tags CONTAINS '${tag}'`;
      expect(truth.prepare("SELECT name, query FROM segments WHERE id = ?").get(shopifySegmentId)).toEqual({ name: `Buyers of ${count}`, query });
      if (tag !== null) expect(taggedInStore(tag)).toEqual(members);
    }
    expect(outcomes.has("native")).toBe(true);
  });

  it("is a tag that follows who joins and leaves when no query can say it", async () => {
    const segment = await makeSegment("Champions & loyal", "computed_rfm_group IN ('CHAMPIONS', 'LOYAL')");
    value(await publishSegment(shop, segment.id));
    const find = async () => value(await loadSegment(shop, segment.id)).segment;
    await until("the tag segment", async () => (await find()).publishedAtMs !== null);
    const { tag, shopifySegmentId } = await find();
    expect(tag).toBe("tessera:champions-loyal");
    const members = membersOf(segment.id);
    expect(members.length).toBeGreaterThan(3);
    expect(taggedInStore("tessera:champions-loyal")).toEqual(members);
    expect(truth.prepare("SELECT query FROM segments WHERE id = ?").get(shopifySegmentId)).toEqual({ query: "customer_tags CONTAINS 'tessera:champions-loyal'" });

    openSqlite().prepare("UPDATE \"Order\" SET deletedAt = 1 WHERE shopId = ? AND customerId = ?").run(shop.id, members[0]);
    await refreshSegments(shop);
    await until("the tag gone", async () => !taggedInStore("tessera:champions-loyal").includes(members[0]));
    await until("nothing pending", async () => (await find()).pendingTags === 0);
    expect(taggedInStore("tessera:champions-loyal")).toEqual(members.slice(1));
    expect(openSqlite().prepare("SELECT count(*) AS n FROM SegmentMember WHERE segmentId = ? AND customerId = ?").get(segment.id, members[0])).toEqual({ n: 0 });
  });
});

describe("a discount for a segment", () => {
  it("tells beforehand whom it reaches and what it meets; a member can redeem it, a stranger cannot, and after the undo nobody can", async () => {
    const segment = await makeSegment("Champions", "computed_rfm_group = 'CHAMPIONS'");
    const [first, second] = membersOf(segment.id);
    const plan = value(await planDiscount(shop, input(segment.id)));
    expect(plan).toMatchObject({ reachedCount: segment.memberCount, hasStoreDiscounts: true, isSegmentPublished: false });
    expect(plan.examples.length).toBeGreaterThan(0);
    // The seeded store has codes of its own for everyone.
    const running = truth.prepare<unknown[], { title: string }>("SELECT title FROM discounts WHERE deactivated = 0 AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)").all(Date.now(), Date.now());
    expect(plan.overlaps.filter((overlap) => overlap.source === "store").map((overlap) => overlap.title).sort()).toEqual(running.map((one) => one.title).sort());
    expect(plan.overlaps.every((overlap) => overlap.commonCustomers === segment.memberCount && overlap.audience === "everyone")).toBe(true);

    const discount = await publish(input(segment.id, { code: plan.code }));
    expect(discount.code).toBe(plan.code);
    const code = discount.code ?? "";
    expect(await order(strangerTo(segment.id), code)).toBeNull();
    const price = Number(truth.prepare("SELECT price FROM variants WHERE id = ?").pluck().get(variantId));
    expect(await order(first, code)).toBe(Math.round(price * 0.2));
    expect(await order(first, code)).toBeNull();
    const usage = await until("the order by webhook", async () => {
      const page = value(await loadDiscount(shop, discount.id));
      return page.discount.usage.orders > 0 && page.discount.usage;
    });
    expect(usage).toMatchObject({ orders: 1, customers: 1, discountMinor: Math.round(price * 0.2) });

    const overlapping = value(await planDiscount(shop, input(segment.id, { title: "Another" })));
    expect(overlapping.overlaps).toContainEqual(expect.objectContaining({ id: discount.id, source: "tessera", commonCustomers: segment.memberCount, canCombine: false }));

    value(await undoDiscount(shop, discount.id));
    await until("the undo", async () => value(await loadDiscount(shop, discount.id)).discount.undoneAtMs !== null);
    expect(await order(second, code)).toBeNull();
    expect(truth.prepare("SELECT count(*) FROM redeem_codes WHERE code = ?").pluck().get(code)).toBe(0);
    expect(openSqlite().prepare("SELECT action FROM AuditLog WHERE subject = ? ORDER BY at").pluck().all(`discount/${discount.id}`)).toEqual(["discount.create", "discount.published", "discount.undo", "discount.undone"]);
  });

  it("gives every member a code of his own, each for one use", async () => {
    const segment = await makeSegment("All buyers", "number_of_orders >= 1");
    const discount = await publish(input(segment.id, { title: "Your own code", value: { kind: "amount", minor: 500, currency: shop.currency }, codeMode: "unique", code: "VIP", oncePerCustomer: false }));
    const codes = openSqlite().prepare<[string], { code: string; customerId: number; status: string }>("SELECT code, customerId, status FROM DiscountCode WHERE discountId = ? ORDER BY customerId").all(discount.id);
    expect(codes.map((one) => one.customerId)).toEqual(membersOf(segment.id));
    expect(codes.every((one) => one.status === "imported")).toBe(true);
    expect(truth.prepare("SELECT count(*) FROM redeem_codes WHERE discount_id = ?").pluck().get(discount.shopifyId)).toBe(codes.length);
    expect(await order(codes[0].customerId, codes[0].code)).toBe(500);
    expect(await order(codes[0].customerId, codes[0].code)).toBeNull();
    expect(await order(codes[1].customerId, codes[1].code)).toBe(500);
  });

  it("free shipping with a minimum is taken by the store as it was asked for", async () => {
    const segment = await makeSegment("Lapsed", "last_order_date < -30d");
    const discount = await publish(input(segment.id, { title: "Come back", value: { kind: "free-shipping" }, minimumMinor: 5_000, combinesWith: ["order"], endsAtMs: Date.now() + 86_400_000 }));
    const stored = truth.prepare<unknown[], { kind: string; definition: string; ends_at: number }>("SELECT kind, definition, ends_at FROM discounts WHERE id = ?").get(discount.shopifyId);
    expect(stored?.kind).toBe("free_shipping");
    expect(JSON.parse(stored?.definition ?? "{}")).toMatchObject({ minimum: { subtotal: 5_000 }, combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: false } });
  });
});
