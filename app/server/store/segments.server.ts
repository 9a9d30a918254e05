import type { ShopId } from "#app/core/ids.ts";
import { segmentSchedules, type SegmentSchedule } from "#app/core/segment-views.ts";
import { getDb } from "../platform/db.server.ts";
import { Prisma, type Segment as SegmentRow } from "../platform/generated/prisma/client.ts";

export type SegmentDelivery = "native" | "tag" | "none";

export interface Segment {
  readonly id: string;
  readonly name: string;
  /** In the segment language, as the formatter writes it. */
  readonly query: string;
  /** Number of the revision that name and query are of. */
  readonly revision: number;
  readonly nativeQuery: string | null;
  readonly delivery: SegmentDelivery;
  readonly tag: string | null;
  readonly shopifySegmentId: number | null;
  readonly memberCount: number;
  readonly undecidedCount: number;
  readonly valueMinor: number;
  readonly schedule: SegmentSchedule;
  readonly owner: string | null;
  readonly isImported: boolean;
  readonly problem: string | null;
  readonly evaluatedAtMs: number | null;
  readonly publishedAtMs: number | null;
  readonly createdAtMs: number;
  readonly archivedAtMs: number | null;
}

export interface NewSegment {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly owner: string | null;
  /** Set on one that is taken over from the store. */
  readonly imported?: { readonly shopifySegmentId: number; readonly nativeQuery: string };
}

/** Null when the shop has a segment of this name. */
export async function insertSegment(shopId: ShopId, { imported, ...segment }: NewSegment, nowMs: number): Promise<Segment | null> {
  const now = new Date(nowMs);
  const delivery = imported
    ? { delivery: "native", nativeQuery: imported.nativeQuery, shopifySegmentId: BigInt(imported.shopifySegmentId), isImported: true, publishedAt: now }
    : { delivery: "none" };
  return unlessNameIsTaken(async () => toSegment(await getDb().segment.create({ data: { shopId, ...segment, ...delivery, createdAt: now, updatedAt: now } })));
}

export async function findSegment(shopId: ShopId, id: string, { withArchived = false } = {}): Promise<Segment | null> {
  const row = await getDb().segment.findFirst({ where: { shopId, id, ...(withArchived ? {} : { archivedAt: null }) } });
  return row && toSegment(row);
}

export async function getSegment(shopId: ShopId, id: string): Promise<Segment> {
  return toSegment(await getDb().segment.findFirstOrThrow({ where: { shopId, id } }));
}

export async function listSegments(shopId: ShopId): Promise<Segment[]> {
  const rows = await getDb().segment.findMany({ where: { shopId, archivedAt: null }, orderBy: [{ valueMinor: "desc" }, { name: "asc" }] });
  return rows.map(toSegment);
}

/** Last archived first. */
export async function listArchivedSegments(shopId: ShopId): Promise<Segment[]> {
  const rows = await getDb().segment.findMany({ where: { shopId, archivedAt: { not: null } }, orderBy: [{ archivedAt: "desc" }, { name: "asc" }] });
  return rows.map(toSegment);
}

/** Shopify's segments that are ours, to know them again among the store's. */
export async function listPublishedSegmentIds(shopId: ShopId): Promise<Map<number, string>> {
  const rows = await getDb().segment.findMany({ where: { shopId, shopifySegmentId: { not: null } }, select: { id: true, shopifySegmentId: true } });
  return new Map(rows.map((row) => [Number(row.shopifySegmentId), row.id]));
}

export interface SegmentChange {
  readonly name?: string;
  readonly query?: string;
  readonly revision?: number;
  readonly schedule?: SegmentSchedule;
  readonly owner?: string | null;
  readonly problem?: string | null;
  readonly archivedAtMs?: number | null;
}

/** "taken": another segment of the shop has the name; null: there is no such segment. */
export async function changeSegment(shopId: ShopId, id: string, { archivedAtMs, ...change }: SegmentChange, nowMs: number): Promise<Segment | "taken" | null> {
  const archived = archivedAtMs === undefined ? {} : { archivedAt: archivedAtMs === null ? null : new Date(archivedAtMs) };
  const changed = await unlessNameIsTaken(() => getDb().segment.updateMany({ where: { shopId, id }, data: { ...change, ...archived, updatedAt: new Date(nowMs) } }));
  return changed === null ? "taken" : findSegment(shopId, id, { withArchived: true });
}

export interface SegmentDeliveryChoice {
  readonly delivery: SegmentDelivery;
  readonly nativeQuery: string | null;
  readonly tag: string | null;
}

/** How it reaches Shopify, decided before anything is sent so that a restart goes the same way. */
export async function recordSegmentDelivery(shopId: ShopId, id: string, choice: SegmentDeliveryChoice, nowMs: number): Promise<void> {
  const { delivery, nativeQuery, tag } = choice;
  await getDb().segment.updateMany({ where: { shopId, id }, data: { delivery, nativeQuery, tag, updatedAt: new Date(nowMs) } });
}

/** Null once Shopify has it no longer. */
export async function recordShopifySegment(shopId: ShopId, id: string, shopifySegmentId: number | null, nowMs: number): Promise<void> {
  await getDb().segment.updateMany({ where: { shopId, id }, data: { shopifySegmentId: shopifySegmentId === null ? null : BigInt(shopifySegmentId), updatedAt: new Date(nowMs) } });
}

export async function recordSegmentPublished(shopId: ShopId, id: string, nowMs: number | null): Promise<void> {
  await getDb().segment.updateMany({ where: { shopId, id }, data: { publishedAt: nowMs === null ? null : new Date(nowMs) } });
}

/** Is another segment of the shop using this tag? */
export async function hasSegmentTag(shopId: ShopId, tag: string, exceptId: string): Promise<boolean> {
  return (await getDb().segment.count({ where: { shopId, tag, id: { not: exceptId } } })) > 0;
}

async function unlessNameIsTaken<T>(write: () => Promise<T>): Promise<T | null> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return null;
    throw error;
  }
}

function toSegment(row: SegmentRow): Segment {
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    revision: row.revision,
    nativeQuery: row.nativeQuery,
    delivery: toDelivery(row.delivery),
    tag: row.tag,
    shopifySegmentId: row.shopifySegmentId === null ? null : Number(row.shopifySegmentId),
    memberCount: row.memberCount,
    undecidedCount: row.undecidedCount,
    valueMinor: Number(row.valueMinor),
    schedule: toSchedule(row.schedule),
    owner: row.owner,
    isImported: row.isImported,
    problem: row.problem,
    evaluatedAtMs: row.evaluatedAt?.getTime() ?? null,
    publishedAtMs: row.publishedAt?.getTime() ?? null,
    createdAtMs: row.createdAt.getTime(),
    archivedAtMs: row.archivedAt?.getTime() ?? null,
  };
}

function toDelivery(text: string): SegmentDelivery {
  if (text === "native" || text === "tag" || text === "none") return text;
  throw new Error(`Segment.delivery is ${text}`);
}

function toSchedule(text: string): SegmentSchedule {
  const schedule = segmentSchedules.find((known) => known === text);
  if (!schedule) throw new Error(`Segment.schedule is ${text}`);
  return schedule;
}
