import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { importStore, type ImportSettings } from "#dev-store/data/import/import-store.ts";
import { silentProgress } from "#dev-store/data/progress.ts";
import { newDataDir, openShop } from "./dev-store-seed-shop.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function write(name: string, content: string | Buffer, folder = newDataDir()): string {
  folders.push(folder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
}

function seed(source: string, more: Partial<ImportSettings> = {}) {
  const dataDir = newDataDir();
  folders.push(dataDir);
  const report = importStore({ dataDir, source, rejectBadRows: false, shiftToNow: false, nowMs: Date.UTC(2026, 0, 15, 12), shopDomain: "seed-test.myshopify.com", progress: silentProgress, ...more });
  return { dataDir, report };
}

const HEADER = "Order ID,Customer ID,Time,Product ID,Product Title,Category,Quantity,Unit Price,Discount";
const ROWS = [
  "1,ann,2025-03-01 10:00:00,mug,Red Mug,Kitchen,2,4.50,1.00",
  "1,ann,2025-03-01 10:00:00,jar,Honey Jar,Kitchen,1,7.25,0",
  '2,,2025-03-02 11:30:00,mug,"Red Mug, Large",Kitchen,1,5.50,0',
  "3,bob,2025-03-03T09:00:00Z,tin,Tea Tin,Pantry,4,3.00,2.00",
];
const csv = (...rows: string[]) => `${[HEADER, ...rows].join("\n")}\n`;

describe("good files", () => {
  it.each([["orders.csv", false], ["orders.csv.gz", true]])("%s with the usual columns becomes a shop", async (name, isZipped) => {
    const source = write(name, isZipped ? gzipSync(csv(...ROWS)) : csv(...ROWS));
    const { dataDir, report } = seed(source, { currency: "GBP" });
    expect(await report).toMatchObject({ counts: { products: 3, customers: 2, orders: 3, lines: 4, refunds: 0 }, mapping: "standard", currency: "GBP", guestOrders: 1, shiftedWeeks: 0, orderIds: { total: 3, orders: 3 } });
    const { db, rows } = openShop(dataDir);
    expect(rows("SELECT name, email, subtotal, total_discounts, total, processed_at FROM orders ORDER BY id")).toEqual([
      { name: "#1", email: "customer-ann@example.com", subtotal: 1625, total_discounts: 100, total: 1525, processed_at: Date.UTC(2025, 2, 1, 10) },
      { name: "#2", email: null, subtotal: 550, total_discounts: 0, total: 550, processed_at: Date.UTC(2025, 2, 2, 11, 30) },
      { name: "#3", email: "customer-bob@example.com", subtotal: 1200, total_discounts: 200, total: 1000, processed_at: Date.UTC(2025, 2, 3, 9) },
    ]);
    expect(rows("SELECT email, first_name, number_of_orders, amount_spent FROM customers ORDER BY id")).toEqual([
      { email: "customer-ann@example.com", first_name: null, number_of_orders: 1, amount_spent: 1525 },
      { email: "customer-bob@example.com", first_name: null, number_of_orders: 1, amount_spent: 1000 },
    ]);
    expect(rows("SELECT p.title, p.product_type, v.sku, v.price, v.tracked FROM products p JOIN variants v ON v.product_id = p.id ORDER BY v.sku")).toEqual([
      { title: "Honey Jar", product_type: "Kitchen", sku: "jar", price: 725, tracked: 0 },
      { title: "Red Mug", product_type: "Kitchen", sku: "mug", price: 450, tracked: 0 },
      { title: "Tea Tin", product_type: "Pantry", sku: "tin", price: 300, tracked: 0 },
    ]);
    expect(rows("PRAGMA foreign_key_check")).toEqual([]);
    expect(rows("SELECT key, value FROM meta WHERE key IN ('currency', 'next_order_number', 'clock_offset_ms') ORDER BY key")).toEqual([{ key: "clock_offset_ms", value: "0" }, { key: "currency", value: "GBP" }, { key: "next_order_number", value: "1004" }]);
    expect(readdirSync(path.join(dataDir, "images")).sort()).toEqual(["honey-jar.svg", "red-mug.svg", "tea-tin.svg"]);
    expect(existsSync(path.join(dataDir, "import.db"))).toBe(false);
    db.close();
  });

  it("cancelled invoices become refunds or cancellations, and what was never bought is told", async () => {
    const source = write("orders.csv", csv(
      ...ROWS,
      "C4,ann,2025-03-01 15:00:00,mug,Red Mug,Kitchen,-1,4.50,0", // half of a line with a discount: half of what was paid
      "C5,bob,2025-03-04 09:00:00,tin,Tea Tin,Pantry,-4,3.00,0", // the whole order within two days
      "C6,ann,2025-03-09 10:00:00,jar,Honey Jar,Kitchen,-3,7.25,0", // one was bought
      "C7,,2025-03-09 10:00:00,mug,Red Mug,Kitchen,-1,4.50,0", // nobody's
      "C8,cid,2025-03-09 10:00:00,mug,Red Mug,Kitchen,-1,4.50,0", // never bought here
    ));
    const { dataDir, report } = seed(source);
    expect((await report).orderIds).toEqual({ total: 8, orders: 3, refunds: 2, cancellations: 1, unmatchedReturns: 2, withoutGoods: 0, leftOut: {}, rejected: {} });
    const { db, rows } = openShop(dataDir);
    expect(rows("SELECT name, financial_status, total_refunded, cancelled_at FROM orders ORDER BY id")).toEqual([
      { name: "#1", financial_status: "PARTIALLY_REFUNDED", total_refunded: 400 + 725, cancelled_at: null },
      { name: "#2", financial_status: "PAID", total_refunded: 0, cancelled_at: null },
      { name: "#3", financial_status: "REFUNDED", total_refunded: 1000, cancelled_at: Date.UTC(2025, 2, 4, 9) },
    ]);
    expect(rows("SELECT email, number_of_orders, amount_spent FROM customers ORDER BY email")).toEqual([
      { email: "customer-ann@example.com", number_of_orders: 1, amount_spent: 400 },
      { email: "customer-bob@example.com", number_of_orders: 0, amount_spent: 0 },
      { email: "customer-cid@example.com", number_of_orders: 0, amount_spent: 0 },
    ]);
    expect(rows("SELECT current_quantity FROM line_items ORDER BY id").map((row) => Object.values(row as object)[0])).toEqual([1, 0, 0, 1]);
    db.close();
    const rejects = readFileSync(path.join(dataDir, "rejects.csv"), "utf8").trim().split("\n");
    expect(rejects).toHaveLength(4);
    expect(rejects).toContain("unmatched,orders.csv,9,taken back without a customer id,,C7,,2025-03-09 10:00:00,mug,Red Mug,Kitchen,-1,4.50,0");
  });

  it("a mapping names other columns, date format, delimiter, zone, rules, guests and totals", async () => {
    const folder = newDataDir();
    const mapping = write("mapping.json", JSON.stringify({
      name: "mine", about: "test", delimiter: ";", dateFormats: ["dd.MM.yyyy HH:mm"], timeZone: "Europe/Berlin", currency: "EUR", guestIds: ["0"],
      columns: { orderId: "Bon", customerId: "Kunde", time: "Zeit", productId: "Artikel", quantity: "Menge", lineTotal: "Summe", country: "Land" },
      rules: [{ when: { productId: "^PORTO$" }, treat: "shipping", reason: "carriage" }, { when: { productId: "^PFAND$" }, treat: "leave-out", reason: "deposit" }],
      countries: { Schland: "DE" }, productType: { from: "none" },
    }), folder);
    const source = write("bons.csv", "Bon;Kunde;Zeit;Artikel;Menge;Summe;Land\n7;0;02.07.2025 12:00;Brot;3;10.00;Schland\n7;0;02.07.2025 12:00;PORTO;1;4.90;Schland\n8;12;03.07.2025 08:00;PORTO;1;4.90;France\n9;12;03.07.2025 08:00;PFAND;1;-0.25;France\n", folder);
    const { dataDir, report } = seed(source, { mappingFile: mapping });
    expect(await report).toMatchObject({ guestOrders: 1, orderIds: { total: 3, orders: 1, withoutGoods: 1, leftOut: { deposit: 1 } }, rows: { total: 4, leftOut: { deposit: 1, "order without goods": 1 } } });
    const { db, rows } = openShop(dataDir);
    expect(rows("SELECT processed_at, country_code, subtotal, shipping, total FROM orders")).toEqual([{ processed_at: Date.UTC(2025, 6, 2, 10), country_code: "DE", subtotal: 1000, shipping: 490, total: 1490 }]);
    // 10.00 does not divide by 3: two pieces at 3.33, one at 3.34.
    expect(rows("SELECT quantity, price FROM line_items ORDER BY id")).toEqual([{ quantity: 2, price: 333 }, { quantity: 1, price: 334 }]);
    db.close();
  });

  it("--shift-to-now moves everything by whole weeks until the last order lies within the last week", async () => {
    const nowMs = Date.UTC(2026, 0, 15, 12);
    const { dataDir, report } = seed(write("orders.csv", csv(...ROWS)), { shiftToNow: true, nowMs });
    const { shiftedWeeks } = await report;
    const { db, number } = openShop(dataDir);
    const lastMs = number("SELECT MAX(processed_at) FROM orders");
    expect(lastMs).toBe(Date.UTC(2025, 2, 3, 9) + shiftedWeeks * 7 * 86_400_000);
    expect(lastMs).toBeLessThanOrEqual(nowMs);
    expect(lastMs).toBeGreaterThan(nowMs - 7 * 86_400_000);
    db.close();
  });
});

describe("bad files", () => {
  const refusal = async (content: string, more: Partial<ImportSettings> = {}) => {
    const { dataDir, report } = seed(write("orders.csv", content), more);
    const message = await report.then(() => "imported", (error: Error) => error.message);
    return { message, left: readdirSync(dataDir) };
  };

  it.each([
    ["a wrong column", csv(...ROWS).replace("Unit Price", "Cost"), /orders\.csv, line 1: no column for unitPrice \(wanted "unit price"/],
    ["an unparsable date", csv(...ROWS, "4,ann,last tuesday,mug,Red Mug,Kitchen,1,4.50,0"), /orders\.csv, line 6, column Time: not a date \("last tuesday"\)/],
    ["a negative price", csv(ROWS[0], "4,ann,2025-03-05,mug,Red Mug,Kitchen,1,-4.50,0"), /orders\.csv, line 3, column Unit Price: negative price \("-4\.50"\)/],
    ["a price that is no number", csv("4,ann,2025-03-05,mug,Red Mug,Kitchen,1,free,0"), /orders\.csv, line 2, column Unit Price: not a number \("free"\)/],
    ["a quantity that is not whole", csv("4,ann,2025-03-05,mug,Red Mug,Kitchen,1.5,4.50,0"), /line 2, column Quantity: not a whole number \("1\.5"\)/],
    ["a negative quantity on a sale", csv("4,ann,2025-03-05,mug,Red Mug,Kitchen,-1,4.50,0"), /line 2, column Quantity: negative quantity/],
    ["a discount above the price", csv("4,ann,2025-03-05,mug,Red Mug,Kitchen,1,4.50,5"), /line 2, column Discount: discount above the price/],
    ["no order id", csv(",ann,2025-03-05,mug,Red Mug,Kitchen,1,4.50,0"), /line 2, column Order ID: no order id/],
    ["no product", csv("4,ann,2025-03-05,,,Kitchen,1,4.50,0"), /line 2, column Product ID: no product id/],
    ["a row that is cut off", csv(...ROWS, "4,ann,2025"), /line 6, column \(3 columns\): the row has another number of columns than the header \(9\)/],
    ["quotes that never close", `${csv(...ROWS)}4,"ann,2025-03-05\n`, /orders\.csv, line \d+: Quote Not Closed/],
    ["an empty file", "", /no column for orderId/],
    ["no orders", `${HEADER}\n`, /no row is an order/],
  ])("%s is named with line and column, and nothing is left behind", async (_, content, words) => {
    const { message, left } = await refusal(content);
    expect(message).toMatch(words);
    expect(left).toEqual([]);
  });

  it("names the first twenty and counts the rest by reason", async () => {
    const bad = Array.from({ length: 30 }, (_, i) => `${i + 10},ann,2025-03-05,mug,Red Mug,Kitchen,1,${i < 25 ? "-1" : "x"},0`);
    const { message } = await refusal(csv(...ROWS, ...bad));
    const lines = message.split("\n");
    expect(lines.filter((line) => /^orders\.csv, line \d+, column Unit Price: negative price/.test(line))).toHaveLength(20);
    expect(lines[19]).toContain("line 25,");
    expect(lines[20]).toBe("and 10 more: 5 x negative price, 5 x not a number");
  });

  it("--reject-bad-rows leaves them out, counted by reason, and keeps them with line and original row", async () => {
    const { dataDir, report } = seed(write("orders.csv", csv(ROWS[0], '9,ann,soon,mug,"Red ""Best"" Mug",Kitchen,1,4.50,0', "1,ann,2025-03-01 10:00:00,jar,Honey Jar,Kitchen,1,-2,0", ...ROWS.slice(1))), { rejectBadRows: true });
    expect(await report).toMatchObject({ counts: { orders: 3, lines: 4 }, rows: { total: 6, rejected: { "not a date": 1, "negative price": 1 } }, orderIds: { total: 4, orders: 3, rejected: { "not a date": 1 } } });
    expect(readFileSync(path.join(dataDir, "rejects.csv"), "utf8").trim().split("\n")).toEqual([
      `kind,file,line,reason,column,${HEADER}`,
      'rejected,orders.csv,3,not a date,Time,9,ann,soon,mug,"Red ""Best"" Mug",Kitchen,1,4.50,0',
      "rejected,orders.csv,4,negative price,Unit Price,1,ann,2025-03-01 10:00:00,jar,Honey Jar,Kitchen,1,-2,0",
    ]);
  });

  it("the command exits with 1 and says it on standard error", () => {
    const source = write("orders.csv", csv("4,ann,2025-03-05,mug,Red Mug,Kitchen,1,-4.50,0"));
    const dataDir = newDataDir();
    folders.push(dataDir);
    const run = spawnSync(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", dataDir, "--import", source], { encoding: "utf8" });
    expect([run.status, run.stdout]).toEqual([1, ""]);
    expect(run.stderr).toContain("line 2, column Unit Price: negative price");
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("a folder, a file or a mapping that is not there is named", async () => {
    for (const [source, mappingFile, words] of [["/nowhere", undefined, /\/nowhere: no such/], [newDataDir(), undefined, /no CSV/], [write("orders.csv", csv(...ROWS)), "/no.json", /mapping \/no\.json/]] as const) {
      await expect(seed(source, { mappingFile }).report).rejects.toThrow(words);
    }
  });
});
