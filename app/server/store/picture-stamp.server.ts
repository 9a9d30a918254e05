import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

/** Changes whenever what the resident picture of a shop is made from may have changed: orders and customers came in, a model ran, a segment was edited. */
export function readPictureStamp(shopId: ShopId): string {
  const row = statement(
    `SELECT (SELECT max("startedAt") FROM "ModelRun" WHERE "shopId" = ?) AS "startedAt", (SELECT max("finishedAt") FROM "ModelRun" WHERE "shopId" = ?) AS "finishedAt",
       (SELECT max("updatedAt") FROM "SyncRun" WHERE "shopId" = ?) AS "syncedAt", (SELECT max("updatedAt") FROM "Segment" WHERE "shopId" = ?) AS "segmentAt",
       (SELECT max("at") FROM "ChangedCustomer" WHERE "shopId" = ?) AS "changedAt",
       (SELECT "appliedAt" FROM "WebhookInbox" WHERE "shopId" = ? AND "appliedAt" IS NOT NULL ORDER BY "receivedAt" DESC LIMIT 1) AS "appliedAt"`,
  ).get(shopId, shopId, shopId, shopId, shopId, shopId);
  return JSON.stringify(row);
}

/** Customers and orders: what a picture's loading time grows with. */
export function countPictureRows(shopId: ShopId): number {
  const row = statement(`SELECT (SELECT count(*) FROM "Customer" WHERE "shopId" = ?) + (SELECT count(*) FROM "Order" WHERE "shopId" = ?) AS "rows"`).get(shopId, shopId) as { rows: number };
  return row.rows;
}
