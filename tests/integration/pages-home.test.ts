import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, dayNumber } from "#app/core/time.ts";
import { enqueueJob, getQueue } from "#app/server/platform/queue.server.ts";
import { getShop, saveShopSettings } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { actOnHome } from "#app/server/usecases/home/act-on-home.server.ts";
import { loadHome } from "#app/server/usecases/home/load-home.server.ts";
import { loadKeyFigures } from "#app/server/usecases/home/load-key-figures.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord } from "#tests/factories/store-records.ts";
import { createStoryClock } from "#tests/factories/story-clock.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

/** A Monday, 09:00 in New York (the factory's shop). */
const NOW_MS = Date.parse("2026-06-15T13:00:00Z");
const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

describe("key figures", () => {
  it("compare 30 days with the 30 before, counting only orders that count", async () => {
    const shop = await createShop();
    const other = await createShop("other");
    writeCustomers(shop.id, [1, 2, 3].map((id) => makeCustomerRecord(id)));
    writeOrders(shop.id, [
      makeOrderRecord(1, 1, NOW_MS - 50 * DAY_MS, [7]),
      makeOrderRecord(2, 1, NOW_MS - 10 * DAY_MS, [7, 8]),
      makeOrderRecord(3, 2, NOW_MS - 30 * DAY_MS, [7]),
      makeOrderRecord(4, null, NOW_MS - 1 * DAY_MS, [7]),
      makeOrderRecord(5, 3, NOW_MS - 2 * DAY_MS, [7], { cancelledAtMs: NOW_MS }),
      makeOrderRecord(6, 3, NOW_MS - 2 * DAY_MS, [7], { isTest: true }),
      makeOrderRecord(7, 3, NOW_MS - 30 * DAY_MS - 1, [7]),
    ]);
    writeOrders(other.id, [makeOrderRecord(1, 1, NOW_MS - DAY_MS, [7, 7, 7, 7])]);
    const figures = loadKeyFigures(shop, NOW_MS);
    expect(figures).toMatchObject({ untilMs: NOW_MS, isPast: false });
    // Orders 2, 3 and the guest's 4; customer 1 had ordered before, customer 2 had not.
    expect(figures?.now).toEqual({ orders: 3, revenueMinor: 4000, buyers: 2, returningBuyers: 1 });
    expect(figures?.before).toEqual({ orders: 2, revenueMinor: 2000, buyers: 2, returningBuyers: 0 });
  });

  it("count weeks from Monday midnight of the shop and lose no order of the last thirteen", async () => {
    const shop = await createShop();
    const placed = Array.from({ length: 84 }, (_, day) => NOW_MS - day * DAY_MS - 3 * HOUR_MS);
    writeOrders(shop.id, placed.map((atMs, index) => makeOrderRecord(index + 1, null, atMs, [7])));
    const weeks = loadKeyFigures(shop, NOW_MS)?.weeks ?? [];
    expect(weeks).toHaveLength(13);
    for (const week of weeks) {
      const local = new Intl.DateTimeFormat("en-US", { timeZone: shop.timeZone, weekday: "long", hour: "2-digit", hourCycle: "h23" }).format(week.startsAtMs);
      expect(local).toBe("Monday, 00");
    }
    const naive = new Map<number, number>();
    for (const atMs of placed) {
      const day = dayNumber(atMs, shop.timeZone);
      const monday = day - ((day + 3) % 7);
      naive.set(monday, (naive.get(monday) ?? 0) + 1);
    }
    expect(weeks.map((week) => week.orders)).toEqual(weeks.map((week) => naive.get(dayNumber(week.startsAtMs, shop.timeZone)) ?? 0));
    expect(weeks.reduce((sum, week) => sum + week.orders, 0)).toBe(84);
  });

  it("of a shop that has been quiet end with its last order, and of an empty one do not exist", async () => {
    const shop = await createShop();
    expect(loadKeyFigures(shop, NOW_MS)).toBeNull();
    const last = NOW_MS - 4_000 * DAY_MS;
    writeOrders(shop.id, [makeOrderRecord(1, null, last, [7]), makeOrderRecord(2, null, last - 31 * DAY_MS, [7, 8])]);
    expect(loadKeyFigures(shop, NOW_MS)).toMatchObject({ isPast: true, untilMs: last + 1, now: { orders: 1, revenueMinor: 1000 }, before: { orders: 1, revenueMinor: 2000 } });
  });

  it("include an order that is ahead of our clock", async () => {
    const shop = await createShop();
    writeOrders(shop.id, [makeOrderRecord(1, null, NOW_MS + 5 * DAY_MS, [7])]);
    expect(loadKeyFigures(shop, NOW_MS)).toMatchObject({ isPast: false, now: { orders: 1 } });
  });
});

describe("home page", () => {
  it("of a shop that was just installed is empty and honest", async () => {
    const shop = await createShop();
    const home = await loadHome(shop, createStoryClock(NOW_MS));
    // What has been read of the orders so far would be half a truth.
    writeOrders(shop.id, [makeOrderRecord(1, null, NOW_MS, [7])]);
    expect((await loadHome(shop, createStoryClock(NOW_MS))).figures).toBeNull();
    expect(home).toMatchObject({
      figures: null, mix: [], sync: { state: "not-started" },
      guide: { isDismissed: false, isSynced: false, isScored: false, hasSegment: false, hasDiscount: false },
      health: { products: 0, customers: 0, orders: 0, lastWebhook: null, deadLetters: [], deadCount: 0, waitingJobs: 0 },
    });
  });

  it("forgets the guide for good and leaves the other settings alone", async () => {
    const shop = await createShop();
    await saveShopSettings(shop.id, JSON.stringify({ delivery: { limit: 3 } }));
    expect(await actOnHome(shop, form({ intent: "dismiss-guide" }), createStoryClock(NOW_MS))).toEqual({ ok: true, value: null });
    const after = await getShop(shop.id);
    expect(JSON.parse(after.settings)).toEqual({ delivery: { limit: 3 }, guideDismissedAtMs: NOW_MS });
    expect((await loadHome(after, createStoryClock(NOW_MS))).guide.isDismissed).toBe(true);
  });

  it("shows what failed for good, in its own shop only", async () => {
    const shop = await createShop();
    const other = await createShop("other");
    await enqueueJob(shop.id, "publish-recommendations", {}, { maxAttempts: 1 });
    const job = await getQueue().claim("worker", 60_000);
    expect(job).not.toBeNull();
    await getQueue().fail({ jobId: job?.id ?? "", workerId: "worker" }, "Shopify refused SetMetafields", { isPermanent: true });
    const clock = createStoryClock(NOW_MS);
    const { health } = await loadHome(shop, clock);
    expect(health).toMatchObject({ deadCount: 1, waitingJobs: 0, deadLetters: [{ id: job?.id, source: "job", name: "publish-recommendations", error: "Shopify refused SetMetafields" }] });
    expect((await loadHome(other, clock)).health.deadCount).toBe(0);
  });

  it("refuses an intent it does not know", async () => {
    expect(await actOnHome(await createShop(), form({ intent: "delete-all" }), createStoryClock(NOW_MS))).toMatchObject({ ok: false, error: { kind: "invalid" } });
  });
});
