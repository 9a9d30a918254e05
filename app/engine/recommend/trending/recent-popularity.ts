import { DAY_MS } from "#app/core/time.ts";
import type { RankerMember } from "../evaluate/ranker.ts";

export interface RecentPopularityConfig {
  /** A purchase counts half after this time. */
  readonly halfLifeDays: number;
}

/** The same list for everybody: best sellers of these days, by exponential decay. Needs times; ages count from the instant of the question or the last purchase. */
export const recentPopularityMember: RankerMember<RecentPopularityConfig> = {
  name: "recent-popularity",
  settings: [{ halfLifeDays: 30 }, { halfLifeDays: 7 }, { halfLifeDays: 120 }],
  fit({ interactions: { item, items, atMs } }, { halfLifeDays }) {
    if (!atMs || item.length === 0) return null;
    const latestMs = atMs.reduce((latest, at) => Math.max(latest, at), -Infinity);
    const weights = new Float64Array(items);
    for (let k = 0; k < item.length; k += 1) weights[item[k]] += 2 ** ((atMs[k] - latestMs) / (halfLifeDays * DAY_MS));
    return { score: (_, scores) => scores.set(weights) };
  },
};
