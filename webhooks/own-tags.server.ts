import { tagChange } from "#app/core/webhook-payloads.ts";
import type { ShopId } from "#app/core/ids.ts";
import { areSegmentTags, changeCustomerTags } from "#app/server/store/profile-tags.server.ts";

const TOPICS: Readonly<Record<string, boolean>> = { "customer.tags_added": true, "customer.tags_removed": false };

/**
 * Publishing a segment by tag makes Shopify tell of every member's tag: thousands of messages that say what this app just
 * did. They are taken over where they arrive, so that no order's message waits behind them.
 */
export function takeOverOwnTags(shopId: ShopId, topic: string, payload: object): boolean {
  if (!Object.hasOwn(TOPICS, topic)) return false;
  const change = tagChange.safeParse(payload);
  if (!change.success || !areSegmentTags(shopId, change.data.tags)) return false;
  changeCustomerTags(shopId, change.data.customerId, change.data.tags, TOPICS[topic]);
  return true;
}
