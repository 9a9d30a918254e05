import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeSegment, findSegment } from "#app/server/store/segments.server.ts";
import { toProblems } from "../input-problems.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

const owners = z.object({ owner: z.string().trim().max(100, "at most 100 characters") });

/** Who looks after it; empty for nobody. */
export async function setSegmentOwner(shop: ShopRef, id: string, owner: unknown, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const parsed = owners.safeParse({ owner: owner ?? "" });
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  await changeSegment(shop.id, id, { owner: parsed.data.owner || null }, clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.owner", subject: `segment/${id}`, detail: "{}" });
  return ok(null);
}
