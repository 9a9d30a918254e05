import type { ShopId } from "#app/core/ids.ts";
import type { OrderLineRecord, OrderRecord, RefundRecord } from "#app/core/records.ts";
import { atomically, bit, NEWER_WINS, statement, staysDeleted, upsertSql } from "./statements.server.ts";
import { REDACTED_ORDER_NAME } from "./redact-customer.server.ts";
import { findSurvivor } from "./write-customers.server.ts";

export type OrderHead = Omit<OrderRecord, "lines">;

// An order that was redacted stays nobody's, whatever is read later.
const unlessRedacted = (column: string, redacted: string) => `CASE WHEN "Order"."name" = '${REDACTED_ORDER_NAME}' THEN ${redacted} ELSE excluded."${column}" END`;
const ORDER = upsertSql({
  table: "Order",
  key: ["shopId", "id"],
  columns: [
    "customerId", "name", "placedAt", "createdAt", "updatedAt", "cancelledAt", "isTest", "currency", "financialStatus", "sourceName",
    "appId", "locationId", "subtotalMinor", "discountMinor", "totalMinor", "refundedMinor",
  ],
  assign: { customerId: unlessRedacted("customerId", "NULL"), name: unlessRedacted("name", `'${REDACTED_ORDER_NAME}'`) },
  also: [staysDeleted("Order")],
  onlyIf: NEWER_WINS,
});
const LINE = upsertSql({
  table: "OrderLine",
  key: ["shopId", "id"],
  columns: ["orderId", "productId", "variantId", "quantity", "currentQuantity", "unitPriceMinor", "totalMinor"],
});
const DISCOUNT = upsertSql({ table: "OrderDiscount", key: ["shopId", "orderId", "code"], columns: [] });
const AUTOMATIC = upsertSql({ table: "OrderAutomaticDiscount", key: ["shopId", "orderId", "title"], columns: [] });
const REFUND = upsertSql({ table: "Refund", key: ["shopId", "id"], columns: ["orderId", "createdAt", "amountMinor"] });

/** The order without its lines; false when the stored one is newer, and then its codes and refunds are not touched either. */
export function writeOrderHead(shopId: ShopId, order: OrderHead, customerId: number | null): boolean {
  const { changes } = statement(ORDER).run(
    shopId, order.id, customerId, order.name, order.placedAtMs, order.createdAtMs, order.updatedAtMs, order.cancelledAtMs, bit(order.isTest),
    order.currency, order.financialStatus, order.sourceName, order.appId, order.locationId, order.subtotalMinor, order.discountMinor, order.totalMinor, order.refundedMinor,
  );
  if (changes === 0) return false;
  for (const code of order.discountCodes) statement(DISCOUNT).run(shopId, order.id, code);
  for (const refund of order.refunds) writeRefund(shopId, order.id, refund);
  return true;
}

export function writeOrderLine(shopId: ShopId, orderId: number, line: OrderLineRecord): void {
  statement(LINE).run(shopId, line.id, orderId, line.productId, line.variantId, line.quantity, line.currentQuantity, line.unitPriceMinor, line.totalMinor);
  for (const title of line.automaticDiscounts ?? []) statement(AUTOMATIC).run(shopId, orderId, title);
}

function writeRefund(shopId: ShopId, orderId: number, refund: RefundRecord): void {
  statement(REFUND).run(shopId, refund.id, orderId, refund.createdAtMs, refund.amountMinor);
}

/** Whole orders: lines and codes that are not in the record any more go. False when the stored order is newer. */
export function writeOrder(shopId: ShopId, order: OrderRecord): boolean {
  return atomically(() => {
    const customerId = order.customerId === null ? null : findSurvivor(shopId, order.customerId);
    if (!writeOrderHead(shopId, order, customerId)) return false;
    keepOnly(`DELETE FROM "OrderLine" WHERE "shopId" = ? AND "orderId" = ? AND "id" NOT IN (SELECT value FROM json_each(?))`, shopId, order.id, order.lines.map((line) => line.id));
    keepOnly(`DELETE FROM "OrderDiscount" WHERE "shopId" = ? AND "orderId" = ? AND "code" NOT IN (SELECT value FROM json_each(?))`, shopId, order.id, order.discountCodes);
    keepOnly(`DELETE FROM "OrderAutomaticDiscount" WHERE "shopId" = ? AND "orderId" = ? AND "title" NOT IN (SELECT value FROM json_each(?))`, shopId, order.id, order.lines.flatMap((line) => line.automaticDiscounts ?? []));
    for (const line of order.lines) writeOrderLine(shopId, order.id, line);
    settleRefunds(shopId, order.id);
    return true;
  });
}

export function writeOrders(shopId: ShopId, orders: readonly OrderRecord[]): number {
  return atomically(() => orders.filter((order) => writeOrder(shopId, order)).length);
}

function keepOnly(sql: string, shopId: ShopId, orderId: number, keep: readonly (number | string)[]): void {
  statement(sql).run(shopId, orderId, JSON.stringify(keep));
}

/** A refund may arrive before its order, or before the order's own figures include it. */
export function recordRefund(shopId: ShopId, orderId: number, refund: RefundRecord): void {
  atomically(() => {
    writeRefund(shopId, orderId, refund);
    settleRefunds(shopId, orderId);
  });
}

const REFUNDS_OF = `(SELECT coalesce(sum(r."amountMinor"), 0) FROM "Refund" r WHERE r."shopId" = "Order"."shopId" AND r."orderId" = "Order"."id")`;
const SETTLE = `UPDATE "Order" SET "totalMinor" = "totalMinor" - (${REFUNDS_OF} - "refundedMinor"), "refundedMinor" = ${REFUNDS_OF}
  WHERE "shopId" = ? AND "id" = ? AND "updatedAt" > 0 AND ${REFUNDS_OF} > "refundedMinor"`;

/** Takes refunds that the order's last record does not know off its total: the same whichever of the two came first. */
function settleRefunds(shopId: ShopId, orderId: number): void {
  statement(SETTLE).run(shopId, orderId);
}

/** The same for every order of the shop, once, at the end of a bulk read. */
export function settleAllRefunds(shopId: ShopId): void {
  const late = `SELECT r."orderId" FROM "Refund" r JOIN "Order" o ON o."shopId" = r."shopId" AND o."id" = r."orderId" WHERE r."shopId" = ?
    GROUP BY r."orderId" HAVING sum(r."amountMinor") > max(o."refundedMinor")`;
  atomically(() => {
    for (const orderId of statement(late).pluck().all(shopId)) if (typeof orderId === "number") settleRefunds(shopId, orderId);
  });
}

const DELETE = `INSERT INTO "Order" ("shopId", "id", "name", "placedAt", "createdAt", "updatedAt", "isTest", "currency", "subtotalMinor", "discountMinor", "totalMinor", "refundedMinor", "deletedAt")
  VALUES (?, ?, '', 0, 0, 0, 0, 'XXX', 0, 0, 0, 0, ?)
  ON CONFLICT ("shopId", "id") DO UPDATE SET "deletedAt" = max(coalesce("deletedAt", 0), excluded."deletedAt") WHERE excluded."deletedAt" >= "updatedAt"`;

/** Also of an order not seen yet: the row it leaves keeps a late, older record from bringing the order back. */
export function deleteOrder(shopId: ShopId, orderId: number, atMs: number): boolean {
  return statement(DELETE).run(shopId, orderId, atMs).changes > 0;
}

/** Orders that changed after the instant: their lines in an older bulk file are old news. */
export function listOrdersNewerThan(shopId: ShopId, instantMs: number): Set<number> {
  const ids = statement(`SELECT "id" FROM "Order" WHERE "shopId" = ? AND "updatedAt" > ?`).pluck().all(shopId, instantMs);
  return new Set(ids.filter((id) => typeof id === "number"));
}

/** Orders written while a merge or a redaction was applied elsewhere still name the old customer. */
export function repointOrders(shopId: ShopId, survivors: ReadonlyMap<number, number | null>): void {
  atomically(() => {
    for (const [customerId, survivorId] of survivors) {
      statement(`UPDATE "Order" SET "customerId" = ? WHERE "shopId" = ? AND "customerId" = ?`).run(survivorId, shopId, customerId);
    }
  });
}
