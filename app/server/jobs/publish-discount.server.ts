import { describeFailure, FailureError } from "#app/core/failure.ts";
import { publishDiscountToShopify } from "#app/server/delivery/publish-discount.server.ts";
import { secretRng } from "#app/server/delivery/secret-rng.server.ts";
import { createAdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeDiscount } from "#app/server/store/discounts.server.ts";
import { PermanentJobError, type JobHandler } from "./job-handler.server.ts";

/** A failure is shown on the discount at once; when the queue tries again, its status goes back to publishing. */
export const handlePublishDiscount: JobHandler<"publish-discount"> = async ({ discountId }, context) => {
  const { shop, clock, log } = context;
  const published = await publishDiscountToShopify({ ...context, client: createAdminClient(shop.domain, { clock, log }) }, discountId, secretRng);
  const audit = (action: string, detail: object) => recordAudit(shop.id, { atMs: clock.nowMs(), actor: "system", action, subject: `discount/${discountId}`, detail: JSON.stringify(detail) });
  if (!published.ok) {
    const error = describeFailure(published.error);
    await changeDiscount(shop.id, discountId, ["publishing"], { status: "failed", error }, clock.nowMs());
    await audit("discount.failed", { error });
    if (published.error.kind === "not-found") throw new PermanentJobError(error);
    throw new FailureError(published.error);
  }
  log.info({ discountId, ...published.value }, "discount published");
  await audit("discount.published", published.value);
};
