import { afterAll, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { segmentTemplates } from "#app/engine/segments/templates/segment-templates.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { closePictures } from "#app/server/usecases/picture/ask-picture.server.ts";
import { compareSegments } from "#app/server/usecases/segment-studio/compare-segments.server.ts";
import { countTemplates } from "#app/server/usecases/segment-studio/count-templates.server.ts";
import { explainMemberships } from "#app/server/usecases/segment-studio/explain-memberships.server.ts";
import { findLookalikeQuery } from "#app/server/usecases/segment-studio/find-lookalike-query.server.ts";
import { loadGroupFlows } from "#app/server/usecases/segment-studio/load-group-flows.server.ts";
import { loadSegmentChanges } from "#app/server/usecases/segment-studio/load-segment-changes.server.ts";
import { previewQuery } from "#app/server/usecases/segment-studio/preview-query.server.ts";
import { translateSentence } from "#app/server/usecases/segment-studio/translate-phrase.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
afterAll(closePictures);

const NOW_MS = Date.parse("2026-06-15T12:10:00Z");
const clock = { nowMs: () => NOW_MS };
const CUSTOMERS = 12;

/** Customer i has i - 1 orders of 10.00, the latest ten days times i ago; customer 12 came yesterday. */
async function shopOfBuyers(name: string): Promise<Shop> {
  const shop = await createShop(name);
  const ids = Array.from({ length: CUSTOMERS }, (_, index) => index + 1);
  writeCustomers(shop.id, ids.map((id) => makeCustomerRecord(id, { createdAtMs: id === CUSTOMERS ? NOW_MS - DAY_MS : NOW_MS - 900 * DAY_MS })));
  const orders = ids.flatMap((id) => Array.from({ length: id === CUSTOMERS ? 0 : id - 1 }, (_, index) => makeOrderRecord(id * 100 + index, id, NOW_MS - (id * 10 + index * 20) * DAY_MS, [7])));
  writeOrders(shop.id, orders);
  return shop;
}

async function segmentOf(shop: Shop, name: string, query: string): Promise<string> {
  const created = await createSegment(shop, { name, query }, { clock });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value.id;
}

it("previews a query with its picture, hides that of a few people, and tells what is wrong or missing", async () => {
  const shop = await shopOfBuyers("preview");
  const many = await previewQuery(shop, "number_of_orders >= 3", { clock });
  expect(many).toMatchObject({ ok: true, value: { preview: { count: 8, customers: 12, valueMinor: 8 * 1_000 * 6.5, minimumGroup: 5, missing: [] } } });
  expect(many.ok && many.value.preview?.breakdown?.rfm.reduce((sum, { count }) => sum + count, 0)).toBe(8);
  expect(await previewQuery(shop, "number_of_orders >= 8", { clock })).toMatchObject({ ok: true, value: { preview: { count: 3, valueMinor: 0, breakdown: null } } });
  expect(await previewQuery(shop, "numbr_of_orders >= 8", { clock })).toMatchObject({ ok: true, value: { problems: [{ start: 0, end: 15, suggestion: "number_of_orders" }] } });
  expect(await previewQuery(shop, "experiment MATCHES (id = 1)", { clock })).toMatchObject({ ok: true, value: { preview: { count: 0, undecided: 12, missing: [{ what: "experiment" }] } } });
});

it("explains every saved segment for a customer, those they are in first", async () => {
  const shop = await shopOfBuyers("explain");
  await segmentOf(shop, "Few", "number_of_orders BETWEEN 1 AND 2");
  await segmentOf(shop, "Many", "number_of_orders > 5 AND last_order_date >= -90d");
  const explained = await explainMemberships(shop, 8, { clock });
  expect(explained.ok && explained.value.map(({ name, holds }) => [name, holds])).toEqual([["Many", true], ["Few", false]]);
  expect(explained.ok && explained.value[1].explanation).toMatchObject({ kind: "condition", text: "number_of_orders BETWEEN 1 AND 2", holds: false, values: { number_of_orders: 7 } });
  expect(await explainMemberships(shop, 999, { clock })).toMatchObject({ ok: false, error: { kind: "not-found", what: "customer" } });
});

it("tells who joined and left between two days, and by which condition", async () => {
  const shop = await shopOfBuyers("changes");
  const id = await segmentOf(shop, "Silent", "last_order_date < -60d AND number_of_orders >= 1");
  const changes = await loadSegmentChanges(shop, id, new URLSearchParams({ from: "2026-05-16", to: "2026-06-15" }), { clock });
  if (!changes.ok) throw new Error("changes");
  // Silent for more than 60 days: today customers 7 to 11 (70 to 110 days); 30 days before those whose order before last was long ago.
  const { before, after, joined, left, moves, causes } = changes.value.changes;
  expect(after).toBe(5);
  expect(before + joined - left).toBe(after);
  expect(joined).toBeGreaterThan(0);
  expect(causes[0].condition).toBe("last_order_date < -60d");
  for (const move of moves) expect(move.flips.map(({ condition }) => condition)).toContain("last_order_date < -60d");
  const flows = await loadGroupFlows(shop, new URLSearchParams({ from: "2026-05-16", to: "2026-06-15" }), { clock });
  expect(flows.ok && flows.value.flows.reduce((sum, { count }) => sum + count, 0)).toBe(CUSTOMERS);
  expect(flows.ok && flows.value.flows.find(({ from }) => from === "NOT_YET")).toMatchObject({ to: "PROSPECTS", count: 1 });
});

it("compares segments, finds look-alikes, counts templates and reads sentences", async () => {
  const shop = await shopOfBuyers("others");
  const one = await segmentOf(shop, "One or more", "number_of_orders >= 1");
  await segmentOf(shop, "Five or more", "number_of_orders >= 5");
  const compared = await compareSegments(shop, [], { clock });
  if (!compared.ok) throw new Error("compare");
  const { names, sizes, overlaps } = compared.value.overlap;
  expect(new Map(names.map((name, index) => [name, sizes[index]]))).toEqual(new Map([["One or more", 10], ["Five or more", 6]]));
  expect(overlaps.map(({ sets, count }) => [sets.map((set) => names[set]).sort().join(), count])).toEqual([["Five or more,One or more", 6], ["One or more", 4]]);
  const alike = await findLookalikeQuery(shop, one, { clock });
  if (alike.ok) expect(await previewQuery(shop, alike.value.query, { clock })).toMatchObject({ ok: true, value: { preview: {} } });
  const counts = await countTemplates(shop, { clock });
  expect(counts.ok && counts.value).toHaveLength(segmentTemplates.length);
  expect(counts.ok && counts.value.find(({ key }) => key === "repeat")).toEqual({ key: "repeat", count: 9, missing: [] });
  expect(counts.ok && counts.value.find(({ key }) => key === "category_fans")).toEqual({ key: "category_fans", count: null, missing: [] });
  const read = await translateSentence(shop, { phrase: "bought at least three times and in segment Five or more", withModel: true }, { clock });
  expect(read).toMatchObject({ ok: true, value: { query: "number_of_orders >= 3 AND segments CONTAINS 'Five or more'", by: "rules", canAskModel: false, ignored: [] } });
});
