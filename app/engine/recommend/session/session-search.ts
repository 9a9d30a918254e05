import { withoutRepeats, type InteractionRows } from "../../features/interactions.ts";
import { selectLargest } from "../../math/select-largest.ts";

/** Sessions numbered from the latest back, with their distinct items in order of first appearance. */
export interface Sessions {
  readonly count: number;
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** Instant of the last item; null when the data has no times. */
  readonly lastAtMs: Float64Array | null;
  readonly byItemStart: Int32Array;
  /** Latest first. */
  readonly byItem: Int32Array;
}

/** A user's row is one session; "latest" is by the time of its last item, else by place in the data. */
export function indexSessions(interactions: InteractionRows): Sessions {
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
  return { count: order.length, start, item, lastAtMs: allAtMs ? Float64Array.from(order, lastAt) : null, byItemStart, byItem };
}

export interface SearchRules {
  /** Latest sessions that are compared, of those that share an item. */
  readonly sample: number;
  /** Sessions that come out. */
  readonly neighbours: number;
  /** What an item weighs in the comparison, by its place in the history counted from 1 and the length of the history. */
  readonly placeWeight: (place: number, length: number) => number;
  /** Factor of each session's similarity; null for 1. */
  readonly sessionFactor: Float64Array | null;
}

/** Nearest sessions of one history; what it answers holds until the next search. */
export interface SessionSearch {
  /** Answers how many sessions stand in `found`. */
  find(items: Int32Array): number;
  /** No particular order. */
  readonly found: Int32Array;
  readonly similarity: Float64Array;
  /** By session: steps back in the history to the latest item that it shares; 1 = the last one. */
  readonly latestStep: Int32Array;
}

/** Sessions that share items with a history, compared by the summed weight of what is shared over the history's distinct items. */
export function createSessionSearch(sessions: Sessions, rules: SearchRules): SessionSearch {
  const similarity = new Float64Array(sessions.count);
  const latestStep = new Int32Array(sessions.count);
  const found = new Int32Array(sessions.count);
  const age = Float64Array.from({ length: sessions.count }, (_, s) => -s);
  let touched = 0;

  const clear = () => {
    for (let c = 0; c < touched; c += 1) {
      similarity[found[c]] = 0;
      latestStep[found[c]] = 0;
    }
    touched = 0;
  };

  return {
    found,
    similarity,
    latestStep,
    find(items) {
      clear();
      const places = latestPlaces(items);
      let count = 0;
      for (const place of places) {
        const i = items[place - 1];
        const to = Math.min(sessions.byItemStart[i + 1], sessions.byItemStart[i] + rules.sample);
        for (let at = sessions.byItemStart[i]; at < to; at += 1) {
          const s = sessions.byItem[at];
          if (latestStep[s] !== 0) continue;
          latestStep[s] = items.length - place + 1;
          found[count++] = s;
        }
      }
      touched = selectLargest(found, count, age, rules.sample);
      for (let c = touched; c < count; c += 1) latestStep[found[c]] = 0;
      for (const place of places) {
        const i = items[place - 1];
        const weight = rules.placeWeight(place, items.length) / places.length;
        for (let at = sessions.byItemStart[i]; at < sessions.byItemStart[i + 1]; at += 1) if (latestStep[sessions.byItem[at]] !== 0) similarity[sessions.byItem[at]] += weight;
      }
      if (rules.sessionFactor) for (let c = 0; c < touched; c += 1) similarity[found[c]] *= rules.sessionFactor[found[c]];
      return selectLargest(found, touched, similarity, rules.neighbours);
    },
  };
}

/** Last place of each distinct item, counted from 1, latest first. */
function latestPlaces(items: Int32Array): number[] {
  const seen = new Set<number>();
  const places: number[] = [];
  for (let place = items.length; place > 0; place -= 1) {
    if (seen.has(items[place - 1])) continue;
    seen.add(items[place - 1]);
    places.push(place);
  }
  return places;
}
