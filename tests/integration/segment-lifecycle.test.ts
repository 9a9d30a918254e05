import { beforeEach, describe, expect, it } from "vitest";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import { recordSegmentDelivery, recordSegmentPublished } from "#app/server/store/segments.server.ts";
import { archiveSegment } from "#app/server/usecases/segments/archive-segment.server.ts";
import { loadBreakdownMinimum, setBreakdownMinimum } from "#app/server/usecases/segments/breakdown-minimum.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { duplicateSegment } from "#app/server/usecases/segments/duplicate-segment.server.ts";
import { listArchivedSegments } from "#app/server/usecases/segments/list-archived-segments.server.ts";
import { listSegments } from "#app/server/usecases/segments/list-segments.server.ts";
import { loadSegmentHistory } from "#app/server/usecases/segments/load-segment-history.server.ts";
import { loadSegment } from "#app/server/usecases/segments/load-segment.server.ts";
import { refreshSegments } from "#app/server/usecases/segments/refresh-segments.server.ts";
import { setSegmentOwner } from "#app/server/usecases/segments/set-segment-owner.server.ts";
import { setSegmentSchedule } from "#app/server/usecases/segments/set-segment-schedule.server.ts";
import { undoSegment } from "#app/server/usecases/segments/undo-segment.server.ts";
import { updateSegment } from "#app/server/usecases/segments/update-segment.server.ts";
import { makeShop, NOW_MS, setScore } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
let nowMs = NOW_MS;
const clock = { nowMs: () => nowMs };
let shop: ShopRef;
beforeEach(async () => {
  nowMs = NOW_MS;
  shop = await makeShop();
  for (let id = 1; id <= 4; id++) setScore(shop.id, id, { ordersCount: id });
});

function value<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const make = async (name: string, query: string) => value(await createSegment(shop, { name, query }, { clock })).id;
const update = (id: string, change: object) => updateSegment(shop, id, change, { clock, actor: "42" });
const undo = (id: string) => undoSegment(shop, id, { clock });
const membersOf = (id: string) => [...loadMemberColumns(shop.id, id).customerId];

describe("editing and undoing", () => {
  it("a new query moves the members; undo walks back revision by revision, and a new edit branches off there", async () => {
    const id = await make("Repeat", "number_of_orders >= 2");
    nowMs += 1;
    expect(value(await update(id, { query: "number_of_orders >= 3" }))).toMatchObject({ query: "number_of_orders >= 3", memberCount: 2, canUndo: true });
    nowMs += 1;
    value(await update(id, { query: "number_of_orders = 4", name: "Four" }));
    expect(membersOf(id)).toEqual([4]);
    expect(value(await undo(id))).toMatchObject({ name: "Repeat", query: "number_of_orders >= 3" });
    expect(membersOf(id)).toEqual([3, 4]);
    nowMs += 1;
    value(await update(id, { query: "number_of_orders = 1" }));
    value(await undo(id));
    expect(value(await undo(id)).query).toBe("number_of_orders >= 2");
    expect(await undo(id)).toMatchObject({ ok: false, error: { kind: "conflict" } });
    const history = value(await loadSegmentHistory(shop, id, { fromMs: 0, toMs: nowMs }));
    expect(history.revisions.map(({ number, parent, actor }) => [number, parent, actor])).toEqual([[4, 2, "42"], [3, 2, "42"], [2, 1, "42"], [1, null, "app"]]);
    expect(history.events.every(({ reason, flipped }) => reason === "edited" && flipped.length === 0)).toBe(true);
  });

  it("refuses what cannot be read, a name that is taken and a segment that leads back to itself", async () => {
    const a = await make("A", "number_of_orders >= 2");
    await make("B", "segments CONTAINS 'A'");
    expect(await update(a, { query: "number_of_orders >=" })).toMatchObject({ ok: false, error: { problems: [{ field: "query" }] } });
    expect(await update(a, { name: "B" })).toMatchObject({ ok: false, error: { problems: [{ field: "name" }] } });
    expect(await update(a, { query: "segments CONTAINS 'B'" })).toMatchObject({ ok: false, error: { problems: [{ message: "the segment leads back to itself: A > B > A" }] } });
    expect(await update("nope", { name: "C" })).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("others follow a new name", async () => {
    const a = await make("A", "number_of_orders >= 2");
    const b = await make("B", "number_of_orders <= 3 AND segments CONTAINS 'A'");
    value(await update(a, { name: "It's A" }));
    expect(value(await loadSegment(shop, b)).segment.query).toBe("number_of_orders <= 3 AND segments CONTAINS 'It\\'s A'");
    await refreshSegments(shop, { clock });
    expect(membersOf(b)).toEqual([2, 3]);
  });

  it("what stands in Shopify is proved and brought there anew", async () => {
    const id = await make("Repeat", "number_of_orders >= 2");
    await recordSegmentDelivery(shop.id, id, { delivery: "native", nativeQuery: "number_of_orders >= 2", tag: null }, nowMs);
    await recordSegmentPublished(shop.id, id, nowMs);
    expect(value(await update(id, { query: "number_of_orders >= 3" }))).toMatchObject({ delivery: "none", nativeQuery: null });
    expect((await getQueue().list(shop.id, ["waiting"], 5)).map(({ kind }) => kind)).toEqual(["publish-segment"]);
  });
});

describe("archive, copy, schedule and owner", () => {
  it("an archived segment is out of every list and comes back with undo", async () => {
    const id = await make("Repeat", "number_of_orders >= 2");
    value(await archiveSegment(shop, id, { clock }));
    expect(await listSegments(shop)).toEqual([]);
    expect(await loadSegment(shop, id)).toMatchObject({ ok: false });
    expect(await listArchivedSegments(shop)).toMatchObject([{ id, archivedAtMs: nowMs, canUndo: true }]);
    setScore(shop.id, 9, { ordersCount: 2 });
    expect(value(await undo(id))).toMatchObject({ memberCount: 4, archivedAtMs: null });
  });

  it("one that another is made of stays", async () => {
    const a = await make("A", "number_of_orders >= 2");
    const b = await make("B", "segments CONTAINS 'A'");
    expect(await archiveSegment(shop, a)).toMatchObject({ ok: false, error: { kind: "conflict", message: "another segment is made of this one" } });
    value(await archiveSegment(shop, b));
    value(await archiveSegment(shop, a));
  });

  it("a copy takes the next free name", async () => {
    const id = await make("VIP", "number_of_orders >= 2");
    const copy = value(await duplicateSegment(shop, id, { clock }));
    expect([copy.name, copy.query, copy.memberCount]).toEqual(["VIP 2", "number_of_orders >= 2", 3]);
    expect(value(await duplicateSegment(shop, copy.id, { clock })).name).toBe("VIP 3");
  });

  it("keeps to its schedule", async () => {
    const [daily, manual] = [await make("Daily", "number_of_orders >= 2"), await make("By hand", "number_of_orders >= 2")];
    value(await setSegmentSchedule(shop, daily, "daily", { clock }));
    value(await setSegmentSchedule(shop, manual, "manual", { clock }));
    expect(await setSegmentSchedule(shop, daily, "never")).toMatchObject({ ok: false });
    setScore(shop.id, 9, { ordersCount: 2 });
    nowMs += 3_600_000;
    expect(await refreshSegments(shop, { clock })).toEqual([]);
    nowMs += 23 * 3_600_000;
    expect((await refreshSegments(shop, { clock })).map(({ segmentId }) => segmentId)).toEqual([daily]);
    expect([membersOf(daily).length, membersOf(manual).length]).toEqual([4, 3]);
  });

  it("has an owner, or none", async () => {
    const id = await make("A", "");
    value(await setSegmentOwner(shop, id, " Ana ", { clock }));
    expect((await listSegments(shop))[0].owner).toBe("Ana");
    value(await setSegmentOwner(shop, id, null, { clock }));
    expect((await listSegments(shop))[0].owner).toBeNull();
    expect(await setSegmentOwner(shop, id, "x".repeat(101))).toMatchObject({ ok: false });
  });

  it("nothing of it can be done to another shop's segment", async () => {
    const id = await make("Mine", "number_of_orders >= 2");
    const other = await makeShop("other");
    const done = await Promise.all([
      updateSegment(other, id, { name: "Theirs" }), undoSegment(other, id), archiveSegment(other, id), duplicateSegment(other, id), setSegmentSchedule(other, id, "daily"), setSegmentOwner(other, id, "x"),
      loadSegmentHistory(other, id, { fromMs: 0, toMs: nowMs }), loadSegment(other, id),
    ]);
    expect(done.map((result) => (result.ok ? "done" : result.error.kind))).toEqual(done.map(() => "not-found"));
    expect(value(await loadSegment(shop, id)).segment).toMatchObject({ name: "Mine", schedule: "on-change", owner: null });
  });
});

it("the least size of a breakdown is 5 until it is set", async () => {
  expect(await loadBreakdownMinimum(shop)).toBe(5);
  value(await setBreakdownMinimum(shop, 12, { clock }));
  expect(await loadBreakdownMinimum(shop)).toBe(12);
  expect(await setBreakdownMinimum(shop, 0)).toMatchObject({ ok: false });
});
