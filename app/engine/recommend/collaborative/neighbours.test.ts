import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { computeItemWeights, keepTopPerTarget, type ItemNeighbours } from "./neighbours.ts";

const ITEMS = 12;

function dense({ start, target, weight }: ItemNeighbours): number[][] {
  const rows = Array.from({ length: ITEMS }, () => new Array<number>(ITEMS).fill(0));
  for (let i = 0; i < ITEMS; i += 1) for (let k = start[i]; k < start[i + 1]; k += 1) rows[i][target[k]] = weight[k];
  return rows;
}

/** Cuts a list of values to its `top` largest, equal ones by lower index, and scales it to sum 1. */
function cut(values: readonly number[], top: number, isNormalised: boolean): number[] {
  const kept = values.map((value, j) => ({ value, j })).filter(({ value }) => value > 0).sort((p, q) => q.value - p.value || p.j - q.j).slice(0, top);
  const total = isNormalised ? kept.reduce((sum, { value }) => sum + value, 0) : 1;
  const row = new Array<number>(values.length).fill(0);
  for (const { value, j } of kept) row[j] = value / total;
  return row;
}

describe("computeItemWeights and keepTopPerTarget", () => {
  it.each([[Infinity, false], [3, false], [3, true]] as const)("equal the dense definition, rows cut to %s, normalised %s", (top, isNormalised) => {
    const rng = createRng(11);
    const rows = Array.from({ length: 30 }, () => Array.from({ length: ITEMS }, (_, i) => i).filter(() => rng.next() < 0.3));
    const userWeight = Float64Array.from(rows, () => 1 + rng.below(4));
    const finish = (i: number, j: number, sum: number) => sum / (1 + i + j);
    const pairSums = Array.from({ length: ITEMS }, (_, i) => Array.from({ length: ITEMS }, (_unused, j) => {
      const sum = rows.reduce((total, row, u) => total + (row.includes(i) && row.includes(j) ? userWeight[u] : 0), 0);
      return i === j ? 0 : Math.fround(finish(i, j, sum));
    }));
    const expectedRows = pairSums.map((row) => cut(row, top, isNormalised));
    const weights = computeItemWeights(createInteractions(rows, ITEMS), { userWeight, finish, rowTop: top, isNormalised });
    dense(weights).forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(expectedRows[i][j], 6)));

    const rowsNow = dense(weights);
    const expectedColumns = rowsNow.map((_, j) => cut(rowsNow.map((row) => row[j]), 2, isNormalised));
    dense(keepTopPerTarget(weights, 2, isNormalised)).forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(expectedColumns[j][i], 6)));
  });
});
