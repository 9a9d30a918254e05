import { performance } from "node:perf_hooks";
import type { DuckDBConnection } from "@duckdb/node-api";
import { BOOLEAN, DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER } from "@duckdb/node-api";
import { z } from "zod";
import { createZoneDays } from "#app/engine/features/zone-days.ts";
import { ORDER_COUNTS } from "#app/engine/snapshot/snapshot.ts";
import { drawShop } from "./draw-shop.ts";
import type { rfmAnswer } from "./profiles-input.ts";
import { profilesInput } from "./profiles-input.ts";

const CHUNK_ROWS = 2_048;
const sums = z.tuple([z.coerce.number(), z.coerce.number(), z.coerce.number(), z.coerce.number()]);

const scoresOf = (today: number) => `
  CREATE TABLE scores AS
  WITH buyers AS (SELECT customer, ${today} - max(day) AS recency, count(*) AS orders, sum(total) AS money FROM orders WHERE counts GROUP BY customer),
  cuts AS (SELECT quantile_disc(recency, [0.2, 0.4, 0.6, 0.8]) AS r, quantile_disc(orders, [0.2, 0.4, 0.6, 0.8]) AS f, quantile_disc(money, [0.2, 0.4, 0.6, 0.8]) AS m FROM buyers)
  SELECT customer, recency, orders, money,
    5 - (recency > r[1])::INT - (recency > r[2])::INT - (recency > r[3])::INT - (recency > r[4])::INT AS r,
    1 + (orders > f[1])::INT + (orders > f[2])::INT + (orders > f[3])::INT + (orders > f[4])::INT AS f,
    1 + (money > m[1])::INT + (money > m[2])::INT + (money > m[3])::INT + (money > m[4])::INT AS m
  FROM buyers, cuts`;

/** The same scores in SQL, on all cores, from a table in memory. DuckDB is handed the shop's calendar day, which ours works out within its time. */
export async function measure(input: unknown): Promise<z.infer<typeof rfmAnswer>> {
  const { customers, orders, seed } = profilesInput.parse(input);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const today = await fill(connection, customers, orders, seed);
  const startedMs = performance.now();
  await connection.run(scoresOf(today));
  const seconds = (performance.now() - startedMs) / 1000;
  const reader = await connection.runAndReadAll("SELECT count(*), sum(r), sum(f), sum(m) FROM scores");
  const [buyers, r, f, m] = sums.parse(reader.getRows()[0]);
  connection.closeSync();
  return { seconds, buyers, r, f, m };
}

/** Answers the number of the snapshot's day. */
async function fill(connection: DuckDBConnection, customers: number, count: number, seed: number): Promise<number> {
  const { orders, asOfMs, timeZone } = drawShop(customers, count, seed);
  const dayOf = createZoneDays(timeZone, orders.placedAtMs[0], asOfMs);
  await connection.run("CREATE TABLE orders (customer INTEGER, day INTEGER, total DOUBLE, counts BOOLEAN)");
  const appender = await connection.createAppender("orders");
  for (let from = 0; from < count; from += CHUNK_ROWS) {
    const to = Math.min(count, from + CHUNK_ROWS);
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, DOUBLE, BOOLEAN], to - from);
    chunk.setColumns([
      Array.from(orders.customer.subarray(from, to)),
      Array.from(orders.placedAtMs.subarray(from, to), dayOf),
      Array.from(orders.totalMinor.subarray(from, to)),
      Array.from(orders.flags.subarray(from, to), (flags) => (flags & ORDER_COUNTS) !== 0),
    ]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return dayOf(asOfMs);
}
