import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { buildSnapshot } from "#app/engine/snapshot/build-snapshot.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_REFUNDED, ORDER_TEST } from "#app/engine/snapshot/snapshot.ts";
import type { SnapshotRequest } from "./load-snapshot.server.ts";
import { scans } from "./load-snapshot.server.ts";
import { statement } from "./statements.server.ts";
import { WordColumn } from "./word-codes.server.ts";

const rowsOf = <T extends z.ZodTuple>(row: T) => z.array(row);
const amount = z.number();
const optional = z.number().nullable();
const word = z.string().nullable();
const customerRows = rowsOf(z.tuple([amount, amount, word, word]));
const productRows = rowsOf(z.tuple([amount, word, word, amount, optional, amount, amount, amount]));
const orderRows = rowsOf(z.tuple([amount, optional, amount, amount, amount, amount, amount, amount]));
const lineRows = rowsOf(z.tuple([amount, optional, amount, amount, amount, amount]));

/** The scan of a table, of the listed ids alone: `id`s after the two parameters of the scan. */
const among = (name: keyof typeof scans, columns: string, column: string) =>
  `SELECT ${columns} FROM (${scans[name].select}) WHERE ${column} IN (SELECT value FROM json_each(?))`;
const READ = {
  customers: among("customers", "id, createdAt, countryCode, emailConsent", "id"),
  products: among("products", "id, productType, vendor, minPriceMinor, cost, createdAt, listed, available", "id"),
  // By the index on customers: the scan's own order would walk every order of the shop.
  orders: `SELECT id, customerId, placedAt, totalMinor, discountMinor, refundedMinor, cancelledAt IS NOT NULL, isTest FROM "Order"
    WHERE shopId = ? AND customerId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL`,
  lines: `SELECT orderId, productId, quantity, currentQuantity, unitPriceMinor, totalMinor FROM OrderLine WHERE shopId = ? AND orderId IN (SELECT value FROM json_each(?))`,
} as const;

/**
 * The snapshot of a few customers: they, their orders with lines, and the products of those. What a model holds them against (shares, cuts, medians) must
 * come from a snapshot of the whole shop. Customers that are not there any more are left out.
 */
export function loadCustomersSnapshot(shopId: ShopId, request: SnapshotRequest, customerIds: readonly number[]): Snapshot {
  const read = <T extends z.ZodType>(rows: T, sql: string, ...parameters: readonly unknown[]): z.infer<T> => rows.parse(statement(sql).raw().all(...parameters));
  const customers = read(customerRows, READ.customers, shopId, 0, JSON.stringify(customerIds)).sort((a, b) => a[0] - b[0]);
  const orders = read(orderRows, READ.orders, shopId, JSON.stringify(customers.map(([id]) => id)));
  const lines = read(lineRows, READ.lines, shopId, JSON.stringify(orders.map(([id]) => id)));
  const products = read(productRows, READ.products, shopId, 0, JSON.stringify([...new Set(lines.map((line) => line[1]))])).sort((a, b) => a[0] - b[0]);
  const words = (values: readonly (string | null)[]) => {
    const column = new WordColumn();
    for (const value of values) column.push(value);
    return column.finish();
  };
  const numbers = <Row extends readonly unknown[]>(rows: readonly Row[], place: number) => Float64Array.from(rows, (row) => Number(row[place] ?? NaN));
  const whole = <Row extends readonly unknown[]>(rows: readonly Row[], place: number) => Int32Array.from(rows, (row) => Number(row[place]));
  const quantity = whole(lines, 2);
  return buildSnapshot({
    ...request,
    customers: { count: customers.length, id: numbers(customers, 0), createdAtMs: numbers(customers, 1), country: words(customers.map((row) => row[2])), emailConsent: words(customers.map((row) => row[3])) },
    products: {
      count: products.length, id: numbers(products, 0), type: words(products.map((row) => row[1])), vendor: words(products.map((row) => row[2])), priceMinor: numbers(products, 3),
      costMinor: numbers(products, 4), createdAtMs: numbers(products, 5), isListed: Uint8Array.from(products, (row) => row[6]), isAvailable: Uint8Array.from(products, (row) => row[6] & row[7]),
    },
    orders: {
      id: numbers(orders, 0), customerId: numbers(orders, 1), placedAtMs: numbers(orders, 2), totalMinor: numbers(orders, 3), discountMinor: numbers(orders, 4), refundedMinor: numbers(orders, 5),
      flags: Uint8Array.from(orders, ([, , , , discount, refunded, cancelled, test]) =>
        ((cancelled ? ORDER_CANCELLED : 0) | (test ? ORDER_TEST : 0) || ORDER_COUNTS) | (discount > 0 ? ORDER_DISCOUNTED : 0) | (refunded > 0 ? ORDER_REFUNDED : 0)),
    },
    lines: {
      orderId: numbers(lines, 0), productId: numbers(lines, 1), quantity, currentQuantity: whole(lines, 3),
      grossMinor: numbers(lines, 4).map((price, i) => price * quantity[i]), totalMinor: numbers(lines, 5),
    },
  });
}
