import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createRowKernels, encodeGatherRows, encodeRowDots } from "./row-kernels.ts";

const WIDTH = 24;
const ROWS = 12;

function fill() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const floats = new Float32Array(memory.buffer);
  const rng = createRng(3);
  for (let n = 0; n < WIDTH * (ROWS + 1); n += 1) floats[n] = rng.next() - 0.5;
  return { memory, floats, vector: WIDTH * ROWS, free: 512 };
}

const dot = (floats: Float32Array, row: number, vector: number) => Array.from({ length: WIDTH }, (_, f) => floats[row * WIDTH + f] * floats[vector + f]).reduce((sum, x) => sum + x, 0);

describe("row kernels", () => {
  it("rowDots is the product of a matrix and a vector", () => {
    const { memory, floats, vector, free } = fill();
    createRowKernels(memory).rowDots(4 * free, 0, 4 * vector, ROWS / 4, 4 * WIDTH);
    for (let r = 0; r < ROWS; r += 1) expect(floats[free + r]).toBeCloseTo(dot(floats, r, vector), 5);
    expect(floats[free + ROWS]).toBe(0);
  });

  it("gatherRows adds the named rows, each with its factor", () => {
    const { memory, floats, vector, free } = fill();
    const named = [3, 3, 0, 11, 7, 2, 5, 1];
    const [list, coefficients] = [free + WIDTH, free + WIDTH + named.length];
    new Int32Array(memory.buffer).set(named, list);
    floats.set([0.5, -2], coefficients);
    floats.fill(1, free, free + WIDTH);
    createRowKernels(memory).gatherRows(4 * free, 4 * vector, 0, 4 * list, named.length / 4, 4 * WIDTH, 4 * coefficients);
    for (let f = 0; f < WIDTH; f += 1) {
      const expected = named.reduce((sum, n) => sum + (0.5 - 2 * dot(floats, n, vector)) * floats[n * WIDTH + f], 1);
      expect(floats[free + f]).toBeCloseTo(expected, 5);
    }
  });

  it("kernels without fused operations are valid on every Node that we support", () => {
    expect(WebAssembly.validate(encodeRowDots(false))).toBe(true);
    expect(WebAssembly.validate(encodeGatherRows(false))).toBe(true);
  });
});
