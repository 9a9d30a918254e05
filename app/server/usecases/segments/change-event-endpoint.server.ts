import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { deleteEventEndpoint, switchEventEndpoint } from "#app/server/store/event-endpoints.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

export type EndpointChange = "on" | "off" | "delete";

/** Off: what waits is forgotten and nothing is added. */
export async function changeEventEndpoint(shop: ShopRef, id: string, change: EndpointChange, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const nowMs = clock.nowMs();
  const isFound = change === "delete" ? await deleteEventEndpoint(shop.id, id) : await switchEventEndpoint(shop.id, id, change === "on", nowMs);
  if (!isFound) return err({ kind: "not-found", what: "address", id });
  await recordAudit(shop.id, { atMs: nowMs, actor, action: `endpoint.${change}`, subject: `endpoint/${id}`, detail: "{}" });
  return ok(null);
}
