import { hasBit, type Bitmap } from "../evaluate/bitmap.ts";

/** Customers who are in exactly the named sets and in no other. */
export interface Overlap {
  /** Positions of the sets, ascending. */
  readonly sets: readonly number[];
  readonly count: number;
}

/** Sets that one picture can tell apart; the combinations are numbered by their bits. */
export const MOST_SETS = 10;

/**
 * The exclusive intersections of up to ten sets, largest first: the columns of an UpSet picture (Lex et al. 2014).
 * Customers in none of the sets are left out.
 */
export function countOverlaps(sets: readonly Bitmap[], rows: number): Overlap[] {
  if (sets.length > MOST_SETS) throw new Error(`at most ${MOST_SETS} sets`);
  const counts = new Int32Array(2 ** sets.length);
  for (let word = 0; word << 5 < rows; word++) {
    let any = 0;
    for (let s = 0; s < sets.length; s++) any |= sets[s][word];
    if (any === 0) continue;
    for (let row = word << 5, end = Math.min(row + 32, rows); row < end; row++) {
      let combination = 0;
      for (let s = 0; s < sets.length; s++) if (hasBit(sets[s], row)) combination |= 1 << s;
      counts[combination]++;
    }
  }
  const found: Overlap[] = [];
  for (let combination = 1; combination < counts.length; combination++) {
    if (counts[combination] > 0) found.push({ sets: sets.flatMap((_, s) => (combination & (1 << s) ? [s] : [])), count: counts[combination] });
  }
  return found.sort((a, b) => b.count - a.count || a.sets.length - b.sets.length || (a.sets.join() < b.sets.join() ? -1 : 1));
}
