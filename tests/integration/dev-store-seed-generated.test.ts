import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateStore } from "#dev-store/data/generate/generate-store.ts";
import { fashion } from "#dev-store/data/presets/fashion.ts";
import { grocery } from "#dev-store/data/presets/grocery.ts";
import type { Preset } from "#dev-store/data/presets/preset.ts";
import { silentProgress } from "#dev-store/data/progress.ts";
import { hashTables, newDataDir, openShop, readTruth } from "./dev-store-seed-shop.ts";

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 5, 15, 12);

const folders: string[] = [];
function seedShop(preset: Preset, customers: number, seed: string): string {
  const dataDir = newDataDir();
  folders.push(dataDir);
  generateStore({ dataDir, preset, customers, seed, nowMs: NOW_MS, shopDomain: "seed-test.myshopify.com", progress: silentProgress });
  return dataDir;
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const quantile = (values: readonly number[], q: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => value ** 2)) - mean(values) ** 2) / mean(values);
const within = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

/** Measured with plain counts, independent of the generator. Bands: recommenders.md section 5, the range over the shops of the table. */
function measure(dataDir: string) {
  const { db, rows } = openShop(dataDir);
  const sold = rows<{ n: number }>("SELECT COUNT(l.id) AS n FROM products p LEFT JOIN line_items l ON l.product_id = p.id GROUP BY p.id").map(({ n }) => n).sort((a, b) => b - a);
  const lines = sold.reduce((sum, n) => sum + n, 0);
  const topShare = (share: number) => sold.slice(0, Math.round(sold.length * share)).reduce((sum, n) => sum + n, 0) / lines;
  const gini = sold.reduce((sum, n, i) => sum + n * (sold.length + 1 - 2 * (i + 1)), 0) / (sold.length * lines);
  const baskets = rows<{ n: number }>("SELECT COUNT(*) AS n FROM line_items GROUP BY order_id").map(({ n }) => n);
  const perCustomer = rows<{ n: number }>("SELECT COUNT(*) AS n FROM orders WHERE customer_id IS NOT NULL GROUP BY customer_id").map(({ n }) => n);
  const times = new Map<number, number[]>();
  for (const { customer_id, at } of rows<{ customer_id: number; at: number }>("SELECT customer_id, processed_at AS at FROM orders WHERE customer_id IS NOT NULL ORDER BY processed_at")) times.set(customer_id, [...(times.get(customer_id) ?? []), at / DAY_MS]);
  const gapsOf = [...times.values()].map((at) => at.slice(1).map((day, i) => day - at[i]));
  const gaps = gapsOf.flat();
  const seen = new Map<number, Set<number>>();
  const last = new Map<number, Set<number>>();
  const orderNo = new Map<number, number>();
  const repeat = new Map<number, number[]>();
  const jaccard: number[] = [];
  for (const { customer, products } of rows<{ customer: number; products: string }>("SELECT o.customer_id AS customer, group_concat(l.product_id) AS products FROM orders o JOIN line_items l ON l.order_id = o.id WHERE o.customer_id IS NOT NULL GROUP BY o.id ORDER BY o.processed_at")) {
    const basket = new Set(products.split(",").map(Number));
    const n = (orderNo.get(customer) ?? 0) + 1;
    orderNo.set(customer, n);
    const before = seen.get(customer) ?? new Set<number>();
    const previous = last.get(customer);
    if (previous) {
      const both = [...basket].filter((id) => previous.has(id)).length;
      jaccard.push(both / (basket.size + previous.size - both));
      repeat.set(n, [...(repeat.get(n) ?? []), [...basket].filter((id) => before.has(id)).length / basket.size]);
    }
    seen.set(customer, new Set([...before, ...basket]));
    last.set(customer, basket);
  }
  db.close();
  return { topShare, gini, baskets, perCustomer, gaps, gapCv: quantile(gapsOf.filter((list) => list.length >= 4).map(spread), 0.5), repeatAt: (n: number) => mean(repeat.get(n) ?? []), jaccard: mean(jaccard) };
}

describe.each([
  { preset: fashion, customers: 2_000, basket: { mean: [2.5, 4.5], median: [2, 4], p90: [6, 9], ones: [0.14, 0.25] }, orders: { mean: [4, 8], ones: [0.2, 0.505] }, returns: [0.08, 0.14] },
  { preset: grocery, customers: 1_000, basket: { mean: [4.4, 9.4], median: [3, 8], p90: [9, 23], ones: [0.02, 0.22] }, orders: { mean: [6, 13], ones: [0.18, 0.36] }, returns: [0.05, 0.08] },
])("a generated $preset.name shop", ({ preset, customers, basket, orders, returns }) => {
  let dataDir: string;
  let shape: ReturnType<typeof measure>;
  beforeAll(() => {
    dataDir = seedShop(preset, customers, "11");
    shape = measure(dataDir);
  });

  it("sells products as unevenly as real shops", () => {
    within(shape.topShare(0.01), 0.08, 0.33);
    within(shape.topShare(0.1), 0.37, 0.69);
    within(shape.topShare(0.2), 0.53, 0.9);
    within(shape.gini, 0.47, 0.85);
  });

  it("has real baskets, orders per customer and gaps", () => {
    within(mean(shape.baskets), basket.mean[0], basket.mean[1]);
    within(quantile(shape.baskets, 0.5), basket.median[0], basket.median[1]);
    within(quantile(shape.baskets, 0.9), basket.p90[0], basket.p90[1]);
    within(shape.baskets.filter((size) => size === 1).length / shape.baskets.length, basket.ones[0], basket.ones[1]);
    within(mean(shape.perCustomer), orders.mean[0], orders.mean[1]);
    within(shape.perCustomer.filter((count) => count === 1).length / shape.perCustomer.length, orders.ones[0], orders.ones[1]);
    within(quantile(shape.perCustomer, 0.99), 20, 90);
    within(quantile(shape.gaps, 0.5), 2, 34);
    within(mean(shape.gaps), 4, 72);
    within(spread(shape.gaps), 1.2, 2.8);
    within(shape.gapCv, 0.55, 1.19);
  });

  it("buys again as real shoppers do, more with every order", () => {
    within(shape.repeatAt(2), 0.05, 0.22);
    within(shape.repeatAt(3), 0.07, 0.33);
    within(shape.repeatAt(5), 0.09, 0.43);
    within(shape.repeatAt(10), 0.13, 0.58);
    expect(shape.repeatAt(10)).toBeGreaterThan(shape.repeatAt(2));
    within(shape.jaccard, 0.03, 0.11);
  });

  it("has guests, returns, cancellations, tests, bulk orders, sold-out products and a living last day", () => {
    const { db, number } = openShop(dataDir);
    const share = (condition: string) => number(`SELECT AVG(${condition}) FROM orders`);
    within(share("customer_id IS NULL"), 0.14, 0.16);
    within(share("total_refunded > 0 AND cancelled_at IS NULL"), returns[0], returns[1]);
    within(share("cancelled_at IS NOT NULL"), 0.005, 0.015);
    within(share("test"), 0.0001, 0.003);
    within(number("SELECT AVG(q) FROM (SELECT MIN(quantity) >= 10 AS q FROM line_items GROUP BY order_id)"), 0.006, 0.015);
    within(number("SELECT AVG(n) FROM (SELECT MAX(inventory_quantity) = 0 AS n FROM variants GROUP BY product_id)"), 0.01, 0.12);
    within(number("SELECT MAX(processed_at) FROM orders"), NOW_MS - DAY_MS, NOW_MS);
    within(number("SELECT MIN(processed_at) FROM orders"), NOW_MS - 730 * DAY_MS, NOW_MS - 690 * DAY_MS);
    expect(number("SELECT COUNT(*) FROM variants WHERE compare_at_price > price")).toBeGreaterThan(0);
    expect(number("SELECT COUNT(*) FROM variants WHERE compare_at_price <= price OR cost >= price OR price <= 0")).toBe(0);
    db.close();
  });

  it("agrees with itself: sums, references, counters, order of ids, drawn images", () => {
    const { db, rows, number } = openShop(dataDir);
    expect(rows("PRAGMA foreign_key_check")).toEqual([]);
    expect(rows("SELECT id FROM orders o WHERE subtotal <> (SELECT SUM(price * quantity) FROM line_items l WHERE l.order_id = o.id) OR total_discounts <> (SELECT SUM(discount) FROM line_items l WHERE l.order_id = o.id) OR total <> subtotal - total_discounts + shipping OR total_refunded > total")).toEqual([]);
    expect(rows("SELECT id FROM orders o WHERE total_refunded <> (SELECT COALESCE(SUM(amount), 0) FROM refunds r WHERE r.order_id = o.id)")).toEqual([]);
    expect(rows("SELECT id FROM line_items l WHERE quantity - current_quantity <> (SELECT COALESCE(SUM(quantity), 0) FROM refund_line_items r WHERE r.line_item_id = l.id)")).toEqual([]);
    expect(rows("SELECT order_id FROM order_discounts d JOIN orders o ON o.id = d.order_id GROUP BY order_id HAVING SUM(d.amount) <> o.total_discounts")).toEqual([]);
    expect(rows(`SELECT c.id FROM customers c LEFT JOIN (SELECT customer_id, COUNT(*) AS n, SUM(total - total_refunded) AS spent, MAX(processed_at) AS last FROM orders WHERE cancelled_at IS NULL AND test = 0 GROUP BY 1) o ON o.customer_id = c.id
      WHERE c.number_of_orders <> COALESCE(o.n, 0) OR c.amount_spent <> COALESCE(o.spent, 0) OR c.last_order_at IS NOT o.last OR c.created_at > o.last`)).toEqual([]);
    expect(rows("SELECT c.id FROM customers c JOIN orders o ON o.id = c.last_order_id WHERE o.customer_id <> c.id OR o.processed_at <> c.last_order_at")).toEqual([]);
    expect(rows("SELECT d.id FROM discounts d JOIN redeem_codes r ON r.discount_id = d.id WHERE d.usage_count <> (SELECT COUNT(*) FROM order_discounts o WHERE o.discount_id = d.id)")).toEqual([]);
    // Ids follow time; within one minute they may not.
    expect(rows("SELECT id FROM (SELECT id, processed_at, LAG(processed_at) OVER (ORDER BY id) AS before FROM orders) WHERE processed_at < before - 60000")).toEqual([]);
    expect(rows("SELECT o.id FROM line_items l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id WHERE p.published_at > o.processed_at LIMIT 1")).toEqual([]);
    expect(number("SELECT value FROM meta WHERE key = 'next_order_number'")).toBe(1001 + number("SELECT COUNT(*) FROM orders"));
    expect(number("SELECT COUNT(*) FROM customers WHERE email NOT LIKE '%@example.com' AND email NOT LIKE '%@example.org' AND email NOT LIKE '%@example.net'")).toBe(0);
    expect(number("SELECT COUNT(DISTINCT email) FROM customers")).toBe(customers);
    expect(number("SELECT COUNT(DISTINCT handle) = COUNT(*) AND COUNT(DISTINCT title) = COUNT(*) FROM products")).toBe(1);
    for (const { image_path } of rows<{ image_path: string }>("SELECT image_path FROM products")) expect(existsSync(path.join(dataDir, "images", image_path)), image_path).toBe(true);
    db.close();
  });
});

describe("what was planted", () => {
  let dataDir: string;
  let truth: ReturnType<typeof readTruth>;
  beforeAll(() => {
    dataDir = seedShop(grocery, 1_000, "5");
    truth = readTruth(dataDir);
  });

  it("complement pairs are bought together far above chance, other pairs are not", () => {
    const { db, number, rows } = openShop(dataDir);
    const total = number("SELECT COUNT(*) FROM orders");
    const holders = new Map<number, Set<number>>();
    for (const { order_id, product_id } of rows<{ order_id: number; product_id: number }>("SELECT order_id, product_id FROM line_items")) holders.set(product_id, (holders.get(product_id) ?? new Set()).add(order_id));
    const lift = (a: number, b: number) => {
      const left = holders.get(a) ?? new Set<number>();
      const right = holders.get(b) ?? new Set<number>();
      const both = [...left].filter((order) => right.has(order)).length;
      return { lift: (both * total) / (left.size * right.size), confidence: both / left.size };
    };
    expect(truth.complements.length).toBeGreaterThan(8);
    for (const pair of truth.complements) {
      const found = lift(pair.mainProductId, pair.otherProductId);
      expect(found.lift).toBeGreaterThan(2);
      expect(found.confidence).toBeGreaterThan(pair.probability - 0.12);
    }
    const strangers = truth.complements.map((pair, i) => lift(pair.mainProductId, truth.complements[(i + 3) % truth.complements.length].otherProductId).lift);
    expect(quantile(strangers, 0.5)).toBeLessThan(2);
    db.close();
  });

  it("customers on a cycle come back for their product within tolerance", () => {
    const { db, rows } = openShop(dataDir);
    const errors: number[] = [];
    for (const customer of truth.customers) {
      for (const [productId, days] of customer.cycles) {
        const at = rows<{ at: number }>("SELECT o.processed_at / 86400000.0 AS at FROM orders o JOIN line_items l ON l.order_id = o.id WHERE o.customer_id = ? AND l.product_id = ? ORDER BY at", customer.id, productId).map((row) => row.at);
        expect(at.length).toBeGreaterThanOrEqual(4);
        errors.push(Math.abs(quantile(at.slice(1).map((day, i) => day - at[i]), 0.5) - days) / days);
      }
    }
    expect(errors.length).toBeGreaterThan(30);
    expect(quantile(errors, 0.9)).toBeLessThan(0.15);
    db.close();
  });

  it("churners have no order after their death, and the others are still there", () => {
    const { db, rows } = openShop(dataDir);
    const last = new Map(rows<{ id: number; at: number }>("SELECT customer_id AS id, MAX(processed_at) AS at FROM orders WHERE customer_id IS NOT NULL GROUP BY 1").map(({ id, at }) => [id, at]));
    const churners = truth.customers.filter((customer) => customer.diedAtMs !== null);
    within(churners.length / truth.customers.length, 0.22, 0.36);
    expect(churners.filter((customer) => (last.get(customer.id) ?? 0) > (customer.diedAtMs ?? 0))).toEqual([]);
    const idleDays = (list: typeof churners) => quantile(list.flatMap((customer) => (last.has(customer.id) ? [(NOW_MS - (last.get(customer.id) ?? 0)) / DAY_MS] : [])), 0.5);
    expect(idleDays(churners)).toBeGreaterThan(3 * idleDays(truth.customers.filter((customer) => customer.diedAtMs === null)));
    db.close();
  });

  it("discount-lovers buy with a code, and people buy from their home category", () => {
    const { db, rows } = openShop(dataDir);
    const withCode = new Map(rows<{ id: number; share: number }>("SELECT customer_id AS id, AVG(total_discounts > 0) AS share FROM orders WHERE customer_id IS NOT NULL GROUP BY 1").map(({ id, share }) => [id, share]));
    const share = (lovers: boolean) => mean(truth.customers.filter((customer) => customer.isLover === lovers && withCode.has(customer.id)).map((customer) => withCode.get(customer.id) ?? 0));
    expect(share(true)).toBeGreaterThan(0.7);
    expect(share(false)).toBeLessThan(0.25);
    const category = new Map(rows<{ id: number; title: string }>("SELECT p.product_id AS id, c.title FROM collection_products p JOIN collections c ON c.id = p.collection_id").filter(({ title }) => truth.categories.includes(title)).map(({ id, title }) => [id, truth.categories.indexOf(title)]));
    const bought = new Map<number, number[]>();
    for (const { id, product } of rows<{ id: number; product: number }>("SELECT o.customer_id AS id, l.product_id AS product FROM orders o JOIN line_items l ON l.order_id = o.id WHERE o.customer_id IS NOT NULL")) {
      const counts = bought.get(id) ?? truth.categories.map(() => 0);
      counts[category.get(product) ?? 0]++;
      bought.set(id, counts);
    }
    const keen = truth.customers.filter((customer) => customer.cycles.length === 0 && (bought.get(customer.id) ?? []).reduce((sum, n) => sum + n, 0) >= 30);
    const hits = keen.filter((customer) => {
      const counts = bought.get(customer.id) ?? [];
      return counts.indexOf(Math.max(...counts)) === customer.home;
    });
    expect(keen.length).toBeGreaterThan(100);
    expect(hits.length / keen.length).toBeGreaterThan(0.6);
    db.close();
  });
});

describe("the command", () => {
  const run = (dataDir: string, ...more: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", dataDir, "--preset", "fashion", "--customers", "100", "--now", "2026-06-15T12:00:00Z", ...more], { encoding: "utf8" });

  it("gives the same tables for the same seed, others for another, and refuses to overwrite without --fresh", () => {
    const dataDir = newDataDir();
    folders.push(dataDir);
    const first = run(dataDir, "--seed", "7");
    expect(first.status).toBe(0);
    const last = first.stdout.trim().split("\n").at(-1) ?? "";
    expect(JSON.parse(last.replace(/^SEEDED /, ""))).toMatchObject({ customers: 100, preset: "fashion", seed: "7" });
    const before = hashTables(dataDir);
    const truthBefore = readFileSync(path.join(dataDir, "truth.json"), "utf8");
    const refused = run(dataDir, "--seed", "8");
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toMatch(/store\.db exists already: use --fresh/);
    expect(hashTables(dataDir)).toBe(before);

    const again = newDataDir();
    folders.push(again);
    generateStore({ dataDir: again, preset: fashion, customers: 100, seed: "7", nowMs: NOW_MS, shopDomain: "tessera-demo.myshopify.com", progress: silentProgress });
    expect(hashTables(again)).toBe(before);
    expect(readFileSync(path.join(again, "truth.json"), "utf8")).toBe(truthBefore);
    expect(run(dataDir, "--seed", "8", "--fresh").status).toBe(0);
    expect(hashTables(dataDir)).not.toBe(before);
  });

  it("names a wrong option and exits with 2", () => {
    expect(() => execFileSync(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", "x", "--preset", "shoes"], { stdio: "pipe" })).toThrow(/--preset/);
  });
});
