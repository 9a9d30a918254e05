import type { ShopRef } from "#app/core/shop-ref.ts";
import type { EventEndpointView } from "#app/core/segment-views.ts";
import { countDeliveries } from "#app/server/store/event-deliveries.server.ts";
import { FLOW, listEventEndpoints as listStored } from "#app/server/store/event-endpoints.server.ts";

export async function listEventEndpoints(shop: ShopRef): Promise<EventEndpointView[]> {
  return (await listStored(shop.id)).map(({ id, url, segmentIds, isOn, createdAtMs }) => ({ id, url, isFlow: url === FLOW, segmentIds, isOn, createdAtMs, ...countDeliveries(shop.id, id) }));
}
