import type { PrivacyRequestView, PrivacyView } from "#app/core/privacy-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { HOUR_MS } from "#app/core/time.ts";
import { retentionDays } from "#app/server/privacy/apply-retention.server.ts";
import { countAudit, listAudit } from "#app/server/store/audit-log.server.ts";
import { countPrivacyRequests, listPrivacyRequests, type PrivacyRequest } from "#app/server/store/privacy-requests.server.ts";
import { readPage } from "../page-of.server.ts";
import { loadBreakdownMinimum } from "../segments/breakdown-minimum.server.ts";
import { PURGE_AFTER_MS } from "../shop/uninstall-shop.server.ts";

export const REQUESTS_A_PAGE = 20;
export const ENTRIES_A_PAGE = 50;

/** `?requests=2&log=3`: each list has its own pages. */
export async function loadPrivacy(shop: ShopRef, params: URLSearchParams): Promise<PrivacyView> {
  const [requestCount, entryCount] = await Promise.all([countPrivacyRequests(shop.id), countAudit(shop.id)]);
  const [requests, audit] = await Promise.all([
    readPage(params.get("requests"), REQUESTS_A_PAGE, requestCount, async (offset, limit) => (await listPrivacyRequests(shop.id, limit, offset)).map(toView)),
    readPage(params.get("log"), ENTRIES_A_PAGE, entryCount, (offset, limit) => listAudit(shop.id, limit, offset)),
  ]);
  return { requests, audit, retention: { ...retentionDays, afterUninstallHours: PURGE_AFTER_MS / HOUR_MS }, smallestGroup: await loadBreakdownMinimum(shop) };
}

/** Without the export itself: a list must not carry anybody's data. */
function toView({ id, kind, customerId, requestedAtMs, dueAtMs, finishedAtMs, status, result }: PrivacyRequest): PrivacyRequestView {
  return { id, kind, customerId, requestedAtMs, dueAtMs, finishedAtMs, status, hasExport: kind === "data_request" && result !== null };
}
