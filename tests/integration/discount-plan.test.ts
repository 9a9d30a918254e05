import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { DiscountInput } from "#app/core/discounts.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { recordShopifySegment } from "#app/server/store/segments.server.ts";
import { createDiscount } from "#app/server/usecases/discounts/create-discount.server.ts";
import { listDiscounts } from "#app/server/usecases/discounts/list-discounts.server.ts";
import { planDiscount } from "#app/server/usecases/discounts/plan-discount.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { fixedClock, makeShop, NOW_MS, setScore } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { makeRun } from "#tests/harness/delivery-run.ts";
import { data, startScriptedShopify, storeOfflineSession, type ScriptedShopify } from "#tests/harness/scripted-shopify.ts";

let shopify: ScriptedShopify;
useAppDatabase();
beforeAll(async () => {
  shopify = await startScriptedShopify();
  process.env.SHOPIFY_DEV_STORE_URL = shopify.url;
});
afterAll(() => shopify.close());

const clock = fixedClock();
let shop: ShopRef;
let shops = 0;
let segmentId: string;
beforeEach(async () => {
  shopify.reset();
  shop = await makeShop(`plans-${++shops}`);
  await storeOfflineSession(shop.domain);
  // Spent 100.00, 200.00, ... 500.00 in one order each; the last two spent most.
  for (let id = 1; id <= 5; id++) setScore(shop.id, id, { monetaryMinor: id * 10_000 });
  segmentId = await makeSegment("Buyers", "number_of_orders >= 1");
});

async function makeSegment(name: string, query: string): Promise<string> {
  const created = await createSegment(shop, { name, query }, { clock });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value.id;
}
const input = (more: Partial<DiscountInput> = {}): DiscountInput => ({
  title: "Thanks", segmentId, value: { kind: "percentage", percent: 10 }, codeMode: "shared", code: null, startsAtMs: NOW_MS, endsAtMs: null,
  usageLimit: null, oncePerCustomer: true, minimumMinor: null, combinesWith: ["shipping"], ...more,
});
const plan = (more: Partial<DiscountInput> = {}) => planDiscount(shop, input(more), { clock, client: makeRun(shop).client });
const noDiscounts = () => shopify.on("ListActiveDiscounts", () => data({ discountNodes: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } }));
const storeDiscount = (id: number, typename: string, context: object, combines = false) => ({
  id: `gid://shopify/DiscountNode/${id}`,
  discount: {
    __typename: typename, title: `Store ${id}`, startsAt: "2026-01-01T00:00:00Z", endsAt: null, discountClasses: [typename === "DiscountCodeFreeShipping" ? "SHIPPING" : "ORDER"],
    combinesWith: { orderDiscounts: combines, productDiscounts: false, shippingDiscounts: false }, context,
  },
});

it("says whom it reaches, what it may cost and on what that rests, and writes nothing", async () => {
  noDiscounts();
  const planned = await plan();
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  // 10 % of 100 + 200 + 300 + 400 + 500
  expect(planned.value).toMatchObject({ segmentName: "Buyers", reachedCount: 5, overlaps: [], hasStoreDiscounts: true, cost: { maxMinor: 15_000, uses: 5 }, isSegmentPublished: false });
  expect(planned.value.examples.map((member) => member.monetaryMinor)).toEqual([50_000, 40_000, 30_000, 20_000, 10_000]);
  expect(planned.value.code).toMatch(/^[A-Z2-9]{10}$/);
  expect(await listDiscounts(shop)).toEqual([]);
  expect(await getQueue().list(shop.id, ["waiting"], 5)).toEqual([]);
});

it("finds our own discounts on the same people and the store's for everyone, for a segment of ours and for others", async () => {
  const champions = await makeSegment("Champions", "recency_days >= 0 AND amount_spent > 300");
  const prospects = await makeSegment("Prospects", "number_of_orders = 0");
  await recordShopifySegment(shop.id, champions, 70, NOW_MS);
  await recordShopifySegment(shop.id, prospects, 71, NOW_MS);
  const made = await createDiscount(shop, input({ segmentId: champions, title: "For champions", value: { kind: "free-shipping" }, combinesWith: ["order"] }), { clock });
  const segments = (...ids: number[]) => ({ __typename: "DiscountCustomerSegments", segments: ids.map((id) => ({ id: `gid://shopify/Segment/${id}`, name: "" })) });
  shopify.on("ListActiveDiscounts", () =>
    data({
      discountNodes: {
        nodes: [
          storeDiscount(1, "DiscountCodeBasic", { __typename: "DiscountBuyerSelectionAll" }),
          storeDiscount(2, "DiscountCodeFreeShipping", segments(70), true),
          storeDiscount(3, "DiscountCodeBasic", segments(99)),
          storeDiscount(4, "DiscountCodeBasic", segments(71)),
          { id: "gid://shopify/DiscountNode/5", discount: { __typename: "DiscountAutomaticBasic" } },
        ],
        pageInfo: { hasNextPage: false, endCursor: null },
      },
    }));
  const planned = await plan();
  if (!planned.ok || !made.ok) throw new Error("no plan");
  expect(planned.value.overlaps.map(({ title, source, audience, commonCustomers, canCombine }) => [title, source, audience, commonCustomers, canCombine])).toEqual([
    ["Store 1", "store", "everyone", 5, false],
    ["For champions", "tessera", "segment", 2, true],
    ["Store 2", "store", "segment", 2, true],
    ["Store 3", "store", "other", null, false],
  ]);
});

it("without an answer from Shopify it shows what is known here", async () => {
  expect(await plan()).toMatchObject({ ok: true, value: { reachedCount: 5, hasStoreDiscounts: false } });
}, 20_000);

it.each<[string, Partial<DiscountInput>, string]>([
  ["another currency", { value: { kind: "amount", minor: 100, currency: "EUR" } }, "value.currency"],
  ["a segment that is not there", { segmentId: "nope" }, "segmentId"],
  ["an end that is over", { startsAtMs: NOW_MS - 10, endsAtMs: NOW_MS - 5 }, "endsAtMs"],
  ["101 percent", { value: { kind: "percentage", percent: 101 } }, "value.percent"],
])("%s is a problem of its field, for the dry run and for the creation", async (_, more, field) => {
  const problem = { ok: false, error: { kind: "invalid", problems: [expect.objectContaining({ field })] } };
  expect(await plan(more)).toEqual(problem);
  expect(await createDiscount(shop, input(more), { clock })).toEqual(problem);
});

it("refuses an empty segment, and a code that we or the store already use", async () => {
  noDiscounts();
  const empty = await makeSegment("Nobody", "amount_spent >= 99999.99");
  const fieldOf = async (more: Partial<DiscountInput>) => {
    const planned = await plan(more);
    return planned.ok || planned.error.kind !== "invalid" ? null : planned.error.problems[0].field;
  };
  expect(await fieldOf({ segmentId: empty })).toBe("segmentId");
  expect((await createDiscount(shop, input({ code: "TAKEN" }), { clock })).ok).toBe(true);
  expect(await fieldOf({ code: "taken" })).toBe("code");
  shopify.on("FindDiscountByCode", (call) => data({ codeDiscountNodeByCode: call.variables.code === "SUMMER" ? { id: "gid://shopify/DiscountCodeNode/1", codeDiscount: { __typename: "DiscountCodeBasic" } } : null }));
  expect(await fieldOf({ code: "SUMMER" })).toBe("code");
  expect(await fieldOf({ code: "WINTER" })).toBeNull();
});
