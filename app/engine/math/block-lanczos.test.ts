import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { BLOCK_WIDTH, findLeadingVectors } from "./block-lanczos.ts";
import { decomposeSymmetric } from "./symmetric-eigen.ts";

/** A = F'F for a random F with `rank` rows, so positive semidefinite of that rank. */
function drawGram(size: number, rank: number): Float64Array {
  const rng = createRng(rank);
  const factor = Float64Array.from({ length: rank * size }, (_, n) => (rng.next() - 0.5) / (1 + Math.floor(n / size)));
  const gram = new Float64Array(size * size);
  for (let r = 0; r < rank; r += 1) for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) gram[i * size + j] += factor[r * size + i] * factor[r * size + j];
  return gram;
}

const operatorOf = (gram: Float64Array, size: number) => (input: Float32Array, output: Float32Array) => {
  for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) for (let c = 0; c < BLOCK_WIDTH; c += 1) output[i * BLOCK_WIDTH + c] += gram[i * size + j] * input[j * BLOCK_WIDTH + c];
};

describe("findLeadingVectors", () => {
  it("finds what the full decomposition finds", () => {
    const size = 300;
    const gram = drawGram(size, 250);
    const exact = decomposeSymmetric(gram, size);
    const { values, vectors } = findLeadingVectors(operatorOf(gram, size), size, 20, 3, createRng(1));
    expect(values.length).toBe(20);
    values.forEach((value, n) => {
      expect(Math.abs(value / exact.values[size - 1 - n] - 1)).toBeLessThan(5e-4);
      let inner = 0;
      for (let i = 0; i < size; i += 1) inner += vectors[i * 20 + n] * exact.vectors[(size - 1 - n) * size + i];
      expect(Math.abs(inner)).toBeGreaterThan(0.999);
    });
  });

  it("finds no more vectors than the matrix has", () => {
    const size = 200;
    const { values, vectors } = findLeadingVectors(operatorOf(drawGram(size, 30), size), size, 100, 2, createRng(1));
    expect(values.length).toBe(30);
    expect(vectors.every(Number.isFinite)).toBe(true);
  });
});
