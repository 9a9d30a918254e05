import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentPage } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { listSegmentMembers, sumCustomerValue, type MemberPageRequest } from "#app/server/store/segment-members.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

const MAX_PAGE = 250;

export interface SegmentPageRequest {
  /** `nextCursor` of the page before; null for the first. A cursor that is not ours starts from the beginning. */
  readonly after?: string | null;
  /** 50 when not given; at most 250. */
  readonly limit?: number;
}

export async function loadSegment(shop: ShopRef, id: string, { after = null, limit = 50 }: SegmentPageRequest = {}): Promise<Result<SegmentPage, Failure>> {
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const size = Math.max(1, Math.min(MAX_PAGE, Math.trunc(limit)));
  const found = listSegmentMembers(shop.id, id, { after: parseCursor(after), limit: size + 1 });
  const members = found.slice(0, size);
  const last = members.at(-1);
  return ok({
    segment: toSegmentSummary(shop, segment, sumCustomerValue(shop.id)),
    members,
    nextCursor: found.length > size && last ? `${last.monetaryMinor}_${last.customerId}` : null,
  });
}

function parseCursor(text: string | null): MemberPageRequest["after"] {
  const match = /^(-?\d{1,15})_(\d{1,15})$/.exec(text ?? "");
  return match ? { monetaryMinor: Number(match[1]), customerId: Number(match[2]) } : null;
}
