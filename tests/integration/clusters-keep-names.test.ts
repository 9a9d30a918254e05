import { beforeEach, expect, it } from "vitest";
import { clusterFigures } from "#app/core/cluster-views.ts";
import { DAY_MS } from "#app/core/time.ts";
import { noShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import { findProfileRow } from "#app/server/store/profile-rows.server.ts";
import { findLatestProfileVersion } from "#app/server/store/profile-versions.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { fingerprintSnapshot } from "#app/server/usecases/engine/fingerprint-snapshot.server.ts";
import { CLUSTERS_KIND } from "#app/server/usecases/engine/recompute-clusters.server.ts";
import { recomputeCustomers } from "#app/server/usecases/engine/recompute-customers.server.ts";
import { recomputeRfm } from "#app/server/usecases/engine/recompute-rfm.server.ts";
import { openShopEvaluation } from "#app/server/usecases/segments/open-shop-evaluation.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
/** A Monday noon. */
const NOW_MS = Date.parse("2026-06-15T12:00:00Z");
let shop: Shop;

beforeEach(async () => {
  shop = await createShop();
  for (const id of [7, 8, 9]) writeProduct(shop.id, makeProductRecord(id, { productType: `Type ${id}` }), []);
});

/** Many small orders at full price on weekdays, or a few large ones, all on offer, at weekends. */
function addBuyers(kind: "regulars" | "hunters", from: number, count: number): void {
  const ids = Array.from({ length: count }, (_, i) => from + i);
  writeCustomers(shop.id, ids.map((id) => makeCustomerRecord(id)));
  writeOrders(shop.id, ids.flatMap((id) => Array.from({ length: kind === "regulars" ? 10 : 3 }, (_, k) => {
    const daysAgo = kind === "regulars" ? 7 * k + (id % 4) : 63 * k + 1 + (id % 2);
    const atMs = NOW_MS - daysAgo * DAY_MS + (id % 5) * 3_600_000 - 6 * 3_600_000;
    return kind === "regulars"
      ? makeOrderRecord(id * 100 + k, id, atMs, [7], { totalMinor: 1_500 + (id % 7) * 20 })
      : makeOrderRecord(id * 100 + k, id, atMs, [7, 8, 9], { totalMinor: 20_000 + (id % 7) * 200, discountMinor: 6_000 + (id % 3) * 100 });
  })));
}

async function recompute(nowMs: number) {
  const clock = { nowMs: () => nowMs };
  const snapshot = await loadSnapshot(shop.id, { asOfMs: nowMs, currency: shop.currency, timeZone: shop.timeZone });
  const fingerprint = fingerprintSnapshot(snapshot);
  await recomputeRfm(shop.id, snapshot, fingerprint, clock);
  await recomputeCustomers(shop, snapshot, fingerprint, clock);
  const run = await findLiveModelRun(shop.id, CLUSTERS_KIND);
  return clusterFigures.parse(JSON.parse(run?.figures ?? "null")).clusters;
}

function numberOf(customerId: number): number {
  const version = findLatestProfileVersion(shop.id);
  return Number(version && findProfileRow(shop.id, version.id, customerId)?.get("cluster")?.[0]);
}

it("groups keep number and name from run to run while most of their customers stay, though their order by size turns round", async () => {
  addBuyers("regulars", 1, 60);
  addBuyers("hunters", 101, 40);
  const before = await recompute(NOW_MS);
  expect(before.length).toBeGreaterThanOrEqual(2);
  const [regular, hunter] = [numberOf(1), numberOf(101)];
  expect(regular).not.toBe(hunter);
  const namesBefore = new Map(before.map(({ number, named }) => [number, named]));
  expect(namesBefore.get(regular)).not.toEqual(namesBefore.get(hunter));
  expect(namesBefore.get(regular)?.length).toBeGreaterThan(0);

  const { evaluator } = await openShopEvaluation(shop, NOW_MS);
  const query = readSegmentQuery(`cluster = ${hunter}`, noShopNames);
  if (!query.ok) throw new Error("the query is not read");
  expect(evaluator.evaluate(query.value), "a query finds the group").toMatchObject({ count: before.find(({ number }) => number === hunter)?.customers, missing: [] });

  // A week later there are more hunters than regulars, and the groups are found anew.
  addBuyers("hunters", 201, 50);
  const after = await recompute(NOW_MS + 7 * DAY_MS);
  expect([numberOf(1), numberOf(101)]).toEqual([regular, hunter]);
  for (const number of [regular, hunter]) {
    const kept = after.find((cluster) => cluster.number === number);
    expect(kept?.named).toEqual(namesBefore.get(number));
    expect(kept?.overlap).toBeGreaterThan(0.5);
  }
  expect(numberOf(201)).toBe(hunter);
  // No number is given twice.
  expect(new Set(after.map(({ number }) => number)).size).toBe(after.length);
});
