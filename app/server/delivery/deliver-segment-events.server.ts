import { createHash } from "node:crypto";
import { describeFailure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import type { SegmentEventView } from "#app/core/segment-views.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#app/core/time.ts";
import { decryptText } from "#app/server/platform/encrypt.server.ts";
import { getEnv } from "#app/server/platform/env.server.ts";
import { ReceiveFlowTriggerDocument } from "#app/server/shopify/generated/operations.ts";
import { findEventEndpoint, FLOW, type EventEndpoint } from "#app/server/store/event-endpoints.server.ts";
import { forgetDelivery, listWaitingDeliveries, recordDeliveryRefused, recordDeliverySent } from "#app/server/store/event-deliveries.server.ts";
import { findSegmentEvent } from "#app/server/store/segment-events.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import { createProgress, type DeliveryRun } from "./delivery-run.server.ts";
import { postSigned, type PostOutcome } from "./post-signed.server.ts";

export interface DeliveredEvents {
  readonly sent: number;
  /** Refused by the receiver, each on its own account. */
  readonly refused: number;
  /** Why the rest has to wait; null when all was tried. */
  readonly stopped: string | null;
}

const PAGE = 100;
/** After each refusal: whoever mends a receiver over a working day, or even a weekend, misses nothing. */
export const REFUSED_PAUSES_MS: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS, DAY_MS, 2 * DAY_MS];

/** Handles of extensions/segment-events. */
const FLOW_HANDLES = { joined: "customer-joined-segment", left: "customer-left-segment" } as const;

/** Tells one target of every event that waits for it, oldest first. At least once: a receiver knows an event again by its id. */
export async function deliverSegmentEvents(run: DeliveryRun, targetId: string): Promise<DeliveredEvents> {
  const endpoint = await findEventEndpoint(run.shop.id, targetId);
  const step = createProgress(run, 0, "events");
  const result = { sent: 0, refused: 0 };
  for (let afterEventId = 0; ; ) {
    const waiting = listWaitingDeliveries(run.shop.id, targetId, afterEventId, PAGE, run.clock.nowMs());
    if (waiting.length === 0) return { ...result, stopped: null };
    for (const { id, eventId, attempts } of waiting) {
      run.signal.throwIfAborted();
      afterEventId = eventId;
      const event = findSegmentEvent(run.shop.id, eventId);
      const segment = event && (await findSegment(run.shop.id, event.segmentId, { withArchived: true }));
      if (!endpoint?.isOn || !event || !segment) {
        forgetDelivery(run.shop.id, id);
        continue;
      }
      const outcome = endpoint.url === FLOW ? await triggerFlow(run, event, segment.name) : await post(run, endpoint, event, segment.name);
      if ("status" in outcome && outcome.status >= 200 && outcome.status < 300) {
        recordDeliverySent(run.shop.id, id, run.clock.nowMs());
        result.sent++;
      } else if ("status" in outcome && isRefusal(outcome.status)) {
        const pauseMs = REFUSED_PAUSES_MS.at(attempts);
        recordDeliveryRefused(run.shop.id, id, `HTTP ${outcome.status}`, pauseMs === undefined ? null : run.clock.nowMs() + pauseMs);
        result.refused++;
      } else {
        return { ...result, stopped: "status" in outcome ? `HTTP ${outcome.status}` : outcome.error };
      }
      await step(1);
    }
  }
}

/** About the one event, not about the receiver's health or haste; a redirect is an address that is out of date. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 404, 408, 425, 429].includes(status);
}

/** Free of names and addresses: the receiver asks Shopify for those, with rights of its own. */
export function describeEvent(shopDomain: string, event: SegmentEventView, segmentName: string) {
  return {
    id: eventKey(shopDomain, event.id),
    type: `segment.${event.kind}`,
    occurredAt: new Date(event.atMs).toISOString(),
    shop: shopDomain,
    segment: { id: event.segmentId, name: segmentName },
    customer: { id: formatGid("Customer", event.customerId) },
    reason: event.reason,
    cause: event.flipped,
  };
}

const eventKey = (shopDomain: string, eventId: number) => createHash("sha256").update(`${shopDomain}/segment-event/${eventId}`).digest("hex").slice(0, 32);

function post(run: DeliveryRun, endpoint: EventEndpoint, event: SegmentEventView, segmentName: string): Promise<PostOutcome> {
  const described = describeEvent(run.shop.domain, event, segmentName);
  return postSigned({
    url: new URL(endpoint.url), body: JSON.stringify(described), secret: decryptText(endpoint.secret), headers: { "x-tessera-event": described.type, "x-tessera-event-id": described.id },
    nowMs: run.clock.nowMs(), signal: run.signal, allowsLoopback: getEnv().NODE_ENV !== "production",
  });
}

async function triggerFlow(run: DeliveryRun, event: SegmentEventView, segmentName: string): Promise<PostOutcome> {
  const cause = event.flipped.map(({ text, holds }) => `${holds ? "now" : "no longer"}: ${text}`).join("; ");
  const payload = { customer_id: event.customerId, Segment: segmentName, Cause: cause.slice(0, 1_000) };
  const sent = await run.client.run(ReceiveFlowTriggerDocument, { handle: FLOW_HANDLES[event.kind], payload }, { signal: run.signal });
  if (sent.ok) return { status: 200 };
  return sent.error.kind === "shopify-refused" ? { status: 422 } : { error: describeFailure(sent.error) };
}
