// A shop of the dev store's generator, which says who has gone and what each buyer's cycle is (dev-store/data/generate/truth-file.ts).
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DAY_MS } from "#app/core/time.ts";
import { fitPurchases } from "#app/engine/predict/purchase/fit-purchases.ts";
import { fitGapModel, predictNextOrder } from "#app/engine/predict/purchase/predict-next-order.ts";
import { predictNextTypes } from "#app/engine/predict/purchase/predict-next-type.ts";
import { computePurchaseHistories } from "#app/engine/predict/purchase/purchase-histories.ts";
import { scorePurchases } from "#app/engine/predict/purchase/score-purchases.ts";
import { rewindSnapshot } from "#app/engine/snapshot/rewind-snapshot.ts";
import { computeAuc } from "#tests/factories/planted-buyers.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";

const HIDDEN_DAYS = 60;
const CUSTOMERS = 2500;
const folder = mkdtempSync(join(tmpdir(), "tessera-clv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const truthFile = z.object({
  categories: z.array(z.unknown()),
  customers: z.array(z.tuple([z.number(), z.number(), z.number(), z.number().nullable(), z.number(), z.array(z.tuple([z.number(), z.number()]))])),
});
const orderRow = z.object({ id: z.number(), customer: z.number(), atMs: z.number(), totalMinor: z.number() });
const lineRow = z.object({ order: z.number(), product: z.number() });
const productRow = z.object({ id: z.number(), type: z.string() });

function readShop(file: string) {
  const db = new Database(file, { readonly: true });
  const list = <T>(schema: z.ZodType<T>, sql: string) => z.array(schema).parse(db.prepare(sql).all());
  const orders = list(orderRow, "SELECT id, customer_id AS customer, processed_at AS atMs, total - total_refunded AS totalMinor FROM orders WHERE customer_id IS NOT NULL AND cancelled_at IS NULL AND test = 0 ORDER BY processed_at, id");
  const lines = list(lineRow, "SELECT order_id AS \"order\", product_id AS product FROM line_items WHERE product_id IS NOT NULL");
  const products = list(productRow, "SELECT id, product_type AS type FROM products");
  db.close();
  const linesOf = new Map<number, number[]>();
  for (const { order, product } of lines) linesOf.set(order, [...(linesOf.get(order) ?? []), product]);
  return { products, orders: orders.map(({ id, ...order }): OrderSpec & { customer: number } => ({ ...order, products: linesOf.get(id) ?? [] })) };
}

describe("a generated grocery shop", () => {
  let shop: ReturnType<typeof readShop>;
  let truth: z.infer<typeof truthFile>;
  let asOfMs: number;

  beforeAll(async () => {
    const data = join(folder, "grocery");
    await promisify(execFile)(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", data, "--preset", "grocery", "--customers", String(CUSTOMERS), "--seed", "8"]);
    truth = truthFile.parse(JSON.parse(readFileSync(join(data, "truth.json"), "utf8")));
    shop = readShop(join(data, "store.db"));
    asOfMs = shop.orders.reduce((last, order) => Math.max(last, order.atMs), 0);
  }, 120_000);

  it("P(alive) tells the planted leavers, with at least .9 of the AUC of an oracle that knows each buyer's mean gap", () => {
    const snapshot = makeSnapshot({ asOfMs, products: shop.products, orders: shop.orders });
    const histories = computePurchaseHistories(snapshot);
    const fit = fitPurchases(histories, computePurchaseHistories(snapshot, histories.asOfDay - 90));
    if (!fit.ok) throw new Error(fit.error.kind);
    const { alive } = scorePurchases(fit.value, histories, { horizonDays: 90, discountPerYear: 0 });
    const goneOf = new Map(truth.customers.map(([id, , , diedAtMs]) => [id, diedAtMs]));
    const idOf = (i: number) => snapshot.customers.id[histories.customer[i]];
    const isAlive = Array.from({ length: histories.count }, (_, i) => goneOf.get(idOf(i)) === null);
    // The generator spaces a buyer's orders evenly, but for a gamma spread, from the first order to the end of the buyer's life.
    const oracle = (i: number) => {
      const lifeDays = Math.max(1, histories.TDays[i] - (asOfMs - (goneOf.get(idOf(i)) ?? asOfMs)) / DAY_MS);
      return -((histories.TDays[i] - histories.txDays[i]) / (lifeDays / (histories.x[i] + 1)));
    };
    const best = computeAuc(oracle, isAlive);
    const own = computeAuc((i) => alive[i], isAlive);
    expect(best).toBeGreaterThan(0.7);
    expect(own / best).toBeGreaterThanOrEqual(0.9);
  });

  it("the date of the next purchase in a planted cycle is found within 15 % of the cycle, in the median, and its interval holds it", () => {
    // One buyer for each customer and product of a cycle: their purchases of it, up to two months before the end.
    const planted = truth.customers.flatMap(([id, , , diedAtMs, , cycles]) => (diedAtMs === null ? cycles.map(([productId, days]) => ({ id, productId, days })) : []));
    const orders = planted.flatMap(({ id, productId }, i) => shop.orders.flatMap((order): OrderSpec[] => (order.customer === id && order.products?.includes(productId) ? [{ customer: i + 1, atMs: order.atMs }] : [])));
    const whole = makeSnapshot({ asOfMs, orders: orders.sort((a, b) => a.atMs - b.atMs) });
    const past = rewindSnapshot(whole, asOfMs - HIDDEN_DAYS * DAY_MS);
    const histories = computePurchaseHistories(past);
    const gaps = fitGapModel(histories);
    if (!gaps) throw new Error("no gaps");
    const errors: number[] = [];
    let inside = 0;
    for (let i = 0; i < histories.count; i += 1) {
      const pair = whole.customers.id[histories.customer[i]];
      const next = orders.find((order) => order.customer === pair && order.atMs > past.asOfMs);
      const own = histories.gapDays.subarray(histories.gapStart[i], histories.gapStart[i + 1]);
      if (!next || own.length < 3) continue;
      const found = predictNextOrder(gaps, own, histories.TDays[i] - histories.txDays[i]);
      const days = (next.atMs - past.asOfMs) / DAY_MS;
      errors.push(Math.abs(found.medianDays - days) / planted[pair - 1].days);
      inside += Number(days >= found.fromDays - 1 && days <= found.toDays + 1);
    }
    errors.sort((p, q) => p - q);
    expect(errors.length).toBeGreaterThan(50);
    expect(errors[errors.length >> 1]).toBeLessThan(0.15);
    expect(inside / errors.length).toBeGreaterThan(0.75);
  });

  it("the type that the next order holds is guessed more often than by the shop's commonest type, with probabilities that add up", () => {
    const whole = makeSnapshot({ asOfMs, products: shop.products, orders: shop.orders });
    const past = rewindSnapshot(whole, asOfMs - HIDDEN_DAYS * DAY_MS);
    const { code, chance, hitRate, baselineHitRate } = predictNextTypes(past);
    let expected = 0, held = 0, tried = 0;
    for (let row = 0; row < past.customers.count; row += 1) {
      const at = past.ordersByCustomer.start[row + 1] - past.ordersByCustomer.start[row];
      const next = whole.ordersByCustomer.start[row] + at;
      if (at === 0 || next >= whole.ordersByCustomer.start[row + 1]) continue;
      const order = whole.ordersByCustomer.values[next];
      const lines = whole.lines.product.subarray(whole.orders.lineStart[order], whole.orders.lineStart[order + 1]);
      tried += 1;
      expected += chance[row * 3];
      if ([...lines].some((product) => whole.products.type.codes[product] === code[row * 3])) held += 1;
    }
    expect(tried).toBeGreaterThan(200);
    expect(hitRate).toBeGreaterThan(baselineHitRate + 0.05);
    expect(held / tried).toBeGreaterThan(baselineHitRate + 0.05);
    expect(Math.abs(expected / held - 1)).toBeLessThan(0.15);
  });
});
