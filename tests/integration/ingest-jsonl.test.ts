import { describe, expect, it } from "vitest";
import type { ShopId } from "#app/core/ids.ts";
import { ingestJsonl, type IngestOptions } from "#app/server/ingest/ingest-jsonl.server.ts";
import { splitBlocks } from "#app/server/ingest/split-blocks.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import type { SyncPosition } from "#app/server/store/sync-position.server.ts";
import { writeOrder } from "#app/server/store/write-orders.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { dumpStore } from "#tests/harness/dump-store.ts";
import { buildShopFile, inChunks, shuffle, toJsonl } from "#tests/factories/bulk-lines.ts";

useAppDatabase();

const SHOP = 1 as ShopId;
const READ_AT_MS = Date.parse("2026-06-01T00:00:00Z");
const options: IngestOptions = { currency: "USD", readAtMs: READ_AT_MS };
const file = buildShopFile(7, { products: 40, customers: 60, orders: 900 });
const counts = () => Object.fromEntries(Object.entries(dumpStore()).map(([table, rows]) => [table, rows.length]));
const clear = () => ["Product", "Variant", "Collection", "ProductCollection", "Customer", "Order", "OrderLine", "OrderDiscount", "Refund"].forEach((table) => openSqlite().exec(`DELETE FROM "${table}"`));

async function ingestAll(order: (lines: readonly object[]) => readonly object[] = (lines) => lines) {
  for (const resource of ["products", "customers", "orders"] as const) await ingestJsonl(SHOP, resource, inChunks(toJsonl(order(file[resource])), 4_093), options);
}

describe("bulk ingest", () => {
  it("writes every line as one row, in minor units and UTC milliseconds, with nothing personal", async () => {
    await ingestAll();
    expect(counts()).toMatchObject({ Product: 40, Customer: 60, Order: 900, OrderLine: file.orders.length - 900, Refund: 90, OrderDiscount: 180, Collection: 4, ProductCollection: 40 });
    const order = openSqlite().prepare(`SELECT o.*, sum(l.quantity) AS units, count(*) AS lines FROM "Order" o JOIN OrderLine l ON l.shopId = o.shopId AND l.orderId = o.id WHERE o.id = 10`).get() as Record<string, number>;
    expect(order).toMatchObject({ shopId: 1, name: "#1010", currency: "USD", placedAt: Date.parse("2026-01-01T00:10:00Z"), totalMinor: 0, refundedMinor: order.units * 900, subtotalMinor: order.units * 900, discountMinor: order.units * 100, isTest: 0 });
    expect(openSqlite().prepare(`SELECT minPriceMinor, totalInventory = (SELECT sum(inventoryQuantity) FROM Variant WHERE productId = 5) AS counted, tracksInventory, tags FROM Product WHERE id = 5`).get()).toEqual({ minPriceMinor: 1_550, counted: 1, tracksInventory: 1, tags: `["a","t0"]` });
    expect(JSON.stringify(dumpStore())).not.toMatch(/shopper\d/);
    expect(openSqlite().prepare(`SELECT emailDomain FROM Customer WHERE id = 2`).pluck().get()).toBe("example.com");
  });

  it("gives the same rows with children anywhere, also before their parents, and when it runs twice", async () => {
    await ingestAll();
    const clean = dumpStore();
    await ingestAll();
    expect(dumpStore()).toEqual(clean);
    clear();
    await ingestAll((lines) => shuffle(lines, 3));
    expect(dumpStore()).toEqual(clean);
  });

  it("goes on after a break at any batch and ends like a clean run", async () => {
    const text = toJsonl(shuffle(buildShopFile(9, { products: 10, customers: 20, orders: 6_000 }).orders, 1));
    await ingestJsonl(SHOP, "orders", inChunks(text, 65_536), options);
    const clean = dumpStore();
    for (const breakAt of [100, 700_000, 1_500_000]) {
      clear();
      let position: SyncPosition | undefined;
      const keep = (reached: SyncPosition) => void (position = reached);
      await expect(ingestJsonl(SHOP, "orders", inChunks(text, 65_536, breakAt), { ...options, recordPosition: keep })).rejects.toThrow("the connection broke");
      const rest = Buffer.from(text).subarray(position?.bytesApplied ?? 0).toString();
      const result = await ingestJsonl(SHOP, "orders", inChunks(rest, 65_536), { ...options, from: position });
      expect(result.linesApplied).toBe(text.split("\n").length - 1);
      expect(result.bytesApplied).toBe(Buffer.byteLength(text));
      expect(dumpStore()).toEqual(clean);
    }
  });

  it("keeps an order that a webhook made newer, with its lines, wherever it stands in the file", async () => {
    const newer = {
      id: 3, customerId: null, name: "#1003", placedAtMs: 1, createdAtMs: 1, updatedAtMs: Date.parse("2026-05-01T00:00:00Z"), cancelledAtMs: null, isTest: false, currency: "USD",
      financialStatus: "PAID", sourceName: "web", appId: null, locationId: null, subtotalMinor: 5, discountMinor: 0, totalMinor: 5, refundedMinor: 0, discountCodes: [], refunds: [],
      lines: [{ id: 30, productId: 1, variantId: 11, quantity: 9, currentQuantity: 9, unitPriceMinor: 1, totalMinor: 9 }],
    };
    writeOrder(SHOP, newer);
    await ingestJsonl(SHOP, "orders", inChunks(toJsonl(file.orders), 4_093), options);
    expect(openSqlite().prepare(`SELECT id, quantity FROM OrderLine WHERE orderId = 3`).all()).toEqual([{ id: 30, quantity: 9 }]);
    expect(openSqlite().prepare(`SELECT totalMinor FROM "Order" WHERE id = 3`).pluck().get()).toBe(5);
  });

  it("removes variants, memberships and products that the file no longer has", async () => {
    await ingestAll();
    const without = file.products.filter((line) => !JSON.stringify(line).includes("Product/7\"") && !JSON.stringify(line).includes("ProductVariant/51\""));
    await ingestJsonl(SHOP, "products", inChunks(toJsonl(without), 4_093), options);
    const sqlite = openSqlite();
    expect(sqlite.prepare(`SELECT id FROM Product WHERE deletedAt IS NOT NULL`).pluck().all()).toEqual([7]);
    expect(sqlite.prepare(`SELECT count(*) FROM Variant WHERE productId = 7 OR id = 51`).pluck().get()).toBe(0);
    // The rest of a failed operation proves nothing by what it does not hold.
    await ingestJsonl(SHOP, "products", inChunks(toJsonl(without.slice(0, 5)), 4_093), { ...options, isWhole: false });
    expect(sqlite.prepare(`SELECT count(*) FROM Product WHERE deletedAt IS NULL`).pluck().get()).toBe(39);
  });

  it("leaves out lines that are not what the schema promises and says which; stops at a line that is not JSON", async () => {
    const lines = toJsonl(file.customers.slice(0, 5)).split("\n");
    lines[1] = lines[1].replace(/"createdAt":"[^"]+"/, `"createdAt":"yesterday"`);
    lines[3] = `{"id":"gid://shopify/Product/9"}`;
    const result = await ingestJsonl(SHOP, "customers", inChunks(lines.join("\n"), 100), options);
    expect(result).toMatchObject({ linesApplied: 5, rowsApplied: 3, refusedLines: 2, problems: ["line 2: not an instant: yesterday", expect.stringContaining("line 4: not a gid of Customer") as string] });
    await expect(ingestJsonl(SHOP, "customers", inChunks(`${lines[0]}\n{"id":`, 100), options)).rejects.toThrow("line 2 of the bulk file is not JSON");
  });

  it("does not bring back what was redacted", async () => {
    openSqlite().prepare(`INSERT INTO Customer (shopId, id, createdAt, updatedAt, state, redactedAt) VALUES (1, 5, 0, 0, '', 1)`).run();
    await ingestAll();
    expect(openSqlite().prepare(`SELECT city FROM Customer WHERE id = 5`).pluck().get()).toBeNull();
    expect(openSqlite().prepare(`SELECT count(*) FROM "Order" WHERE customerId = 5`).pluck().get()).toBe(0);
  });
});

describe("splitting a stream into lines", () => {
  const text = "{\"a\":\"é\"}\n\n{\"b\":\"漢字\"}\nlast without an end";
  const split = async (chunkBytes: number, blockBytes: number) => {
    const blocks = [];
    for await (const block of splitBlocks(inChunks(text, chunkBytes), blockBytes)) blocks.push(block);
    return blocks;
  };
  it("gives the same lines and all bytes whatever the sizes of chunks and blocks", async () => {
    for (const [chunkBytes, blockBytes] of [[1, 1], [2, 7], [3, 1_000], [1_000, 1], [1_000, 1_000], [5, 16]]) {
      const blocks = await split(chunkBytes, blockBytes);
      expect(blocks.flatMap((block) => block.lines)).toEqual(text.split("\n"));
      expect(blocks.reduce((sum, block) => sum + block.bytes, 0)).toBe(Buffer.byteLength(text));
    }
  });
});
