import { z } from "zod";
import type { BundleDiscount, BundleDiscountStatus } from "#app/core/bundle-views.ts";
import { bundleDiscountStatuses, bundleMethods, STUCK_AFTER_MS } from "#app/core/bundle-views.ts";
import type { SetProduct } from "#app/core/bundle-plan.ts";
import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { BundleDiscount as Row } from "../platform/generated/prisma/client.ts";
import { statement } from "./statements.server.ts";

export type NewBundleDiscount = Pick<BundleDiscount, "id" | "title" | "productIds" | "percent" | "method" | "code" | "getsProductId" | "getsShare" | "usesPerOrder" | "startsAtMs" | "endsAtMs"> & { readonly nowMs: number };

const INSERT = `INSERT INTO "BundleDiscount" ("id", "shopId", "title", "productIds", "percent", "method", "code", "getsProductId", "getsShare", "usesPerOrder", "startsAt", "endsAt", "liveKey", "status", "createdAt", "updatedAt")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'publishing', ?, ?) ON CONFLICT DO NOTHING`;

/** False when its id, its code or a standing discount of the same set is there already: of two at once one wins. */
export function insertBundleDiscount(shopId: ShopId, made: NewBundleDiscount): boolean {
  const { id, title, productIds, percent, method, code, getsProductId, getsShare, usesPerOrder, startsAtMs, endsAtMs, nowMs } = made;
  return statement(INSERT).run(id, shopId, title, JSON.stringify(productIds), percent, method, code, getsProductId, getsShare, usesPerOrder, startsAtMs, endsAtMs, toLiveKey(productIds), nowMs, nowMs).changes === 1;
}

const toLiveKey = (productIds: readonly number[]): string => [...productIds].sort((a, b) => a - b).join(",");

export interface BundleDiscountChange {
  readonly status: BundleDiscountStatus;
  readonly error?: string | null;
  readonly shopifyId?: number;
}

/** False when the discount is in none of the given states any more. One that ended leaves its set free for another. */
export async function changeBundleDiscount(shopId: ShopId, id: string, from: readonly BundleDiscountStatus[], { status, error = null, shopifyId }: BundleDiscountChange, nowMs: number): Promise<boolean> {
  const now = new Date(nowMs);
  const { count } = await getDb().bundleDiscount.updateMany({
    where: { shopId, id, status: { in: [...from] } },
    data: { status, error, updatedAt: now, ...(shopifyId === undefined ? {} : { shopifyId: BigInt(shopifyId) }), ...(status === "ended" ? { endedAt: now, liveKey: null } : {}) },
  });
  return count === 1;
}

/** Takes a creation that failed or was cut off up again; false when it is none, or another request was quicker. */
export async function claimBundleDiscount(shopId: ShopId, id: string, nowMs: number): Promise<boolean> {
  const { count } = await getDb().bundleDiscount.updateMany({
    where: { shopId, id, OR: [{ status: "failed" }, { status: "publishing", updatedAt: { lt: new Date(nowMs - STUCK_AFTER_MS) } }] },
    data: { status: "publishing", error: null, updatedAt: new Date(nowMs) },
  });
  return count === 1;
}

/** Of a creation that Shopify refused: nothing of it exists. */
export async function deleteBundleDiscount(shopId: ShopId, id: string): Promise<void> {
  await getDb().bundleDiscount.deleteMany({ where: { shopId, id } });
}

/** Discounts whose time is over, or which ended, leave their set free for another. */
export async function releaseEndedBundles(shopId: ShopId, nowMs: number): Promise<void> {
  await getDb().bundleDiscount.updateMany({ where: { shopId, status: "active", endsAt: { lte: new Date(nowMs) } }, data: { liveKey: null } });
}

export async function findBundleDiscount(shopId: ShopId, id: string): Promise<BundleDiscount | null> {
  const row = await getDb().bundleDiscount.findFirst({ where: { shopId, id } });
  return row && toDiscount(row);
}

/** The one that stands for this set of products. */
export async function findStandingBundle(shopId: ShopId, productIds: readonly number[]): Promise<BundleDiscount | null> {
  const row = await getDb().bundleDiscount.findFirst({ where: { shopId, liveKey: toLiveKey(productIds) } });
  return row && toDiscount(row);
}

/** Newest first. */
export async function listBundleDiscounts(shopId: ShopId, limit: number): Promise<BundleDiscount[]> {
  const rows = await getDb().bundleDiscount.findMany({ where: { shopId }, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: limit });
  return rows.map(toDiscount);
}

export async function isBundleCodeTaken(shopId: ShopId, code: string): Promise<boolean> {
  return (await getDb().bundleDiscount.count({ where: { shopId, code } })) > 0;
}

/** Orders tell an automatic discount by its title only. */
export async function isBundleTitleTaken(shopId: ShopId, title: string): Promise<boolean> {
  return (await getDb().bundleDiscount.count({ where: { shopId, title, method: "automatic", liveKey: { not: null } } })) > 0;
}

/** Price and cost of the products' cheapest variants, by product id. */
export function readSetProducts(shopId: ShopId, ids: readonly number[]): Map<number, SetProduct> {
  const rows = statement(`SELECT p."id", p."minPriceMinor" AS price, (SELECT min(v."costMinor") FROM "Variant" v WHERE v."shopId" = p."shopId" AND v."productId" = p."id") AS cost
    FROM "Product" p WHERE p."shopId" = ? AND p."id" IN (SELECT value FROM json_each(?))`).all(shopId, JSON.stringify(ids));
  return new Map(z.array(z.object({ id: z.number(), price: z.number(), cost: z.number().nullable() })).parse(rows).map(({ id, price, cost }) => [id, { priceMinor: price, costMinor: cost }]));
}

const stored = z.object({ status: z.enum(bundleDiscountStatuses), method: z.enum(bundleMethods), productIds: z.array(z.number()) });

function toDiscount({ id, title, percent, code, error, shopifyId, getsProductId, getsShare, usesPerOrder, startsAt, endsAt, createdAt, updatedAt, endedAt, ...row }: Row): BundleDiscount {
  const number = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    id, title, percent, code, error, getsShare, usesPerOrder, ...stored.parse({ status: row.status, method: row.method, productIds: JSON.parse(row.productIds) }),
    getsProductId: number(getsProductId), shopifyId: number(shopifyId), startsAtMs: startsAt.getTime(), endsAtMs: endsAt?.getTime() ?? null,
    createdAtMs: createdAt.getTime(), updatedAtMs: updatedAt.getTime(), endedAtMs: endedAt?.getTime() ?? null,
  };
}
