import type { ShopId } from "#app/core/ids.ts";
import { DAY_MS } from "#app/core/time.ts";
import { getQueue } from "../platform/queue.server.ts";
import { deleteOldAudit } from "../store/audit-log.server.ts";
import { deleteOldCheckouts } from "../store/checkouts.server.ts";
import { deleteOldModelRuns } from "../store/model-runs.server.ts";
import { forgetPrivacyResults } from "../store/privacy-requests.server.ts";
import { deleteOldSegmentEvents } from "../store/segment-events.server.ts";
import { thinSegmentSizes } from "../store/segment-history.server.ts";
import { deleteAppliedWebhooks } from "../store/webhook-inbox.server.ts";

/** How long each kind of record is kept, in days (docs/decisions/0007-retention.md). */
export const retentionDays = {
  finishedJobs: 7,
  appliedWebhooks: 30,
  customerExports: 30,
  replacedModelRuns: 90,
  audit: 730,
  /** Who joined and left; the size of each segment stays, one figure a day. */
  segmentEvents: 400,
  segmentSizes: 30,
  checkouts: 400,
} as const;

export async function applyRetention(shopId: ShopId, nowMs: number): Promise<void> {
  const before = (days: number) => nowMs - days * DAY_MS;
  await deleteAppliedWebhooks(shopId, before(retentionDays.appliedWebhooks));
  await forgetPrivacyResults(shopId, before(retentionDays.customerExports));
  await deleteOldModelRuns(shopId, before(retentionDays.replacedModelRuns));
  await deleteOldAudit(shopId, before(retentionDays.audit));
  deleteOldSegmentEvents(shopId, before(retentionDays.segmentEvents));
  deleteOldCheckouts(shopId, before(retentionDays.checkouts));
  thinSegmentSizes(shopId, before(retentionDays.segmentSizes));
  await getQueue().deleteFinished(shopId, before(retentionDays.finishedJobs));
}
