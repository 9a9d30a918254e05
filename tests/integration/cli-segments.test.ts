import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrders } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord, makeOrderRecord, makeProductRecord } from "#tests/factories/store-records.ts";
import { testEnv, useAppDatabase } from "#tests/harness/app-database.ts";

const database = useAppDatabase({}, { isKeptBetweenTests: true });
const execute = promisify(execFile);
const failure = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

async function segment(verb: string, query: string, ...more: string[]): Promise<z.infer<typeof failure>> {
  const env = { ...testEnv, DATABASE_URL: `file:${database}`, PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
  try {
    return { code: 0, ...(await execute(process.execPath, ["--import", "tsx", "cli/run-cli.ts", "segment", verb, "--shop", "ana.myshopify.com", "--query", query, ...more], { env })) };
  } catch (error) {
    return failure.parse(error);
  }
}

const CUSTOMERS = 60;
const counted = z.object({ query: z.string(), count: z.number(), customers: z.number(), undecided: z.number() });
const listed = z.object({ count: z.number(), ids: z.array(z.number()) });
const explained = z.object({ customer: z.number(), explanation: z.object({ holds: z.boolean(), parts: z.array(z.object({ text: z.string(), holds: z.boolean(), values: z.record(z.string(), z.unknown()) })) }) });

let shopId: ShopId;
let noon: number;
const ago = (days: number) => noon - days * DAY_MS;

beforeAll(async () => {
  shopId = (await createShop("ana", { timeZone: "UTC", currency: "GBP" })).id;
  noon = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
  const rng = createRng(11);
  for (const id of [1, 2, 3, 4]) writeProduct(shopId, makeProductRecord(id), []);
  writeCustomers(shopId, Array.from({ length: CUSTOMERS }, (_, i) => makeCustomerRecord(1_000 + i, { countryCode: i % 3 === 0 ? "DE" : "GB" })));
  const orders = Array.from({ length: 150 }, (_, i) => {
    const products = [1 + rng.below(4), 1 + rng.below(4)].slice(rng.below(2));
    // Whole weeks before noon: no bound of a query falls on an order, whenever the test runs.
    return makeOrderRecord(i + 1, 1_000 + rng.below(CUSTOMERS - 5), ago(7 * (1 + rng.below(30))), products, { isTest: i % 25 === 0, cancelledAtMs: i % 20 === 7 ? noon : null });
  });
  writeOrders(shopId, orders);
});

/** Ids by SQL over the very rows that the command reads. */
function select(where: string): number[] {
  const rows = openSqlite().prepare(`
    WITH o AS (SELECT * FROM "Order" WHERE shopId = :shopId AND cancelledAt IS NULL AND isTest = 0)
    SELECT c.id FROM Customer c WHERE c.shopId = :shopId AND (${where}) ORDER BY c.id`).all({ shopId });
  return z.array(z.object({ id: z.number() })).parse(rows).map(({ id }) => id);
}

describe("segment on the command line", () => {
  it.each([
    ["number_of_orders >= 3", () => "(SELECT count(*) FROM o WHERE o.customerId = c.id) >= 3"],
    ["amount_spent > 30 AND customer_countries CONTAINS 'DE'", () => "(SELECT sum(totalMinor) FROM o WHERE o.customerId = c.id) > 3000 AND c.countryCode = 'DE'"],
    ["products_purchased MATCHES (id = 2, date >= -60d) OR orders_placed NOT MATCHES (date >= -120d)", () =>
      `EXISTS (SELECT 1 FROM o JOIN OrderLine l ON l.shopId = o.shopId AND l.orderId = o.id WHERE o.customerId = c.id AND l.productId = 2 AND o.placedAt >= ${ago(60)})
       OR NOT EXISTS (SELECT 1 FROM o WHERE o.customerId = c.id AND o.placedAt >= ${ago(120)})`],
  ])("counts %s as SQL does", async (query, where) => {
    const answer = await segment("count", query, "--json");
    expect(answer.code, answer.stderr).toBe(0);
    const expected = select(where());
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(CUSTOMERS);
    expect(counted.parse(JSON.parse(answer.stdout))).toEqual({ query, count: expected.length, customers: CUSTOMERS, undecided: 0 });
  });

  it("lists the members in order and stops at the limit", async () => {
    const expected = select("(SELECT count(*) FROM o WHERE o.customerId = c.id) >= 2");
    const answer = await segment("members", "number_of_orders >= 2", "--limit", "7", "--json");
    expect(listed.parse(JSON.parse(answer.stdout))).toEqual({ count: expected.length, ids: expected.slice(0, 7) });
  });

  it("explains a customer with the customer's values", async () => {
    const [id] = select("c.countryCode = 'DE' AND (SELECT count(*) FROM o WHERE o.customerId = c.id) = 2");
    const answer = await segment("explain", "number_of_orders >= 2 AND customer_countries CONTAINS 'GB'", "--customer", String(id), "--json");
    expect(answer.code, answer.stderr).toBe(0);
    expect(explained.parse(JSON.parse(answer.stdout))).toEqual({
      customer: id,
      explanation: { holds: false, parts: [
        { text: "number_of_orders >= 2", holds: true, values: { number_of_orders: 2 } },
        { text: "customer_countries CONTAINS 'GB'", holds: false, values: { customer_countries: ["DE"] } },
      ] },
    });
  });

  it("points at what is wrong and says what was meant, and names what has no data", async () => {
    const [wrong, missing] = await Promise.all([segment("count", "number_of_order >= 2"), segment("count", "predicted_spend_tier = 'HIGH'")]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain(`number_of_order >= 2\n${"^".repeat(15)}\n`);
    expect(wrong.stderr).toContain("did you mean number_of_orders?");
    expect(missing.stdout).toBe(`0 of ${CUSTOMERS}\n${CUSTOMERS} undecided; no data yet: predicted_spend_tier (predicted_spend_tier = 'HIGH')\n`);
  });
});
