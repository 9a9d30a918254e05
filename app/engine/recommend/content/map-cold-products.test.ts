import { expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import type { ItemNeighbours } from "../collaborative/neighbours.ts";
import { computeLendingShares, mapColdProducts } from "./map-cold-products.ts";

const ITEMS = 30;
const config = { lenders: 4, power: 2, halfTrust: 5 };

function sparse(matrix: readonly (readonly number[])[]): ItemNeighbours {
  const start = Int32Array.from({ length: matrix.length + 1 }, (_, i) => matrix.slice(0, i).flat().filter((value) => value > 0).length);
  const entries = matrix.flatMap((row) => row.flatMap((value, j) => (value > 0 ? [[j, value] as const] : [])));
  return { start, target: Int32Array.from(entries, ([j]) => j), weight: Float32Array.from(entries, ([, value]) => value) };
}

function dense({ start, target, weight }: ItemNeighbours): number[][] {
  return Array.from({ length: start.length - 1 }, (_, i) => {
    const row = new Array<number>(start.length - 1).fill(0);
    for (let k = start[i]; k < start[i + 1]; k += 1) row[target[k]] = weight[k];
    return row;
  });
}

const rng = createRng(3);
const square = (share: number) => Array.from({ length: ITEMS }, (_, i) => Array.from({ length: ITEMS }, (__, j) => (i !== j && rng.next() < share ? rng.next() : 0)));
const bought = square(0.4);
const alike = square(0.5);
const buyers = Float64Array.from({ length: ITEMS }, (_, i) => (i % 3 === 0 ? 0 : i % 3 === 1 ? 4 : 200));

/** The definition, product by product: itself as far as it is trusted, the rest by likeness to the power, from the four that lend most. */
function naiveShares(isCold: (i: number) => boolean): number[][] {
  return Array.from({ length: ITEMS }, (_, i) => {
    const row = new Array<number>(ITEMS).fill(0);
    const own = buyers[i] / (buyers[i] + 5);
    const likeness = alike[i].map((value, j) => (isCold(i) ? value ** 2 * (buyers[j] / (buyers[j] + 5)) : 0));
    const lenders = [...likeness.keys()].filter((j) => likeness[j] > 0).sort((a, b) => likeness[b] - likeness[a]).slice(0, 4);
    const total = lenders.reduce((sum, j) => sum + likeness[j], 0);
    for (const j of lenders) row[j] = ((1 - own) * likeness[j]) / total;
    if (buyers[i] > 0) row[i] += total > 0 ? own : 1;
    return row;
  });
}

const times = (a: number[][], b: number[][]) => a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const withoutDiagonal = (matrix: number[][]) => matrix.map((row, i) => row.map((value, j) => (i === j ? 0 : value)));

it.each([Infinity, 5])("the mapping is S W S', with %s products that may borrow", (mostCold) => {
  const coldest = [...buyers.keys()].filter((i) => buyers[i] < 45).sort((a, b) => buyers[a] - buyers[b] || a - b).slice(0, mostCold);
  const naive = naiveShares((i) => coldest.includes(i));
  const shares = computeLendingShares(sparse(alike), buyers, config, { mostCold });
  const mapped = dense(mapColdProducts(sparse(bought), shares, 10 * ITEMS));
  const expected = withoutDiagonal(times(withoutDiagonal(times(naive, bought)), naive[0].map((_, j) => naive.map((row) => row[j]))));
  mapped.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(expected[i][j], 4)));
});

it("a product that may not borrow keeps its own row, apart from what borrowers now say for it", () => {
  const shares = computeLendingShares(sparse(alike), buyers, config, { mostCold: 5 });
  const warm = 2;
  expect([...shares.target.subarray(shares.start[warm], shares.start[warm + 1])]).toEqual([warm]);
  const neverBought = 27;
  expect(shares.start[neverBought + 1] - shares.start[neverBought]).toBe(0);
});
