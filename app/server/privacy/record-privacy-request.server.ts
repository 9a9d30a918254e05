import { z } from "zod";
import type { CustomerId, OrderId, ShopDomain } from "#app/core/ids.ts";
import { DAY_MS } from "#app/core/time.ts";
import { enqueueJob } from "../platform/queue.server.ts";
import { receivePrivacyRequest, recordForeignPrivacyRequest, type PrivacyKind } from "../store/privacy-requests.server.ts";
import type { Shop } from "../store/shops.server.ts";

/** Shopify's term: 30 days from the request. */
export const PRIVACY_TERM_MS = 30 * DAY_MS;

/** The orders a request names: all that is kept of its payload. */
export const privacyRequestPayload = z.object({ orderIds: z.array(z.number().int().positive().transform((id) => id as OrderId)).default([]) });

export interface IncomingPrivacyRequest {
  /** Shopify's delivery id: a repeated delivery is one request. */
  readonly webhookId: string;
  readonly shopDomain: ShopDomain;
  readonly kind: PrivacyKind;
  readonly customerId: CustomerId | null;
  readonly orderIds: readonly number[];
  readonly requestedAtMs: number;
}

/** Writes the request down with its due date and puts it to work. `shop` is null when the app knows no such shop. */
export async function recordPrivacyRequest(shop: Shop | null, incoming: IncomingPrivacyRequest): Promise<void> {
  const { webhookId, orderIds, ...same } = incoming;
  const request = {
    ...same,
    id: `privacy-${webhookId}`,
    payload: JSON.stringify({ orderIds }),
    dueAtMs: incoming.requestedAtMs + PRIVACY_TERM_MS,
  };
  if (!shop) return recordForeignPrivacyRequest(request);
  await receivePrivacyRequest(shop.id, request);
  // Also on a repeat: the first delivery may have ended between the row and the job.
  await enqueueJob(shop.id, "privacy-request", { requestId: request.id });
}
