import { DAY_MS } from "#app/core/time.ts";
import type { EvaluationReport } from "#app/core/evaluation-report.ts";
import { ORDER_COUNTS, type Snapshot } from "../../snapshot/snapshot.ts";

const TEST_SHARE = 0.15;
const LEAST_DAYS = 7;
const MOST_DAYS = 42;

/** The last days test, as many before them validate: 15 % of the shop's time each, within a week and six weeks. Null for a shop without orders. */
export function chooseWindow({ orders }: Snapshot): EvaluationReport["window"] | null {
  let firstMs = NaN;
  let lastMs = NaN;
  for (let order = 0; order < orders.count; order += 1) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    if (Number.isNaN(firstMs)) firstMs = orders.placedAtMs[order];
    lastMs = orders.placedAtMs[order];
  }
  if (Number.isNaN(firstMs)) return null;
  const days = Math.min(MOST_DAYS, Math.max(LEAST_DAYS, Math.round((TEST_SHARE * (lastMs - firstMs)) / DAY_MS)));
  const testFromMs = lastMs - days * DAY_MS;
  return { firstMs, validationFromMs: testFromMs - days * DAY_MS, testFromMs, lastMs };
}
