/**
 * Who bought what, as compressed rows: the items of user u are `item[start[u]] .. item[start[u + 1] - 1]`, in time order when
 * times are known, else in the order of the data. Items and users are indexes; names stay with the caller.
 */
export interface InteractionRows {
  readonly users: number;
  readonly items: number;
  /** length = users + 1 */
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** Same length as `item`; null when the data has no times. */
  readonly atMs: Float64Array | null;
}

/** Rows from lists of item indexes, one list a user. */
export function createInteractions(rows: readonly ArrayLike<number>[], items: number, times: readonly ArrayLike<number>[] | null = null): InteractionRows {
  const start = new Int32Array(rows.length + 1);
  for (let u = 0; u < rows.length; u += 1) start[u + 1] = start[u] + rows[u].length;
  const item = new Int32Array(start[rows.length]);
  const atMs = times ? new Float64Array(item.length) : null;
  for (let u = 0; u < rows.length; u += 1) {
    item.set(rows[u], start[u]);
    if (atMs && times) atMs.set(times[u], start[u]);
  }
  return { users: rows.length, items, start, item, atMs };
}

/** Items of one user, in order (a view, not a copy). */
export function itemsOf(data: InteractionRows, user: number): Int32Array {
  return data.item.subarray(data.start[user], data.start[user + 1]);
}

/** Each item at most once a user, first occurrence kept; most models see a purchase as a yes. */
export function withoutRepeats(data: InteractionRows): InteractionRows {
  const seenBy = new Int32Array(data.items).fill(-1);
  const start = new Int32Array(data.users + 1);
  const item = new Int32Array(data.item.length);
  const atMs = data.atMs ? new Float64Array(data.item.length) : null;
  let n = 0;
  for (let u = 0; u < data.users; u += 1) {
    for (let k = data.start[u]; k < data.start[u + 1]; k += 1) {
      const i = data.item[k];
      if (seenBy[i] === u) continue;
      seenBy[i] = u;
      item[n] = i;
      if (atMs && data.atMs) atMs[n] = data.atMs[k];
      n += 1;
    }
    start[u + 1] = n;
  }
  return { users: data.users, items: data.items, start, item: item.slice(0, n), atMs: atMs ? atMs.slice(0, n) : null };
}

/** Users of each item (the transposed rows), users ascending. */
export function usersByItem(data: InteractionRows): { readonly start: Int32Array; readonly user: Int32Array } {
  const start = new Int32Array(data.items + 1);
  for (const i of data.item) start[i + 1] += 1;
  for (let i = 0; i < data.items; i += 1) start[i + 1] += start[i];
  const fill = start.slice();
  const user = new Int32Array(data.item.length);
  for (let u = 0; u < data.users; u += 1) {
    for (let k = data.start[u]; k < data.start[u + 1]; k += 1) user[fill[data.item[k]]++] = u;
  }
  return { start, user };
}

/** Number of interactions of each item. */
export function countByItem(data: InteractionRows): Float64Array {
  const counts = new Float64Array(data.items);
  for (const i of data.item) counts[i] += 1;
  return counts;
}

/** Pairs of items that a pass over all pairs within rows visits: what item-to-item fits cost. */
export function countPairVisits({ users, start }: InteractionRows): number {
  let visits = 0;
  for (let u = 0; u < users; u += 1) visits += (start[u + 1] - start[u]) ** 2;
  return visits;
}
