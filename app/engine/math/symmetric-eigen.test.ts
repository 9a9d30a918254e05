import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { decomposeSymmetric } from "./symmetric-eigen.ts";

function drawSymmetric(n: number, seed: number): Float64Array {
  const rng = createRng(seed);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) matrix[i * n + j] = matrix[j * n + i] = rng.next() - 0.5;
  return matrix;
}

describe("decomposeSymmetric", () => {
  it.each([1, 2, 3, 17, 60])("A v = lambda v with orthonormal v, n = %i", (n) => {
    const matrix = drawSymmetric(n, n);
    const { values, vectors } = decomposeSymmetric(matrix, n);
    let worst = 0;
    for (let a = 0; a < n; a += 1) {
      if (a > 0) expect(values[a]).toBeGreaterThanOrEqual(values[a - 1]);
      for (let b = 0; b < n; b += 1) {
        let inner = a === b ? -1 : 0;
        let image = -values[a] * vectors[a * n + b];
        for (let k = 0; k < n; k += 1) {
          inner += vectors[a * n + k] * vectors[b * n + k];
          image += matrix[b * n + k] * vectors[a * n + k];
        }
        worst = Math.max(worst, Math.abs(inner), Math.abs(image));
      }
    }
    expect(worst).toBeLessThan(1e-12);
  });

  it("knows the eigenvalues of the second-difference matrix, 2 - 2 cos(pi k / (n + 1)), and repeated ones", () => {
    const n = 12;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    decomposeSymmetric(matrix, n).values.forEach((value, k) => expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (k + 1)) / (n + 1)), 12));
    expect([...decomposeSymmetric([3, 0, 0, 0, 3, 0, 0, 0, 1], 3).values]).toEqual([1, 3, 3]);
    expect([...decomposeSymmetric(new Float64Array(16), 4).values]).toEqual([0, 0, 0, 0]);
  });
});
