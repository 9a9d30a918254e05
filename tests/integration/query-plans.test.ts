import { expect, it } from "vitest";
import { z } from "zod";
import { parseShopDomain } from "#app/core/ids.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { analyzeTables } from "#app/server/platform/sqlite.server.ts";
import { installShop } from "#app/server/store/shops.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { makeOrderRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

it("after the tables were analyzed the lines of an order are found by the order, not by walking through all products", async () => {
  const domain = parseShopDomain("plans.myshopify.com");
  if (!domain) throw new Error("not a domain");
  const shop = await installShop(domain, { name: "plans", shopifyId: 1, currency: "GBP", timeZone: "Europe/London", planName: null, scopes: [] }, 0);
  writeOrders(shop.id, Array.from({ length: 300 }, (_, i) => makeOrderRecord(i + 1, 1 + (i % 80), 1000 + i, [1 + (i % 7), 8])));
  const plan = () => z.array(z.object({ detail: z.string() })).parse(openSqlite().prepare(`EXPLAIN QUERY PLAN SELECT json_group_array(DISTINCT productId) FROM OrderLine WHERE shopId = 1 AND orderId = 7 AND productId IS NOT NULL`).all()).map((row) => row.detail).join();
  expect(plan()).toContain("productId_idx");
  analyzeTables();
  expect(plan()).toContain("OrderLine_shopId_orderId_idx");
});
