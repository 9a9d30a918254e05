import type { Failure } from "#app/core/failure.ts";
import type { CustomerExportView } from "#app/core/privacy-views.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { findPrivacyRequest } from "#app/server/store/privacy-requests.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

/** The data of one shopper for the merchant to hand over. Every look at it is written down. */
export async function openCustomerExport(shop: ShopRef, requestId: string, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<CustomerExportView, Failure>> {
  const request = await findPrivacyRequest(shop.id, requestId);
  if (request?.kind !== "data_request" || request.result === null) return err({ kind: "not-found", what: "export", id: requestId });
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "customer.export-opened", subject: `Customer/${request.customerId}`, detail: JSON.stringify({ requestId }) });
  return ok({ fileName: `customer-${request.customerId}.json`, text: JSON.stringify(JSON.parse(request.result), null, 2) });
}
