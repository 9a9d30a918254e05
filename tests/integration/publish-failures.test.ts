import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { publishDiscountToShopify } from "#app/server/delivery/publish-discount.server.ts";
import { publishRecommendations } from "#app/server/delivery/publish-recommendations.server.ts";
import { publishSegmentToShopify } from "#app/server/delivery/publish-segment.server.ts";
import { secretRng } from "#app/server/delivery/secret-rng.server.ts";
import { undoDiscountInShopify } from "#app/server/delivery/undo-discount.server.ts";
import { countCodes, listDiscountCodes } from "#app/server/store/discount-codes.server.ts";
import { findDiscount } from "#app/server/store/discounts.server.ts";
import { deleteProduct } from "#app/server/store/write-products.server.ts";
import { createDiscount } from "#app/server/usecases/discounts/create-discount.server.ts";
import { undoDiscount } from "#app/server/usecases/discounts/undo-discount.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { addProduct, item, makeShop, NOW_MS, setLists, setScore } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { makeRun } from "#tests/harness/delivery-run.ts";
import { data, startScriptedShopify, storeOfflineSession, type ScriptedCall, type ScriptedShopify } from "#tests/harness/scripted-shopify.ts";

// What the dev store does not do: answers that get lost, calls refused for one element, a stop in the middle.
let shopify: ScriptedShopify;
useAppDatabase();
beforeAll(async () => {
  shopify = await startScriptedShopify();
  process.env.SHOPIFY_DEV_STORE_URL = shopify.url;
});
afterAll(() => shopify.close());

// The pace of calls is kept per shop: no test inherits another's empty bucket.
let shops = 0;
let shop: ShopRef;
beforeEach(async () => {
  shopify.reset();
  shop = await makeShop(`failures-${++shops}`);
  await storeOfflineSession(shop.domain);
});

const callsOf = (operation: string) => shopify.calls.filter((call) => call.operation === operation);
const refused = (root: string, field: string[], message: string) => data({ [root]: { userErrors: [{ field, message }] } });

describe("publishRecommendations", () => {
  const taken: unknown[] = [];
  const accept = (call: ScriptedCall) => {
    taken.push(...(call.variables.metafields as { ownerId: string }[]).map((metafield) => metafield.ownerId));
    return data({ metafieldsSet: { metafields: [], userErrors: [] } });
  };
  const ownersOf = (call: ScriptedCall) => [...new Set((call.variables.metafields as { ownerId: string }[]).map((metafield) => Number(metafield.ownerId.split("/").pop())))];

  beforeEach(async () => {
    taken.length = 0;
    for (let id = 1; id <= 30; id++) addProduct(shop.id, id);
    await setLists(shop.id, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [i + 1, [item(((i + 1) % 30) + 1)]])));
  });

  it("sends at most 25 metafields a call, once, and afterwards only what changed", async () => {
    shopify.on("SetMetafields", accept);
    expect(await publishRecommendations(makeRun(shop))).toEqual({ ok: true, value: { sent: 30, removed: 0, skipped: 0 } });
    expect(callsOf("SetMetafields").map((call) => (call.variables.metafields as unknown[]).length)).toEqual([24, 24, 12]);
    expect(new Set(taken).size).toBe(30);
    expect(await publishRecommendations(makeRun(shop))).toEqual({ ok: true, value: { sent: 0, removed: 0, skipped: 0 } });
    expect(callsOf("SetMetafields")).toHaveLength(3);
  });

  it("writes co-purchases before what fills up, four at most, and figures for the real ones", async () => {
    shopify.on("SetMetafields", accept);
    deleteProduct(shop.id, 9, NOW_MS + 1);
    await setLists(shop.id, { 1: [item(7, "shop-best-seller"), item(9), item(2), item(3, "category-best-seller"), item(4, "co-purchase", { supportOrders: 8, confidence: 0.123456 }), item(5), item(6)] });
    await publishRecommendations(makeRun(shop));
    expect(callsOf("SetMetafields")[0].variables.metafields).toEqual([
      { ownerId: "gid://shopify/Product/1", namespace: "$app", key: "bought_together", type: "list.product_reference", value: JSON.stringify([2, 4, 5, 6].map((id) => `gid://shopify/Product/${id}`)) },
      { ownerId: "gid://shopify/Product/1", namespace: "$app", key: "bought_together_reasons", type: "json", value: JSON.stringify({ 2: { orders: 5, share: 0.42 }, 4: { orders: 8, share: 0.1235 }, 5: { orders: 5, share: 0.42 }, 6: { orders: 5, share: 0.42 } }) },
    ]);
  });

  it("leaves out the product that Shopify refuses and sends its neighbours", async () => {
    shopify.on("SetMetafields", (call) => {
      const index = (call.variables.metafields as { ownerId: string }[]).findIndex((metafield) => metafield.ownerId.endsWith("/5"));
      return index < 0 ? accept(call) : refused("metafieldsSet", ["metafields", String(index), "ownerId"], "Owner does not exist.");
    });
    expect(await publishRecommendations(makeRun(shop))).toEqual({ ok: true, value: { sent: 29, removed: 0, skipped: 1 } });
    expect(taken).not.toContain("gid://shopify/Product/5");
  });

  it("tries a call that was not answered again alone, after the others", async () => {
    let failures = 0;
    shopify.on("SetMetafields", (call) => (ownersOf(call).includes(13) && failures++ < 6 ? { status: 502 } : accept(call)));
    expect(await publishRecommendations(makeRun(shop))).toEqual({ ok: true, value: { sent: 30, removed: 0, skipped: 0 } });
    const order = callsOf("SetMetafields").map((call) => ownersOf(call)[0]);
    expect([order[0], order.at(-2), order.at(-1)]).toEqual([1, 25, 13]);
  });

  it("goes on after a stop where it was", async () => {
    const stop = new AbortController();
    shopify.on("SetMetafields", (call) => {
      stop.abort(new Error("the worker is stopping"));
      return accept(call);
    });
    await expect(publishRecommendations(makeRun(shop, { signal: stop.signal }))).rejects.toThrow("the worker is stopping");
    shopify.on("SetMetafields", accept);
    const rest = await publishRecommendations(makeRun(shop));
    expect(rest.ok && rest.value.sent).toBeGreaterThanOrEqual(18);
    expect(new Set(taken).size).toBe(30);
    expect(await publishRecommendations(makeRun(shop))).toMatchObject({ value: { sent: 0 } });
  });

  it("takes a list away that has become empty", async () => {
    shopify.on("SetMetafields", accept);
    await publishRecommendations(makeRun(shop));
    shopify.on("DeleteMetafields", () => data({ metafieldsDelete: { deletedMetafields: [], userErrors: [] } }));
    await setLists(shop.id, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [i + 1, i === 3 ? [] : [item(((i + 1) % 30) + 1)]])));
    expect(await publishRecommendations(makeRun(shop))).toEqual({ ok: true, value: { sent: 0, removed: 1, skipped: 0 } });
    expect(callsOf("DeleteMetafields").map((call) => call.variables.metafields)).toEqual([
      ["bought_together", "bought_together_reasons"].map((key) => ({ ownerId: "gid://shopify/Product/4", namespace: "$app", key })),
    ]);
  });

  it("fails as a whole when it is not about single products", async () => {
    shopify.on("SetMetafields", () => ({ body: { errors: [{ message: "Access denied for metafieldsSet field." }] } }));
    expect(await publishRecommendations(makeRun(shop))).toMatchObject({ ok: false, error: { kind: "shopify-refused" } });
  });
});

async function makeSegment(customers = 3) {
  for (let id = 1; id <= customers; id++) setScore(shop.id, id, { monetaryMinor: id * 100 });
  const created = await createSegment(shop, { name: "Champions", query: "recency_days >= 0" });
  if (!created.ok) throw new Error("no segment");
  return created.value.id;
}

/** The parts of Shopify that a published tag segment needs. */
function acceptSegments(): void {
  shopify.on("AddTags", () => data({ tagsAdd: { node: { id: "x" }, userErrors: [] } }));
  shopify.on("ListShopSegments", () => data({ segments: { nodes: [{ id: "gid://shopify/Segment/7", name: "Champions", query: "customer_tags  CONTAINS 'tessera:champions'" }], pageInfo: { hasNextPage: false, endCursor: null } } }));
}

describe("publishSegmentToShopify", () => {
  it("a customer whom Shopify does not know is passed over; a stop resumes with the rest; a segment that exists is reused", async () => {
    const id = await makeSegment(6);
    acceptSegments();
    const stop = new AbortController();
    let calls = 0;
    shopify.on("AddTags", (call) => {
      if (++calls === 3) stop.abort(new Error("stop"));
      return String(call.variables.id).endsWith("/2") ? refused("tagsAdd", ["id"], "Customer does not exist") : data({ tagsAdd: { node: { id: "x" }, userErrors: [] } });
    });
    await expect(publishSegmentToShopify(makeRun(shop, { signal: stop.signal }), id)).rejects.toThrow("stop");
    const run = makeRun(shop);
    expect(await publishSegmentToShopify(run, id)).toMatchObject({ ok: true, value: { shopifySegmentId: 7, delivery: "tag" } });
    expect(new Set(callsOf("AddTags").map((call) => call.variables.id)).size).toBe(6);
    expect(callsOf("AddTags").every((call) => JSON.stringify(call.variables.tags) === '["tessera:champions"]')).toBe(true);
    const before = callsOf("AddTags").length;
    expect(await publishSegmentToShopify(makeRun(shop), id)).toMatchObject({ value: { tags: { tagged: 0, untagged: 0, missing: 0 } } });
    expect(callsOf("AddTags")).toHaveLength(before);
  });
});

describe("publishDiscountToShopify", () => {
  const draft = async (more: object = {}) => {
    const segmentId = await makeSegment(3);
    acceptSegments();
    const created = await createDiscount(shop, {
      title: "Thanks", segmentId, value: { kind: "percentage", percent: 10 }, codeMode: "shared", code: "THANKS", startsAtMs: NOW_MS, endsAtMs: null,
      usageLimit: null, oncePerCustomer: true, minimumMinor: null, combinesWith: [], ...more,
    });
    if (!created.ok) throw new Error(JSON.stringify(created.error));
    return created.value.id;
  };
  const nodeOf = (id: number, title: string) => ({ codeDiscountNodeByCode: { id: `gid://shopify/DiscountCodeNode/${id}`, codeDiscount: { __typename: "DiscountCodeBasic", title, status: "ACTIVE", asyncUsageCount: 0 } } });
  const created = (id: number) => data({ discountCodeBasicCreate: { codeDiscountNode: { id: `gid://shopify/DiscountCodeNode/${id}` }, userErrors: [] } });
  const publish = (id: string, run = makeRun(shop)) => publishDiscountToShopify(run, id, secretRng);

  it("a lost answer does not make a second discount: the next run finds the first by its code", async () => {
    const id = await draft();
    let made = false;
    shopify.on("FindDiscountByCode", () => data(made ? nodeOf(5, "Thanks") : { codeDiscountNodeByCode: null }));
    shopify.on("CreateBasicDiscount", () => {
      made = true;
      return { hangUp: true };
    });
    expect(await publish(id)).toMatchObject({ ok: false, error: { kind: "shopify-unavailable" } });
    expect(await publish(id)).toMatchObject({ ok: true, value: { outcome: "active", shopifyId: 5 } });
    expect(callsOf("CreateBasicDiscount")).toHaveLength(1);
    expect(await findDiscount(shop.id, id)).toMatchObject({ status: "active", shopifyId: 5 });
  });

  it("a code that somebody else uses is a problem of the field, not a second owner", async () => {
    const id = await draft();
    shopify.on("FindDiscountByCode", () => data(nodeOf(5, "Summer sale")));
    expect(await publish(id)).toMatchObject({ ok: false, error: { kind: "invalid", problems: [{ field: "code" }] } });
    expect(callsOf("CreateBasicDiscount")).toHaveLength(0);
  });

  it("a refused unique code is replaced by another; each member has one in the end", async () => {
    const id = await draft({ codeMode: "unique", code: "VIP" });
    shopify.on("FindDiscountByCode", () => data({ codeDiscountNodeByCode: null }));
    shopify.on("CreateBasicDiscount", () => created(5));
    const batches: string[][] = [];
    shopify.on("AddRedeemCodes", (call) => {
      batches.push((call.variables.codes as { code: string }[]).map(({ code }) => code));
      return data({ discountRedeemCodeBulkAdd: { bulkCreation: { id: `gid://shopify/DiscountRedeemCodeBulkCreation/${batches.length}`, done: false, codesCount: 2, importedCount: 0, failedCount: 0 }, userErrors: [] } });
    });
    let polls = 0;
    shopify.on("FindRedeemCodeCreation", (call) => {
      const number = Number(String(call.variables.id).split("/").pop());
      const nodes = batches[number - 1].map((code, i) => ({ code, errors: number === 1 && i === 0 ? [{ message: "must be unique" }] : [] }));
      return data({ discountRedeemCodeBulkCreation: { id: call.variables.id, done: ++polls > 1, importedCount: 0, failedCount: 0, codes: { nodes } } });
    });
    expect(await publish(id)).toMatchObject({ ok: true, value: { outcome: "active", codes: { imported: 3, failed: 1 } } });
    expect(batches.map((batch) => batch.length)).toEqual([2, 1]);
    const codes = listDiscountCodes(shop.id, id, 10);
    expect(codes.filter((code) => code.status === "imported").map((code) => code.customerId).sort()).toEqual([1, 2, 3]);
    expect(codes.filter((code) => code.status === "failed")).toMatchObject([{ customerId: null, error: "must be unique" }]);
    expect(codes.every((code) => code.code.startsWith("VIP-"))).toBe(true);
    const input = callsOf("CreateBasicDiscount")[0].variables.discount;
    expect(input).toMatchObject({ usageLimit: 1, customerGets: { value: { percentage: 0.1 }, items: { all: true } }, context: { customerSegments: { add: ["gid://shopify/Segment/7"] } } });
  });

  it("after a stop between sending codes and hearing of them, asks about them and sends none twice", async () => {
    const id = await draft({ codeMode: "unique", code: null });
    shopify.on("FindDiscountByCode", () => data({ codeDiscountNodeByCode: null }));
    shopify.on("CreateBasicDiscount", () => created(5));
    let sent: string[] = [];
    shopify.on("AddRedeemCodes", (call) => {
      sent = (call.variables.codes as { code: string }[]).map(({ code }) => code);
      return { hangUp: true };
    });
    expect(await publish(id)).toMatchObject({ ok: false });
    expect(countCodes(shop.id, id)).toEqual({ waiting: 0, sent: 2, imported: 1, failed: 0 });
    // Shopify had taken the first of the two before the line broke.
    shopify.on("FindDiscountByCode", (call) => data(call.variables.code === sent[0] ? nodeOf(5, "Thanks") : { codeDiscountNodeByCode: null }));
    const resent: string[] = [];
    shopify.on("AddRedeemCodes", (call) => {
      resent.push(...(call.variables.codes as { code: string }[]).map(({ code }) => code));
      return data({ discountRedeemCodeBulkAdd: { bulkCreation: { id: "gid://shopify/DiscountRedeemCodeBulkCreation/1", done: true, codesCount: 1, importedCount: 1, failedCount: 0 }, userErrors: [] } });
    });
    shopify.on("FindRedeemCodeCreation", (call) => data({ discountRedeemCodeBulkCreation: { id: call.variables.id, done: true, importedCount: 1, failedCount: 0, codes: { nodes: resent.map((code) => ({ code, errors: [] })) } } }));
    expect(await publish(id)).toMatchObject({ ok: true, value: { outcome: "active", codes: { imported: 3, failed: 0 } } });
    expect(resent).toEqual([sent[1]]);
    expect(callsOf("CreateBasicDiscount")).toHaveLength(1);
  });

  it("an undo that comes while it is being made takes it back", async () => {
    const id = await draft();
    shopify.on("FindDiscountByCode", () => data({ codeDiscountNodeByCode: null }));
    let undone: Promise<unknown> | undefined;
    shopify.on("CreateBasicDiscount", () => {
      undone = undoDiscount(shop, id);
      return { ...created(5), delayMs: 50 };
    });
    shopify.on("DeactivateDiscount", () => data({ discountCodeDeactivate: { codeDiscountNode: null, userErrors: [] } }));
    shopify.on("DeleteDiscount", () => data({ discountCodeDelete: { deletedCodeDiscountId: "x", userErrors: [] } }));
    expect(await publish(id)).toEqual({ ok: true, value: { outcome: "undone" } });
    await undone;
    expect(callsOf("DeleteDiscount").map((call) => call.variables.id)).toEqual(["gid://shopify/DiscountCodeNode/5"]);
    expect(await findDiscount(shop.id, id)).toMatchObject({ status: "undone" });
    // And the undo itself finds nothing more to do.
    expect(await undoDiscountInShopify(makeRun(shop), id)).toEqual({ ok: true, value: null });
    expect((await findDiscount(shop.id, id))?.undoneAtMs).not.toBeNull();
    expect(await publish(id)).toEqual({ ok: true, value: { outcome: "undone" } });
  });
});
