import type { ShopId } from "#app/core/ids.ts";
import type { CustomerRecord } from "#app/core/records.ts";
import type { CustomerPatch } from "#app/core/webhook-payloads.ts";
import { atomically, NEWER_WINS, statement, staysDeleted, upsertSql } from "./statements.server.ts";

// A redacted customer stays as redaction left it, whatever is read later.
const GUARD = `${NEWER_WINS} AND "Customer"."redactedAt" IS NULL`;
const also = [staysDeleted("Customer")];
const known = ["createdAt", "updatedAt", "state", "countryCode", "provinceCode", "city", "emailDomain"] as const;

const UPSERT = upsertSql({
  table: "Customer",
  key: ["shopId", "id"],
  columns: [...known, "tags", "locale", "emailConsent", "emailConsentAt", "smsConsent", "shopifyRfmGroup", "shopifySpendTier"],
  also,
  onlyIf: GUARD,
});
const PATCH = upsertSql({ table: "Customer", key: ["shopId", "id"], columns: known, also, onlyIf: GUARD });

const knownValues = (record: CustomerPatch) => [record.createdAtMs, record.updatedAtMs, record.state, record.countryCode, record.provinceCode, record.city, record.emailDomain];

/** False when the stored row is newer. */
export function writeCustomer(shopId: ShopId, record: CustomerRecord): boolean {
  const more = [JSON.stringify(record.tags), record.locale, record.emailConsent, record.emailConsentAtMs, record.smsConsent, record.shopifyRfmGroup, record.shopifySpendTier];
  return statement(UPSERT).run(shopId, record.id, ...knownValues(record), ...more).changes > 0;
}

const DATA = ["state", "countryCode", "provinceCode", "city", "emailDomain", "tags", "locale", "emailConsent", "smsConsent", "shopifyRfmGroup", "shopifySpendTier", "deletedAt"];

/** All that segments may ask of a customer's own row, as one text to compare; null for one who is not known. */
export function describeCustomerData(shopId: ShopId, customerId: number): string | null {
  const data = statement(`SELECT json_array(${DATA.map((column) => `"${column}"`).join()}) FROM "Customer" WHERE "shopId" = ? AND "id" = ?`).pluck().get(shopId, customerId);
  return typeof data === "string" ? data : null;
}

export function writeCustomers(shopId: ShopId, records: readonly CustomerRecord[]): number {
  return atomically(() => records.filter((record) => writeCustomer(shopId, record)).length);
}

/** What a webhook tells; tags, consent and Shopify's own figures keep what they were. False when the stored row is newer. */
export function patchCustomer(shopId: ShopId, patch: CustomerPatch): boolean {
  return statement(PATCH).run(shopId, patch.id, ...knownValues(patch)).changes > 0;
}

const DELETE = `INSERT INTO "Customer" ("shopId", "id", "createdAt", "updatedAt", "state", "deletedAt") VALUES (?, ?, 0, 0, 'DISABLED', ?)
  ON CONFLICT ("shopId", "id") DO UPDATE SET "deletedAt" = max(coalesce("deletedAt", 0), excluded."deletedAt") WHERE excluded."deletedAt" >= "updatedAt"`;

/** Also of a customer not seen yet: the row it leaves keeps a late, older record from bringing the customer back. */
export function deleteCustomer(shopId: ShopId, customerId: number, atMs: number): boolean {
  return statement(DELETE).run(shopId, customerId, atMs).changes > 0;
}

/** Orders of the deleted customer become the kept one's, and so will those that arrive later. */
export function mergeCustomers(shopId: ShopId, keptId: number, deletedId: number, atMs: number): void {
  atomically(() => {
    const finalId = findSurvivor(shopId, keptId);
    if (finalId === deletedId) return;
    deleteCustomer(shopId, deletedId, atMs);
    statement(`UPDATE "Customer" SET "mergedIntoId" = ? WHERE "shopId" = ? AND "id" = ?`).run(keptId, shopId, deletedId);
    for (const table of ["Order", "Checkout"]) statement(`UPDATE "${table}" SET "customerId" = ? WHERE "shopId" = ? AND "customerId" = ?`).run(finalId, shopId, deletedId);
  });
}

const ALIAS = `SELECT "mergedIntoId", "redactedAt" FROM "Customer" WHERE "shopId" = ? AND "id" = ?`;

/** Whose an order of this customer is now: after merges, and nobody's after redaction. */
export function findSurvivor(shopId: ShopId, customerId: number): number | null {
  const seen = new Set<number>();
  let id = customerId;
  for (;;) {
    const row = statement(ALIAS).get(shopId, id);
    if (!isAlias(row)) return id;
    if (row.redactedAt !== null) return null;
    if (row.mergedIntoId === null || seen.has(row.mergedIntoId)) return id;
    seen.add(id);
    id = row.mergedIntoId;
  }
}

function isAlias(row: unknown): row is { mergedIntoId: number | null; redactedAt: number | null } {
  return typeof row === "object" && row !== null && "mergedIntoId" in row && "redactedAt" in row;
}

/** Every customer whose orders are not simply theirs, with whose they are: few, so a bulk read holds them in memory. */
export function listSurvivors(shopId: ShopId): Map<number, number | null> {
  const ids = statement(`SELECT "id" FROM "Customer" WHERE "shopId" = ? AND ("mergedIntoId" IS NOT NULL OR "redactedAt" IS NOT NULL)`).pluck().all(shopId);
  return new Map(ids.filter((id) => typeof id === "number").map((id) => [id, findSurvivor(shopId, id)]));
}
