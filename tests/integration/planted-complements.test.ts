import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { rankBestSellers } from "#app/engine/recommend/best-sellers.ts";
import { buildCustomerBaskets, buildOrderBaskets } from "#app/engine/recommend/build-baskets.ts";
import { chooseRules, MAX_HISTORY_PRODUCTS, MAX_ORDER_PRODUCTS } from "#app/engine/recommend/copurchase/choose-rules.ts";
import { copurchase } from "#app/engine/recommend/copurchase/copurchase.ts";
import { listRecommendations } from "#app/engine/recommend/product-lists.ts";
import type { Interactions } from "#app/engine/recommend/recommender.ts";
import { createRng } from "#app/core/rng.ts";
import type { OrderSpec } from "#tests/factories/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";

const folder = mkdtempSync(join(tmpdir(), "tessera-planted-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const truth = z.object({ complements: z.array(z.object({ mainProductId: z.number(), otherProductId: z.number(), probability: z.number(), directed: z.boolean() })) });
const line = z.object({ orderId: z.number(), customerId: z.number().nullable(), placedAt: z.number(), productId: z.number() });

const LEAST_ORDERS = 50_000;

/** The dev store's generator says which products it made go together; the engine sees nothing but the orders. */
describe("a generated grocery shop with 50,000 orders", () => {
  it("shows the planted complements in the first places beside their product: precision@5 of at least .9", async () => {
    const data = join(folder, "grocery");
    await promisify(execFile)(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", data, "--preset", "grocery", "--customers", "4400", "--seed", "5"]);
    const { complements } = truth.parse(JSON.parse(readFileSync(join(data, "truth.json"), "utf8")));
    expect(complements.length).toBeGreaterThan(10);
    const orders = readOrders(join(data, "store.db"));
    expect(orders.length).toBeGreaterThanOrEqual(LEAST_ORDERS);
    const snapshot = makeSnapshot({ asOfMs: Date.now(), orders });
    const fit = (baskets: Interactions) => copurchase.fit(baskets, chooseRules(baskets.baskets.start.length - 1), createRng(1));
    const sources = {
      snapshot,
      together: fit(buildOrderBaskets(snapshot, MAX_ORDER_PRODUCTS)),
      alsoBought: fit(buildCustomerBaskets(snapshot, MAX_HISTORY_PRODUCTS)),
      bestSellers: rankBestSellers(snapshot),
      count: 5,
    };
    const planted = new Map<number, Set<number>>();
    for (const { mainProductId, otherProductId } of complements) planted.set(mainProductId, (planted.get(mainProductId) ?? new Set()).add(otherProductId));
    // A product has fewer than five planted complements: as many first places as it has are judged, of five at most.
    const precisions = [...planted].map(([main, others]) => {
      const places = Math.min(5, others.size);
      const list = listRecommendations(sources, "bought-together", snapshot.products.id.indexOf(main)).slice(0, places);
      return list.filter((item) => others.has(item.productId) && item.source === "co-purchase").length / places;
    });
    expect(precisions.reduce((sum, value) => sum + value, 0) / precisions.length, precisions.join(" ")).toBeGreaterThanOrEqual(0.9);
  }, 240_000);
});

function readOrders(path: string): OrderSpec[] {
  const store = new Database(path, { readonly: true });
  try {
    const rows = z.array(line).parse(
      store.prepare(
        `SELECT o.id AS orderId, o.customer_id AS customerId, o.processed_at AS placedAt, l.product_id AS productId
         FROM orders o JOIN line_items l ON l.order_id = o.id WHERE o.cancelled_at IS NULL AND o.test = 0 AND l.product_id IS NOT NULL ORDER BY o.id`,
      ).all(),
    );
    const orders = new Map<number, { customer: number | null; atMs: number; products: number[] }>();
    for (const { orderId, customerId, placedAt, productId } of rows) {
      const order = orders.get(orderId) ?? { customer: customerId, atMs: placedAt, products: [] };
      order.products.push(productId);
      orders.set(orderId, order);
    }
    return [...orders.values()];
  } finally {
    store.close();
  }
}
