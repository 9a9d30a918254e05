import type { ShopRef } from "#app/core/shop-ref.ts";
import type { Clock } from "#app/core/time.ts";
import type { Logger } from "../platform/logger.server.ts";
import { recordAudit } from "../store/audit-log.server.ts";
import { exportCustomer } from "../store/export-customer.server.ts";
import { findPrivacyRequest, finishPrivacyRequest, type PrivacyRequest } from "../store/privacy-requests.server.ts";
import { redactCustomer } from "../store/redact-customer.server.ts";
import { getShop } from "../store/shops.server.ts";
import { purgeShop } from "./purge-shop.server.ts";
import { privacyRequestPayload } from "./record-privacy-request.server.ts";

export interface PrivacyContext {
  readonly shop: ShopRef;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Meets one request; repeating a met one changes nothing. Returns null when the shop has no such request. */
export async function fulfilPrivacyRequest(requestId: string, context: PrivacyContext): Promise<PrivacyRequest | null> {
  const { shop } = context;
  const request = await findPrivacyRequest(shop.id, requestId);
  if (!request || request.status === "done") return request;
  switch (request.kind) {
    case "data_request":
      await exportTo(request, context);
      break;
    case "customer_redact":
      await redact(request, context);
      break;
    case "shop_redact":
      await redactShop(request, context);
      break;
  }
  return request;
}

async function exportTo(request: PrivacyRequest, { shop, clock }: PrivacyContext): Promise<void> {
  const customerId = getCustomerId(request);
  const data = await exportCustomer(shop.id, customerId);
  await finishPrivacyRequest(shop.id, request.id, "done", JSON.stringify(data), clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor: "system", action: "customer.exported", subject: `Customer/${customerId}`, detail: request.id });
}

async function redact(request: PrivacyRequest, { shop, clock }: PrivacyContext): Promise<void> {
  const customerId = getCustomerId(request);
  const { orderIds } = privacyRequestPayload.parse(JSON.parse(request.payload));
  const counts = redactCustomer(shop.id, customerId, orderIds, clock.nowMs());
  await finishPrivacyRequest(shop.id, request.id, "done", JSON.stringify(counts), clock.nowMs());
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor: "system", action: "customer.redacted", subject: `Customer/${customerId}`, detail: JSON.stringify(counts) });
}

/** Shopify sends it 48 hours after an uninstall; a shop that came back in the meantime keeps its data. */
async function redactShop(request: PrivacyRequest, { shop, clock, log }: PrivacyContext): Promise<void> {
  const { installedAtMs, uninstalledAtMs } = await getShop(shop.id);
  const nowMs = clock.nowMs();
  if (uninstalledAtMs !== null || installedAtMs <= request.requestedAtMs) {
    await purgeShop(shop, nowMs, log);
    return;
  }
  const detail = "the app was installed again after the request";
  await finishPrivacyRequest(shop.id, request.id, "done", JSON.stringify({ kept: detail }), nowMs);
  await recordAudit(shop.id, { atMs: nowMs, actor: "system", action: "shop.redact-refused", subject: shop.domain, detail });
}

function getCustomerId(request: PrivacyRequest) {
  if (request.customerId === null) throw new Error(`privacy request ${request.id} names no customer`);
  return request.customerId;
}
