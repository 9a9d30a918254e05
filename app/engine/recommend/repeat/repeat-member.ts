import { DAY_MS } from "#app/core/time.ts";
import { countByItem } from "../../features/interactions.ts";
import type { RankerMember } from "../evaluate/ranker.ts";
import { fitCycles } from "./fit-cycles.ts";
import { predictDue } from "./predict-due.ts";
import { collectRepeatPairs } from "./repeat-pairs.ts";

export interface RepeatMemberConfig {
  /** Days ahead in which a purchase counts as due; null: until the shopper's next order, whenever it comes (as many days as their orders lie apart). */
  readonly horizonDays: number | null;
}

const SHORTEST_DAYS = 1;
const LONGEST_DAYS = 90;

/** Personal cycles: each product by its chance to be bought again by this shopper in the coming days, the rest filled with best sellers. Needs times. */
export const repeatCycleMember: RankerMember<RepeatMemberConfig> = {
  name: "repeat-cycle",
  settings: [{ horizonDays: null }, { horizonDays: 14 }, { horizonDays: 45 }],
  fit({ interactions, asOfMs: trainedAtMs }, { horizonDays }) {
    const { atMs, items } = interactions;
    if (!atMs) return null;
    const asOfMs = trainedAtMs ?? atMs.reduce((latest, at) => Math.max(latest, at), -Infinity);
    const cycles = fitCycles(collectRepeatPairs(interactions), new Int32Array(items).fill(-1), asOfMs);
    if (!cycles) return null;
    const counts = countByItem(interactions);
    const most = counts.reduce((largest, count) => Math.max(largest, count), 1);
    return {
      score(history, scores) {
        // Best sellers stand behind everything that has any chance to be bought again.
        for (let i = 0; i < items; i += 1) scores[i] = (counts[i] / most) * 1e-6;
        if (!history.atMs || history.items.length === 0) return;
        const own = { users: 1, items, start: Int32Array.of(0, history.items.length), item: history.items, atMs: history.atMs };
        const pairs = collectRepeatPairs(own);
        const nowMs = history.asOfMs ?? asOfMs;
        const days = horizonDays ?? meanGapDays(history.atMs);
        for (let n = 0; n < pairs.item.length; n += 1) {
          const elapsedDays = Math.max(0, (nowMs - pairs.lastAtMs[n]) / DAY_MS);
          const pair = { item: pairs.item[n], purchases: pairs.purchases[n], sumLog: pairs.sumLog[n], sumLogSquared: pairs.sumLogSquared[n], elapsedDays };
          scores[pairs.item[n]] += predictDue(cycles, pair, days).probability;
        }
      },
    };
  },
};

/** Between the shopper's orders; 30 days for those with one. */
function meanGapDays(atMs: Float64Array): number {
  let gaps = 0;
  for (let k = 1; k < atMs.length; k += 1) if (atMs[k] - atMs[k - 1] >= DAY_MS) gaps += 1;
  if (gaps === 0) return 30;
  return Math.min(LONGEST_DAYS, Math.max(SHORTEST_DAYS, (atMs[atMs.length - 1] - atMs[0]) / DAY_MS / gaps));
}
