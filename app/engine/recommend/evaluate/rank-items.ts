/**
 * The `k` best items by score, best first, equal scores by `tieRank` (lower first), then by index. Items with `excluded[i] === mark`
 * are left out. Written for one call a user: it keeps a small sorted list and never sorts all items.
 */
export function rankItems(scores: Float64Array, k: number, excluded: Int32Array, mark: number, tieRank: Int32Array, out: Int32Array): number {
  let size = 0;
  const before = (a: number, b: number) => scores[a] > scores[b] || (scores[a] === scores[b] && tieRank[a] < tieRank[b]);
  let floor = -Infinity;
  for (let i = 0; i < scores.length; i += 1) {
    if (scores[i] < floor || excluded[i] === mark) continue;
    if (size === k && !before(i, out[k - 1])) continue;
    let at = size < k ? size : k - 1;
    while (at > 0 && before(i, out[at - 1])) {
      out[at] = out[at - 1];
      at -= 1;
    }
    out[at] = i;
    if (size < k) size += 1;
    if (size === k) floor = scores[out[k - 1]];
  }
  return size;
}

/** Position of each item when ordered by (popularity desc, last seen desc, index): the tie-break of every ranking. */
export function computeTieRank(popularity: Float64Array, lastSeen: Float64Array): Int32Array {
  const order = Int32Array.from(popularity, (_, i) => i);
  order.sort((a, b) => popularity[b] - popularity[a] || lastSeen[b] - lastSeen[a] || a - b);
  const rank = new Int32Array(order.length);
  order.forEach((item, position) => (rank[item] = position));
  return rank;
}
