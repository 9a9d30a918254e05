import { beforeEach, describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { SegmentDefinition } from "#app/engine/segments/segment-definition.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import { loadMemberColumns } from "#app/server/store/segment-members.server.ts";
import { recordSegmentDelivery, recordSegmentPublished } from "#app/server/store/segments.server.ts";
import { markTagged } from "#app/server/store/segment-tags.server.ts";
import { deleteCustomer } from "#app/server/store/write-customers.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { listSegments } from "#app/server/usecases/segments/list-segments.server.ts";
import { loadSegment } from "#app/server/usecases/segments/load-segment.server.ts";
import { refreshSegments } from "#app/server/usecases/segments/refresh-segments.server.ts";
import { fixedClock, makeShop, NOW_MS, setScore, type ScoreOptions } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
const clock = fixedClock();

let shop: ShopRef;
beforeEach(async () => {
  shop = await makeShop();
});

async function make(name: string, definition: SegmentDefinition) {
  const created = await createSegment(shop, { name, definition }, { clock, actor: "42" });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value;
}
const membersOf = (segmentId: string) => [...loadMemberColumns(shop.id, segmentId).customerId];

describe("members of a definition", () => {
  // 400 customers with every mix of scores; the naive filter below says of each alone whether it belongs.
  const rng = createRng(5);
  const groups = ["CHAMPIONS", "LOYAL", "AT_RISK"];
  const customers = Array.from({ length: 400 }, (_, i) => {
    const ordersCount = rng.below(6);
    const buyer = ordersCount > 0;
    const score = () => (buyer ? 1 + rng.below(5) : 0);
    return {
      id: 1_000 + i, ordersCount, monetaryMinor: buyer ? rng.below(20_000) : 0, recencyDays: buyer ? rng.below(200) : null, r: score(), f: score(), m: score(),
      shopifyGroup: buyer ? groups[rng.below(3)] : "PROSPECTS", classicGroup: buyer ? groups[rng.below(3)] : "PROSPECTS",
    };
  });
  type Row = (typeof customers)[number];

  it.each<[SegmentDefinition, (c: Row) => boolean]>([
    [{ kind: "all-buyers" }, (c) => c.ordersCount > 0],
    [{ kind: "prospects" }, (c) => c.ordersCount === 0],
    [{ kind: "order-count", min: 2, max: 3 }, (c) => c.ordersCount === 2 || c.ordersCount === 3],
    [{ kind: "order-count", min: 4, max: null }, (c) => c.ordersCount > 3],
    [{ kind: "spent-at-least", minor: 10_000 }, (c) => c.monetaryMinor >= 10_000],
    [{ kind: "lapsed", days: 90 }, (c) => (c.recencyDays ?? 0) > 90],
    [{ kind: "shopify-group", groups: ["AT_RISK", "PROSPECTS"] }, (c) => c.shopifyGroup === "AT_RISK" || c.ordersCount === 0],
    [{ kind: "classic-group", groups: ["CHAMPIONS"] }, (c) => c.ordersCount > 0 && c.classicGroup === "CHAMPIONS"],
    [{ kind: "rfm-cells", cells: [{ r: 5, f: 1 }, { r: 1, fm: 3 }, { r: 2 }] }, (c) => (c.r === 5 && c.f === 1) || (c.r === 1 && Math.ceil((c.f + c.m) / 2) === 3) || c.r === 2],
  ])("%j", async (definition, belongs) => {
    for (const { id, ...score } of customers) setScore(shop.id, id, score);
    const expected = customers.filter(belongs);
    const segment = await make("Under test", definition);
    expect(membersOf(segment.id)).toEqual(expected.map((c) => c.id));
    expect(segment).toMatchObject({ memberCount: expected.length, valueMinor: expected.reduce((sum, c) => sum + c.monetaryMinor, 0) });
    expect(expected.length).toBeGreaterThan(5);
  });
});

describe("refreshSegments", () => {
  const atRisk: ScoreOptions = { shopifyGroup: "AT_RISK" };
  it("a buyer joins and leaves with the scores, and the log says how many", async () => {
    setScore(shop.id, 1, atRisk);
    setScore(shop.id, 2);
    const { id } = await make("At risk", { kind: "shopify-group", groups: ["AT_RISK"] });
    expect(membersOf(id)).toEqual([1]);
    setScore(shop.id, 1);
    setScore(shop.id, 2, { ...atRisk, monetaryMinor: 700 });
    setScore(shop.id, 3, atRisk);
    expect(await refreshSegments(shop, { clock })).toEqual([{ segmentId: id, name: "At risk", joined: 2, left: 1, memberCount: 2, valueMinor: 1_700 }]);
    expect(membersOf(id)).toEqual([2, 3]);
    expect(await refreshSegments(shop, { clock })).toMatchObject([{ joined: 0, left: 0 }]);
    expect((await listAudit(shop.id, 10)).map(({ action, actor, detail }) => [action, actor, detail]).sort()).toEqual([
      ["segment.create", "42", '{"kind":"shopify-group","memberCount":1}'],
      ["segment.refresh", "system", '{"joined":2,"left":1,"memberCount":2}'],
    ]);
  });

  it("who leaves a segment that goes by tag stays on the list until the tag is gone, and may come back meanwhile", async () => {
    setScore(shop.id, 1, atRisk);
    setScore(shop.id, 2, atRisk);
    const { id } = await make("At risk", { kind: "shopify-group", groups: ["AT_RISK"] });
    await recordSegmentDelivery(shop.id, id, { delivery: "tag", nativeQuery: null, tag: "tessera:at-risk" }, NOW_MS);
    await recordSegmentPublished(shop.id, id, NOW_MS);
    markTagged(shop.id, id, 1, NOW_MS);
    setScore(shop.id, 1);
    setScore(shop.id, 2);
    await refreshSegments(shop, { clock });
    expect(membersOf(id)).toEqual([]);
    expect((await listSegments(shop))[0]).toMatchObject({ memberCount: 0, pendingTags: 2 });
    expect((await getQueue().list(shop.id, ["waiting"], 10)).map((job) => [job.kind, job.payload])).toEqual([["publish-segment", JSON.stringify({ segmentId: id })]]);
    setScore(shop.id, 1, atRisk);
    expect(await refreshSegments(shop, { clock })).toMatchObject([{ joined: 1, left: 0, memberCount: 1 }]);
    expect(openSqlite().prepare("SELECT customerId, taggedAt, leftAt FROM SegmentMember ORDER BY customerId").all()).toEqual([
      { customerId: 1, taggedAt: NOW_MS, leftAt: null },
      { customerId: 2, taggedAt: null, leftAt: NOW_MS },
    ]);
  });

  it("a deleted customer leaves, though his score is still there", async () => {
    setScore(shop.id, 1);
    const { id } = await make("Buyers", { kind: "all-buyers" });
    deleteCustomer(shop.id, 1, NOW_MS + 1);
    await refreshSegments(shop, { clock });
    expect(membersOf(id)).toEqual([]);
  });

  it("another shop's scores never count", async () => {
    const mine = shop;
    shop = await makeShop("another");
    setScore(shop.id, 1);
    shop = mine;
    setScore(shop.id, 2);
    expect(membersOf((await make("Buyers", { kind: "all-buyers" })).id)).toEqual([2]);
  });
});

describe("createSegment and loadSegment", () => {
  it("refuses a second of the same name, and nonsense, at the field", async () => {
    await make("Buyers", { kind: "all-buyers" });
    const problemsOf = async (input: unknown) => {
      const created = await createSegment(shop, input, { clock });
      return created.ok || created.error.kind !== "invalid" ? [] : created.error.problems.map((problem) => problem.field);
    };
    expect(await problemsOf({ name: "Buyers", definition: { kind: "prospects" } })).toEqual(["name"]);
    expect(await problemsOf({ name: " ", definition: { kind: "rfm-cells", cells: [{ r: 9 }] } })).toEqual(expect.arrayContaining(["name"]));
    expect(await problemsOf(null)).toEqual([""]);
  });

  it("pages through all members once, most valuable first, with ties", async () => {
    for (let id = 1; id <= 23; id++) setScore(shop.id, id, { monetaryMinor: (id % 4) * 100 });
    const { id } = await make("Buyers", { kind: "all-buyers" });
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
