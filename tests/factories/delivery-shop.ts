import { parseShopDomain, type ShopId } from "#app/core/ids.ts";
import type { RecommendedItem } from "#app/core/recommendations.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { saveProductRecommendations } from "#app/server/store/product-recommendations.server.ts";
import { installShop } from "#app/server/store/shops.server.ts";
import { writeCustomer } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { makeOrderRecord } from "./store-records.ts";

export const NOW_MS = Date.parse("2026-06-15T12:00:00Z");
export const fixedClock = (nowMs = NOW_MS) => ({ nowMs: () => nowMs });

export async function makeShop(name = "tests", currency = "USD"): Promise<ShopRef> {
  const domain = parseShopDomain(`${name}.myshopify.com`);
  if (!domain) throw new Error(`not a shop name: ${name}`);
  return installShop(domain, { name, shopifyId: null, currency, timeZone: "UTC", planName: null, scopes: [] }, NOW_MS);
}

export interface ProductOptions {
  readonly title?: string;
  readonly status?: "ACTIVE" | "DRAFT";
  readonly isPublished?: boolean;
  /** Minor units and whether it can be bought, one per variant. */
  readonly variants?: readonly { readonly priceMinor: number; readonly isAvailable: boolean }[];
}

/** Variant ids are product id * 10 + position. */
export function addProduct(shopId: ShopId, id: number, { title = `Product ${id}`, status = "ACTIVE", isPublished = true, variants = [{ priceMinor: 1_000, isAvailable: true }] }: ProductOptions = {}): void {
  writeProduct(shopId, {
    id, handle: `product-${id}`, title, status, vendor: "", productType: "", tags: [], description: "", imageUrl: `https://cdn.test/${id}.png`, imageAlt: null,
    createdAtMs: NOW_MS, publishedAtMs: isPublished ? NOW_MS : null, updatedAtMs: NOW_MS, collectionIds: [],
    variants: variants.map(({ priceMinor, isAvailable }, position) => ({
      id: id * 10 + position, title: "", sku: null, priceMinor, compareAtMinor: null, costMinor: null, inventoryItemId: null,
      inventoryQuantity: isAvailable ? 5 : 0, inventoryPolicy: "DENY" as const, isTracked: true, isAvailable,
    })),
  }, []);
}

export const item = (productId: number, source: RecommendedItem["source"] = "co-purchase", figures: Partial<RecommendedItem> = {}): RecommendedItem => ({
  productId, source, score: 1 / productId, supportOrders: source === "co-purchase" ? 5 : 0, confidence: 0.42, lift: 2, cosine: 0.3, logLikelihoodRatio: 9, ...figures,
});

/** Replaces all lists of the shop. */
export async function setLists(shopId: ShopId, lists: Readonly<Record<number, readonly RecommendedItem[]>>, kind: "bought-together" | "similar" = "bought-together", nowMs = NOW_MS): Promise<void> {
  await saveProductRecommendations(shopId, "run", Object.entries(lists).map(([productId, items]) => ({ productId: Number(productId), kind, items })), nowMs);
}

export interface ScoreOptions {
  readonly ordersCount?: number;
  readonly monetaryMinor?: number;
  readonly recencyDays?: number | null;
  readonly r?: number;
  readonly f?: number;
  readonly m?: number;
  readonly shopifyGroup?: string;
  readonly classicGroup?: string;
}

/** A customer with his orders (all the money in the last one) and the score that fits them, in place of a whole recompute. */
export function setScore(shopId: ShopId, customerId: number, options: ScoreOptions = {}): void {
  const { ordersCount = 1, monetaryMinor = 1_000, recencyDays = 10, r = 3, f = 3, m = 3, shopifyGroup = "LOYAL", classicGroup = "LOYAL" } = options;
  writeCustomer(shopId, {
    id: customerId, createdAtMs: NOW_MS, updatedAtMs: NOW_MS, state: "ENABLED", tags: [], locale: null, countryCode: null, provinceCode: null, city: null,
    emailConsent: null, emailConsentAtMs: null, smsConsent: null, emailDomain: null, shopifyRfmGroup: null, shopifySpendTier: null,
  });
  writeOrders(shopId, Array.from({ length: ordersCount }, (_, i) => {
    const isLast = i === ordersCount - 1;
    const amount = isLast ? monetaryMinor : 0;
    return makeOrderRecord(customerId * 1_000 + i, customerId, NOW_MS - (recencyDays ?? 0) * DAY_MS - (ordersCount - 1 - i), [], { subtotalMinor: amount, totalMinor: amount });
  }));
  openSqlite()
    .prepare(
      `INSERT OR REPLACE INTO CustomerScore (shopId, customerId, runId, ordersCount, recencyDays, monetaryMinor, refundedMinor, r, f, m, shopifyGroup, classicGroup)
       VALUES (?, ?, 'run', ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
    )
    .run(shopId, customerId, ordersCount, ordersCount === 0 ? null : recencyDays, monetaryMinor, r, f, m, shopifyGroup, classicGroup);
}
