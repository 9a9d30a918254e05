import { createReadStream } from "node:fs";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { z } from "zod";
import { openSqlite } from "#app/server/platform/db.server.ts";
import type { LineFieldsFragment, OrderFieldsFragment } from "#app/server/shopify/generated/operations.ts";
import { createDatabase } from "../fresh-database.ts";
import { countRows } from "./count-rows.ts";

const ROWS_PER_TRANSACTION = 50_000;

/** The loop checks nothing: that is its point. A line is either of the two, told apart by __parentId. */
type Line = OrderFieldsFragment & LineFieldsFragment & { readonly __parentId?: string };

/** The least that could be done: parse, convert, insert into the same tables with the same indexes. No check, no resume, no second run. */
export async function measure(input: unknown): Promise<{ seconds: number; orders: number; lines: number; refunds: number; codes: number }> {
  const { path, database } = z.object({ path: z.string(), database: z.string() }).parse(input);
  createDatabase(database);
  const db = openSqlite();
  const insert = (table: string, columns: readonly string[]) => db.prepare(`INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
  const order = insert("Order", ["shopId", "id", "customerId", "name", "placedAt", "createdAt", "updatedAt", "cancelledAt", "isTest", "currency", "financialStatus", "sourceName", "subtotalMinor", "discountMinor", "totalMinor", "refundedMinor"]);
  const line = insert("OrderLine", ["shopId", "id", "orderId", "productId", "variantId", "quantity", "currentQuantity", "unitPriceMinor", "totalMinor"]);
  const refund = insert("Refund", ["shopId", "id", "orderId", "createdAt", "amountMinor"]);
  const code = insert("OrderDiscount", ["shopId", "orderId", "code"]);
  const numeric = (gid = "") => Number(gid.slice(gid.lastIndexOf("/") + 1));
  const minor = (set: { shopMoney: { amount: string } } | null | undefined) => Math.round(Number(set?.shopMoney.amount) * 100);

  const startedMs = performance.now();
  let rows = 0;
  db.exec("BEGIN");
  for await (const text of createInterface({ input: createReadStream(path, { highWaterMark: 1 << 20 }) })) {
    const node = JSON.parse(text) as Line;
    if (node.__parentId) {
      line.run(1, numeric(node.id), numeric(node.__parentId), numeric(node.product?.id), numeric(node.variant?.id), node.quantity, node.currentQuantity, minor(node.originalUnitPriceSet), minor(node.discountedTotalSet));
    } else {
      const id = numeric(node.id);
      order.run(
        1, id, node.customer ? numeric(node.customer.id) : null, node.name, Date.parse(node.processedAt), Date.parse(node.createdAt), Date.parse(node.updatedAt), null, 0,
        node.currentTotalPriceSet.shopMoney.currencyCode, node.displayFinancialStatus, node.sourceName, minor(node.subtotalPriceSet) + minor(node.totalDiscountsSet),
        minor(node.totalDiscountsSet), minor(node.currentTotalPriceSet), minor(node.totalRefundedSet),
      );
      for (const item of node.refunds) refund.run(1, numeric(item.id), id, Date.parse(item.createdAt ?? node.updatedAt), minor(item.totalRefundedSet));
      for (const text of node.discountCodes) code.run(1, id, text);
    }
    if (++rows % ROWS_PER_TRANSACTION === 0) db.exec("COMMIT; BEGIN");
  }
  db.exec("COMMIT");
  return { seconds: (performance.now() - startedMs) / 1000, ...countRows() };
}
