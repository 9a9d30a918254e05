import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { insertSegmentRevision, listSegmentRevisions } from "#app/server/store/segment-history.server.ts";
import { sumCustomerValue } from "#app/server/store/segment-members.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import { segmentName, type ActionOptions } from "./create-segment.server.ts";
import { saveSegmentText } from "./save-segment-text.server.ts";
import { toSegmentSummary } from "./segment-summary.server.ts";

const change = z.object({ name: segmentName.optional(), query: z.string().max(50_000, "at most 50,000 characters").optional() });

/** `input`: { name?, query? }. The change is a revision of its own, which undoSegment takes back. */
export async function updateSegment(shop: ShopRef, id: string, input: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<SegmentSummary, Failure>> {
  const parsed = change.safeParse(input, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const { name = segment.name, query = segment.query } = parsed.data;
  const [newest] = await listSegmentRevisions(shop.id, id);
  const revision = (newest?.number ?? 0) + 1;
  const saved = await saveSegmentText(shop, segment, { name, query, revision }, clock);
  if (!saved.ok) return saved;
  const nowMs = clock.nowMs();
  await insertSegmentRevision(shop.id, id, { number: revision, parent: segment.revision, name, query: saved.value.query, actor, atMs: nowMs });
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "segment.update", subject: `segment/${id}`, detail: JSON.stringify({ revision, memberCount: saved.value.memberCount }) });
  return ok(toSegmentSummary(shop, saved.value, sumCustomerValue(shop.id)));
}
