import { describeFailure, FailureError } from "#app/core/failure.ts";
import { undoDiscountInShopify } from "#app/server/delivery/undo-discount.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeDiscount } from "#app/server/store/discounts.server.ts";
import { PermanentJobError, type JobHandler } from "./job-handler.server.ts";

export const handleUndoDiscount: JobHandler<"undo-discount"> = async ({ discountId }, context) => {
  const { shop, clock, log } = context;
  const undone = await undoDiscountInShopify({ ...context, client: createAdminClient(shop.domain, { clock, log }) }, discountId);
  if (!undone.ok) {
    const error = describeFailure(undone.error);
    // The merchant must see that the code may still work.
    await changeDiscount(shop.id, discountId, ["undone"], { error }, clock.nowMs());
    if (undone.error.kind === "not-found" || undone.error.kind === "conflict") throw new PermanentJobError(error);
    throw new FailureError(undone.error);
  }
  await changeDiscount(shop.id, discountId, ["undone"], { error: null }, clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor: "system", action: "discount.undone", subject: `discount/${discountId}`, detail: "{}" });
};
