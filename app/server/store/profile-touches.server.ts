import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { atomically, statement } from "./statements.server.ts";

const touchRows = z.array(z.object({ customerId: z.number(), touchedAtMs: z.number() }));
export type ProfileTouch = z.infer<typeof touchRows>[number];

/** Remembers customers whose orders changed, until their profiles were computed anew. */
export function touchProfiles(shopId: ShopId, customerIds: readonly number[], nowMs: number): void {
  const touch = statement(`INSERT INTO "ProfileTouch" ("shopId", "customerId", "touchedAt") VALUES (?, ?, ?) ON CONFLICT ("shopId", "customerId") DO UPDATE SET "touchedAt" = excluded."touchedAt"`);
  atomically(() => customerIds.forEach((customerId) => touch.run(shopId, customerId, nowMs)));
}

/** By ascending customer. */
export function listTouchedProfiles(shopId: ShopId, limit: number): ProfileTouch[] {
  return touchRows.parse(statement(`SELECT "customerId", "touchedAt" AS touchedAtMs FROM "ProfileTouch" WHERE "shopId" = ? ORDER BY "customerId" LIMIT ?`).all(shopId, limit));
}

/** A customer touched again since stays. */
export function forgetTouchedProfiles(shopId: ShopId, touches: readonly ProfileTouch[]): void {
  const forget = statement(`DELETE FROM "ProfileTouch" WHERE "shopId" = ? AND "customerId" = ? AND "touchedAt" <= ?`);
  atomically(() => touches.forEach(({ customerId, touchedAtMs }) => forget.run(shopId, customerId, touchedAtMs)));
}

/** What was touched before a whole computation began is in it. */
export function forgetTouchedBefore(shopId: ShopId, beforeMs: number): number {
  return statement(`DELETE FROM "ProfileTouch" WHERE "shopId" = ? AND "touchedAt" < ?`).run(shopId, beforeMs).changes;
}

/** The customer of an order, null for a guest or an unknown order. */
export function findCustomerOfOrder(shopId: ShopId, orderId: number): number | null {
  const found = statement(`SELECT "customerId" FROM "Order" WHERE "shopId" = ? AND "id" = ?`).pluck().get(shopId, orderId);
  return typeof found === "number" ? found : null;
}
