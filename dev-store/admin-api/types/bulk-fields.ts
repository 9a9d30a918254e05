import type { BulkOperationRow } from "#dev-store/db/rows.ts";
import { gid, readGidOf } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { FieldTable } from "../field-types.ts";
import { addFields, flagArg, textArg, userError } from "../field-types.ts";
import { Group } from "../items.ts";
import type { Item } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { listRows } from "../list-rows.ts";
import { enumFilter, idFilter, indexedDateFilter } from "../search-sql.ts";

const OPERATIONS: ListSpec = {
  type: "BulkOperation",
  from: "bulk_operations b",
  alias: "b",
  name: "bulkOperations",
  search: {
    fields: { id: idFilter("b.id"), status: enumFilter("b.status"), operation_type: enumFilter("b.type"), type: enumFilter("b.type"), created_at: indexedDateFilter("b.created_at") },
    text: () => ({ sql: "0", params: [] }),
  },
  sorts: { CREATED_AT: "b.created_at", COMPLETED_AT: "COALESCE(b.completed_at, 0)" },
  defaultSort: "CREATED_AT",
};

export function addBulkFields(table: FieldTable): void {
  addFields<Item<BulkOperationRow>>(table, "BulkOperation", {
    id: ({ row }) => gid("BulkOperation", row.id),
    status: ({ row }) => row.status,
    type: ({ row }) => row.type,
    errorCode: ({ row }) => row.error_code,
    query: ({ row }) => row.query,
    createdAt: ({ row }) => isoSecond(row.created_at),
    completedAt: ({ row }) => (row.completed_at === null ? null : isoSecond(row.completed_at)),
    objectCount: ({ row }) => String(row.object_count),
    rootObjectCount: ({ row }) => String(row.root_object_count),
    fileSize: ({ row }) => (row.file_size === null ? null : String(row.file_size)),
    // A query without rows has no file.
    url: ({ row }, _, api) => (row.status === "COMPLETED" && row.file_path !== null ? `${api.store.config.origin}/bulk/${row.id}.jsonl` : null),
    partialDataUrl: ({ row }, _, api) => ((row.status === "FAILED" || row.status === "CANCELED") && row.file_path !== null ? `${api.store.config.origin}/bulk/${row.id}.jsonl` : null),
  });

  const operationItem = (row: BulkOperationRow | null) => (row ? new Group<BulkOperationRow>("BulkOperation", [row]).items[0] : null);
  addFields<unknown>(table, "QueryRoot", {
    bulkOperation: (_, args, api) => operationItem(api.bulk.find(readGidOf("BulkOperation", textArg(args, "id") ?? "") ?? 0)),
    bulkOperations: (_, args, api) => listRows<BulkOperationRow>(api, OPERATIONS, args),
  });

  addFields<unknown>(table, "Mutation", {
    bulkOperationRunQuery: (_, args, api) => {
      const started = api.bulk.runQuery(textArg(args, "query") ?? "", flagArg(args, "groupObjects"), api.scopes);
      return started.ok
        ? { bulkOperation: operationItem(started.row), userErrors: [] }
        : { bulkOperation: null, userErrors: started.problems.map(({ field, message, code }) => userError(field, message, code)) };
    },
    bulkOperationRunMutation: (_, args, api) => {
      const started = api.bulk.runMutation(textArg(args, "mutation") ?? "", textArg(args, "stagedUploadPath") ?? "", api.scopes);
      return started.ok
        ? { bulkOperation: operationItem(started.row), userErrors: [] }
        : { bulkOperation: null, userErrors: started.problems.map(({ field, message, code }) => userError(field, message, code)) };
    },
    bulkOperationCancel: (_, args, api) => {
      const id = readGidOf("BulkOperation", textArg(args, "id") ?? "") ?? 0;
      const row = api.bulk.find(id);
      if (!row) return { bulkOperation: null, userErrors: [userError(["id"], "Bulk operation does not exist")] };
      if (row.status !== "RUNNING" && row.status !== "CREATED") {
        return { bulkOperation: operationItem(row), userErrors: [userError(null, `A bulk operation cannot be canceled when it is ${row.status.toLowerCase()}`)] };
      }
      return { bulkOperation: operationItem(api.bulk.cancel(id)), userErrors: [] };
    },
    stagedUploadsCreate: (_, args, api) => ({
      stagedTargets: (Array.isArray(args["input"]) ? args["input"] : []).map(() => api.bulk.createUpload()),
      userErrors: [],
    }),
  });
}
