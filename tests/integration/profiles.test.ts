import { beforeEach, describe, expect, it } from "vitest";
import type { CustomerId } from "#app/core/ids.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { findProfileRow, readProfileBlocks } from "#app/server/store/profile-rows.server.ts";
import { listTouchedProfiles, touchProfiles } from "#app/server/store/profile-touches.server.ts";
import { findLatestProfileVersion, listProfileVersions } from "#app/server/store/profile-versions.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { fingerprintSnapshot } from "#app/server/usecases/engine/fingerprint-snapshot.server.ts";
import { recomputeCustomers } from "#app/server/usecases/engine/recompute-customers.server.ts";
import { recomputeRfm } from "#app/server/usecases/engine/recompute-rfm.server.ts";
import { refreshProfiles } from "#app/server/usecases/engine/refresh-profiles.server.ts";
import { listOutdatedVersions } from "#app/server/usecases/engine/retain-profiles.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

const NOW_MS = Date.parse("2026-06-15T12:00:00Z");
/** More than one block. */
const CUSTOMERS = 600;
let shop: Shop;

/** Customer n has n % 4 orders of 1,000 times n, 40 days apart, the last n % 30 days ago. */
beforeEach(async () => {
  shop = await createShop();
  writeProduct(shop.id, makeProductRecord(7, { title: "Tea", productType: "Tea" }), []);
  writeProduct(shop.id, makeProductRecord(8, { title: "Cup", productType: "Cups" }), []);
  writeCustomers(shop.id, Array.from({ length: CUSTOMERS }, (_, i) => makeCustomerRecord(i + 1)));
  writeOrders(shop.id, Array.from({ length: CUSTOMERS }, (_, i) => i + 1).flatMap((id) =>
    Array.from({ length: id % 4 }, (_, k) => makeOrderRecord(id * 10 + k, id, NOW_MS - ((id % 30) + 40 * k) * DAY_MS, [id % 2 ? 7 : 8], { totalMinor: 1_000 * id }))));
});

async function recompute(nowMs = NOW_MS) {
  const clock = { nowMs: () => nowMs };
  const snapshot = await loadSnapshot(shop.id, { asOfMs: nowMs, currency: shop.currency, timeZone: shop.timeZone });
  const fingerprint = fingerprintSnapshot(snapshot);
  await recomputeRfm(shop.id, snapshot, fingerprint, clock);
  return recomputeCustomers(shop, snapshot, fingerprint, clock);
}

function latest() {
  const version = findLatestProfileVersion(shop.id);
  if (!version) throw new Error("no version");
  return version;
}

describe("stored profiles", () => {
  it("hold what the orders say, one customer from one block", async () => {
    await recompute();
    expect(latest()).toMatchObject({ customers: CUSTOMERS, asOfMs: NOW_MS, refreshedAtMs: null });
    const row = findProfileRow(shop.id, latest().id, 403);
    expect(row?.get("ordersCount")).toEqual([3]);
    expect(row?.get("monetaryMinor")).toEqual([3 * 403_000]);
    expect(row?.get("lastOrderAt")).toEqual([NOW_MS - (403 % 30) * DAY_MS]);
    expect(row?.get("typeAffinity")?.[0]).toBe("Tea");
    expect(row?.get("meanGapDays")?.[0]).toBeCloseTo(40, 3);
    expect(findProfileRow(shop.id, latest().id, 404)?.get("recencyDays")).toEqual([null]);
    expect(findProfileRow(shop.id, latest().id, 404)?.get("stage")).toEqual(["prospect"]);
    expect(findProfileRow(shop.id, latest().id, 9_999)).toBeNull();
    const blocks = [...readProfileBlocks(shop.id, latest().id)];
    expect(blocks.length).toBe(3);
    expect(blocks.flatMap(({ ids }) => [...ids])).toEqual(Array.from({ length: CUSTOMERS }, (_, i) => i + 1));
  });

  it("are not written twice for the same day and data, and stay as last week's when a new day comes", async () => {
    await recompute();
    const first = latest().id;
    expect((await recompute()).profiles).toBeNull();
    await recompute(NOW_MS + 7 * DAY_MS);
    expect(listProfileVersions(shop.id).map(({ id }) => id)).toEqual([latest().id, first]);
    const recency = (versionId: string) => findProfileRow(shop.id, versionId, 403)?.get("recencyDays")?.[0];
    expect(Number(recency(latest().id)) - Number(recency(first))).toBe(7);
  });

  it("forget a redacted shopper in every version, and nobody else", async () => {
    await recompute();
    await recompute(NOW_MS + DAY_MS);
    redactCustomer(shop.id, 403 as CustomerId, [], NOW_MS);
    for (const { id } of listProfileVersions(shop.id)) {
      expect(findProfileRow(shop.id, id, 403)).toBeNull();
      expect(findProfileRow(shop.id, id, 402)?.get("ordersCount")).toEqual([2]);
      expect([...readProfileBlocks(shop.id, id)].reduce((sum, { ids }) => sum + ids.length, 0)).toBe(CUSTOMERS - 1);
    }
    expect(openSqlite().prepare("SELECT count(*) AS n FROM ProfileBlock WHERE firstCustomerId = 403 OR lastCustomerId = 403").get()).toEqual({ n: 0 });
  });

  it("remove blocks that a cut-off run left behind", async () => {
    openSqlite().prepare(`INSERT INTO ProfileBlock (shopId, versionId, firstCustomerId, lastCustomerId, customers, data) VALUES (?, 'lost', 1, 2, 2, x'00')`).run(shop.id);
    await recompute();
    expect(openSqlite().prepare(`SELECT count(*) AS n FROM ProfileBlock WHERE versionId = 'lost'`).get()).toEqual({ n: 0 });
  });
});

describe("refresh of the customers of new orders", () => {
  it("gives a touched customer what a whole run would have given, in the same version, and leaves the others", async () => {
    await recompute();
    const before = latest().id;
    const others = findProfileRow(shop.id, before, 402);
    const order = makeOrderRecord(99_001, 403, NOW_MS, [8], { totalMinor: 50_000 });
    writeCustomers(shop.id, [makeCustomerRecord(9_001)]);
    writeOrders(shop.id, [order, makeOrderRecord(99_002, 9_001, NOW_MS, [7], { totalMinor: 700 })]);
    touchProfiles(shop.id, [403, 9_001], NOW_MS);
    expect(await refreshProfiles(shop, { nowMs: () => NOW_MS })).toMatchObject({ customers: 2, hasMore: false });
    expect(listTouchedProfiles(shop.id, 10)).toEqual([]);
    expect(latest()).toMatchObject({ id: before, refreshedAtMs: NOW_MS, customers: CUSTOMERS + 1 });
    const row = findProfileRow(shop.id, before, 403);
    expect(row?.get("ordersCount")).toEqual([4]);
    expect(row?.get("monetaryMinor")).toEqual([3 * 403_000 + 50_000]);
    expect(row?.get("recencyDays")).toEqual([0]);
    expect(findProfileRow(shop.id, before, 9_001)?.get("ordersCount")).toEqual([1]);
    expect(findProfileRow(shop.id, before, 402)).toEqual(others);
    expect(openSqlite().prepare("SELECT ordersCount, monetaryMinor FROM CustomerScore WHERE shopId = ? AND customerId = 403").get(shop.id)).toEqual({ ordersCount: 4, monetaryMinor: 3 * 403_000 + 50_000 });
    // The next whole run says the same of what is the customer's own.
    await recompute();
    expect(latest().id).not.toBe(before);
    const whole = findProfileRow(shop.id, latest().id, 403);
    for (const name of ["ordersCount", "monetaryMinor", "lastOrderAt", "units", "meanGapDays", "averageOrderMinor", "variety", "weekday"]) expect(row?.get(name), name).toEqual(whole?.get(name));
  });

  it("waits for a whole run where there is none yet", async () => {
    touchProfiles(shop.id, [3], NOW_MS);
    expect(await refreshProfiles(shop, { nowMs: () => NOW_MS })).toBeNull();
    expect(listTouchedProfiles(shop.id, 10)).toHaveLength(1);
    await recompute(NOW_MS + 1);
    expect(listTouchedProfiles(shop.id, 10)).toEqual([]);
  });
});

describe("versions that are kept", () => {
  it("are the latest, one a day for a week, one a week for 8 weeks, one a month for a year", () => {
    const versions = Array.from({ length: 800 }, (_, i) => ({ id: String(i), asOfMs: NOW_MS - (i / 2) * DAY_MS, createdAtMs: NOW_MS - (i / 2) * DAY_MS }));
    const dropped = new Set(listOutdatedVersions(versions, NOW_MS, "UTC"));
    const kept = versions.filter(({ id }) => !dropped.has(id)).map(({ asOfMs }) => (NOW_MS - asOfMs) / DAY_MS);
    expect(kept[0]).toBe(0);
    expect(kept.filter((age) => age < 7).length).toBeGreaterThanOrEqual(7);
    expect(kept.length).toBeLessThanOrEqual(1 + 7 + 8 + 12);
    expect(Math.max(...kept)).toBeGreaterThan(300);
    expect(Math.max(...kept)).toBeLessThan(366);
    const weeks = kept.filter((age) => age >= 7 && age < 50);
    expect(weeks.length).toBeGreaterThanOrEqual(6);
  });
});
