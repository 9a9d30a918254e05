import type { InteractionRows } from "../../features/interactions.ts";
import { computeRows, type ItemNeighbours } from "../collaborative/neighbours.ts";

export interface FollowerRules {
  /** Weight of j coming 1, 2, ... steps after i; further ones do not count. */
  readonly forward: Float64Array;
  /** Weight of j coming 1, 2, ... steps before i. */
  readonly backward: Float64Array;
  /** Weight of the pair from its sum; not above 0: left out. */
  readonly finish: (i: number, j: number, sum: number) => number;
}

/** What follows what: for each item the decayed count of those that came after it (and before it, when asked) in the same row. */
export function countFollowers(interactions: InteractionRows, { forward, backward, finish }: FollowerRules): ItemNeighbours {
  const { items, users, start, item } = interactions;
  const ownerOf = new Int32Array(item.length);
  for (let u = 0; u < users; u += 1) ownerOf.fill(u, start[u], start[u + 1]);
  const places = placesOfItems(interactions);
  return computeRows(items, Infinity, false, {
    finish,
    sumInto(i, sums, touched) {
      let count = 0;
      for (let at = places.start[i]; at < places.start[i + 1]; at += 1) {
        const p = places.place[at];
        const from = Math.max(start[ownerOf[p]], p - backward.length);
        const to = Math.min(start[ownerOf[p] + 1], p + forward.length + 1);
        for (let q = from; q < to; q += 1) {
          if (q === p) continue;
          const w = q > p ? forward[q - p - 1] : backward[p - q - 1];
          if (w === 0) continue;
          if (sums[item[q]] === 0) touched[count++] = item[q];
          sums[item[q]] += w;
        }
      }
      return count;
    },
  });
}

/** Positions in `item` of each item. */
function placesOfItems({ items, item }: InteractionRows): { start: Int32Array; place: Int32Array } {
  const start = new Int32Array(items + 1);
  for (const i of item) start[i + 1] += 1;
  for (let i = 0; i < items; i += 1) start[i + 1] += start[i];
  const next = start.slice();
  const place = new Int32Array(item.length);
  for (let p = 0; p < item.length; p += 1) place[next[item[p]]++] = p;
  return { start, place };
}
