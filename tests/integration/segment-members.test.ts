import { beforeEach, describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import { listSegmentSizes } from "#app/server/store/segment-history.server.ts";
import { recordSegmentDelivery, recordSegmentPublished } from "#app/server/store/segments.server.ts";
import { markTagged } from "#app/server/store/segment-tags.server.ts";
import { deleteCustomer } from "#app/server/store/write-customers.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { listSegments } from "#app/server/usecases/segments/list-segments.server.ts";
import { loadSegment } from "#app/server/usecases/segments/load-segment.server.ts";
import { refreshSegments } from "#app/server/usecases/segments/refresh-segments.server.ts";
import { fixedClock, makeShop, NOW_MS, setScore } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
const clock = fixedClock();

let shop: ShopRef;
beforeEach(async () => {
  shop = await makeShop();
});

async function make(name: string, query: string) {
  const created = await createSegment(shop, { name, query }, { clock, actor: "42" });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value;
}
const membersOf = (segmentId: string) => [...loadMemberColumns(shop.id, segmentId).customerId];
/** The customer's last order grows old, as time passing would make it. */
const age = (customerId: number, days: number) => openSqlite().prepare(`UPDATE "Order" SET placedAt = ? WHERE customerId = ?`).run(NOW_MS - days * DAY_MS, customerId);

describe("members of a query", () => {
  // 400 customers; the naive filter beside each query says of each alone whether it belongs.
  const rng = createRng(5);
  const customers = Array.from({ length: 400 }, (_, i) => {
    const ordersCount = rng.below(6);
    return { id: 1_000 + i, ordersCount, monetaryMinor: ordersCount > 0 ? rng.below(20_000) : 0, recencyDays: ordersCount > 0 ? rng.below(200) : null };
  });
  type Row = (typeof customers)[number];

  it.each<[string, (c: Row) => boolean]>([
    ["number_of_orders >= 1", (c) => c.ordersCount > 0],
    ["number_of_orders = 0", (c) => c.ordersCount === 0],
    ["number_of_orders BETWEEN 2 AND 3", (c) => c.ordersCount === 2 || c.ordersCount === 3],
    ["amount_spent >= 100", (c) => c.monetaryMinor >= 10_000],
    ["last_order_date < -90d", (c) => (c.recencyDays ?? 0) > 90],
    ["number_of_orders > 3 OR amount_spent < 50 AND recency_days <= 30", (c) => c.ordersCount > 3 || (c.monetaryMinor < 5_000 && c.recencyDays !== null && c.recencyDays <= 30)],
  ])("%s", async (query, belongs) => {
    for (const { id, ...score } of customers) setScore(shop.id, id, score);
    const expected = customers.filter(belongs);
    const segment = await make("Under test", query);
    expect(membersOf(segment.id)).toEqual(expected.map((c) => c.id));
    expect(segment).toMatchObject({ query, memberCount: expected.length, valueMinor: expected.reduce((sum, c) => sum + c.monetaryMinor, 0), undecidedCount: 0 });
    expect(listSegmentSizes(shop.id, segment.id, 0, NOW_MS)).toMatchObject([{ memberCount: expected.length, joined: expected.length, reason: "created" }]);
    expect(expected.length).toBeGreaterThan(5);
  });

  it("crosses the chunks of reading and writing", async () => {
    const count = 45_000;
    const insert = openSqlite().prepare("INSERT INTO Customer (shopId, id, createdAt, updatedAt, state) VALUES (?, ?, 0, 0, 'ENABLED')");
    openSqlite().transaction(() => {
      for (let id = 1; id <= count; id++) insert.run(shop.id, id);
    })();
    const { id, memberCount } = await make("No order yet", "number_of_orders = 0");
    expect(memberCount).toBe(count);
    openSqlite().prepare("UPDATE Customer SET deletedAt = 1 WHERE shopId = ? AND id % 3 = 0").run(shop.id);
    expect(await refreshSegments(shop, { clock })).toMatchObject([{ joined: 0, left: count / 3, memberCount: (count / 3) * 2 }]);
    openSqlite().prepare("UPDATE Customer SET deletedAt = NULL WHERE shopId = ? AND id % 6 = 0").run(shop.id);
    expect(await refreshSegments(shop, { clock })).toMatchObject([{ joined: count / 6, left: 0 }]);
    expect(membersOf(id)).toEqual(Array.from({ length: count }, (_, i) => i + 1).filter((customerId) => customerId % 3 !== 0 || customerId % 6 === 0));
  });
});

describe("refreshSegments", () => {
  const atRisk = "recency_days > 60";
  it("a buyer joins and leaves as the days pass, and the log says how many", async () => {
    setScore(shop.id, 1, { recencyDays: 90 });
    setScore(shop.id, 2, { monetaryMinor: 700 });
    const { id } = await make("At risk", atRisk);
    expect(membersOf(id)).toEqual([1]);
    age(1, 5);
    age(2, 61);
    setScore(shop.id, 3, { recencyDays: 300 });
    expect(await refreshSegments(shop, { clock })).toEqual([{ segmentId: id, name: "At risk", joined: 2, left: 1, memberCount: 2, valueMinor: 1_700 }]);
    expect(membersOf(id)).toEqual([2, 3]);
    expect(await refreshSegments(shop, { clock })).toMatchObject([{ joined: 0, left: 0 }]);
    expect((await listAudit(shop.id, 10)).map(({ action, actor, detail }) => [action, actor, detail]).sort()).toEqual([
      ["segment.create", "42", '{"memberCount":1}'],
      ["segment.refresh", "system", '{"joined":2,"left":1,"memberCount":2}'],
    ]);
  });

  it("who leaves a segment that goes by tag stays on the list until the tag is gone, and may come back meanwhile", async () => {
    setScore(shop.id, 1, { recencyDays: 90 });
    setScore(shop.id, 2, { recencyDays: 90 });
    const { id } = await make("At risk", atRisk);
    await recordSegmentDelivery(shop.id, id, { delivery: "tag", nativeQuery: null, tag: "tessera:at-risk" }, NOW_MS);
    await recordSegmentPublished(shop.id, id, NOW_MS);
    markTagged(shop.id, id, 1, NOW_MS);
    age(1, 1);
    age(2, 1);
    await refreshSegments(shop, { clock });
    expect(membersOf(id)).toEqual([]);
    expect((await listSegments(shop))[0]).toMatchObject({ memberCount: 0, pendingTags: 2 });
    expect((await getQueue().list(shop.id, ["waiting"], 10)).map((job) => [job.kind, job.payload])).toEqual([["publish-segment", JSON.stringify({ segmentId: id })]]);
    age(1, 90);
    expect(await refreshSegments(shop, { clock })).toMatchObject([{ joined: 1, left: 0, memberCount: 1 }]);
    expect(openSqlite().prepare("SELECT customerId, taggedAt, leftAt FROM SegmentMember ORDER BY customerId").all()).toEqual([
      { customerId: 1, taggedAt: NOW_MS, leftAt: null },
      { customerId: 2, taggedAt: null, leftAt: NOW_MS },
    ]);
  });

  it("a deleted customer leaves, though his orders are still there", async () => {
    setScore(shop.id, 1);
    const { id } = await make("Buyers", "number_of_orders >= 1");
    deleteCustomer(shop.id, 1, NOW_MS + 1);
    await refreshSegments(shop, { clock });
    expect(membersOf(id)).toEqual([]);
  });

  it("another shop's customers never count, nor its segments", async () => {
    const mine = shop;
    shop = await makeShop("another");
    setScore(shop.id, 1);
    await make("Theirs", "number_of_orders >= 1");
    shop = mine;
    setScore(shop.id, 2);
    expect(membersOf((await make("Buyers", "number_of_orders >= 1")).id)).toEqual([2]);
    expect(await createSegment(shop, { name: "Peek", query: "segments CONTAINS 'Theirs'" })).toMatchObject({ ok: false, error: { kind: "invalid", problems: [{ field: "query" }] } });
  });

  it("a segment may be made of another, whatever the order they are refreshed in", async () => {
    setScore(shop.id, 1, { recencyDays: 90, ordersCount: 3 });
    setScore(shop.id, 2, { recencyDays: 90 });
    await make("At risk", atRisk);
    const loyal = await make("Loyal at risk", "segments CONTAINS 'At risk' AND number_of_orders >= 3");
    expect(membersOf(loyal.id)).toEqual([1]);
    age(1, 2);
    await refreshSegments(shop, { clock });
    expect(membersOf(loyal.id)).toEqual([]);
  });
});

describe("createSegment and loadSegment", () => {
  it("refuses a second of the same name, and nonsense, at the field", async () => {
    await make("Buyers", "number_of_orders >= 1");
    const problemsOf = async (input: unknown) => {
      const created = await createSegment(shop, input, { clock });
      return created.ok || created.error.kind !== "invalid" ? [] : created.error.problems.map((problem) => `${problem.field}: ${problem.message}`);
    };
    expect(await problemsOf({ name: "Buyers", query: "number_of_orders = 0" })).toEqual(["name: there is a segment of this name"]);
    expect(await problemsOf({ name: " ", query: 5 })).toEqual(["name: a name is needed", "query: cannot be used"]);
    expect(await problemsOf({ name: "New", query: "number_of_order = 0" })).toEqual(["query: character 1: There is no attribute number_of_order; did you mean number_of_orders?"]);
    expect(await problemsOf(null)).toEqual([": cannot be used"]);
  });

  it("an empty query is everybody, and old forms are stored in today's", async () => {
    setScore(shop.id, 1);
    expect(await make("Everybody", "")).toMatchObject({ query: "", memberCount: 1 });
    expect(await make("Old", "orders_placed(count_at_least: 1) = true")).toMatchObject({ query: "orders_placed MATCHES (count >= 1)", memberCount: 1 });
  });

  it("pages through all members once, most valuable first, with ties", async () => {
    for (let id = 1; id <= 23; id++) setScore(shop.id, id, { monetaryMinor: (id % 4) * 100 });
    const { id } = await make("Buyers", "number_of_orders >= 1");
    const seen: [number, number][] = [];
    let after: string | null = null;
    do {
      const page = await loadSegment(shop, id, { after, limit: 5 });
      if (!page.ok) throw new Error("no page");
      expect(page.value.members.length).toBeLessThanOrEqual(5);
      seen.push(...page.value.members.map((member): [number, number] => [member.monetaryMinor, member.customerId]));
      after = page.value.nextCursor;
    } while (after !== null);
    expect(seen).toEqual([...seen].sort((a, b) => b[0] - a[0] || a[1] - b[1]));
    expect(new Set(seen.map(([, customerId]) => customerId)).size).toBe(23);
    expect(await loadSegment(shop, "nope")).toEqual({ ok: false, error: { kind: "not-found", what: "segment", id: "nope" } });
  });
});
