import type { CustomerId, ShopDomain, ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { PrivacyRequest as PrivacyRow } from "../platform/generated/prisma/client.ts";

export type PrivacyKind = "data_request" | "customer_redact" | "shop_redact";
export type PrivacyStatus = "received" | "done" | "failed";

export interface NewPrivacyRequest {
  readonly id: string;
  readonly shopDomain: ShopDomain;
  readonly kind: PrivacyKind;
  readonly customerId: CustomerId | null;
  /** JSON of ids only: the orders named in the request. */
  readonly payload: string;
  readonly requestedAtMs: number;
  readonly dueAtMs: number;
}

export interface PrivacyRequest extends NewPrivacyRequest {
  readonly shopId: ShopId | null;
  readonly status: PrivacyStatus;
  /** JSON: the export of a data request, or the counts of what was removed. */
  readonly result: string | null;
  readonly finishedAtMs: number | null;
}

/** False when the request is already here: its id is made from Shopify's delivery id. */
export async function receivePrivacyRequest(shopId: ShopId, request: NewPrivacyRequest): Promise<boolean> {
  const { count } = await getDb().privacyRequest.createMany({ data: [toColumns(shopId, request)] }).catch(ignoreRepeat);
  return count === 1;
}

export async function findPrivacyRequest(shopId: ShopId, requestId: string): Promise<PrivacyRequest | null> {
  const row = await getDb().privacyRequest.findFirst({ where: { shopId, id: requestId } });
  return row && toRequest(row, shopId);
}

/** Newest first. */
export async function listPrivacyRequests(shopId: ShopId, limit: number, offset = 0): Promise<PrivacyRequest[]> {
  const rows = await getDb().privacyRequest.findMany({ where: { shopId }, orderBy: [{ requestedAt: "desc" }, { id: "asc" }], take: limit, skip: offset });
  return rows.map((row) => toRequest(row, shopId));
}

export async function countPrivacyRequests(shopId: ShopId): Promise<number> {
  return getDb().privacyRequest.count({ where: { shopId } });
}

export async function finishPrivacyRequest(shopId: ShopId, requestId: string, status: "done" | "failed", result: string, nowMs: number): Promise<void> {
  await getDb().privacyRequest.updateMany({ where: { shopId, id: requestId }, data: { status, result, finishedAt: new Date(nowMs) } });
}

/** Exports hold a shopper's data: they are forgotten some time after the merchant could fetch them. The request itself stays. */
export async function forgetPrivacyResults(shopId: ShopId, finishedBeforeMs: number): Promise<number> {
  const { count } = await getDb().privacyRequest.updateMany({
    where: { shopId, kind: "data_request", result: { not: null }, finishedAt: { lt: new Date(finishedBeforeMs) } },
    data: { result: null },
  });
  return count;
}

/** A request of a shop that is not known here, or not any more: nothing is held, and that is the answer. */
export async function recordForeignPrivacyRequest(request: NewPrivacyRequest): Promise<void> {
  const finished = { status: "done", result: JSON.stringify({ held: "nothing" }), finishedAt: new Date(request.requestedAtMs) };
  await getDb().privacyRequest.createMany({ data: [{ ...toColumns(null, request), ...finished }] }).catch(ignoreRepeat);
}

function toColumns(shopId: ShopId | null, { requestedAtMs, dueAtMs, customerId, ...same }: NewPrivacyRequest) {
  return {
    ...same,
    shopId,
    customerId: customerId === null ? null : BigInt(customerId),
    status: "received",
    requestedAt: new Date(requestedAtMs),
    dueAt: new Date(dueAtMs),
  };
}

function ignoreRepeat(error: unknown): { count: number } {
  if (typeof error === "object" && error !== null && "code" in error && error.code === "P2002") return { count: 0 };
  throw error;
}

function toRequest(row: PrivacyRow, shopId: ShopId): PrivacyRequest {
  return {
    id: row.id,
    shopId,
    // Written from a parsed domain only.
    shopDomain: row.shopDomain as ShopDomain,
    kind: row.kind as PrivacyKind,
    customerId: row.customerId === null ? null : (Number(row.customerId) as CustomerId),
    payload: row.payload,
    status: row.status as PrivacyStatus,
    result: row.result,
    requestedAtMs: row.requestedAt.getTime(),
    dueAtMs: row.dueAt.getTime(),
    finishedAtMs: row.finishedAt?.getTime() ?? null,
  };
}
