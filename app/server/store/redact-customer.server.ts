import type { CustomerId, OrderId, ShopId } from "#app/core/ids.ts";
import { redactProfiles } from "./profile-rows.server.ts";
import { atomically, statement } from "./statements.server.ts";

export interface RedactionCounts {
  readonly customers: number;
  readonly orders: number;
  readonly scores: number;
  readonly predictions: number;
  /** Stored versions of the profile. */
  readonly profiles: number;
  readonly memberships: number;
  readonly codes: number;
  readonly webhooks: number;
  readonly exports: number;
}

/** What an order is called once nobody may tell whose it was. */
export const REDACTED_ORDER_NAME = "(redacted)";

// json_valid: a dead entry's payload is JSON too, but nothing here should fail on one that is not.
const WEBHOOKS_OF = `"shopId" = @shopId AND json_valid("payload") AND (
  json_extract("payload", '$.customerId') = @id OR json_extract("payload", '$.customer.id') = @id
  OR ("topic" LIKE 'customers/%' AND @id IN (json_extract("payload", '$.id'), json_extract("payload", '$.keptId'), json_extract("payload", '$.deletedId')))
  OR ("topic" LIKE 'orders/%' AND json_extract("payload", '$.id') IN (SELECT value FROM json_each(@orderIds)))
  OR ("topic" LIKE 'refunds/%' AND coalesce(json_extract("payload", '$.orderId'), json_extract("payload", '$.order_id')) IN (SELECT value FROM json_each(@orderIds))))`;

/**
 * Takes one shopper out of every table: all accounts merged into this one, all their orders, and the further orders
 * Shopify names. Repeating it changes nothing.
 */
export function redactCustomer(shopId: ShopId, customerId: CustomerId, orderIds: readonly OrderId[], nowMs: number): RedactionCounts {
  return atomically(() => {
    const merged = statement(`SELECT "id" FROM "Customer" WHERE "shopId" = ? AND "mergedIntoId" = ?`).pluck().all(shopId, customerId);
    const ids = [customerId, ...merged.map(Number)];
    const counts = { customers: 0, orders: 0, scores: 0, predictions: 0, profiles: 0, memberships: 0, codes: 0, webhooks: 0, exports: 0 };
    // One customer's bits cannot be taken out without moving the others'; the next refresh of the segments writes all anew.
    statement(`DELETE FROM "SegmentClauseBits" WHERE "shopId" = ?`).run(shopId);
    for (const id of ids) {
      const ordersOf = statement(`SELECT "id" FROM "Order" WHERE "shopId" = ? AND "customerId" = ?`).pluck().all(shopId, id).map(Number);
      const named = JSON.stringify([...new Set([...ordersOf, ...orderIds])]);
      counts.webhooks += statement(
        `UPDATE "WebhookInbox" SET "payload" = '{}', "status" = CASE "status" WHEN 'applied' THEN 'applied' ELSE 'skipped' END WHERE ${WEBHOOKS_OF}`,
      ).run({ shopId, id, orderIds: named }).changes;
      counts.orders += statement(
        `UPDATE "Order" SET "customerId" = NULL, "name" = ? WHERE "shopId" = ? AND "id" IN (SELECT value FROM json_each(?)) AND "name" <> ?`,
      ).run(REDACTED_ORDER_NAME, shopId, named, REDACTED_ORDER_NAME).changes;
      counts.scores += statement(`DELETE FROM "CustomerScore" WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, id).changes;
      counts.predictions += statement(`DELETE FROM "CustomerPrediction" WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, id).changes;
      counts.profiles += redactProfiles(shopId, id);
      counts.memberships += statement(`DELETE FROM "SegmentMember" WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, id).changes;
      counts.memberships += statement(`DELETE FROM "SegmentEvent" WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, id).changes;
      for (const table of ["ChangedCustomer", "StaleCustomer", "CustomerMetafield", "Checkout"]) statement(`DELETE FROM "${table}" WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, id);
      counts.codes += statement(`UPDATE "DiscountCode" SET "customerId" = NULL WHERE "shopId" = ? AND "customerId" = ?`).run(shopId, id).changes;
      counts.exports += statement(
        `UPDATE "PrivacyRequest" SET "payload" = '{}', "result" = NULL WHERE "shopId" = ? AND "customerId" = ? AND "kind" = 'data_request'`,
      ).run(shopId, id).changes;
      counts.customers += blankCustomer(shopId, id, nowMs);
    }
    return counts;
  });
}

/** Leaves the id alone with a mark, also when the shopper was not known yet, so that nothing read later brings one back. */
function blankCustomer(shopId: ShopId, id: number, nowMs: number): number {
  return statement(
    `INSERT INTO "Customer" ("shopId", "id", "createdAt", "updatedAt", "state", "deletedAt", "redactedAt") VALUES (@shopId, @id, 0, @nowMs, '', @nowMs, @nowMs)
     ON CONFLICT ("shopId", "id") DO UPDATE SET
       "createdAt" = 0, "state" = '', "tags" = '[]', "locale" = NULL, "countryCode" = NULL, "provinceCode" = NULL, "city" = NULL,
       "emailConsent" = NULL, "emailConsentAt" = NULL, "smsConsent" = NULL, "emailDomain" = NULL, "shopifyRfmGroup" = NULL,
       "shopifySpendTier" = NULL, "mergedIntoId" = NULL, "updatedAt" = @nowMs, "deletedAt" = coalesce("deletedAt", @nowMs),
       "redactedAt" = coalesce("redactedAt", @nowMs)
     WHERE "redactedAt" IS NULL`,
  ).run({ shopId, id, nowMs }).changes;
}
