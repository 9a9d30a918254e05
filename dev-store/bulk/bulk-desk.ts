import type { BulkOperationRow } from "#dev-store/db/rows.ts";

export interface BulkProblem { readonly field: readonly string[] | null; readonly message: string; readonly code: string }
export type BulkStart = { readonly ok: true; readonly row: BulkOperationRow } | { readonly ok: false; readonly problems: readonly BulkProblem[] };
export interface StagedTarget { readonly url: string; readonly resourceUrl: string; readonly parameters: readonly { name: string; value: string }[] }

/** Bulk operations as the Admin API sees them. */
export interface BulkDesk {
  runQuery(query: string, groupObjects: boolean, scopes: ReadonlySet<string>): BulkStart;
  runMutation(mutation: string, stagedUploadPath: string, scopes: ReadonlySet<string>): BulkStart;
  cancel(id: number): BulkOperationRow | null;
  find(id: number): BulkOperationRow | null;
  /** For node(id:): null when the type is not a bulk operation. */
  findNode(type: string, id: number): unknown;
  createUpload(): StagedTarget;
  /** Ends what is running, as Shopify does with a stalled operation. */
  close(): Promise<void>;
}
