import { z } from "zod";
import { discountClasses, discountStatuses, discountValue, type DiscountInput, type DiscountStatus } from "#app/core/discounts.ts";
import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { Discount as DiscountRow } from "../platform/generated/prisma/client.ts";

export interface Discount extends DiscountInput {
  readonly id: string;
  readonly status: DiscountStatus;
  readonly error: string | null;
  readonly shopifyId: number | null;
  readonly reachedCount: number;
  readonly createdAtMs: number;
  readonly publishedAtMs: number | null;
  readonly undoneAtMs: number | null;
}

export async function insertDiscount(shopId: ShopId, id: string, input: DiscountInput, reachedCount: number, nowMs: number): Promise<Discount> {
  const now = new Date(nowMs);
  const row = await getDb().discount.create({
    data: {
      shopId,
      id,
      title: input.title,
      kind: input.value.kind,
      value: JSON.stringify(input.value),
      segmentId: input.segmentId,
      codeMode: input.codeMode,
      code: input.code,
      startsAt: new Date(input.startsAtMs),
      endsAt: input.endsAtMs === null ? null : new Date(input.endsAtMs),
      usageLimit: input.usageLimit,
      oncePerCustomer: input.oncePerCustomer,
      minimumMinor: input.minimumMinor === null ? null : BigInt(input.minimumMinor),
      combinesWith: JSON.stringify(input.combinesWith),
      status: "draft",
      reachedCount,
      createdAt: now,
      updatedAt: now,
    },
  });
  return toDiscount(row);
}

export async function findDiscount(shopId: ShopId, id: string): Promise<Discount | null> {
  const row = await getDb().discount.findFirst({ where: { shopId, id } });
  return row && toDiscount(row);
}

/** Newest first. */
export async function listDiscounts(shopId: ShopId, limit: number): Promise<Discount[]> {
  const rows = await getDb().discount.findMany({ where: { shopId }, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: limit });
  return rows.map(toDiscount);
}

/** Those that a customer could use now or later: what a new one may overlap with. */
export async function listLiveDiscounts(shopId: ShopId, nowMs: number): Promise<Discount[]> {
  const rows = await getDb().discount.findMany({
    where: { shopId, status: { in: ["draft", "publishing", "active"] }, OR: [{ endsAt: null }, { endsAt: { gt: new Date(nowMs) } }] },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(toDiscount);
}

export interface DiscountChange {
  readonly status?: DiscountStatus;
  readonly error?: string | null;
  readonly code?: string;
  readonly shopifyId?: number;
  readonly publishedAtMs?: number;
  readonly undoneAtMs?: number;
}

/** False when the discount is in none of the given states any more: somebody else moved it on, e.g. undid it. */
export async function changeDiscount(shopId: ShopId, id: string, from: readonly DiscountStatus[], change: DiscountChange, nowMs: number): Promise<boolean> {
  const { shopifyId, publishedAtMs, undoneAtMs, ...plain } = change;
  const { count } = await getDb().discount.updateMany({
    where: { shopId, id, status: { in: [...from] } },
    data: {
      ...plain,
      ...(shopifyId === undefined ? {} : { shopifyId: BigInt(shopifyId) }),
      ...(publishedAtMs === undefined ? {} : { publishedAt: new Date(publishedAtMs) }),
      ...(undoneAtMs === undefined ? {} : { undoneAt: new Date(undoneAtMs) }),
      updatedAt: new Date(nowMs),
    },
  });
  return count === 1;
}

const stored = z.object({
  codeMode: z.enum(["shared", "unique"]),
  status: z.enum(discountStatuses),
  value: discountValue,
  combinesWith: z.array(z.enum(discountClasses)),
});

function toDiscount(row: DiscountRow): Discount {
  return {
    ...stored.parse({ codeMode: row.codeMode, status: row.status, value: JSON.parse(row.value), combinesWith: JSON.parse(row.combinesWith) }),
    id: row.id,
    title: row.title,
    segmentId: row.segmentId,
    code: row.code,
    startsAtMs: row.startsAt.getTime(),
    endsAtMs: row.endsAt?.getTime() ?? null,
    usageLimit: row.usageLimit,
    oncePerCustomer: row.oncePerCustomer,
    minimumMinor: row.minimumMinor === null ? null : Number(row.minimumMinor),
    error: row.error,
    shopifyId: row.shopifyId === null ? null : Number(row.shopifyId),
    reachedCount: row.reachedCount,
    createdAtMs: row.createdAt.getTime(),
    publishedAtMs: row.publishedAt?.getTime() ?? null,
    undoneAtMs: row.undoneAt?.getTime() ?? null,
  };
}
