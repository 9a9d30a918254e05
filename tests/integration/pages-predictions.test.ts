import { describe, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { handleRecompute } from "#app/server/jobs/recompute.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { loadCustomer } from "#app/server/usecases/customers/load-customer.server.ts";
import { loadPredictions } from "#app/server/usecases/predictions/load-predictions.server.ts";
import { plantBuyers } from "#tests/factories/planted-buyers.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord } from "#tests/factories/store-records.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

const DAY = 400;
const EPOCH_MS = Date.parse("2024-01-01T10:00:00Z");
const NOW_MS = EPOCH_MS + DAY * DAY_MS + 7_200_000;

/** Buyers 1..n of a planted shop, then one who has never bought; recomputed as the nightly job does. */
async function openShop(count: number): Promise<{ shop: Shop; buyers: ReturnType<typeof plantBuyers> }> {
  const buyers = plantBuyers({ buyers: count, seed: 3, joinDays: 200, endDay: 760, regularity: 1, rate: [1.4, 40], life: [1.2, 150] });
  const shop = await createShop();
  writeCustomers(shop.id, Array.from({ length: count + 1 }, (_, i) => makeCustomerRecord(i + 1)));
  let id = 0;
  writeOrders(shop.id, buyers.flatMap(({ days }, i) => days.filter((on) => on <= DAY).map((on) => makeOrderRecord(++id, i + 1, EPOCH_MS + on * DAY_MS, [], { totalMinor: 2000 }))));
  await handleRecompute({ reason: "manual" }, { shop, clock: createStoryClock(NOW_MS), log: getLogger("test"), signal: new AbortController().signal, report: () => Promise.resolve() });
  return { shop, buyers };
}

async function loadExpectation(shop: Shop, customerId: number) {
  const loaded = await loadCustomer(shop, String(customerId), NOW_MS);
  if (!loaded.ok) throw new Error(loaded.error.kind);
  return loaded.value.expectation;
}

describe("pages of predictions", () => {
  it("know nothing before the first run", async () => {
    const shop = await createShop();
    writeCustomers(shop.id, [makeCustomerRecord(1)]);
    expect(await loadPredictions(shop)).toBeNull();
    expect(await loadExpectation(shop, 1)).toBeNull();
  });

  it("show what the nightly job found, on the shop's page and on each customer's", async () => {
    const { shop, buyers } = await openShop(700);
    const view = await loadPredictions(shop);
    expect(view).toMatchObject({ asOfMs: NOW_MS, figures: { verdict: { kind: "reliable" }, calibration: { holdoutDays: 90 } } });
    expect(view?.figures.calibration?.deciles.map(({ decile }) => decile)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const ordersOf = (i: number) => buyers[i].days.filter((on) => on <= DAY);
    const frequent = buyers.findIndex((_, i) => ordersOf(i).length >= 6 && DAY - (ordersOf(i).at(-1) ?? 0) <= 5);
    const lost = buyers.findIndex((_, i) => ordersOf(i).length >= 6 && DAY - (ordersOf(i).at(-1) ?? 0) >= 150);
    const [active, gone] = [await loadExpectation(shop, frequent + 1), await loadExpectation(shop, lost + 1)];
    expect(active?.pAlive ?? 0).toBeGreaterThan(0.8);
    expect(gone?.pAlive ?? 1).toBeLessThan(0.3);
    expect(active?.expectedOrders365d ?? 0).toBeGreaterThan(gone?.expectedOrders365d ?? Infinity);
    expect(gone?.lifecycleStage).toBe("lapsed");
    // Every order costs 20.00, so that is what an expected one brings.
    expect(Math.abs((active?.expectedRevenue365dMinor ?? 0) / (active?.expectedOrders365d ?? 1) - 2000)).toBeLessThan(20);
    const days = ordersOf(frequent);
    expect(active?.cadence).toEqual({ days: Math.round((((days.at(-1) ?? 0) - days[0]) / (days.length - 1)) * 10) / 10, source: "personal" });
    expect(await loadExpectation(shop, 701)).toMatchObject({ lifecycleStage: "prospect", cadence: null, pAlive: null });
  });

  it("say why there are no numbers in a shop that is too small", async () => {
    const { shop } = await openShop(12);
    expect(await loadExpectation(shop, 1)).toMatchObject({ verdict: { kind: "not-reliable-yet", reason: { kind: "not-enough-buyers", missing: 38 } }, pAlive: null, expectedRevenue365dMinor: null, aovMinor: 2000, model: null });
  });
});
