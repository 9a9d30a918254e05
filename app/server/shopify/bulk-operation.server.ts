import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.server.ts";
import { bulkQueryText } from "./bulk-query.server.ts";
import { FindBulkOperationDocument, RequestBulkReadDocument, type FindBulkOperationQuery } from "./generated/operations.ts";

type OperationFields = NonNullable<FindBulkOperationQuery["bulkOperation"]>;

export interface BulkOperation {
  readonly id: string;
  readonly status: OperationFields["status"];
  readonly errorCode: OperationFields["errorCode"] | null;
  /** By Shopify's clock: what it read is at least as new. */
  readonly createdAtMs: number;
  readonly objectCount: number;
  readonly fileBytes: number | null;
  /** Null while it runs, and when it found nothing. Lives seven days. */
  readonly url: string | null;
  /** What a failed operation had written before it failed. */
  readonly partialUrl: string | null;
}

/** Starts a bulk read and answers its gid. Not repeated after a time-out: a second read would take one of the shop's five places. */
export async function requestBulkRead(client: AdminClient, document: { toString(): string }): Promise<Result<string, Failure>> {
  const answer = await client.run(RequestBulkReadDocument, { query: bulkQueryText(document) });
  if (!answer.ok) return answer;
  const id = answer.value.bulkOperationRunQuery?.bulkOperation?.id;
  return id ? ok(id) : err({ kind: "shopify-unavailable", operation: "RequestBulkRead", message: "an answer without an operation", retryAfterMs: null });
}

/** Null when Shopify does not know the operation (any more). */
export async function findBulkOperation(client: AdminClient, id: string): Promise<Result<BulkOperation | null, Failure>> {
  const answer = await client.run(FindBulkOperationDocument, { id });
  if (!answer.ok) return answer;
  const found = answer.value.bulkOperation;
  if (!found) return ok(null);
  return ok({
    id: found.id,
    status: found.status,
    errorCode: found.errorCode ?? null,
    createdAtMs: Date.parse(found.createdAt),
    objectCount: Number(found.objectCount),
    fileBytes: found.fileSize == null ? null : Number(found.fileSize),
    url: found.url ?? null,
    partialUrl: found.partialDataUrl ?? null,
  });
}
