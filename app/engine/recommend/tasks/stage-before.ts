import { DAY_MS } from "#app/core/time.ts";
import { computeSilenceThresholds, lifecycleStages, stageFor } from "../../features/lifecycle.ts";
import type { CodedColumn, Snapshot } from "../../snapshot/snapshot.ts";

/**
 * Each customer's stage of life as it was at an instant: the groups by which the evaluation breaks its figures down. What came later must not tell, or a
 * group would be made of those who bought again. -1 for customers without an order until then. Linear in orders.
 */
export function stageBefore({ customers, orders, ordersByCustomer }: Snapshot, beforeMs: number): CodedColumn {
  const count = new Int32Array(customers.count);
  const recencyDays = new Float64Array(customers.count).fill(NaN);
  const lastGapDays = new Float64Array(customers.count).fill(NaN);
  const cadenceDays = new Float64Array(customers.count).fill(NaN);
  let gaps = 0;
  let gapSum = 0;
  for (let customer = 0; customer < customers.count; customer += 1) {
    const from = ordersByCustomer.start[customer];
    let to = from;
    while (to < ordersByCustomer.start[customer + 1] && orders.placedAtMs[ordersByCustomer.values[to]] < beforeMs) to += 1;
    count[customer] = to - from;
    if (to === from) continue;
    const at = (n: number) => orders.placedAtMs[ordersByCustomer.values[n]];
    recencyDays[customer] = (beforeMs - at(to - 1)) / DAY_MS;
    if (to - from < 2) continue;
    lastGapDays[customer] = (at(to - 1) - at(to - 2)) / DAY_MS;
    const span = Math.max(1, (at(to - 1) - at(from)) / DAY_MS);
    cadenceDays[customer] = span / (to - from - 1);
    gaps += to - from - 1;
    gapSum += span;
  }
  // Who ordered once is measured by the shop's mean gap.
  const usual = gaps > 0 ? gapSum / gaps : 1;
  const cadence = { cadenceDays: cadenceDays.map((days) => (Number.isNaN(days) ? usual : days)), lastGapDays };
  const thresholds = computeSilenceThresholds(cadence);
  const codes = Int32Array.from(count, (orderCount, customer) => (orderCount === 0 ? -1 : stageFor(orderCount, recencyDays[customer], lastGapDays[customer], cadence.cadenceDays[customer], thresholds)));
  return { codes, names: [...lifecycleStages] };
}
