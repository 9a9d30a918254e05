import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { insertSegmentRevision } from "#app/server/store/segment-history.server.ts";
import { sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { getSegment, insertSegment } from "#app/server/store/segments.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import { checkSegmentQuery } from "./check-segment-query.server.ts";
import { fillSegment } from "./fill-segment.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

export const segmentName = z.string().trim().min(1, "a name is needed").max(100, "at most 100 characters");
const newSegment = z.object({ name: segmentName, query: z.string().max(50_000, "at most 50,000 characters"), owner: z.string().trim().max(100, "at most 100 characters").nullish() });

export interface ActionOptions {
  readonly clock?: Clock;
  /** Who asked: "app", "system" or the Shopify user id. */
  readonly actor?: string;
}

/**
 * `input`: { name, query, owner? }. The members are known when it returns, unless the shop is so large that they are still
 * being computed (evaluatedAtMs is null then). Nothing is sent to Shopify yet.
 */
export async function createSegment(shop: ShopRef, input: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<SegmentSummary, Failure>> {
  const parsed = newSegment.safeParse(input, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const { name, owner } = parsed.data;
  const checked = await checkSegmentQuery(shop.id, parsed.data.query, name);
  if (!checked.ok) return checked;
  const { query, expression } = checked.value;
  const nowMs = clock.nowMs();
  const segment = await insertSegment(shop.id, { id: randomUUID(), name, query, owner: owner || null }, nowMs);
  if (!segment) return err({ kind: "invalid", problems: [{ field: "name", message: "there is a segment of this name" }] });
  await insertSegmentRevision(shop.id, segment.id, { number: 1, parent: null, name, query, actor, atMs: nowMs });
  await fillSegment(shop, segment, expression, "created", clock);
  const filled = await getSegment(shop.id, segment.id);
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.create", subject: `segment/${segment.id}`, detail: JSON.stringify({ memberCount: filled.memberCount }) });
  return ok(toSegmentSummary(shop, filled, sumCustomerValue(shop.id)));
}
