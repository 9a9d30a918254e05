import type { Failure } from "#app/core/failure.ts";
import { err, type Result } from "#app/core/result.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findSegment, listArchivedSegments, listSegments } from "#app/server/store/segments.server.ts";
import { createSegment, type ActionOptions } from "./create-segment.server.ts";

const LONGEST_NAME = 100;

/** The same query under the next free name: "VIP", "VIP 2", "VIP 3". */
export async function duplicateSegment(shop: ShopRef, id: string, options: ActionOptions = {}): Promise<Result<SegmentSummary, Failure>> {
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const taken = new Set([...(await listSegments(shop.id)), ...(await listArchivedSegments(shop.id))].map(({ name }) => name));
  const base = segment.name.replace(/ \d+$/, "");
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base.slice(0, LONGEST_NAME - 1 - String(n).length)} ${n}`;
  return createSegment(shop, { name, query: segment.query, owner: segment.owner }, options);
}
