import { setImmediate as nextTurn } from "node:timers/promises";
import type { ShopId } from "#app/core/ids.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { openSqlite } from "../platform/db.server.ts";
import { RowFinder } from "./row-finder.server.ts";

const COLUMNS = {
  predicted_clv: "expectedRevenue365dMinor",
  predicted_number_of_orders: "expectedOrders365d",
  probability_alive: "pAlive",
  churn_probability: "churnProbability",
  expected_date_of_next_order: "nextOrderAt",
} as const;
const names = Object.keys(COLUMNS);
const CHUNK = 10_000;

export interface PredictionColumns {
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly dates: Readonly<Record<string, Float64Array>>;
}

/** A column without any value is left out: the model has not passed its test in this shop, or has not run yet. */
export async function readPredictionColumns(shopId: ShopId, { customers }: Snapshot): Promise<PredictionColumns> {
  const rows = new RowFinder(customers.id);
  const columns = names.map(() => new Float64Array(customers.count).fill(NaN));
  const isKnown = names.map(() => false);
  const page = openSqlite()
    .prepare<[number, number], (number | null)[]>(`SELECT customerId, ${Object.values(COLUMNS).join(", ")} FROM CustomerPrediction WHERE shopId = ? AND customerId > ? ORDER BY customerId LIMIT ${CHUNK}`)
    .raw();
  for (let lastId = 0; ; await nextTurn()) {
    const found = page.all(shopId, lastId);
    if (found.length === 0) break;
    lastId = Number(found[found.length - 1][0]);
    for (const values of found) {
      const row = rows.find(Number(values[0]));
      if (row < 0) continue;
      for (let column = 0; column < columns.length; column++) {
        const value = values[column + 1];
        if (value === null) continue;
        columns[column][row] = value;
        isKnown[column] = true;
      }
    }
  }
  const known = names.map((name, column) => [name, columns[column]] as const).filter((_, column) => isKnown[column]);
  const isDate = (name: string) => name === "expected_date_of_next_order";
  return { numbers: Object.fromEntries(known.filter(([name]) => !isDate(name))), dates: Object.fromEntries(known.filter(([name]) => isDate(name))) };
}
