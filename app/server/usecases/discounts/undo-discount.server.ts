import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeDiscount, findDiscount } from "#app/server/store/discounts.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

/**
 * Takes a discount back: the status says so at once, which also stops a publication that is still running, and a job
 * takes it out of Shopify with all its codes (undoneAtMs tells when).
 */
export async function undoDiscount(shop: ShopRef, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<{ jobId: string }, Failure>> {
  const discount = await findDiscount(shop.id, id);
  if (!discount) return err({ kind: "not-found", what: "discount", id });
  const nowMs = clock.nowMs();
  const isChanged = await changeDiscount(shop.id, id, ["draft", "publishing", "active", "failed"], { status: "undone", error: null }, nowMs);
  if (!isChanged && discount.undoneAtMs !== null) return err({ kind: "conflict", what: "discount", message: "it has been undone already" });
  const jobId = await enqueueJob(shop.id, "undo-discount", { discountId: id });
  if (isChanged) await recordAudit(shop.id, { atMs: nowMs, actor, action: "discount.undo", subject: `discount/${id}`, detail: JSON.stringify({ was: discount.status }) });
  return ok({ jobId });
}
