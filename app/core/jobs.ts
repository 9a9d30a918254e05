/** The catalogue of jobs as data: what may be enqueued, with what payload. Handlers stand in server/jobs. */
import { z } from "zod";
import { refreshReasons } from "./segment-views.ts";

export const jobPayloads = {
  /** Starts or resumes the backfill of all resources; mode reconcile reads only what changed. */
  "sync-store": z.object({ mode: z.enum(["backfill", "reconcile"]) }),
  /** Reads one finished bulk file into the store. */
  "ingest-bulk": z.object({ syncRunId: z.string() }),
  /** Applies one webhook of the inbox. */
  "apply-webhook": z.object({ inboxId: z.string() }),
  /** Reads one product anew: its webhook does not tell cost, tracking and collections, a stock webhook tells one location. */
  "refresh-product": z.object({ productId: z.number().int().positive() }),
  /** Reads customers anew of whom webhooks told a part. */
  "refresh-customers": z.object({}),
  /** All values of the customer metafields that the merchant let in. */
  "read-customer-fields": z.object({}),
  /** A customer's checkout may count as abandoned by now. */
  "follow-customer": z.object({ customerId: z.number().int().positive() }),
  /** Snapshot, RFM, recommendations, segment members: computed and saved. */
  "recompute": z.object({ reason: z.enum(["sync", "schedule", "change", "manual"]) }),
  /** Profiles, scores and predictions of the customers whose orders changed. */
  "refresh-profiles": z.object({}),
  /** New orders only: counted pairs, and the lists of the products in them. */
  "update-recommendations": z.object({}),
  "publish-recommendations": z.object({}),
  /** One segment's members, when nobody could wait for them. */
  "refresh-segment": z.object({ segmentId: z.string(), reason: z.enum(refreshReasons) }),
  /** Segments follow the customers that changed since. */
  "refresh-changed": z.object({}),
  /** Who joined and left, told to one endpoint of the merchant's or to Shopify Flow. */
  "deliver-events": z.object({ target: z.string() }),
  "publish-segment": z.object({ segmentId: z.string() }),
  "publish-discount": z.object({ discountId: z.string() }),
  "undo-discount": z.object({ discountId: z.string() }),
  "privacy-request": z.object({ requestId: z.string() }),
  "purge-shop": z.object({}),
} as const;

export type JobKind = keyof typeof jobPayloads;
export type JobPayload<K extends JobKind> = z.infer<(typeof jobPayloads)[K]>;

/** What a long job says of itself while it runs. */
export const jobProgress = z.object({
  done: z.number(), total: z.number().nullable(), unit: z.string(), perSecond: z.number(), secondsLeft: z.number().nullable(),
  /** Which model is being tried for which recommendation, while they are compared. */
  trying: z.object({ task: z.string(), member: z.string() }).optional(),
});
export type JobProgress = z.infer<typeof jobProgress>;
