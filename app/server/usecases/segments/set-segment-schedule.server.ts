import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { segmentSchedules } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeSegment, findSegment } from "#app/server/store/segments.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

const schedules = z.enum(segmentSchedules);

/** When the members are computed anew: see segmentSchedules. */
export async function setSegmentSchedule(shop: ShopRef, id: string, schedule: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const parsed = schedules.safeParse(schedule);
  if (!parsed.success) return err({ kind: "invalid", problems: [{ field: "schedule", message: "cannot be used" }] });
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  await changeSegment(shop.id, id, { schedule: parsed.data }, clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.schedule", subject: `segment/${id}`, detail: JSON.stringify({ schedule: parsed.data }) });
  return ok(null);
}
