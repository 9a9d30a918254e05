import { DAY_MS } from "#app/core/time.ts";
import type { InteractionRows } from "../../features/interactions.ts";

/** Every (customer, product) with at least one purchase, compressed by customer. Purchases less than a day apart are one. */
export interface RepeatPairs {
  readonly users: number;
  readonly items: number;
  /** Pairs of user u are `start[u] .. start[u + 1] - 1`; length = users + 1 */
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** Distinct purchases; gaps are one less. */
  readonly purchases: Int32Array;
  readonly lastAtMs: Float64Array;
  /** Of the gaps in days: sum of logarithms and of their squares. */
  readonly sumLog: Float64Array;
  readonly sumLogSquared: Float64Array;
}

/** A row's times ascend, as everywhere. Linear in the interactions. Throws for data without times. */
export function collectRepeatPairs({ users, items, start: rowStart, item: rowItem, atMs }: InteractionRows): RepeatPairs {
  if (!atMs) throw new RangeError("repeat purchases need times");
  const place = new Int32Array(items).fill(-1);
  const start = new Int32Array(users + 1);
  const item = new Int32Array(rowItem.length);
  const purchases = new Int32Array(rowItem.length);
  const lastAtMs = new Float64Array(rowItem.length);
  const sumLog = new Float64Array(rowItem.length);
  const sumLogSquared = new Float64Array(rowItem.length);
  let n = 0;
  for (let u = 0; u < users; u += 1) {
    const first = n;
    for (let k = rowStart[u]; k < rowStart[u + 1]; k += 1) {
      const i = rowItem[k];
      const pair = place[i];
      if (pair < first) {
        place[i] = n;
        item[n] = i;
        purchases[n] = 1;
        lastAtMs[n] = atMs[k];
        n += 1;
        continue;
      }
      const days = (atMs[k] - lastAtMs[pair]) / DAY_MS;
      if (days < 1) continue;
      const log = Math.log(days);
      purchases[pair] += 1;
      lastAtMs[pair] = atMs[k];
      sumLog[pair] += log;
      sumLogSquared[pair] += log * log;
    }
    start[u + 1] = n;
  }
  return {
    users, items, start, item: item.slice(0, n), purchases: purchases.slice(0, n), lastAtMs: lastAtMs.slice(0, n), sumLog: sumLog.slice(0, n), sumLogSquared: sumLogSquared.slice(0, n),
  };
}
