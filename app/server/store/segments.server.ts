import type { ShopId } from "#app/core/ids.ts";
import { parseSegmentDefinition, type SegmentDefinition } from "#app/engine/segments/segment-definition.ts";
import { getDb } from "../platform/db.server.ts";
import { Prisma, type Segment as SegmentRow } from "../platform/generated/prisma/client.ts";

export type SegmentDelivery = "native" | "tag" | "none";

export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly definition: SegmentDefinition;
  readonly nativeQuery: string | null;
  readonly delivery: SegmentDelivery;
  readonly tag: string | null;
  readonly shopifySegmentId: number | null;
  readonly memberCount: number;
  readonly valueMinor: number;
  readonly evaluatedAtMs: number | null;
  readonly publishedAtMs: number | null;
  readonly createdAtMs: number;
}

export interface NewSegment {
  readonly id: string;
  readonly name: string;
  readonly definition: SegmentDefinition;
}

/** Null when the shop has a segment of this name. */
export async function insertSegment(shopId: ShopId, segment: NewSegment, nowMs: number): Promise<Segment | null> {
  const now = new Date(nowMs);
  try {
    const row = await getDb().segment.create({
      data: { shopId, id: segment.id, name: segment.name, definition: JSON.stringify(segment.definition), delivery: "none", createdAt: now, updatedAt: now },
    });
    return toSegment(row);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return null;
    throw error;
  }
}

export async function findSegment(shopId: ShopId, id: string): Promise<Segment | null> {
  const row = await getDb().segment.findFirst({ where: { shopId, id, archivedAt: null } });
  return row && toSegment(row);
}

export async function listSegments(shopId: ShopId): Promise<Segment[]> {
  const rows = await getDb().segment.findMany({ where: { shopId, archivedAt: null }, orderBy: [{ valueMinor: "desc" }, { name: "asc" }] });
  return rows.map(toSegment);
}

/** Shopify's segments that are ours, to know them again among the store's. */
export async function listPublishedSegmentIds(shopId: ShopId): Promise<Map<number, string>> {
  const rows = await getDb().segment.findMany({ where: { shopId, shopifySegmentId: { not: null } }, select: { id: true, shopifySegmentId: true } });
  return new Map(rows.map((row) => [Number(row.shopifySegmentId), row.id]));
}

export interface SegmentDeliveryChoice {
  readonly delivery: SegmentDelivery;
  readonly nativeQuery: string | null;
  readonly tag: string | null;
}

/** How it reaches Shopify, decided before anything is sent so that a restart goes the same way. */
export async function recordSegmentDelivery(shopId: ShopId, id: string, choice: SegmentDeliveryChoice, nowMs: number): Promise<void> {
  await getDb().segment.updateMany({ where: { shopId, id }, data: { ...choice, updatedAt: new Date(nowMs) } });
}

export async function recordShopifySegment(shopId: ShopId, id: string, shopifySegmentId: number, nowMs: number): Promise<void> {
  await getDb().segment.updateMany({ where: { shopId, id }, data: { shopifySegmentId: BigInt(shopifySegmentId), updatedAt: new Date(nowMs) } });
}

export async function recordSegmentPublished(shopId: ShopId, id: string, nowMs: number): Promise<void> {
  await getDb().segment.updateMany({ where: { shopId, id }, data: { publishedAt: new Date(nowMs), updatedAt: new Date(nowMs) } });
}

/** Is another segment of the shop using this tag? */
export async function hasSegmentTag(shopId: ShopId, tag: string, exceptId: string): Promise<boolean> {
  return (await getDb().segment.count({ where: { shopId, tag, id: { not: exceptId } } })) > 0;
}

function toSegment(row: SegmentRow): Segment {
  return {
    id: row.id,
    name: row.name,
    definition: parseSegmentDefinition(row.definition),
    nativeQuery: row.nativeQuery,
    delivery: toDelivery(row.delivery),
    tag: row.tag,
    shopifySegmentId: row.shopifySegmentId === null ? null : Number(row.shopifySegmentId),
    memberCount: row.memberCount,
    valueMinor: Number(row.valueMinor),
    evaluatedAtMs: row.evaluatedAt?.getTime() ?? null,
    publishedAtMs: row.publishedAt?.getTime() ?? null,
    createdAtMs: row.createdAt.getTime(),
  };
}

function toDelivery(text: string): SegmentDelivery {
  if (text === "native" || text === "tag" || text === "none") return text;
  throw new Error(`Segment.delivery is ${text}`);
}
