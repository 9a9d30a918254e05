import { z } from "zod";
import { openSqlite } from "#app/server/platform/db.server.ts";

const counts = z.object({ orders: z.number(), lines: z.number(), refunds: z.number(), codes: z.number() });

/** What arrived, so that two ways of writing can be held to the same result. */
export function countRows(): z.infer<typeof counts> {
  return counts.parse(
    openSqlite()
      .prepare(`SELECT (SELECT count(*) FROM "Order") AS orders, (SELECT count(*) FROM OrderLine) AS lines, (SELECT count(*) FROM Refund) AS refunds, (SELECT count(*) FROM OrderDiscount) AS codes`)
      .get(),
  );
}
