import { z } from "zod";
import { createRng, type Rng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { createDatabase } from "../fresh-database.ts";
import { drawBaskets } from "./draw-baskets.ts";

const PRODUCTS = 10_000;
const SEED = 1;
/** How often an order is about the first, else the second collection that its customer likes; the rest is about any (shared/reference/recommenders.md, section 5). */
const HOMES = [0.6, 0.24];
const START_MS = Date.parse("2023-01-01T00:00:00Z");
const WINDOW_MS = 900 * DAY_MS;

/** One shop of so many orders, 3 lines each, whose customers have tastes of their own, with the tables' real indexes. */
export function measure(input: unknown): { lines: number } {
  const { path, orders, customers } = z.object({ path: z.string(), orders: z.number(), customers: z.number() }).parse(input);
  createDatabase(path);
  const db = openSqlite();
  const rng = createRng(SEED);
  const customerOf = Int32Array.from({ length: orders }, () => rng.below(customers));
  const baskets = drawBaskets(orders, PRODUCTS, SEED, undefined, (order, collections) => drawHome(rng, customerOf[order], collections));
  const insert = (table: string, columns: readonly string[]) => db.prepare(`INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
  const customer = insert("Customer", ["shopId", "id", "createdAt", "updatedAt", "state", "countryCode", "emailConsent"]);
  const product = insert("Product", ["shopId", "id", "handle", "title", "status", "vendor", "productType", "minPriceMinor", "totalInventory", "tracksInventory", "createdAt", "publishedAt", "updatedAt"]);
  const variant = insert("Variant", ["shopId", "id", "productId", "title", "priceMinor", "inventoryQuantity", "inventoryPolicy", "isTracked", "isAvailable"]);
  const order = insert("Order", ["shopId", "id", "customerId", "name", "placedAt", "createdAt", "updatedAt", "isTest", "currency", "subtotalMinor", "discountMinor", "totalMinor", "refundedMinor"]);
  const line = insert("OrderLine", ["shopId", "id", "orderId", "productId", "variantId", "quantity", "currentQuantity", "unitPriceMinor", "totalMinor"]);
  const id = (base: number, row: number) => base * 1e12 + row * 1024;
  let lines = 0;
  db.transaction(() => {
    for (let i = 0; i < customers; i++) customer.run(1, id(6, i), START_MS, START_MS, "ENABLED", i % 3 ? "GB" : "DE", "SUBSCRIBED");
    for (let i = 0; i < PRODUCTS; i++) {
      product.run(1, id(8, i), `p-${i}`, `Product ${i}`, "ACTIVE", "Vendor", `Type ${i % 40}`, 1000 + i, 5, 1, START_MS, START_MS, START_MS);
      variant.run(1, id(9, i), id(8, i), "Default", 1000 + i, 5, "DENY", 1, 1);
    }
    for (let i = 0; i < orders; i++) {
      const placedAtMs = START_MS + Math.floor((i / orders) * WINDOW_MS);
      order.run(1, id(5, i), id(6, customerOf[i]), `#${i}`, placedAtMs, placedAtMs, placedAtMs, 0, "GBP", 5000, i % 5 ? 0 : 500, 4500, i % 20 ? 0 : 100);
      for (let n = baskets.start[i]; n < baskets.start[i + 1]; n++) {
        const row = baskets.values[n];
        line.run(1, id(7, lines++), id(5, i), id(8, row), id(9, row), 1, 1, 1000 + row, 1000 + row);
      }
    }
  })();
  return { lines };
}

/** Two collections are each customer's own: scattered, so that neighbours in rank share nothing. */
function drawHome(rng: Rng, customer: number, collections: number): number {
  const chance = rng.next();
  if (chance < HOMES[0]) return (customer * 7919) % collections;
  return chance < HOMES[0] + HOMES[1] ? (customer * 104_729 + 13) % collections : rng.below(collections);
}
