import { z } from "zod";
import type { BundleDiscountView, BundleDiscountStatus } from "#app/core/bundle-views.ts";
import { bundleDiscountStatuses } from "#app/core/bundle-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { BundleDiscount as Row } from "../platform/generated/prisma/client.ts";

export interface NewBundleDiscount {
  readonly id: string;
  readonly title: string;
  readonly productIds: readonly number[];
  readonly percent: number;
  readonly code: string;
  readonly nowMs: number;
}

export async function insertBundleDiscount(shopId: ShopId, { id, title, productIds, percent, code, nowMs }: NewBundleDiscount): Promise<BundleDiscountView> {
  const now = new Date(nowMs);
  return toView(await getDb().bundleDiscount.create({ data: { id, shopId, title, productIds: JSON.stringify(productIds), percent, code, status: "publishing", createdAt: now, updatedAt: now } }));
}

export interface BundleDiscountChange {
  readonly status: BundleDiscountStatus;
  readonly error?: string | null;
  readonly shopifyId?: number;
}

/** False when the discount is in none of the given states any more. */
export async function changeBundleDiscount(shopId: ShopId, id: string, from: readonly BundleDiscountStatus[], { status, error = null, shopifyId }: BundleDiscountChange, nowMs: number): Promise<boolean> {
  const now = new Date(nowMs);
  const { count } = await getDb().bundleDiscount.updateMany({
    where: { shopId, id, status: { in: [...from] } },
    data: { status, error, updatedAt: now, ...(shopifyId === undefined ? {} : { shopifyId: BigInt(shopifyId) }), ...(status === "ended" ? { endedAt: now } : {}) },
  });
  return count === 1;
}

export async function findBundleDiscount(shopId: ShopId, id: string): Promise<BundleDiscountView | null> {
  const row = await getDb().bundleDiscount.findFirst({ where: { shopId, id } });
  return row && toView(row);
}

/** Newest first. */
export async function listBundleDiscounts(shopId: ShopId, limit: number): Promise<BundleDiscountView[]> {
  const rows = await getDb().bundleDiscount.findMany({ where: { shopId }, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: limit });
  return rows.map(toView);
}

export async function isBundleCodeTaken(shopId: ShopId, code: string): Promise<boolean> {
  return (await getDb().bundleDiscount.count({ where: { shopId, code } })) > 0;
}

const stored = z.object({ status: z.enum(bundleDiscountStatuses), productIds: z.array(z.number()) });

function toView({ id, title, percent, code, error, shopifyId, createdAt, endedAt, ...row }: Row): BundleDiscountView {
  const { status, productIds } = stored.parse({ status: row.status, productIds: JSON.parse(row.productIds) });
  return { id, title, percent, code, error, status, productIds, shopifyId: shopifyId === null ? null : Number(shopifyId), createdAtMs: createdAt.getTime(), endedAtMs: endedAt?.getTime() ?? null };
}
