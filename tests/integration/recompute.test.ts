import { describe, expect, it } from "vitest";
import type { ShopId } from "#app/core/ids.ts";
import { parseShopDomain } from "#app/core/ids.ts";
import { recommendedItem } from "#app/core/recommendations.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { handleRecompute } from "#app/server/jobs/recompute.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { installShop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { makeCustomerRecord, makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

const NOW_MS = Date.parse("2026-06-15T12:00:00Z");

async function openShop(name = "planted") {
  const domain = parseShopDomain(`${name}.myshopify.com`);
  if (!domain) throw new Error("not a domain");
  return installShop(domain, { name, shopifyId: 1, currency: "GBP", timeZone: "Europe/London", planName: null, scopes: [] }, NOW_MS - 400 * DAY_MS);
}
type OpenShop = Awaited<ReturnType<typeof openShop>>;

async function recompute(shop: OpenShop, nowMs = NOW_MS) {
  await handleRecompute(
    { reason: "manual" },
    { shop, clock: { nowMs: () => nowMs }, log: getLogger("test"), signal: new AbortController().signal, report: () => Promise.resolve() },
  );
}

const readScores = (shopId: ShopId) =>
  openSqlite().prepare<unknown[], Record<string, unknown>>("SELECT * FROM CustomerScore WHERE shopId = ? ORDER BY customerId").all(shopId);

function readList(shopId: ShopId, productId: number, kind: "bought-together" | "similar") {
  const row = openSqlite().prepare<unknown[], { items: string; hash: string; runId: string }>("SELECT items, hash, runId FROM ProductRecommendation WHERE shopId = ? AND productId = ? AND kind = ?").get(shopId, productId, kind);
  return row && { ...row, items: recommendedItem.array().parse(JSON.parse(row.items)) };
}

describe("loadSnapshot", () => {
  it("reads one shop only, without what was deleted, and says which orders count", async () => {
    const shop = await openShop();
    const other = await openShop("other");
    writeProduct(shop.id, makeProductRecord(7, { productType: "Tea", priceMinor: 250 }), []);
    writeProduct(shop.id, makeProductRecord(8, { isAvailable: false, publishedAtMs: null, productType: "" }), []);
    writeProduct(other.id, makeProductRecord(9), []);
    writeCustomers(shop.id, [makeCustomerRecord(2, { countryCode: "DE" }), makeCustomerRecord(1, { countryCode: null })]);
    writeCustomers(other.id, [makeCustomerRecord(3)]);
    writeOrders(shop.id, [
      makeOrderRecord(31, 2, 3000, [7, 8]),
      makeOrderRecord(30, null, 2000, [7], { cancelledAtMs: 2500 }),
      makeOrderRecord(32, 1, 1000, [7], { isTest: true, discountMinor: 5, refundedMinor: 3, totalMinor: -4 }),
      makeOrderRecord(33, 1, 1500, []),
    ]);
    writeOrders(other.id, [makeOrderRecord(40, 3, 1, [9])]);
    openSqlite().prepare(`UPDATE "Order" SET deletedAt = 1 WHERE id = 33`).run();
    openSqlite().prepare(`UPDATE OrderLine SET productId = NULL, quantity = 4 WHERE id = 3101`).run();

    const { customers, products, orders, lines } = await loadSnapshot(shop.id, { asOfMs: 5000, currency: "GBP", timeZone: "Europe/London" });
    expect([[...customers.id], [...customers.country.codes], customers.country.names]).toEqual([[1, 2], [-1, 0], ["DE"]]);
    expect([[...products.id], [...products.isListed], [...products.isAvailable], [...products.type.codes], [...products.priceMinor]]).toEqual([[7, 8], [1, 0], [1, 0], [0, -1], [250, 1000]]);
    expect([...products.costMinor]).toEqual([NaN, NaN]);
    expect([[...orders.id], [...orders.flags], [...orders.customer], [...orders.totalMinor]]).toEqual([[32, 30, 31], [4 | 8 | 16, 2, 1], [0, -1, 1], [-4, 1000, 2000]]);
    expect([[...orders.lineStart], [...lines.product], [...lines.grossMinor]]).toEqual([[0, 1, 2, 4], [0, 0, 0, -1], [1000, 1000, 1000, 4000]]);
  });
});

describe("recompute", () => {
  it("scores every customer, in the shop's own days, and says from what", async () => {
    const shop = await openShop();
    writeCustomers(shop.id, [1, 2, 3, 4, 5, 6].map((id) => makeCustomerRecord(id)));
    // 23:30 UTC in summer is the next day in London.
    const lastEvening = Date.parse("2026-06-13T23:30:00Z");
    writeOrders(shop.id, [
      makeOrderRecord(1, 1, lastEvening, [], { totalMinor: 9000, refundedMinor: 100 }),
      makeOrderRecord(2, 1, lastEvening - 9 * DAY_MS, [], { totalMinor: 1000 }),
      ...[2, 3, 4, 5].map((customer) => makeOrderRecord(10 + customer, customer, NOW_MS - customer * 30 * DAY_MS, [], { totalMinor: 1000 * customer })),
      makeOrderRecord(20, 6, NOW_MS, [], { cancelledAtMs: NOW_MS }),
    ]);
    await recompute(shop);
    const scores = readScores(shop.id);
    expect(scores.map((row) => [row.customerId, row.ordersCount, row.recencyDays, row.monetaryMinor, row.r, row.f, row.m, row.shopifyGroup])).toEqual([
      [1, 2, 1, 10000, 5, 5, 5, "CHAMPIONS"],
      [2, 1, 60, 2000, 4, 1, 1, "PROMISING"],
      [3, 1, 90, 3000, 3, 1, 2, "ALMOST_LOST"],
      [4, 1, 120, 4000, 2, 1, 3, "DORMANT"],
      [5, 1, 150, 5000, 1, 1, 4, "AT_RISK"],
      [6, 0, null, 0, 0, 0, 0, "PROSPECTS"],
    ]);
    expect(scores[0]).toMatchObject({ refundedMinor: 100, firstOrderAt: lastEvening - 9 * DAY_MS, lastOrderAt: lastEvening, classicGroup: "CHAMPIONS" });
    const run = await findLiveModelRun(shop.id, "rfm");
    expect(run).toMatchObject({ version: 1, asOfMs: NOW_MS });
    expect(JSON.parse(run?.figures ?? "")).toMatchObject({ customers: 6, buyers: 5, written: 6, cuts: { orders: [1, 1, 1, 1], recencyDays: [1, 60, 90, 120], monetaryMinor: [2000, 3000, 4000, 5000] } });
  });

  it("writes only what changed: days pass without touching scores, and nothing at all the same day", async () => {
    const shop = await openShop();
    writeCustomers(shop.id, [1, 2].map((id) => makeCustomerRecord(id)));
    writeProduct(shop.id, makeProductRecord(1), []);
    writeOrders(shop.id, [makeOrderRecord(1, 1, NOW_MS - DAY_MS, [1])]);
    await recompute(shop);
    const figures = async () => JSON.parse((await findLiveModelRun(shop.id, "rfm"))?.figures ?? "") as unknown;
    const [firstList, firstScores] = [readList(shop.id, 1, "similar"), readScores(shop.id)];
    await recompute(shop);
    expect(await figures()).toMatchObject({ written: 0, aged: 0, removed: 0 });
    await recompute(shop, NOW_MS + DAY_MS);
    expect(await figures()).toMatchObject({ written: 0, aged: 1, removed: 0 });
    expect(readScores(shop.id).map((row) => row.recencyDays)).toEqual([2, null]);
    expect(readScores(shop.id)[1].runId).toBe(firstScores[1].runId);
    expect(readList(shop.id, 1, "similar")).toEqual(firstList);
    openSqlite().prepare("UPDATE Customer SET redactedAt = 1 WHERE id = 2").run();
    await recompute(shop, NOW_MS + DAY_MS);
    expect(await figures()).toMatchObject({ written: 0, removed: 1 });
    expect(readScores(shop.id)).toHaveLength(1);
  });

  it("asks for the lists to be published, and removes those of products that cannot be seen any more", async () => {
    const shop = await openShop();
    for (const id of [1, 2]) writeProduct(shop.id, makeProductRecord(id), []);
    writeOrders(shop.id, [makeOrderRecord(1, null, NOW_MS - DAY_MS, [1, 2])]);
    await recompute(shop);
    expect((await getQueue().list(shop.id, ["waiting"], 10)).map((job) => job.kind)).toEqual(["publish-recommendations"]);
    expect(readList(shop.id, 1, "bought-together")?.items.map((item) => [item.productId, item.source])).toEqual([[2, "category-best-seller"]]);
    writeProduct(shop.id, makeProductRecord(2, { status: "DRAFT", updatedAtMs: 5 }), []);
    await recompute(shop);
    expect(readList(shop.id, 2, "bought-together")).toBeUndefined();
    expect(readList(shop.id, 1, "bought-together")?.items).toEqual([]);
  });

  it("finds the planted complements: precision at 5 of at least 0.95 for what is bought together", async () => {
    const shop = await openShop();
    const { orders, groupOf, products } = plantShop();
    for (const id of products) writeProduct(shop.id, makeProductRecord(id, { productType: `Type ${id % 7}` }), []);
    writeCustomers(shop.id, Array.from({ length: 400 }, (_, i) => makeCustomerRecord(i + 1)));
    writeOrders(shop.id, orders);
    await recompute(shop);
    for (const [kind, least] of [["bought-together", 0.95], ["similar", 0.6]] as const) {
      const hits = products.flatMap((id) => (readList(shop.id, id, kind)?.items ?? []).slice(0, 5).map((item) => Number(groupOf(item.productId) === groupOf(id))));
      expect(hits).toHaveLength(products.length * 5);
      expect(hits.reduce((sum, hit) => sum + hit, 0) / hits.length, kind).toBeGreaterThanOrEqual(least);
    }
    // The night's evaluation in threads: seconds alone, more beside the whole suite.
  }, 180_000);
});

/** 20 groups of six complements; an order takes two to four of one group and up to two products of any, popular ones first. */
function plantShop() {
  const rng = createRng(20260615);
  const products = Array.from({ length: 120 }, (_, i) => 1001 + i);
  const groupOf = (id: number) => (id - 1001) % 20;
  const pick = <T>(list: readonly T[]) => list[rng.below(list.length)];
  const orders = Array.from({ length: 4000 }, (_, i) => {
    const members = products.filter((id) => groupOf(id) === i % 20);
    const items = new Set<number>();
    for (const size = 2 + rng.below(3); items.size < size; ) items.add(pick(members));
    for (let noise = rng.below(3); noise > 0; noise--) items.add(products[Math.floor(products.length * rng.next() ** 3)]);
    return makeOrderRecord(i + 1, 1 + rng.below(400), NOW_MS - (1 + rng.below(300)) * DAY_MS, [...items]);
  });
  return { orders, groupOf, products };
}
