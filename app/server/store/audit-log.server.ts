import { randomUUID } from "node:crypto";
import type { ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";

export interface AuditEntry {
  readonly atMs: number;
  /** "app", "system" or the Shopify user id. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Free of personal data: ids and counts. */
  readonly detail: string;
}

export interface KeptAuditEntry extends AuditEntry {
  readonly id: string;
}

export async function recordAudit(shopId: ShopId, entry: AuditEntry): Promise<void> {
  const { atMs, ...same } = entry;
  await getDb().auditLog.create({ data: { id: randomUUID(), shopId, at: new Date(atMs), ...same } });
}

/** Newest first. */
export async function listAudit(shopId: ShopId, limit: number, offset = 0): Promise<KeptAuditEntry[]> {
  const rows = await getDb().auditLog.findMany({ where: { shopId }, orderBy: [{ at: "desc" }, { id: "asc" }], take: limit, skip: offset });
  return rows.map(({ id, at, actor, action, subject, detail }) => ({ id, atMs: at.getTime(), actor, action, subject, detail }));
}

export async function countAudit(shopId: ShopId): Promise<number> {
  return getDb().auditLog.count({ where: { shopId } });
}

export async function deleteOldAudit(shopId: ShopId, beforeMs: number): Promise<number> {
  return (await getDb().auditLog.deleteMany({ where: { shopId, at: { lt: new Date(beforeMs) } } })).count;
}
