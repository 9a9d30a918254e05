import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { MembershipView } from "#app/core/segment-studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import { loadSavedExpressions } from "../segments/saved-expressions.server.ts";

/** Segments explained on one page. */
const MOST_SEGMENTS = 200;

/** For every saved segment (or one), whether the customer is in it now and which condition decides it; those the customer is in come first. */
export async function explainMemberships(shop: ShopRef, customerId: number, { segmentId, ...options }: AskOptions & { readonly segmentId?: string } = {}): Promise<Result<MembershipView[], Failure>> {
  const saved = await loadSavedExpressions(shop.id);
  const readable = saved.segments.filter(({ id, query }) => (segmentId === undefined || id === segmentId) && readSegmentQuery(query, saved.names).ok).slice(0, MOST_SEGMENTS);
  const explained = await askPicture(shop, "memberships", { customerId, queries: readable.map(({ query }) => query) }, options);
  if (!explained.ok) return explained;
  const { value } = explained;
  if (value === null) return err({ kind: "not-found", what: "customer", id: String(customerId) });
  const views = readable.map(({ id, name }, index): MembershipView => ({ segmentId: id, name, holds: value[index].holds, explanation: value[index] }));
  return ok(views.sort((a, b) => Number(b.holds === true) - Number(a.holds === true)));
}
