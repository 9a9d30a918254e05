import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { invertSymmetric } from "../spd-inverse.ts";
import { createInverseWork, finishInverse, matrixOf, sweepInverse } from "./sweep-inverse.ts";
import { encodeTileKernel } from "./tile-kernel.ts";

function drawPositiveDefinite(n: number, seed: number): Float64Array {
  const rng = createRng(seed);
  const factor = Float64Array.from({ length: n * n }, () => rng.next() - 0.4);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) {
    let sum = i === j ? 0.1 * n : 0;
    for (let k = 0; k < n; k += 1) sum += factor[i * n + k] * factor[j * n + k];
    matrix[i * n + j] = matrix[j * n + i] = sum;
  }
  return matrix;
}

describe("sweepInverse", () => {
  it.each([1, 7, 8, 127, 128, 129, 300])("A times its inverse is the identity, and both kernels agree, n = %i", (n) => {
    const matrix = drawPositiveDefinite(n, n);
    const work = createInverseWork(n);
    const floats = matrixOf(work);
    for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) floats[i * work.stride + j] = matrix[i * n + j];
    sweepInverse(work);
    const inverse = finishInverse(work);
    let worst = 0;
    for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < n; k += 1) sum += matrix[i * n + k] * inverse[k * work.stride + j];
      worst = Math.max(worst, Math.abs(sum));
    }
    expect(worst).toBeLessThan(2e-3);
    const exact = matrix.slice();
    invertSymmetric(exact, n);
    let difference = 0;
    let largest = 0;
    for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) {
      difference = Math.max(difference, Math.abs(exact[i * n + j] - inverse[i * work.stride + j]));
      largest = Math.max(largest, Math.abs(exact[i * n + j]));
    }
    expect(difference / largest).toBeLessThan(1e-4);
  });

  it("says where a matrix is not positive definite", () => {
    const work = createInverseWork(200);
    const matrix = matrixOf(work);
    for (let i = 0; i < 200; i += 1) matrix[i * work.stride + i] = i === 150 ? -1 : 1;
    sweepInverse(work);
    expect(() => finishInverse(work)).toThrow("not positive definite near row 128");
  });

  it("the kernel without fused operations is valid on every Node that we support", () => {
    expect(WebAssembly.validate(encodeTileKernel(false))).toBe(true);
  });
});
