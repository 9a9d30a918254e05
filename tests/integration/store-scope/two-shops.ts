import type Database from "better-sqlite3";
import type { ShopId } from "#app/core/ids.ts";
import { encodeBlock } from "#app/server/store/profile-block.server.ts";
import { toDomain } from "#tests/factories/shop.ts";

/** One shop of the test: its ids that are unique in the database. Shopify's own ids (customers 1.., products 10.., orders 100..) are the same in both shops on purpose. */
export interface ShopWorld {
  readonly shopId: ShopId;
  readonly domain: ReturnType<typeof toDomain>;
  readonly segmentId: string;
  readonly otherSegmentId: string;
  readonly discountId: string;
  readonly runId: string;
  readonly syncRunId: string;
  readonly inboxId: string;
  readonly deadInboxId: string;
  readonly requestId: string;
}

/** A store function called as `shopId`, with arguments that name the things of `of`, which may be the other shop. */
export type ScopeCall = (shopId: ShopId, of: ShopWorld) => unknown;

export const NOW_MS = Date.UTC(2026, 2, 1);
const T = Date.UTC(2026, 1, 1);

export function describeShop(id: number): ShopWorld {
  return {
    shopId: id as ShopId, domain: toDomain(`shop-${id}`), segmentId: `segment-${id}`, otherSegmentId: `segment-other-${id}`, discountId: `discount-${id}`,
    runId: `run-${id}`, syncRunId: `sync-${id}`, inboxId: `inbox-${id}`, deadInboxId: `inbox-dead-${id}`, requestId: `request-${id}`,
  };
}

/** Fills every table for a shop; shop 2 has more of everything, and other text and amounts under the same ids. */
export function insertShop(sqlite: Database.Database, world: ShopWorld): void {
  const shopId: number = world.shopId;
  const extra = shopId === 1 ? 0 : 2;
  const own = `of-shop-${shopId}`;
  const put = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    sqlite.prepare(`INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => "?").join()})`).run(...Object.values(row));
  };
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

  put("Shop", { id: shopId, domain: world.domain, name: own, installedAt: T, firstSyncedAt: T, reconciledAt: T, settings: `{"own":"${own}"}` });
  put("Session", { id: `offline_${world.domain}`, shop: world.domain, state: "", accessToken: own });
  for (const id of range(1, 3 + extra)) {
    put("Customer", { shopId, id, createdAt: T, updatedAt: T, state: "ENABLED", tags: `["${own}"]`, city: own, countryCode: "US", emailConsent: "SUBSCRIBED" });
    put("CustomerScore", {
      shopId, customerId: id, runId: world.runId, ordersCount: id * shopId, recencyDays: shopId, monetaryMinor: 1000 * shopId + id, refundedMinor: 0, firstOrderAt: T,
      lastOrderAt: T + shopId, r: 5, f: shopId, m: 3, shopifyGroup: shopId === 1 ? "LOYAL" : "CHAMPIONS", classicGroup: "champions",
    });
    put("CustomerPrediction", {
      shopId, customerId: id, runId: world.runId, asOf: T, expectedOrders90d: shopId, expectedOrders365d: 4 * shopId, expectedRevenue365dMinor: 4000 * shopId + id, pAlive: 0.5, churnProbability: 0.25,
      churnHorizonDays: 90, cadenceDays: 30 * shopId, cadenceSource: "personal", lifecycleStage: shopId === 1 ? "loyal" : "at-risk", valueTier: "A", aovMinor: 1000 * shopId, discountShare: 0, refundShare: 0,
      updatedAt: T,
    });
  }
  for (const versionId of [`${world.runId}-profiles`, `${world.runId}-profiles-old`]) {
    put("ProfileVersion", {
      id: versionId, shopId, asOf: T - versionId.length, createdAt: T, version: 1, fingerprint: own, customers: 3, bytes: shopId, seconds: shopId, shopFigures: Buffer.from(own),
    });
    const ids = Float64Array.from(range(1, 3 + extra));
    const block = { ids, columns: [{ name: "ordersCount", store: "u32", width: 1, texts: null, values: Uint32Array.from(ids, (id) => id * shopId) }] } as const;
    put("ProfileBlock", { shopId, versionId, firstCustomerId: 1, lastCustomerId: 3 + extra, customers: 3 + extra, data: encodeBlock(block) });
  }
  for (const customerId of range(1, 2 + extra)) put("ProfileTouch", { shopId, customerId, touchedAt: T });
  put("Customer", { shopId, id: 90, createdAt: T, updatedAt: T, state: "ENABLED", city: own });
  for (const id of range(10, 3 + extra)) {
    put("Product", {
      shopId, id, handle: `${own}-${id}`, title: `Product ${own}`, status: "ACTIVE", vendor: own, productType: own, minPriceMinor: shopId, totalInventory: shopId,
      tracksInventory: 1, createdAt: T, publishedAt: T, updatedAt: T,
    });
    put("Variant", {
      shopId, id: id * 10, productId: id, title: own, priceMinor: shopId, costMinor: shopId, inventoryItemId: id * 100, inventoryQuantity: shopId, inventoryPolicy: "DENY",
      isTracked: 1, isAvailable: 1,
    });
    for (const kind of ["bought-together", "similar"]) {
      const item = { productId: 11, score: shopId, source: "co-purchase", supportOrders: 3, confidence: 0.5, lift: 2, cosine: 0.5, logLikelihoodRatio: 9 };
      put("ProductRecommendation", { shopId, productId: id, kind, runId: world.runId, items: JSON.stringify([item]), hash: own, publishedHash: id === 10 ? own : null, updatedAt: T });
    }
    put("ProductCollection", { shopId, productId: id, collectionId: 70 });
  }
  put("Collection", { shopId, id: 70, handle: own, title: own });
  // In shop 2 the order with the lowest number is another customer's.
  for (const id of range(100, 3 + extra)) {
    put("Order", {
      shopId, id, customerId: shopId === 1 ? 1 : 2, name: `#${own}`, placedAt: T + id, createdAt: T, updatedAt: T, isTest: 0, currency: "USD", financialStatus: "PAID", appId: 500 + shopId, locationId: 600 + shopId,
      subtotalMinor: 1000 * shopId, discountMinor: shopId, totalMinor: 1000 * shopId, refundedMinor: 10 * shopId,
    });
    for (const [place, productId] of [10, 11].entries()) {
      put("OrderLine", { shopId, id: id * 10 + place, orderId: id, productId, variantId: productId * 10, quantity: shopId, currentQuantity: shopId, unitPriceMinor: shopId, totalMinor: shopId });
    }
    put("OrderDiscount", { shopId, orderId: id, code: `SAVE${shopId}` });
    put("OrderDiscount", { shopId, orderId: id, code: "SAME" });
    put("OrderAutomaticDiscount", { shopId, orderId: id, title: "Both together" });
    put("Refund", { shopId, id: id * 5, orderId: id, createdAt: T, amountMinor: 10 * shopId });
  }
  for (const id of range(40, 2 + extra)) put("Checkout", { shopId, id, customerId: shopId, createdAt: T + shopId, updatedAt: T });
  for (const customerId of [1, 2]) put("CustomerMetafield", { shopId, name: "metafields.facts.birth_date", customerId, value: own });
  put("StaleCustomer", { shopId, customerId: shopId, at: T });
  put("SyncRun", { id: world.syncRunId, shopId, resource: "orders", mode: "backfill", bulkOperationId: "gid://shopify/BulkOperation/1", status: "running", objectCount: shopId, startedAt: T + shopId, updatedAt: T });
  for (const [id, status] of [[world.inboxId, "received"], [world.deadInboxId, "dead"], [`inbox-done-${shopId}`, "applied"]]) {
    put("WebhookInbox", {
      id, webhookId: `delivery-${id}`, shopId, shopDomain: world.domain, topic: "orders/create", apiVersion: "2026-07", payload: `{"customerId":1,"own":"${own}"}`, status,
      receivedAt: T + shopId, error: own,
    });
  }
  put("Job", { id: `job-${shopId}`, shopId, kind: "recompute", payload: "{}", status: "waiting", dedupeKey: own, runAfter: T, maxAttempts: 1, createdAt: T, updatedAt: T });
  for (const [id, status] of [[world.runId, "live"], [`run-old-${shopId}`, "replaced"]]) {
    put("ModelRun", { id, shopId, kind: "rfm", version: 1, status, fingerprint: own, asOf: T, parameters: "{}", figures: `{"own":"${own}"}`, seconds: shopId, startedAt: T + shopId });
  }
  for (const id of [world.segmentId, world.otherSegmentId]) {
    put("Segment", {
      id, shopId, name: `${id === world.segmentId ? "Best" : "Other"} ${own}`, query: "number_of_orders >= 1", delivery: "tag", tag: `tag-${id}`, shopifySegmentId: 500 + shopId, memberCount: shopId,
      createdAt: T, updatedAt: T, publishedAt: T,
    });
    put("SegmentRevision", { shopId, segmentId: id, number: 1, name: own, query: own, actor: own, at: T });
    for (const at of [T, T + 1]) put("SegmentSize", { shopId, segmentId: id, at, memberCount: shopId, valueMinor: shopId, joined: shopId, left: 0, reason: "recompute" });
    put("SegmentEvent", { id: 10 * shopId + (id === world.segmentId ? 1 : 2), shopId, segmentId: id, customerId: 1, at: T, kind: "joined", reason: "recompute", cause: `[{"text":"${own}","holds":true,"values":{"n":${shopId}}}]` });
    put("SegmentMember", { shopId, segmentId: id, customerId: 1, joinedAt: T });
    put("SegmentMember", { shopId, segmentId: id, customerId: 2, taggedAt: T, joinedAt: T, leftAt: T });
  }
  put("SegmentClauseBits", { shopId, clause: "", at: T, bits: Buffer.from(Float64Array.of(1, 2).buffer) });
  put("SegmentClauseBits", { shopId, clause: own, at: T, bits: Buffer.from(Uint32Array.of(shopId).buffer) });
  put("ChangedCustomer", { shopId, customerId: 1, what: shopId, at: T });
  put("EventEndpoint", { id: `endpoint-${shopId}`, shopId, url: `https://${own}.test/`, secret: own, segmentIds: null, isOn: 1, createdAt: T, updatedAt: T });
  put("EventDelivery", { id: `delivery-${shopId}`, shopId, eventId: shopId, target: `endpoint-${shopId}`, status: "waiting", attempts: 0, runAfter: T, createdAt: T });
  put("Discount", {
    id: world.discountId, shopId, title: own, kind: "percentage", value: `{"kind":"percentage","percent":${10 * shopId}}`, segmentId: world.segmentId, codeMode: "unique", startsAt: T,
    oncePerCustomer: 1, status: "active", shopifyId: 600 + shopId, createdAt: T, updatedAt: T,
  });
  put("DiscountCode", { shopId, discountId: world.discountId, code: `SAVE${shopId}`, customerId: 1, status: "imported" });
  put("DiscountCode", { shopId, discountId: world.discountId, code: "SAME", customerId: 2, status: "failed" });
  put("PrivacyRequest", {
    id: world.requestId, shopId, shopDomain: world.domain, kind: "data_request", customerId: 1, payload: `{"orderIds":[]}`, status: "done", result: `{"own":"${own}"}`, requestedAt: T, dueAt: T,
    finishedAt: T,
  });
  put("ModelRun", {
    id: `card-${shopId}`, shopId, kind: "recommend:for-you", version: 1, status: "live", fingerprint: own, asOf: T, parameters: "{}", seconds: shopId, startedAt: T, finishedAt: T + shopId,
    figures: JSON.stringify({
      version: 1, task: "for-you", decision: "first", champion: { member: own, parameters: null, servedAs: "table", blend: [], sinceMs: T }, challenger: null, before: null, summary: null, problem: null, outcome: null,
    }),
  });
  put("RecommenderModel", { shopId, family: "orders", member: "itemknn", runId: world.runId, parameters: `{"own":"${own}"}`, bytes: Buffer.from([shopId]), updatedAt: T });
  for (const family of ["orders", "histories"]) put("PairCount", { shopId, family, productId: 10, baskets: shopId, pairs: Buffer.alloc(0), updatedAt: T });
  put("BundleDiscount", { id: `bundle-${shopId}`, shopId, title: own, productIds: "[10,11]", percent: 10, code: "TOGETHER", startsAt: T, liveKey: "10,11", status: "active", shopifyId: 700 + shopId, createdAt: T, updatedAt: T });
  put("AuditLog", { id: `audit-${shopId}`, shopId, at: T, actor: "app", action: own, subject: own, detail: own });
}
