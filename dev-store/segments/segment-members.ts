import type { DevStoreContext } from "#dev-store/context.ts";
import { parseSegmentQuery, SegmentSyntaxError } from "./segment-query.ts";
import { refreshRfm } from "./rfm.ts";
import type { SegmentSql } from "./segment-sql.ts";
import { compileSegment } from "./segment-sql.ts";

/** What judging a segment needs of the store. */
export type SegmentStore = Pick<DevStoreContext, "db" | "clock" | "shop">;

export type CheckedSegment = { readonly ok: true; readonly where: SegmentSql } | { readonly ok: false; readonly message: string };

/** A query as a condition on `customers c`, as of the shop's now; refused with the words of a user error. */
export function checkSegment(store: SegmentStore, query: string): CheckedSegment {
  if (!query.trim()) return { ok: false, message: "Query can't be blank" };
  try {
    const where = compileSegment(parseSegmentQuery(query), { shop: store.shop, nowMs: store.clock.nowMs() });
    if (where.needsRfm) refreshRfm(store);
    return { ok: true, where };
  } catch (error) {
    if (error instanceof SegmentSyntaxError) return { ok: false, message: error.message };
    throw error;
  }
}

/** Is this customer in the segment now? A segment whose query cannot be read has no members. */
export function isSegmentMember(store: SegmentStore, query: string, customerId: number): boolean {
  const checked = checkSegment(store, query);
  if (!checked.ok) return false;
  return store.db.prepare(`SELECT 1 FROM customers c WHERE c.id = ? AND ${checked.where.sql}`).get(customerId, ...checked.where.params) !== undefined;
}
