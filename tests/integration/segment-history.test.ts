import { beforeEach, describe, expect, it } from "vitest";
import type { CustomerId } from "#app/core/ids.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { CHANGED_DATA, CHANGED_ORDERS, listChangedCustomers, markCustomersChanged } from "#app/server/store/changed-customers.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import { countSegmentFlips, listSegmentEvents } from "#app/server/store/segment-events.server.ts";
import { listSegmentSizes, thinSegmentSizes } from "#app/server/store/segment-history.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { refreshChangedCustomers } from "#app/server/usecases/segments/refresh-changed-customers.server.ts";
import { refreshSegments } from "#app/server/usecases/segments/refresh-segments.server.ts";
import { makeShop, NOW_MS, setScore } from "#tests/factories/delivery-shop.ts";
import { makeCustomerRecord, makeOrderRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
let nowMs = NOW_MS;
const clock = { nowMs: () => nowMs };
let shop: ShopRef;
beforeEach(async () => {
  nowMs = NOW_MS;
  shop = await makeShop();
});

async function make(name: string, query: string): Promise<string> {
  const created = await createSegment(shop, { name, query }, { clock });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value.id;
}
const membersOf = (segmentId: string) => [...loadMemberColumns(shop.id, segmentId).customerId];
const eventsOf = (segmentId: string) =>
  listSegmentEvents(shop.id, segmentId, { fromMs: 0, toMs: Infinity, beforeId: null, limit: 50 }).map(({ customerId, kind, reason, flipped }) => [customerId, kind, reason, ...flipped.map(({ text, holds }) => `${holds ? "+" : "-"} ${text}`)]);
const refresh = () => refreshSegments(shop, { clock });
const order = (id: number, customerId: number, totalMinor = 1_000) => {
  writeOrders(shop.id, [makeOrderRecord(id, customerId, nowMs, [], { subtotalMinor: totalMinor, totalMinor })]);
  markCustomersChanged(shop.id, [customerId], CHANGED_ORDERS, nowMs);
};

describe("why a segment grew", () => {
  it("names the clause that flipped, with the values, for whoever joined or left", async () => {
    setScore(shop.id, 1, { ordersCount: 2, monetaryMinor: 5_000, recencyDays: 85 });
    setScore(shop.id, 2, { ordersCount: 3, monetaryMinor: 9_000, recencyDays: 100 });
    const id = await make("Lapsed twice", "number_of_orders >= 2 AND last_order_date < -90d");
    expect(membersOf(id)).toEqual([2]);
    await refresh();
    expect(eventsOf(id)).toEqual([]);
    nowMs += 7 * DAY_MS;
    await refresh();
    expect(eventsOf(id)).toEqual([[1, "joined", "recompute", "+ last_order_date < -90d"]]);
    nowMs += DAY_MS;
    order(7_001, 2);
    await refresh();
    expect(eventsOf(id)[0]).toEqual([2, "left", "recompute", "- last_order_date < -90d"]);
    const [event] = listSegmentEvents(shop.id, id, { fromMs: 0, toMs: nowMs, beforeId: null, limit: 1 });
    expect(event.flipped[0].values).toEqual({ last_order_date: new Date(nowMs).toISOString() });
    expect(countSegmentFlips(shop.id, id, NOW_MS, nowMs)).toEqual([
      { kind: "joined", clause: "last_order_date < -90d", count: 1 },
      { kind: "left", clause: "last_order_date < -90d", count: 1 },
    ]);
    expect(listSegmentSizes(shop.id, id, 0, nowMs).map(({ memberCount, joined, left, reason }) => [memberCount, joined, left, reason])).toEqual([
      [1, 1, 0, "recompute"], [2, 1, 0, "recompute"], [1, 0, 1, "recompute"],
    ]);
  });

  it("a customer who is forgotten leaves no trace, and the next refresh goes on without a cause", async () => {
    setScore(shop.id, 1, { recencyDays: 89 });
    setScore(shop.id, 2, { recencyDays: 88 });
    const id = await make("Lapsed", "last_order_date < -90d");
    await refresh();
    nowMs += 2 * DAY_MS;
    await refresh();
    expect(eventsOf(id)).toHaveLength(1);
    redactCustomer(shop.id, 1 as CustomerId, [], nowMs);
    expect(openSqlite().prepare("SELECT count(*) AS n FROM SegmentClauseBits").get()).toEqual({ n: 0 });
    expect(eventsOf(id)).toEqual([]);
    nowMs += DAY_MS;
    await refresh();
    expect(eventsOf(id)).toEqual([[2, "joined", "recompute"]]);
    expect(membersOf(id)).toEqual([2]);
  });

  it("old sizes keep one point a day", async () => {
    const id = await make("All", "");
    for (const hour of [1, 2, 3, 30]) {
      nowMs = NOW_MS + hour * 3_600_000;
      await refresh();
    }
    thinSegmentSizes(shop.id, NOW_MS + 3 * DAY_MS);
    expect(listSegmentSizes(shop.id, id, 0, nowMs).map(({ atMs }) => (atMs - NOW_MS) / 3_600_000)).toEqual([3, 30]);
  });
});

describe("following single customers", () => {
  it("moves those who changed at once, in the segments that depend on the change, and leaves the others to the recompute", async () => {
    for (let customer = 1; customer <= 5; customer++) setScore(shop.id, customer, { monetaryMinor: 1_000 * customer, recencyDays: 120 });
    const lapsed = await make("Lapsed", "last_order_date < -90d");
    const big = await make("Spent 70", "amount_spent >= 70");
    const both = await make("Big and back", "segments CONTAINS 'Spent 70' AND last_order_date >= -1d");
    const ranked = await make("Top", "top_customers MATCHES (by = 'amount_spent', count = 1)");
    await refresh();
    nowMs += 60_000;
    order(9_001, 3, 6_000);
    const done = await refreshChangedCustomers(shop, clock);
    expect(done).toMatchObject({ customers: 1, segments: 3 });
    expect(membersOf(lapsed)).toEqual([1, 2, 4, 5]);
    expect(membersOf(big)).toEqual([3]);
    expect(membersOf(both)).toEqual([3]);
    expect(membersOf(ranked)).toEqual([5]);
    expect(eventsOf(both)).toEqual([[3, "joined", "change", "+ segments CONTAINS 'Spent 70'", "+ last_order_date >= -1d"]]);
    expect(openSqlite().prepare("SELECT memberCount, valueMinor FROM Segment WHERE id = ?").get(big)).toEqual({ memberCount: 1, valueMinor: 9_000 });
    expect(await refreshChangedCustomers(shop, clock)).toBeNull();
    // The whole refresh afterwards finds nothing new but the ranking.
    nowMs += 60_000;
    expect((await refresh()).filter(({ joined, left }) => joined + left > 0)).toMatchObject([{ segmentId: ranked, joined: 1, left: 1 }]);
    expect(listChangedCustomers(shop.id, 5)).toEqual([]);
  });

  it("agrees with a whole refresh for customers' own data, new and deleted customers", async () => {
    const tagged = await make("VIP", "customer_tags CONTAINS 'vip' OR customer_language = 'de'");
    const ordered = await make("No order", "number_of_orders = 0");
    writeCustomers(shop.id, [makeCustomerRecord(1, { tags: ["VIP"] }), makeCustomerRecord(2, { locale: "de" }), makeCustomerRecord(3)]);
    markCustomersChanged(shop.id, [1, 2, 3], CHANGED_DATA | CHANGED_ORDERS, nowMs);
    await refreshChangedCustomers(shop, clock);
    expect([membersOf(tagged), membersOf(ordered)]).toEqual([[1, 2], [1, 2, 3]]);
    openSqlite().prepare("UPDATE Customer SET deletedAt = 1 WHERE id = 1").run();
    writeCustomers(shop.id, [makeCustomerRecord(2, { locale: "en", updatedAtMs: 5 })]);
    markCustomersChanged(shop.id, [1, 2], CHANGED_DATA | CHANGED_ORDERS, nowMs + 1);
    await refreshChangedCustomers(shop, clock);
    expect([membersOf(tagged), membersOf(ordered)]).toEqual([[], [2, 3]]);
    expect((await refresh()).map(({ joined, left }) => joined + left)).toEqual([0, 0]);
  });

  it("a recompute that read its data before a change does not undo what followed it", async () => {
    setScore(shop.id, 1, { recencyDays: 120 });
    const id = await make("Lapsed", "last_order_date < -90d");
    const { openShopEvaluation } = await import("#app/server/usecases/segments/open-shop-evaluation.server.ts");
    const { snapshot } = await openShopEvaluation(shop, nowMs);
    nowMs += 1_000;
    order(9_001, 1);
    await refreshChangedCustomers(shop, clock);
    expect(membersOf(id)).toEqual([]);
    expect(await refreshSegments(shop, { clock, snapshot })).toMatchObject([{ joined: 0, left: 0, memberCount: 0 }]);
    expect(membersOf(id)).toEqual([]);
    nowMs += 1_000;
    await refresh();
    expect(eventsOf(id)).toHaveLength(1);
  });

  it("another shop's changes are not followed", async () => {
    setScore(shop.id, 1);
    const other = await makeShop("other");
    markCustomersChanged(other.id, [1], CHANGED_ORDERS, nowMs);
    expect(await refreshChangedCustomers(shop, clock)).toBeNull();
    expect((await getQueue().list(shop.id, ["waiting"], 5)).length).toBe(0);
  });
});
