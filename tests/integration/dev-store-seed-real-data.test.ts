import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { importStore } from "#dev-store/data/import/import-store.ts";
import { silentProgress } from "#dev-store/data/progress.ts";
import { newDataDir, openShop } from "./dev-store-seed-shop.ts";

const DATA = path.resolve("..", "shared", "data");
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function seedFolder(name: string) {
  const dataDir = newDataDir();
  folders.push(dataDir);
  const report = await importStore({ dataDir, source: path.join(DATA, name), rejectBadRows: false, shiftToNow: false, nowMs: Date.UTC(2026, 0, 1), shopDomain: "seed-test.myshopify.com", progress: silentProgress });
  return { dataDir, report };
}
const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0);
const has = (name: string) => existsSync(path.join(DATA, name));
const title = (name: string, text: string) => (has(name) ? text : "skipped: real data not present");

describe("real transactions", () => {
  it.skipIf(!has("online-retail"))(title("online-retail", "online-retail: every one of 541,909 rows and 25,900 invoices is accounted for"), { timeout: 300_000 }, async () => {
    const { dataDir, report } = await seedFolder("online-retail");
    const { orderIds, rows, counts } = report;
    console.info(JSON.stringify({ orderIds, rows }));
    expect(rows.total).toBe(541_909);
    expect(counts.customers).toBe(4_372);
    expect(total(rows.rejected)).toBe(0);
    expect(orderIds.total).toBe(25_900);
    expect(orderIds.orders + orderIds.cancellations + orderIds.refunds + orderIds.unmatchedReturns + orderIds.withoutGoods + total(orderIds.leftOut) + total(orderIds.rejected)).toBe(25_900);
    expect(orderIds.leftOut["bad-debt adjustment of the accounts (A invoices; two of them have a negative price)"]).toBe(3);
    const shop = openShop(dataDir);
    expect(shop.number("SELECT COUNT(*) FROM orders")).toBe(orderIds.orders);
    expect(shop.rows("PRAGMA foreign_key_check")).toEqual([]);
    expect(shop.number("SELECT COUNT(*) FROM line_items")).toBe(counts.lines);
    // Every invoice that only moves stock, pays a fee or is a cancellation is no order: each order's number is that of its invoice.
    expect(shop.number("SELECT COUNT(*) FROM orders WHERE name NOT GLOB '#[0-9][0-9][0-9][0-9][0-9][0-9]'")).toBe(0);
    // Customer 12347: seven invoices, none cancelled, 4,310.00 (a figure quoted in many papers on this data).
    expect(shop.rows("SELECT number_of_orders, amount_spent, country_code FROM customers WHERE email = 'customer-12347@example.com'")).toEqual([{ number_of_orders: 7, amount_spent: 431_000, country_code: "IS" }]);
    // 12346 bought 74,215 pieces and cancelled them sixteen minutes later.
    expect(shop.rows("SELECT number_of_orders, amount_spent FROM customers WHERE email = 'customer-12346@example.com'")).toEqual([{ number_of_orders: 0, amount_spent: 0 }]);
    expect(shop.rows("SELECT p.title, p.product_type FROM products p JOIN variants v ON v.product_id = p.id WHERE v.sku = '85123A'")).toEqual([{ title: "White Hanging Heart T-Light Holder", product_type: "Holder" }]);
    expect(shop.number("SELECT COUNT(*) FROM customers WHERE country_code IS NULL")).toBeLessThan(60);
    const kept = readFileSync(path.join(dataDir, "rejects.csv"), "utf8").split("\n").length - 2;
    expect(kept).toBe(total(rows.leftOut) + total(rows.unmatched));
    shop.db.close();
  });

  it.skipIf(!has("rfm-orders"))(title("rfm-orders", "rfm-orders: orders without products or order ids"), async () => {
    const { dataDir, report } = await seedFolder("rfm-orders");
    expect(report).toMatchObject({ counts: { products: 0, customers: 995, lines: 4_906 }, rows: { total: 4_906 } });
    const shop = openShop(dataDir);
    expect(shop.number("SELECT SUM(amount_spent) FROM customers")).toBe(shop.number("SELECT SUM(total) FROM orders"));
    shop.db.close();
  });

  it.skipIf(!has("clv-cdnow"))(title("clv-cdnow", "clv-cdnow: 69,659 purchases of 23,570 customers, 2,500,315.63 dollars"), { timeout: 120_000 }, async () => {
    const { dataDir, report } = await seedFolder("clv-cdnow");
    expect(report).toMatchObject({ counts: { customers: 23_570 }, rows: { total: 69_659 } });
    const shop = openShop(dataDir);
    expect(shop.number("SELECT SUM(total) FROM orders")).toBe(250_031_563);
    shop.db.close();
  });

  it.skipIf(!has("completejourney"))(title("completejourney", "completejourney: titles come from the product file, paid totals add up"), { timeout: 120_000 }, async () => {
    const { dataDir, report } = await seedFolder("completejourney");
    expect(report).toMatchObject({ counts: { customers: 2_377 }, rows: { total: 75_000 }, orderIds: { total: 47_243 } });
    const shop = openShop(dataDir);
    expect(shop.number("SELECT COUNT(*) FROM products WHERE title GLOB '*[a-z]*'") / shop.number("SELECT COUNT(*) FROM products")).toBeGreaterThan(0.95);
    shop.db.close();
  });
});
