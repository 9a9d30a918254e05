import { usersByItem, type InteractionRows } from "../../features/interactions.ts";
import { selectLargest } from "../../math/select-largest.ts";

/** Sparse item-to-item weights: what item i says for others is `target[start[i]] ..`, with `weight`. */
export interface ItemNeighbours {
  readonly start: Int32Array;
  readonly target: Int32Array;
  readonly weight: Float32Array;
}

export interface ItemWeightRules {
  /** Sums below are over users u who have both items, of userWeight[u]. */
  readonly userWeight: Float64Array;
  /** Weight of the pair from its sum; not above 0: left out. */
  readonly finish: (i: number, j: number, sum: number) => number;
  /** The largest weights kept of each row i (Infinity: all). */
  readonly rowTop: number;
  /** Rows scaled to sum 1 after the cut. */
  readonly isNormalised?: boolean;
}

/** W[i, j] row by row with a dense accumulator (Gustavson 1978), so memory is one row plus the kept entries. */
export function computeItemWeights(data: InteractionRows, rules: ItemWeightRules): ItemNeighbours {
  const byItem = usersByItem(data);
  const { start, item } = data;
  const { userWeight, finish } = rules;
  return computeRows(data.items, rules.rowTop, rules.isNormalised ?? false, {
    finish,
    // The hot loop of every fit: written out, because a call per pair would double its time.
    sumInto(i, sums, touched) {
      let count = 0;
      for (let p = byItem.start[i]; p < byItem.start[i + 1]; p += 1) {
        const u = byItem.user[p];
        const w = userWeight[u];
        if (w === 0) continue;
        for (let k = start[u]; k < start[u + 1]; k += 1) {
          const j = item[k];
          if (sums[j] === 0) touched[count++] = j;
          sums[j] += w;
        }
      }
      return count;
    },
  });
}

export interface RowRules {
  /** Adds row i into `sums`, which arrives all 0, and lists in `touched` the items whose sum is not 0; answers how many. */
  readonly sumInto: (i: number, sums: Float64Array, touched: Int32Array) => number;
  readonly finish: ItemWeightRules["finish"];
}

/** Rows of any item-to-item sum: finished, cut to the `rowTop` largest, scaled when asked. An item says nothing for itself. */
export function computeRows(items: number, rowTop: number, isNormalised: boolean, { sumInto, finish }: RowRules): ItemNeighbours {
  const sums = new Float64Array(items);
  const touched = new Int32Array(items);
  const start = new Int32Array(items + 1);
  let target = new Int32Array(1 << 16);
  let weight = new Float32Array(1 << 16);
  let n = 0;
  for (let i = 0; i < items; i += 1) {
    const count = sumInto(i, sums, touched);
    let positive = 0;
    for (let c = 0; c < count; c += 1) {
      const j = touched[c];
      const value = j === i ? 0 : finish(i, j, sums[j]);
      // The value stays in the accumulator, as the key of the selection; what is left out is cleared at once.
      sums[j] = value > 0 ? value : 0;
      if (value > 0) {
        touched[c] = touched[positive];
        touched[positive] = j;
        positive += 1;
      }
    }
    const kept = selectLargest(touched, positive, sums, rowTop);
    while (n + kept > target.length) {
      target = growInt(target);
      weight = growFloat(weight);
    }
    let total = 0;
    if (isNormalised) for (let c = 0; c < kept; c += 1) total += sums[touched[c]];
    const scale = total > 0 ? 1 / total : 1;
    for (let c = 0; c < kept; c += 1) {
      target[n] = touched[c];
      weight[n] = sums[touched[c]] * scale;
      n += 1;
    }
    for (let c = 0; c < positive; c += 1) sums[touched[c]] = 0;
    start[i + 1] = n;
  }
  return { start, target: target.slice(0, n), weight: weight.slice(0, n) };
}

/**
 * Keeps, for every TARGET j, only the `top` items that speak loudest for it: what a list of similar items must be cut by. With
 * `isNormalised` what is said for one target sums to 1.
 */
export function keepTopPerTarget(neighbours: ItemNeighbours, top: number, isNormalised = false): ItemNeighbours {
  const items = neighbours.start.length - 1;
  const byTarget = transpose(neighbours);
  const start = new Int32Array(items + 1);
  const value = new Float64Array(items);
  const candidates = new Int32Array(items);
  const kept = { source: new Int32Array(neighbours.target.length), weight: new Float32Array(neighbours.target.length), start: new Int32Array(items + 1) };
  let n = 0;
  for (let j = 0; j < items; j += 1) {
    let count = 0;
    for (let k = byTarget.start[j]; k < byTarget.start[j + 1]; k += 1) {
      candidates[count++] = byTarget.target[k];
      value[byTarget.target[k]] = byTarget.weight[k];
    }
    const chosen = selectLargest(candidates, count, value, top);
    let total = 0;
    if (isNormalised) for (let c = 0; c < chosen; c += 1) total += value[candidates[c]];
    const scale = total > 0 ? 1 / total : 1;
    for (let c = 0; c < chosen; c += 1) {
      kept.source[n] = candidates[c];
      kept.weight[n] = value[candidates[c]] * scale;
      start[candidates[c] + 1] += 1;
      n += 1;
    }
    kept.start[j + 1] = n;
  }
  return transpose({ start: kept.start, target: kept.source.subarray(0, n), weight: kept.weight.subarray(0, n) });
}

/** Rows become columns, each in ascending order. */
export function transpose(neighbours: ItemNeighbours): ItemNeighbours {
  const items = neighbours.start.length - 1;
  const start = new Int32Array(items + 1);
  for (const j of neighbours.target) start[j + 1] += 1;
  for (let j = 0; j < items; j += 1) start[j + 1] += start[j];
  const next = start.slice();
  const target = new Int32Array(neighbours.target.length);
  const weight = new Float32Array(neighbours.target.length);
  for (let i = 0; i < items; i += 1) {
    for (let k = neighbours.start[i]; k < neighbours.start[i + 1]; k += 1) {
      const at = next[neighbours.target[k]]++;
      target[at] = i;
      weight[at] = neighbours.weight[k];
    }
  }
  return { start, target, weight };
}

/** Adds `factor` times what item i says for others. */
export function addNeighbours(neighbours: ItemNeighbours, i: number, factor: number, scores: Float64Array): void {
  const { target, weight, start } = neighbours;
  const to = start[i + 1];
  for (let k = start[i]; k < to; k += 1) scores[target[k]] += factor * weight[k];
}

function growInt(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function growFloat(array: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(array.length * 2);
  larger.set(array);
  return larger;
}
