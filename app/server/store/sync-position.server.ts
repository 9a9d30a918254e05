import type { ShopId } from "#app/core/ids.ts";
import { statement } from "./statements.server.ts";

/** How far into its bulk file a run has come. */
export interface SyncPosition {
  readonly linesApplied: number;
  readonly rowsApplied: number;
  readonly bytesApplied: number;
}

/** Called inside the transaction that writes the batch, so that position and rows can never disagree. */
export function recordSyncPosition(shopId: ShopId, runId: string, position: SyncPosition, nowMs: number): void {
  statement(`UPDATE "SyncRun" SET "linesApplied" = ?, "rowsApplied" = ?, "bytesApplied" = ?, "updatedAt" = ? WHERE "shopId" = ? AND "id" = ?`)
    .run(position.linesApplied, position.rowsApplied, position.bytesApplied, nowMs, shopId, runId);
}
