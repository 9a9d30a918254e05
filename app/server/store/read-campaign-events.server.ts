import type { ShopId } from "#app/core/ids.ts";
import type { EventColumn } from "#app/engine/segments/evaluate/columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { openSqlite } from "../platform/db.server.ts";
import { RowFinder } from "./row-finder.server.ts";

type EventRow = [customerId: number, atMs: number, subjectId: number | null];

/** Offers of ours, by Shopify's number of the discount. Who was given a code of his own was reached by it. */
const EXPOSED = `SELECT c.customerId, coalesce(d.publishedAt, d.startsAt), d.shopifyId FROM DiscountCode c JOIN Discount d ON d.shopId = c.shopId AND d.id = c.discountId
  WHERE c.shopId = ? AND c.customerId IS NOT NULL AND c.status = 'imported'`;
const REDEEMED = `SELECT o.customerId, o.placedAt, d.shopifyId FROM OrderDiscount u
  JOIN "Order" o ON o.shopId = u.shopId AND o.id = u.orderId
  JOIN Discount d ON d.shopId = u.shopId AND (d.code = u.code OR d.id IN (SELECT c.discountId FROM DiscountCode c WHERE c.shopId = u.shopId AND c.code = u.code))
  WHERE u.shopId = ? AND o.customerId IS NOT NULL AND o.deletedAt IS NULL AND o.cancelledAt IS NULL AND o.isTest = 0 AND d.publishedAt IS NOT NULL`;

/** Empty in a shop that never published an offer: "no data yet", not "nobody". */
export async function readCampaignEvents(shopId: ShopId, { customers }: Snapshot): Promise<Readonly<Record<string, EventColumn>>> {
  const published = openSqlite().prepare<[number], number>("SELECT count(*) FROM Discount WHERE shopId = ? AND publishedAt IS NOT NULL").pluck().get(shopId);
  if (!published) return {};
  const rows = new RowFinder(customers.id);
  const read = (sql: string) => toEvents(openSqlite().prepare<[number], EventRow>(sql).raw().all(shopId), rows, customers.count);
  return { "campaign_event.exposed": read(EXPOSED), "campaign_event.redeemed": read(REDEEMED) };
}

function toEvents(found: readonly EventRow[], rows: RowFinder, count: number): EventColumn {
  const known = found.map(([customerId, atMs, subjectId]) => ({ row: rows.find(customerId), atMs, subjectId: subjectId ?? NaN })).filter(({ row }) => row >= 0).sort((a, b) => a.row - b.row);
  const start = new Int32Array(count + 1);
  for (const { row } of known) start[row + 1]++;
  for (let row = 0; row < count; row++) start[row + 1] += start[row];
  return { start, atMs: Float64Array.from(known, (event) => event.atMs), subjectId: Float64Array.from(known, (event) => event.subjectId) };
}
