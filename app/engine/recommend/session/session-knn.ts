import { withoutRepeats, type InteractionRows } from "../../features/interactions.ts";
import { selectLargest } from "../../math/select-largest.ts";
import { hasOrder, type RankerMember } from "../evaluate/ranker.ts";

export interface SessionKnnConfig {
  /** Sessions that vote. */
  readonly neighbours: number;
  /** Latest sessions that are looked at, of those that share an item. */
  readonly sample: number;
  /** Power of (place in the session / its length): how much more the latest items count in the comparison. */
  readonly placePower: number;
  /** A vote is divided by (steps back to the latest item shared) to this power. */
  readonly stepPower: number;
}

/** A history is compared by its latest items; earlier ones would weigh next to nothing and cost as much. */
const LONGEST_SESSION = 30;

/**
 * V-SKNN, vector multiplication session-based kNN (Ludewig & Jannach 2018): sessions that share the latest items vote with all their items. A user's
 * row is one session; "latest" is by the time of its last item, else by place in the data. Finds what the session holds already, too.
 */
export const sessionKnnMember: RankerMember<SessionKnnConfig> = {
  name: "session-knn",
  settings: [
    { neighbours: 100, sample: 1000, placePower: 2, stepPower: 2 },
    { neighbours: 500, sample: 5000, placePower: 1, stepPower: 1 },
  ],
  fit(train, config) {
    if (!hasOrder(train)) return null;
    const sessions = indexSessions(train.interactions);
    const similarity = new Float64Array(sessions.count);
    const latestStep = new Int32Array(sessions.count);
    const candidates = new Int32Array(sessions.count);
    const age = Float64Array.from({ length: sessions.count }, (_, s) => -s);
    return {
      score({ items: all }, scores) {
        const items = all.subarray(-LONGEST_SESSION);
        let count = 0;
        const seen = new Set<number>();
        // From the latest item back: each distinct item counts at its last place.
        for (let place = items.length; place > 0; place -= 1) {
          const i = items[place - 1];
          if (seen.has(i)) continue;
          seen.add(i);
          const to = Math.min(sessions.byItemStart[i + 1], sessions.byItemStart[i] + config.sample);
          for (let at = sessions.byItemStart[i]; at < to; at += 1) {
            const s = sessions.byItem[at];
            if (latestStep[s] !== 0) continue;
            latestStep[s] = items.length - place + 1;
            candidates[count++] = s;
          }
        }
        const sampled = selectLargest(candidates, count, age, config.sample);
        for (let c = sampled; c < count; c += 1) latestStep[candidates[c]] = 0;
        compare(sessions, items, seen.size, config, similarity, latestStep);
        const kept = selectLargest(candidates, sampled, similarity, config.neighbours);
        for (let c = 0; c < kept; c += 1) {
          const s = candidates[c];
          const vote = similarity[s] / latestStep[s] ** config.stepPower;
          for (let at = sessions.start[s]; at < sessions.start[s + 1]; at += 1) scores[sessions.item[at]] += vote;
        }
        for (let c = 0; c < sampled; c += 1) {
          similarity[candidates[c]] = 0;
          latestStep[candidates[c]] = 0;
        }
      },
    };
  },
};

/** Sessions numbered from the latest back, with their distinct items. */
interface Sessions {
  readonly count: number;
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly byItemStart: Int32Array;
  /** Latest first. */
  readonly byItem: Int32Array;
}

/** Adds to each sampled session the weights of the items it shares. */
function compare(sessions: Sessions, items: Int32Array, distinct: number, config: SessionKnnConfig, similarity: Float64Array, latestStep: Int32Array): void {
  const seen = new Set<number>();
  for (let place = items.length; place > 0; place -= 1) {
    const i = items[place - 1];
    if (seen.has(i)) continue;
    seen.add(i);
    const weight = (place / items.length) ** config.placePower / distinct;
    for (let at = sessions.byItemStart[i]; at < sessions.byItemStart[i + 1]; at += 1) if (latestStep[sessions.byItem[at]] !== 0) similarity[sessions.byItem[at]] += weight;
  }
}

function indexSessions(interactions: InteractionRows): Sessions {
  const { start: allStart, atMs: allAtMs } = interactions;
  const data = withoutRepeats(interactions);
  const lastAt = (u: number) => (allAtMs && allStart[u + 1] > allStart[u] ? allAtMs[allStart[u + 1] - 1] : u);
  const order = Int32Array.from({ length: data.users }, (_, u) => u).filter((u) => data.start[u + 1] > data.start[u]);
  order.sort((p, q) => lastAt(q) - lastAt(p) || q - p);
  const start = new Int32Array(order.length + 1);
  const item = new Int32Array(data.item.length);
  const byItemStart = new Int32Array(data.items + 1);
  order.forEach((u, s) => {
    item.set(data.item.subarray(data.start[u], data.start[u + 1]), start[s]);
    start[s + 1] = start[s] + data.start[u + 1] - data.start[u];
  });
  for (const i of item) byItemStart[i + 1] += 1;
  for (let i = 0; i < data.items; i += 1) byItemStart[i + 1] += byItemStart[i];
  const next = byItemStart.slice();
  const byItem = new Int32Array(item.length);
  for (let s = 0; s < order.length; s += 1) for (let at = start[s]; at < start[s + 1]; at += 1) byItem[next[item[at]]++] = s;
  return { count: order.length, start, item, byItemStart, byItem };
}
