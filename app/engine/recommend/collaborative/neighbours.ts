import { usersByItem, type InteractionRows } from "../../features/interactions.ts";

/** Sparse item-to-item weights: what item i says for others is `target[start[i]] ..`, with `weight`. */
export interface ItemNeighbours {
  readonly start: Int32Array;
  readonly target: Int32Array;
  readonly weight: Float64Array;
}

/**
 * All weights W[i, j] = finish(i, j, sum over users who have both of userWeight[u]), computed row by row with a dense accumulator,
 * so memory is one row plus the kept entries. Keeps the `rowTop` largest of each row i (Infinity: all).
 */
export function computeItemWeights(
  data: InteractionRows, userWeight: Float64Array, finish: (i: number, j: number, sum: number) => number, rowTop: number, normaliseRows = false,
): ItemNeighbours {
  const byItem = usersByItem(data);
  const sums = new Float64Array(data.items);
  const touched = new Int32Array(data.items);
  const start = new Int32Array(data.items + 1);
  let target = new Int32Array(1 << 16);
  let weight = new Float64Array(1 << 16);
  let n = 0;
  for (let i = 0; i < data.items; i += 1) {
    let count = 0;
    for (let p = byItem.start[i]; p < byItem.start[i + 1]; p += 1) {
      const u = byItem.user[p];
      const w = userWeight[u];
      for (let k = data.start[u]; k < data.start[u + 1]; k += 1) {
        const j = data.item[k];
        if (sums[j] === 0) touched[count++] = j;
        sums[j] += w;
      }
    }
    const row: number[] = [];
    for (let c = 0; c < count; c += 1) {
      const j = touched[c];
      const value = j === i ? 0 : finish(i, j, sums[j]);
      sums[j] = 0;
      if (value > 0) row.push(j, value);
    }
    const kept = keepLargest(row, rowTop);
    let total = 0;
    if (normaliseRows) for (let c = 1; c < kept.length; c += 2) total += kept[c];
    while (n + kept.length / 2 > target.length) {
      target = growInt(target);
      weight = growFloat(weight);
    }
    for (let c = 0; c < kept.length; c += 2) {
      target[n] = kept[c];
      weight[n] = total > 0 ? kept[c + 1] / total : kept[c + 1];
      n += 1;
    }
    start[i + 1] = n;
  }
  return { start, target: target.slice(0, n), weight: weight.slice(0, n) };
}

/** Keeps, for every TARGET j, only the `top` items that speak loudest for it: what a list of similar items must be cut by. */
export function keepTopPerTarget(neighbours: ItemNeighbours, top: number): ItemNeighbours {
  const items = neighbours.start.length - 1;
  const counts = new Int32Array(items + 1);
  for (const j of neighbours.target) counts[j + 1] += 1;
  for (let j = 0; j < items; j += 1) counts[j + 1] += counts[j];
  const fill = counts.slice();
  const source = new Int32Array(neighbours.target.length);
  const value = new Float64Array(neighbours.target.length);
  for (let i = 0; i < items; i += 1) {
    for (let k = neighbours.start[i]; k < neighbours.start[i + 1]; k += 1) {
      const at = fill[neighbours.target[k]]++;
      source[at] = i;
      value[at] = neighbours.weight[k];
    }
  }
  const start = new Int32Array(items + 1);
  const keptTarget: number[] = [];
  const keptSource: number[] = [];
  const keptWeight: number[] = [];
  for (let j = 0; j < items; j += 1) {
    const row: number[] = [];
    for (let k = counts[j]; k < counts[j + 1]; k += 1) row.push(source[k], value[k]);
    const kept = keepLargest(row, top);
    for (let c = 0; c < kept.length; c += 2) {
      keptTarget.push(j);
      keptSource.push(kept[c]);
      keptWeight.push(kept[c + 1]);
      start[kept[c] + 1] += 1;
    }
  }
  for (let i = 0; i < items; i += 1) start[i + 1] += start[i];
  const place = start.slice();
  const target = new Int32Array(keptTarget.length);
  const weight = new Float64Array(keptTarget.length);
  for (let c = 0; c < keptTarget.length; c += 1) {
    const at = place[keptSource[c]]++;
    target[at] = keptTarget[c];
    weight[at] = keptWeight[c];
  }
  return { start, target, weight };
}

/** Adds `factor` times what item i says for others. */
export function addNeighbours(neighbours: ItemNeighbours, i: number, factor: number, scores: Float64Array): void {
  for (let k = neighbours.start[i]; k < neighbours.start[i + 1]; k += 1) scores[neighbours.target[k]] += factor * neighbours.weight[k];
}

/** `row` is [index, value, index, value ...]; the largest values, equal ones by lower index. */
function keepLargest(row: number[], top: number): number[] {
  if (row.length / 2 <= top) return row;
  const order = Int32Array.from({ length: row.length / 2 }, (_, c) => 2 * c);
  order.sort((p, q) => row[q + 1] - row[p + 1] || row[p] - row[q]);
  const kept: number[] = [];
  for (let c = 0; c < top; c += 1) kept.push(row[order[c]], row[order[c] + 1]);
  return kept;
}

function growInt(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function growFloat(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
