import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import type { LineInput, OrderInput, SnapshotInput } from "#app/engine/snapshot/build-snapshot.ts";
import { buildSnapshot } from "#app/engine/snapshot/build-snapshot.ts";
import type { CustomerColumns, ProductColumns, Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_REFUNDED, ORDER_TEST } from "#app/engine/snapshot/snapshot.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { Float64Column, Int32Column } from "./growing-columns.server.ts";
import { packRows, PackedRows } from "./packed-rows.server.ts";
import { WordColumn } from "./word-codes.server.ts";

/** Rows per turn of the event loop: some 30 ms of work, so that heartbeats and webhooks get their turn. */
const CHUNK = 10_000;

interface Scan {
  readonly columns: readonly string[];
  /** Rows by ascending id, from an exclusive id on; the first two parameters are shop and id. */
  readonly select: string;
}

/**
 * The reads behind a snapshot, each the plain statement that a raw scan would run (bench/snapshot.ts does).
 * A product costs what its cheapest known variant costs; it is available when any variant is. Lines are read by the
 * index on orders: the planner would take another one, and read the table in random order.
 */
export const scans = {
  customers: {
    columns: ["id", "createdAt", "countryCode", "emailConsent"],
    select: `SELECT id, createdAt, countryCode, emailConsent FROM Customer
      WHERE shopId = ? AND id > ? AND deletedAt IS NULL AND redactedAt IS NULL ORDER BY id`,
  },
  products: {
    columns: ["id", "productType", "vendor", "minPriceMinor", "cost", "createdAt", "listed", "available"],
    select: `SELECT id, productType, vendor, minPriceMinor,
      (SELECT min(costMinor) FROM Variant v WHERE v.shopId = p.shopId AND v.productId = p.id) AS cost,
      createdAt, status = 'ACTIVE' AND publishedAt IS NOT NULL AND deletedAt IS NULL AS listed,
      EXISTS (SELECT 1 FROM Variant v WHERE v.shopId = p.shopId AND v.productId = p.id AND v.isAvailable) AS available
      FROM Product p WHERE shopId = ? AND id > ? ORDER BY id`,
  },
  orders: {
    columns: ["id", "customerId", "placedAt", "totalMinor", "discountMinor", "refundedMinor", "cancelled", "isTest"],
    select: `SELECT id, customerId, placedAt, totalMinor, discountMinor, refundedMinor, cancelledAt IS NOT NULL AS cancelled, isTest
      FROM "Order" WHERE shopId = ? AND id > ? AND deletedAt IS NULL ORDER BY id`,
  },
  lines: {
    columns: ["orderId", "productId", "quantity", "currentQuantity", "unitPriceMinor", "totalMinor"],
    select: `SELECT orderId, productId, quantity, currentQuantity, unitPriceMinor, totalMinor FROM OrderLine
      WHERE shopId = ? AND orderId > ? AND orderId <= ? ORDER BY orderId`,
  },
} as const satisfies Record<string, Scan>;

const packed = ({ columns, select }: Scan, limit = "") => `SELECT ${packRows(columns)} FROM (${select} ${limit})`;

export interface SnapshotRequest {
  readonly asOfMs: number;
  readonly currency: string;
  readonly timeZone: string;
}

/**
 * Reads one shop into columns. Memory is the columns and one chunk. Deleted customers and orders are left out, and a
 * row written while the read runs may or may not be seen; the next recompute sees it.
 */
export async function loadSnapshot(shopId: ShopId, request: SnapshotRequest): Promise<Snapshot> {
  const customers = await readCustomers(shopId);
  const products = await readProducts(shopId);
  const { orders, lines } = await readOrders(shopId);
  const input: SnapshotInput = { ...request, customers, products, orders, lines };
  return buildSnapshot(input);
}

/** Runs a chunked statement to its end; `readRow` returns the id after which the next chunk starts. */
async function readChunks(scan: Scan, shopId: ShopId, readRow: (row: PackedRows) => number, afterChunk?: (fromId: number, toId: number) => void): Promise<void> {
  const statement = openSqlite().prepare<[number, number], string | null>(packed(scan, `LIMIT ${CHUNK}`)).pluck();
  let lastId = 0;
  for (;;) {
    const text = statement.get(shopId, lastId);
    if (!text) return;
    const rows = new PackedRows(text);
    const fromId = lastId;
    while (rows.next()) lastId = readRow(rows);
    afterChunk?.(fromId, lastId);
    await nextTurn();
  }
}

async function readCustomers(shopId: ShopId): Promise<CustomerColumns> {
  const ids = new Float64Column();
  const createdAtMs = new Float64Column();
  const country = new WordColumn();
  const emailConsent = new WordColumn();
  await readChunks(scans.customers, shopId, (row) => {
    const customerId = row.integer();
    ids.push(customerId);
    createdAtMs.push(row.integer());
    country.push(row.word());
    emailConsent.push(row.word());
    return customerId;
  });
  const id = ids.finish();
  return { count: id.length, id, createdAtMs: createdAtMs.finish(), country: country.finish(), emailConsent: emailConsent.finish() };
}

async function readProducts(shopId: ShopId): Promise<ProductColumns> {
  const ids = new Float64Column();
  const type = new WordColumn();
  const vendor = new WordColumn();
  const priceMinor = new Float64Column();
  const costMinor = new Float64Column();
  const createdAtMs = new Float64Column();
  const listed = new Int32Column();
  const available = new Int32Column();
  await readChunks(scans.products, shopId, (row) => {
    const productId = row.integer();
    ids.push(productId);
    type.push(row.word());
    vendor.push(row.word());
    priceMinor.push(row.integer());
    costMinor.push(row.integer());
    createdAtMs.push(row.integer());
    const isListed = row.integer();
    listed.push(isListed);
    available.push(isListed & row.integer());
    return productId;
  });
  const id = ids.finish();
  return {
    count: id.length, id, type: type.finish(), vendor: vendor.finish(), priceMinor: priceMinor.finish(), costMinor: costMinor.finish(),
    createdAtMs: createdAtMs.finish(), isListed: Uint8Array.from(listed.finish()), isAvailable: Uint8Array.from(available.finish()),
  };
}

async function readOrders(shopId: ShopId): Promise<{ orders: OrderInput; lines: LineInput }> {
  const id = new Float64Column();
  const customerId = new Float64Column();
  const placedAtMs = new Float64Column();
  const totalMinor = new Float64Column();
  const discountMinor = new Float64Column();
  const refundedMinor = new Float64Column();
  const flags = new Int32Column();
  const lines = createLineReader(shopId);
  const readRow = (row: PackedRows) => {
    const orderId = row.integer();
    id.push(orderId);
    customerId.push(row.integer());
    placedAtMs.push(row.integer());
    totalMinor.push(row.integer());
    const discount = row.integer();
    discountMinor.push(discount);
    const refunded = row.integer();
    refundedMinor.push(refunded);
    const cancelled = row.integer() ? ORDER_CANCELLED : 0;
    const test = row.integer() ? ORDER_TEST : 0;
    flags.push((cancelled | test || ORDER_COUNTS) | (discount > 0 ? ORDER_DISCOUNTED : 0) | (refunded > 0 ? ORDER_REFUNDED : 0));
    return orderId;
  };
  await readChunks(scans.orders, shopId, readRow, (fromId, toId) => lines.read(fromId, toId));
  const orders = {
    id: id.finish(), customerId: customerId.finish(), placedAtMs: placedAtMs.finish(), totalMinor: totalMinor.finish(),
    discountMinor: discountMinor.finish(), refundedMinor: refundedMinor.finish(), flags: Uint8Array.from(flags.finish()),
  };
  return { orders, lines: lines.finish() };
}

function createLineReader(shopId: ShopId) {
  const statement = openSqlite().prepare<[number, number, number], string | null>(packed(scans.lines)).pluck();
  const orderId = new Float64Column();
  const productId = new Float64Column();
  const quantity = new Int32Column();
  const currentQuantity = new Int32Column();
  const grossMinor = new Float64Column();
  const totalMinor = new Float64Column();
  return {
    /** Lines of the orders in (fromId, toId]. */
    read(fromId: number, toId: number): void {
      const text = statement.get(shopId, fromId, toId);
      if (!text) return;
      const rows = new PackedRows(text);
      while (rows.next()) {
        orderId.push(rows.integer());
        productId.push(rows.integer());
        const units = rows.integer();
        quantity.push(units);
        currentQuantity.push(rows.integer());
        grossMinor.push(rows.integer() * units);
        totalMinor.push(rows.integer());
      }
    },
    finish: (): LineInput => ({
      orderId: orderId.finish(), productId: productId.finish(), quantity: quantity.finish(), currentQuantity: currentQuantity.finish(),
      grossMinor: grossMinor.finish(), totalMinor: totalMinor.finish(),
    }),
  };
}
