import type { CodedColumn } from "../../snapshot/snapshot.ts";

/** Customers who were in one group before and are in another (or the same) after. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Stands for customers who were not there yet. */
export const NOT_YET = "NOT_YET";

/**
 * Movements between groups of the same customers at two times, by the order of the group names, from then to. `isThere`
 * says who was a customer at the earlier time already.
 */
export function countFlows(before: CodedColumn, after: CodedColumn, isThere: (row: number) => boolean): Flow[] {
  const width = after.names.length;
  const counts = new Int32Array((before.names.length + 1) * width);
  for (let row = 0; row < after.codes.length; row++) {
    if (after.codes[row] < 0) continue;
    const from = isThere(row) && before.codes[row] >= 0 ? before.codes[row] : before.names.length;
    counts[from * width + after.codes[row]]++;
  }
  const nameOf = (code: number) => (code < before.names.length ? before.names[code] : NOT_YET);
  return Array.from(counts, (count, at) => ({ from: nameOf(Math.floor(at / width)), to: after.names[at % width], count })).filter(({ count }) => count > 0);
}
