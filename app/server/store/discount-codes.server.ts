import type { DiscountCodeView } from "#app/core/discount-views.ts";
import type { ShopId } from "#app/core/ids.ts";
import { openSqlite } from "../platform/db.server.ts";
import { atomically } from "./statements.server.ts";

export type CodeStatus = DiscountCodeView["status"];

export interface NewCode {
  readonly code: string;
  readonly customerId: number;
}

export interface SentCode {
  readonly code: string;
  readonly customerId: number | null;
  readonly creationId: string | null;
}

/** In one transaction: a discount has all its codes or none. */
export function insertDiscountCodes(shopId: ShopId, discountId: string, codes: readonly NewCode[]): void {
  const db = openSqlite();
  const insert = db.prepare("INSERT INTO DiscountCode (shopId, discountId, code, customerId, status) VALUES (?, ?, ?, ?, 'waiting')");
  atomically(() => {
    for (const { code, customerId } of codes) insert.run(shopId, discountId, code, customerId);
  });
}

/** Which of these does the shop already use, in any discount of ours? */
export function findTakenCodes(shopId: ShopId, codes: readonly string[]): Set<string> {
  const taken = openSqlite()
    .prepare<unknown[], string>(
      `SELECT code FROM DiscountCode WHERE shopId = ? AND code IN (SELECT value FROM json_each(?))
       UNION SELECT code FROM Discount WHERE shopId = ? AND code IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(shopId, JSON.stringify(codes), shopId, JSON.stringify(codes));
  return new Set(taken);
}

export function listCodesByStatus(shopId: ShopId, discountId: string, status: CodeStatus, limit: number): SentCode[] {
  return openSqlite()
    .prepare<unknown[], SentCode>("SELECT code, customerId, creationId FROM DiscountCode WHERE shopId = ? AND discountId = ? AND status = ? ORDER BY code LIMIT ?")
    .all(shopId, discountId, status, limit);
}

export interface CodeOutcome {
  readonly code: string;
  readonly status: CodeStatus;
  readonly error: string | null;
  readonly creationId: string | null;
}

export function recordCodeOutcomes(shopId: ShopId, discountId: string, outcomes: readonly CodeOutcome[]): void {
  const db = openSqlite();
  const update = db.prepare("UPDATE DiscountCode SET status = ?, error = ?, creationId = ? WHERE shopId = ? AND discountId = ? AND code = ?");
  atomically(() => {
    for (const { code, status, error, creationId } of outcomes) update.run(status, error, creationId, shopId, discountId, code);
  });
}

/** The customer gets another code; the refused one is kept with its reason and without its owner. */
export function replaceFailedCode(shopId: ShopId, discountId: string, failed: string, replacement: NewCode): void {
  const db = openSqlite();
  atomically(() => {
    db.prepare("UPDATE DiscountCode SET customerId = NULL WHERE shopId = ? AND discountId = ? AND code = ?").run(shopId, discountId, failed);
    insertDiscountCodes(shopId, discountId, [replacement]);
  });
}

export function countCodes(shopId: ShopId, discountId: string): Record<CodeStatus, number> {
  const counts: Record<CodeStatus, number> = { waiting: 0, sent: 0, imported: 0, failed: 0 };
  const rows = openSqlite()
    .prepare<unknown[], { status: CodeStatus; count: number }>("SELECT status, count(*) AS count FROM DiscountCode WHERE shopId = ? AND discountId = ? GROUP BY status")
    .all(shopId, discountId);
  for (const { status, count } of rows) counts[status] = count;
  return counts;
}

/** Used codes first. */
export function listDiscountCodes(shopId: ShopId, discountId: string, limit: number): DiscountCodeView[] {
  return openSqlite()
    .prepare<unknown[], DiscountCodeView>(
      `SELECT d.code, d.customerId, d.status, d.error,
         (SELECT count(*) FROM OrderDiscount o WHERE o.shopId = d.shopId AND o.code = d.code) AS orders
       FROM DiscountCode d WHERE d.shopId = ? AND d.discountId = ? ORDER BY orders DESC, d.code LIMIT ?`,
    )
    .all(shopId, discountId, limit);
}

/** The first of all the codes, whatever became of it: the discount is made with it and found again by it. */
export function findFirstCode(shopId: ShopId, discountId: string): string | null {
  const code = openSqlite().prepare<unknown[], string | null>("SELECT min(code) FROM DiscountCode WHERE shopId = ? AND discountId = ?").pluck().get(shopId, discountId);
  return code ?? null;
}
