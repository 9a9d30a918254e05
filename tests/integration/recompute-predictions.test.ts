import { describe, expect, it } from "vitest";
import { predictionFigures } from "#app/core/prediction-figures.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { findCustomerPrediction } from "#app/server/store/customer-predictions.server.ts";
import { loadSnapshot } from "#app/server/store/load-snapshot.server.ts";
import { findLiveModelRun } from "#app/server/store/model-runs.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { deleteCustomer, writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { fingerprintSnapshot } from "#app/server/usecases/engine/fingerprint-snapshot.server.ts";
import { recomputePredictions } from "#app/server/usecases/engine/recompute-predictions.server.ts";
import { recomputeRfm } from "#app/server/usecases/engine/recompute-rfm.server.ts";
import { plantBuyers, type PlantedBuyer, type PlantedStory } from "#tests/factories/planted-buyers.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

const EPOCH_MS = Date.parse("2024-01-01T10:00:00Z");
const STORY: PlantedStory = { buyers: 900, seed: 1, joinDays: 200, endDay: 760, regularity: 1, rate: [1.4, 40], life: [1.2, 150] };
const DAY = 400;
const nowOn = (day: number) => EPOCH_MS + day * DAY_MS + 2 * 3_600_000;

/** The planted shop as it stands on a day, and one customer who has never bought. */
async function openShop(buyers: readonly PlantedBuyer[], day: number): Promise<Shop> {
  const shop = await createShop();
  writeCustomers(shop.id, Array.from({ length: buyers.length + 1 }, (_, i) => makeCustomerRecord(i + 1)));
  let id = 0;
  writeOrders(shop.id, buyers.flatMap(({ days }, i) => days.filter((on) => on <= day).map((on) => makeOrderRecord(++id, i + 1, EPOCH_MS + on * DAY_MS, [], { totalMinor: 1000 + (i % 7) * 500 }))));
  return shop;
}

async function recompute(shop: Shop, day: number, threadFrom?: number) {
  const clock = { nowMs: () => nowOn(day) };
  const snapshot = await loadSnapshot(shop.id, { asOfMs: clock.nowMs(), currency: shop.currency, timeZone: shop.timeZone });
  const fingerprint = fingerprintSnapshot(snapshot);
  await recomputeRfm(shop.id, snapshot, fingerprint, clock);
  return (await recomputePredictions(shop.id, snapshot, fingerprint, clock, { threadFrom }))?.figures ?? null;
}

const readRows = (shop: Shop, columns = "*") => openSqlite().prepare<unknown[], Record<string, number | string | null>>(`SELECT ${columns} FROM CustomerPrediction WHERE shopId = ? ORDER BY customerId`).all(shop.id);

describe("predictions of a shop whose buyers are known to leave", () => {
  const buyers = plantBuyers(STORY);
  const futureOrders = (from: number, days: number) => buyers.reduce((sum, buyer) => sum + buyer.days.filter((on) => on > from && on <= from + days).length, 0);

  it("are saved for every customer, add up to what really came, and tell those gone from those left", async () => {
    const shop = await openShop(buyers, DAY);
    const figures = await recompute(shop, DAY);
    expect(figures?.verdict).toEqual({ kind: "reliable" });
    expect(figures).toMatchObject({ written: 901, removed: 0, window: { lastOrderAtMs: EPOCH_MS + DAY * DAY_MS } });
    const stored = predictionFigures.parse(JSON.parse((await findLiveModelRun(shop.id, "purchases"))?.figures ?? ""));
    expect(stored).toEqual(figures);

    const rows = readRows(shop);
    const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
    for (const [column, days] of [["expectedOrders90d", 90], ["expectedOrders365d", 360]] as const) {
      expect(Math.abs(sum(column) / futureOrders(DAY, days) - 1), column).toBeLessThan(0.25);
    }
    const meanAlive = (isGone: boolean) => {
      const those = rows.filter((row) => (buyers[Number(row.customerId) - 1]?.goneOn ?? Infinity) <= DAY === isGone && row.pAlive !== null);
      return those.reduce((total, row) => total + Number(row.pAlive), 0) / those.length;
    };
    expect(meanAlive(false) - meanAlive(true)).toBeGreaterThan(0.35);
    for (const row of rows) {
      if (row.nextOrderAt === null) continue;
      expect(Number(row.nextOrderFromAt)).toBeLessThanOrEqual(Number(row.nextOrderAt));
      expect(Number(row.nextOrderAt)).toBeLessThanOrEqual(Number(row.nextOrderToAt));
    }
    expect(rows.some((row) => row.nextOrderAt !== null)).toBe(true);
    expect(await findCustomerPrediction(shop.id, 901)).toMatchObject({ expectedOrders365d: null, pAlive: null, cadenceDays: null, aovMinor: null, lifecycleStage: "prospect", valueTier: "none", churnHorizonDays: 90 });
  });

  it("say how the stages share customers, spend and expectation, counted anew from the orders", async () => {
    const shop = await openShop(buyers, DAY);
    const figures = await recompute(shop, DAY);
    const rows = readRows(shop);
    const spent = new Map(openSqlite().prepare<unknown[], { id: number; minor: number }>(`SELECT customerId AS id, SUM(totalMinor) AS minor FROM "Order" WHERE shopId = ? GROUP BY customerId`).all(shop.id).map((row) => [row.id, row.minor]));
    for (const { stage, customers, spentMinor, expectedMinor } of figures?.stages ?? []) {
      const those = rows.filter((row) => row.lifecycleStage === stage);
      expect([stage, customers]).toEqual([stage, those.length]);
      expect([stage, spentMinor]).toEqual([stage, those.reduce((total, row) => total + (spent.get(Number(row.customerId)) ?? 0), 0)]);
      const expected = those.flatMap((row) => (row.expectedRevenue365dMinor === null ? [] : [Number(row.expectedRevenue365dMinor)]));
      expect([stage, expectedMinor]).toEqual([stage, expected.length ? expected.reduce((a, b) => a + b, 0) : null]);
    }
    expect(figures?.stages.reduce((total, { customers }) => total + customers, 0)).toBe(901);
    const tierA = rows.filter((row) => row.valueTier === "A").reduce((total, row) => total + (spent.get(Number(row.customerId)) ?? 0), 0);
    expect(tierA / [...spent.values()].reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(0.8);
  });

  it("come out the same in a thread of their own and are then not written again; the same day and data are not computed twice", async () => {
    const shop = await openShop(buyers, DAY);
    const first = await recompute(shop, DAY);
    const before = readRows(shop);
    expect(await recompute(shop, DAY)).toBeNull();
    openSqlite().prepare("UPDATE ModelRun SET version = 0 WHERE kind = 'purchases'").run();
    expect(await recompute(shop, DAY, 1)).toEqual({ ...first, written: 0, removed: 0 });
    expect(readRows(shop)).toEqual(before);
  });

  it("write what a day changed and remove who is gone", async () => {
    const shop = await openShop(buyers, DAY);
    await recompute(shop, DAY);
    deleteCustomer(shop.id, 5, nowOn(DAY));
    const next = await recompute(shop, DAY + 1);
    expect(next?.removed).toBe(1);
    expect(next?.written).toBeGreaterThan(0);
    // The one who never bought says the same still.
    const rows = readRows(shop, "customerId, asOf");
    expect(rows.find((row) => row.customerId === 901)?.asOf).toBe(nowOn(DAY));
    expect(rows.some((row) => row.asOf === nowOn(DAY + 1))).toBe(true);
  });
});

describe("predictions that would not hold", () => {
  it("are not given as numbers by a shop that is too small, which says how many buyers are missing; what is known stays", async () => {
    const shop = await openShop(plantBuyers({ ...STORY, buyers: 30 }), DAY);
    const figures = await recompute(shop, DAY);
    expect(figures?.verdict).toEqual({ kind: "not-reliable-yet", reason: { kind: "not-enough-buyers", missing: 20 } });
    expect(figures?.calibration).toBeNull();
    const rows = readRows(shop);
    expect(rows).toHaveLength(31);
    for (const column of ["expectedOrders90d", "expectedOrders365d", "expectedRevenue365dMinor", "pAlive", "churnProbability", "nextOrderAt"]) expect(rows.every((row) => row[column] === null), column).toBe(true);
    expect(rows.slice(0, 30).every((row) => Number(row.aovMinor) > 0 && Number(row.cadenceDays) > 0 && row.discountShare === 0 && row.lifecycleStage !== "prospect")).toBe(true);
    expect(figures?.stages.every(({ expectedMinor }) => expectedMinor === null)).toBe(true);
  });

  it("take numbers back when the next run does not trust them any more", async () => {
    const shop = await openShop(plantBuyers(STORY), DAY);
    await recompute(shop, DAY);
    expect(readRows(shop).some((row) => row.pAlive !== null)).toBe(true);
    // For half a year nobody orders: everything that was expected did not come.
    const figures = await recompute(shop, DAY + 180);
    expect(figures?.verdict).toMatchObject({ kind: "not-reliable-yet", reason: { kind: "too-few-holdout-purchases" } });
    expect(readRows(shop).every((row) => row.pAlive === null && row.expectedRevenue365dMinor === null)).toBe(true);
  });

  it("do not fail in an empty shop", async () => {
    const shop = await createShop();
    expect(await recompute(shop, DAY)).toMatchObject({ window: null, written: 0, verdict: { kind: "not-reliable-yet" } });
  });
});
