import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import { segmentDefinition } from "#app/engine/segments/segment-definition.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { refreshSegmentMembers, sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { insertSegment } from "#app/server/store/segments.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

const newSegment = z.object({
  name: z.string().trim().min(1, "a name is needed").max(100, "at most 100 characters"),
  definition: segmentDefinition,
});

export interface ActionOptions {
  readonly clock?: Clock;
  /** Who asked: "app", "system" or the Shopify user id. */
  readonly actor?: string;
}

/** `input`: { name, definition } with a SegmentDefinition. The members are known when it returns; nothing is sent to Shopify yet. */
export async function createSegment(shop: ShopRef, input: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<SegmentSummary, Failure>> {
  const parsed = newSegment.safeParse(input, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const nowMs = clock.nowMs();
  const segment = await insertSegment(shop.id, { id: randomUUID(), ...parsed.data }, nowMs);
  if (!segment) return err({ kind: "invalid", problems: [{ field: "name", message: "there is a segment of this name" }] });
  const { memberCount, valueMinor } = refreshSegmentMembers(shop.id, segment.id, segment.definition, nowMs);
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.create", subject: `segment/${segment.id}`, detail: JSON.stringify({ kind: segment.definition.kind, memberCount }) });
  return ok(toSegmentSummary(shop, { ...segment, memberCount, valueMinor, evaluatedAtMs: nowMs }, sumCustomerValue(shop.id)));
}
