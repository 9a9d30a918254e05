import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { BuyingHistory } from "#app/engine/features/buying-history.ts";
import type { RfmScores } from "#app/engine/features/rfm.ts";
import { classicGroupAt, shopifyGroupAt } from "#app/engine/features/rfm.ts";
import { packRows, PackedRows } from "./packed-rows.server.ts";
import { atomically, statement } from "./statements.server.ts";
import { writeInBatches } from "./write-in-batches.server.ts";

/** One row per customer of a snapshot, ids ascending. */
export interface CustomerScoreColumns {
  readonly customerIds: Float64Array;
  readonly history: BuyingHistory;
  readonly scores: RfmScores;
}

export interface ScoreChanges {
  /** Rows written anew or with another score, count or amount. */
  readonly written: number;
  /** Rows of which only the days since the last order changed. */
  readonly aged: number;
  readonly removed: number;
}

const CHUNK = 10_000;
const packedText = z.string().nullable();
const stored = ["customerId", "ordersCount", "recencyDays", "monetaryMinor", "refundedMinor", "firstOrderAt", "lastOrderAt", "r", "f", "m", "shopifyGroup", "classicGroup"] as const;
const READ = `SELECT ${packRows(stored)} FROM (SELECT ${stored.join(", ")} FROM CustomerScore WHERE shopId = ? AND customerId > ? ORDER BY customerId LIMIT ${CHUNK})`;

/** A customer who was deleted or redacted since the snapshot was read gets no row. */
const WRITE = `INSERT INTO CustomerScore (shopId, runId, ${stored.join(", ")})
  SELECT ?, ?, ${stored.map(() => "?").join(", ")}
  WHERE EXISTS (SELECT 1 FROM Customer WHERE shopId = ? AND id = ? AND deletedAt IS NULL AND redactedAt IS NULL)
  ON CONFLICT (shopId, customerId) DO UPDATE SET runId = excluded.runId, ${stored.slice(1).map((column) => `${column} = excluded.${column}`).join(", ")}`;
/** Days pass for every customer every night; this touches no index. */
const AGE = "UPDATE CustomerScore SET runId = ?, recencyDays = ? WHERE shopId = ? AND customerId = ?";
const REMOVE = "DELETE FROM CustomerScore WHERE shopId = ? AND customerId = ?";

type Change = { readonly kind: "write" | "age"; readonly row: number } | { readonly kind: "remove"; readonly customerId: number };

/** Brings the stored scores to the columns. A row that says the same keeps its older run id. */
export async function saveCustomerScores(shopId: ShopId, runId: string, columns: CustomerScoreColumns, signal?: AbortSignal): Promise<ScoreChanges> {
  const changes = await findChanges(shopId, columns);
  await writeInBatches(shopId, changes, (change) => apply(shopId, runId, columns, change), signal);
  const count = (kind: Change["kind"]) => changes.reduce((sum, change) => sum + Number(change.kind === kind), 0);
  return { written: count("write"), aged: count("age"), removed: count("remove") };
}

/** Writes the rows of a few customers; nobody else's is looked at. */
export function updateCustomerScores(shopId: ShopId, runId: string, columns: CustomerScoreColumns): void {
  atomically(() => columns.customerIds.forEach((_, row) => apply(shopId, runId, columns, { kind: "write", row })));
}

/** A merge of two ascending lists of customers. */
async function findChanges(shopId: ShopId, columns: CustomerScoreColumns): Promise<Change[]> {
  const { customerIds } = columns;
  const changes: Change[] = [];
  let row = 0;
  let lastId = 0;
  for (;;) {
    const packed = packedText.parse(statement(READ).pluck().get(shopId, lastId));
    if (!packed) break;
    const rows = new PackedRows(packed);
    while (rows.next()) {
      lastId = rows.integer();
      for (; row < customerIds.length && customerIds[row] < lastId; row++) changes.push({ kind: "write", row });
      if (row < customerIds.length && customerIds[row] === lastId) {
        const kind = compare(rows, columns, row);
        if (kind) changes.push({ kind, row });
        row++;
      } else {
        skip(rows);
        changes.push({ kind: "remove", customerId: lastId });
      }
    }
    await nextTurn();
  }
  for (; row < customerIds.length; row++) changes.push({ kind: "write", row });
  return changes;
}

/** Reads the stored row to its end. No closures: it runs for every customer of the shop. */
function compare(rows: PackedRows, { history, scores }: CustomerScoreColumns, row: number): "write" | "age" | null {
  let changed = differs(rows.integer(), history.ordersCount[row]);
  const days = rows.integer();
  const aged = differs(Number.isNaN(days) ? -1 : days, history.recencyDays[row]);
  changed += differs(rows.integer(), history.monetaryMinor[row]);
  changed += differs(rows.integer(), history.refundedMinor[row]);
  changed += differs(rows.integer(), history.firstOrderAtMs[row]);
  changed += differs(rows.integer(), history.lastOrderAtMs[row]);
  changed += differs(rows.integer(), scores.r[row]);
  changed += differs(rows.integer(), scores.f[row]);
  changed += differs(rows.integer(), scores.m[row]);
  changed += Number(rows.word() !== shopifyGroupAt(scores, row));
  changed += Number(rows.word() !== classicGroupAt(scores, row));
  if (changed > 0) return "write";
  return aged > 0 ? "age" : null;
}

/** NaN stands for NULL and equals itself; 0 and -0 are one amount. */
function differs(a: number, b: number): number {
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 0 : 1;
}

function skip(rows: PackedRows): void {
  for (let field = 1; field < stored.length; field++) rows.word();
}

function apply(shopId: ShopId, runId: string, { customerIds, history, scores }: CustomerScoreColumns, change: Change): void {
  if (change.kind === "remove") {
    statement(REMOVE).run(shopId, change.customerId);
    return;
  }
  const { row } = change;
  const customerId = customerIds[row];
  const recencyDays = history.recencyDays[row] < 0 ? null : history.recencyDays[row];
  if (change.kind === "age") {
    statement(AGE).run(runId, recencyDays, shopId, customerId);
    return;
  }
  const orNull = (instantMs: number) => (Number.isNaN(instantMs) ? null : instantMs);
  statement(WRITE).run(
    shopId, runId, customerId, history.ordersCount[row], recencyDays, history.monetaryMinor[row], history.refundedMinor[row],
    orNull(history.firstOrderAtMs[row]), orNull(history.lastOrderAtMs[row]), scores.r[row], scores.f[row], scores.m[row],
    shopifyGroupAt(scores, row), classicGroupAt(scores, row), shopId, customerId,
  );
}
