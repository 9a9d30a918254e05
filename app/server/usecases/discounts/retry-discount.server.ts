import type { Failure } from "#app/core/failure.ts";
import { jobPayloads } from "#app/core/jobs.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob, getQueue } from "#app/server/platform/queue.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeDiscount, findDiscount } from "#app/server/store/discounts.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

/** Dead letters are few; one that is not among the latest of them is left where it is and a new job does the work. */
const LOOKED_THROUGH = 200;

/** Brings a discount that failed to Shopify once more: what is already there is found again by its code. */
export async function retryDiscount(shop: ShopRef, id: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const discount = await findDiscount(shop.id, id);
  if (!discount) return err({ kind: "not-found", what: "discount", id });
  const nowMs = clock.nowMs();
  if (discount.endsAtMs !== null && discount.endsAtMs <= nowMs) return err({ kind: "conflict", what: "discount", message: "its last day is over" });
  if (!(await changeDiscount(shop.id, id, ["failed"], { status: "publishing", error: null }, nowMs))) return err({ kind: "conflict", what: "discount", message: "it has not failed" });
  if (!(await reviveDeadJob(shop, id))) await enqueueJob(shop.id, "publish-discount", { discountId: id });
  await recordAudit(shop.id, { atMs: nowMs, actor, action: "discount.retry", subject: `discount/${id}`, detail: JSON.stringify({ error: discount.error }) });
  return ok(null);
}

/** The job that failed lies among the dead letters; a second one beside it would leave it there for ever. */
async function reviveDeadJob(shop: ShopRef, discountId: string): Promise<boolean> {
  const dead = await getQueue().list(shop.id, ["dead"], LOOKED_THROUGH);
  const job = dead.find(({ kind, payload }) => kind === "publish-discount" && jobPayloads["publish-discount"].parse(JSON.parse(payload)).discountId === discountId);
  return job !== undefined && getQueue().retryDead(shop.id, job.id);
}
