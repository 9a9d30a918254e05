import type { z } from "zod";
import { jobPayloads, type JobKind } from "#app/core/jobs.ts";
import { handleApplyWebhook } from "./apply-webhook.server.ts";
import { handleDeliverEvents } from "./deliver-events.server.ts";
import { handleIngestBulk } from "./ingest-bulk.server.ts";
import { handleFollowCustomer } from "./follow-customer.server.ts";
import { PermanentJobError, type JobContext } from "./job-handler.server.ts";
import { handlePrivacyRequest } from "./privacy-request.server.ts";
import { handlePublishDiscount } from "./publish-discount.server.ts";
import { handlePublishRecommendations } from "./publish-recommendations.server.ts";
import { handlePublishSegment } from "./publish-segment.server.ts";
import { handlePurgeShop } from "./purge-shop.server.ts";
import { handleReadCustomerFields } from "./read-customer-fields.server.ts";
import { handleRecompute } from "./recompute.server.ts";
import { handleRefreshChanged } from "./refresh-changed.server.ts";
import { handleRefreshCustomers } from "./refresh-customers.server.ts";
import { handleRefreshProduct } from "./refresh-product.server.ts";
import { handleRefreshSegment } from "./refresh-segment.server.ts";
import { handleRefreshProfiles } from "./refresh-profiles.server.ts";
import type { RunJob } from "./run-jobs.server.ts";
import { handleSyncStore } from "./sync-store.server.ts";
import { handleUndoDiscount } from "./undo-discount.server.ts";
import { handleUpdateRecommendations } from "./update-recommendations.server.ts";

/** Every kind of job; a kind of app/core/jobs.ts without a handler does not compile. */
export const jobRegistry: Readonly<Record<JobKind, RunJob>> = {
  "sync-store": parsing(jobPayloads["sync-store"], handleSyncStore),
  "ingest-bulk": parsing(jobPayloads["ingest-bulk"], handleIngestBulk),
  "apply-webhook": parsing(jobPayloads["apply-webhook"], handleApplyWebhook),
  "refresh-product": parsing(jobPayloads["refresh-product"], handleRefreshProduct),
  "refresh-customers": parsing(jobPayloads["refresh-customers"], handleRefreshCustomers),
  "read-customer-fields": parsing(jobPayloads["read-customer-fields"], handleReadCustomerFields),
  "follow-customer": parsing(jobPayloads["follow-customer"], handleFollowCustomer),
  "recompute": parsing(jobPayloads.recompute, handleRecompute),
  "refresh-profiles": parsing(jobPayloads["refresh-profiles"], handleRefreshProfiles),
  "update-recommendations": parsing(jobPayloads["update-recommendations"], handleUpdateRecommendations),
  "publish-recommendations": parsing(jobPayloads["publish-recommendations"], handlePublishRecommendations),
  "refresh-segment": parsing(jobPayloads["refresh-segment"], handleRefreshSegment),
  "refresh-changed": parsing(jobPayloads["refresh-changed"], handleRefreshChanged),
  "deliver-events": parsing(jobPayloads["deliver-events"], handleDeliverEvents),
  "publish-segment": parsing(jobPayloads["publish-segment"], handlePublishSegment),
  "publish-discount": parsing(jobPayloads["publish-discount"], handlePublishDiscount),
  "undo-discount": parsing(jobPayloads["undo-discount"], handleUndoDiscount),
  "privacy-request": parsing(jobPayloads["privacy-request"], handlePrivacyRequest),
  "purge-shop": parsing(jobPayloads["purge-shop"], handlePurgeShop),
};

function parsing<P>(schema: z.ZodType<P>, handle: (payload: P, context: JobContext) => Promise<void>): RunJob {
  return async (payloadJson, context) => {
    const parsed = schema.safeParse(JSON.parse(payloadJson));
    // Written by another version of the app: no attempt can read it.
    if (!parsed.success) throw new PermanentJobError(`the payload does not fit: ${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message}`);
    await handle(parsed.data, context);
  };
}
