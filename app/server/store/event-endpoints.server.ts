import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { EventEndpoint as EndpointRow } from "../platform/generated/prisma/client.ts";

/** `url` of the endpoint that stands for the triggers of Shopify Flow. */
export const FLOW = "flow";

export interface EventEndpoint {
  readonly id: string;
  /** https://…, or FLOW. */
  readonly url: string;
  /** Encrypted. */
  readonly secret: string;
  /** Null: of all segments. */
  readonly segmentIds: readonly string[] | null;
  readonly isOn: boolean;
  readonly createdAtMs: number;
}

export async function insertEventEndpoint(shopId: ShopId, { createdAtMs, segmentIds, ...endpoint }: EventEndpoint): Promise<void> {
  const now = new Date(createdAtMs);
  await getDb().eventEndpoint.create({ data: { shopId, ...endpoint, segmentIds: segmentIds && JSON.stringify(segmentIds), createdAt: now, updatedAt: now } });
}

export async function listEventEndpoints(shopId: ShopId): Promise<EventEndpoint[]> {
  return (await getDb().eventEndpoint.findMany({ where: { shopId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] })).map(toEndpoint);
}

export async function findEventEndpoint(shopId: ShopId, id: string): Promise<EventEndpoint | null> {
  const row = await getDb().eventEndpoint.findFirst({ where: { shopId, id } });
  return row && toEndpoint(row);
}

export async function switchEventEndpoint(shopId: ShopId, id: string, isOn: boolean, nowMs: number): Promise<boolean> {
  return (await getDb().eventEndpoint.updateMany({ where: { shopId, id }, data: { isOn, updatedAt: new Date(nowMs) } })).count > 0;
}

/** With its deliveries. */
export async function deleteEventEndpoint(shopId: ShopId, id: string): Promise<boolean> {
  await getDb().eventDelivery.deleteMany({ where: { shopId, target: id } });
  return (await getDb().eventEndpoint.deleteMany({ where: { shopId, id } })).count > 0;
}

function toEndpoint(row: EndpointRow): EventEndpoint {
  const ids: unknown = row.segmentIds === null ? null : JSON.parse(row.segmentIds);
  return {
    id: row.id, url: row.url, secret: row.secret, isOn: row.isOn, createdAtMs: row.createdAt.getTime(),
    segmentIds: Array.isArray(ids) ? ids.filter((id): id is string => typeof id === "string") : null,
  };
}
