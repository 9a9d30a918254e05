import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { lifecycleNames, type StageShare } from "#app/core/prediction-figures.ts";
import { getDb } from "../platform/db.server.ts";
import { atomically, statement } from "./statements.server.ts";
import { writeInBatches } from "./write-in-batches.server.ts";

/** What is known and expected of one customer; null where nothing is known, or not reliably. */
export interface CustomerPrediction {
  readonly customerId: number;
  readonly expectedOrders90d: number | null;
  readonly expectedOrders365d: number | null;
  readonly expectedRevenue365dMinor: number | null;
  readonly pAlive: number | null;
  readonly churnProbability: number | null;
  readonly churnHorizonDays: number;
  readonly nextOrderAtMs: number | null;
  readonly nextOrderFromAtMs: number | null;
  readonly nextOrderToAtMs: number | null;
  readonly cadenceDays: number | null;
  readonly cadenceSource: string;
  readonly lifecycleStage: string;
  readonly valueTier: string;
  readonly aovMinor: number | null;
  readonly discountShare: number | null;
  readonly refundShare: number | null;
}

export interface PredictionRun {
  readonly runId: string;
  readonly asOfMs: number;
  readonly nowMs: number;
}

export interface PredictionChanges {
  readonly written: number;
  readonly removed: number;
}

const CHUNK = 5_000;
const columns = [
  "expectedOrders90d", "expectedOrders365d", "expectedRevenue365dMinor", "pAlive", "churnProbability", "churnHorizonDays", "nextOrderAt", "nextOrderFromAt", "nextOrderToAt", "cadenceDays",
  "cadenceSource", "lifecycleStage", "valueTier", "aovMinor", "discountShare", "refundShare",
] as const;
type Value = number | string | null;
const storedRows = z.array(z.tuple([z.number()]).rest(z.union([z.number(), z.string(), z.null()])));

const READ = `SELECT customerId, ${columns.join(", ")} FROM CustomerPrediction WHERE shopId = ? AND customerId > ? ORDER BY customerId LIMIT ${CHUNK}`;
/** A customer who was deleted or redacted since the snapshot was read gets no row. */
const WRITE = `INSERT INTO CustomerPrediction (shopId, customerId, runId, asOf, updatedAt, ${columns.join(", ")})
  SELECT ?, ?, ?, ?, ?, ${columns.map(() => "?").join(", ")}
  WHERE EXISTS (SELECT 1 FROM Customer WHERE shopId = ? AND id = ? AND deletedAt IS NULL AND redactedAt IS NULL)
  ON CONFLICT (shopId, customerId) DO UPDATE SET ${["runId", "asOf", "updatedAt", ...columns].map((column) => `${column} = excluded.${column}`).join(", ")}`;
const REMOVE = "DELETE FROM CustomerPrediction WHERE shopId = ? AND customerId = ?";

/** Brings the stored rows to the given ones, whose customers ascend. A row that says the same keeps its older run and time. */
export async function saveCustomerPredictions(shopId: ShopId, { runId, asOfMs, nowMs }: PredictionRun, rows: Iterable<CustomerPrediction>, signal?: AbortSignal): Promise<PredictionChanges> {
  const changes = { written: 0, removed: 0 };
  const pending: { readonly customerId: number; readonly values: Value[] | null }[] = [];
  const flush = async () => {
    await writeInBatches(shopId, pending.splice(0), ({ customerId, values }) => {
      if (values) changes.written += statement(WRITE).run(shopId, customerId, runId, asOfMs, nowMs, ...values, shopId, customerId).changes;
      else changes.removed += statement(REMOVE).run(shopId, customerId).changes;
    }, signal);
    await nextTurn();
  };
  const stored = createStoredReader(shopId);
  for (const row of rows) {
    for (; stored.peek() !== null && (stored.peek()?.[0] ?? 0) < row.customerId; stored.take()) pending.push({ customerId: stored.peek()?.[0] ?? 0, values: null });
    const before = stored.peek()?.[0] === row.customerId ? stored.take() : null;
    const values = valuesOf(row);
    if (!before || values.some((value, i) => value !== before[i + 1])) pending.push({ customerId: row.customerId, values });
    if (pending.length >= CHUNK) await flush();
  }
  for (let left = stored.take(); left !== null; left = stored.take()) pending.push({ customerId: left[0], values: null });
  await flush();
  return changes;
}

/** Writes the rows of a few customers; nobody else's is looked at. */
export function updateCustomerPredictions(shopId: ShopId, { runId, asOfMs, nowMs }: PredictionRun, rows: Iterable<CustomerPrediction>): void {
  atomically(() => {
    for (const row of rows) statement(WRITE).run(shopId, row.customerId, runId, asOfMs, nowMs, ...valuesOf(row), shopId, row.customerId);
  });
}

/** Rows in the order of customers, read ahead in chunks. Rows behind the reader may be written meanwhile. */
function createStoredReader(shopId: ShopId) {
  let chunk: [number, ...Value[]][] = [];
  let at = 0;
  let lastId = 0;
  let isOver = false;
  const peek = (): [number, ...Value[]] | null => {
    if (at === chunk.length && !isOver) {
      chunk = storedRows.parse(statement(READ).raw().all(shopId, lastId));
      at = 0;
      isOver = chunk.length === 0;
      lastId = chunk.at(-1)?.[0] ?? lastId;
    }
    return chunk[at] ?? null;
  };
  return {
    peek,
    take: () => {
      const row = peek();
      if (row) at += 1;
      return row;
    },
  };
}

function valuesOf(row: CustomerPrediction): Value[] {
  return [
    row.expectedOrders90d, row.expectedOrders365d, row.expectedRevenue365dMinor, row.pAlive, row.churnProbability, row.churnHorizonDays, row.nextOrderAtMs, row.nextOrderFromAtMs,
    row.nextOrderToAtMs, row.cadenceDays, row.cadenceSource, row.lifecycleStage, row.valueTier, row.aovMinor, row.discountShare, row.refundShare,
  ];
}

export async function findCustomerPrediction(shopId: ShopId, customerId: number): Promise<CustomerPrediction | null> {
  const row = await getDb().customerPrediction.findUnique({ where: { shopId_customerId: { shopId, customerId: BigInt(customerId) } } });
  if (!row) return null;
  const money = (minor: bigint | null) => (minor === null ? null : Number(minor));
  const { expectedOrders90d, expectedOrders365d, pAlive, churnProbability, churnHorizonDays, cadenceDays, cadenceSource, lifecycleStage, valueTier, discountShare, refundShare } = row;
  return {
    customerId, expectedOrders90d, expectedOrders365d, pAlive, churnProbability, churnHorizonDays, cadenceDays, cadenceSource, lifecycleStage, valueTier, discountShare, refundShare,
    expectedRevenue365dMinor: money(row.expectedRevenue365dMinor),
    nextOrderAtMs: row.nextOrderAt?.getTime() ?? null,
    nextOrderFromAtMs: row.nextOrderFromAt?.getTime() ?? null,
    nextOrderToAtMs: row.nextOrderToAt?.getTime() ?? null,
    aovMinor: money(row.aovMinor),
  };
}

const stageRows = z.array(z.object({ stage: z.enum(lifecycleNames), customers: z.number(), spentMinor: z.number(), expectedMinor: z.number().nullable() }));

/** Every stage, also those without anybody: customers, what they have spent so far and are expected to spend in a year. Reads every row of the shop. */
export function readLifecycleMix(shopId: ShopId): StageShare[] {
  const found = stageRows.parse(
    statement(
      `SELECT p.lifecycleStage AS stage, COUNT(*) AS customers, coalesce(SUM(s.monetaryMinor), 0) AS spentMinor, SUM(p.expectedRevenue365dMinor) AS expectedMinor
       FROM CustomerPrediction AS p LEFT JOIN CustomerScore AS s ON s.shopId = p.shopId AND s.customerId = p.customerId
       WHERE p.shopId = ? GROUP BY p.lifecycleStage`,
    ).all(shopId),
  );
  return lifecycleNames.map((stage) => found.find((row) => row.stage === stage) ?? { stage, customers: 0, spentMinor: 0, expectedMinor: null });
}
