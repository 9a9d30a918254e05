import { createTileKernel, LEFT_ROWS, RIGHT_ROWS } from "./tile-kernel.ts";

/** Rows that are packed at a time. */
const DEPTH = 256;
const PAGE = 65_536;

/** Products of tall matrices, row-major with `width` floats a row, on the SIMD kernel; `width` is a multiple of 8. */
export interface TallProducts {
  /** left' right, width x width, summed in double precision from block to block. */
  cross(left: Float32Array, right: Float32Array): Float64Array;
  /** rows -= basis factor, in place; `factor` is width x width. */
  subtract(rows: Float32Array, basis: Float32Array, factor: Float64Array): void;
}

/** Throws when the width is no multiple of 8. */
export function createTallProducts(width: number): TallProducts {
  if (width % RIGHT_ROWS !== 0) throw new RangeError(`width ${width} is not a multiple of ${RIGHT_ROWS}`);
  const panel = DEPTH * width;
  const square = width * width;
  const pages = Math.ceil((4 * (3 * panel + 2 * square)) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const floats = new Float32Array(memory.buffer);
  const kernel = createTileKernel(memory);
  const [left, right, block, product] = [0, panel, 2 * panel, 3 * panel];
  const packColumns = (matrix: Float32Array, from: number, to: number, at: number, group: number) => {
    const depth = to - from;
    for (let k = 0; k < DEPTH; k += 1) {
      const source = (from + k) * width;
      for (let c = 0; c < width; c += group) {
        const target = at + c * DEPTH + k * group;
        for (let r = 0; r < group; r += 1) floats[target + r] = k < depth ? matrix[source + c + r] : 0;
      }
    }
  };
  return {
    cross(leftRows, rightRows) {
      const count = leftRows.length / width;
      const sum = new Float64Array(square);
      for (let from = 0; from < count; from += DEPTH) {
        const to = Math.min(count, from + DEPTH);
        packColumns(leftRows, from, to, left, LEFT_ROWS);
        packColumns(rightRows, from, to, right, RIGHT_ROWS);
        floats.fill(0, product, product + square);
        kernel(4 * product, 4 * width, 4 * left, 4 * right, width / LEFT_ROWS, width / RIGHT_ROWS, DEPTH);
        for (let n = 0; n < square; n += 1) sum[n] -= floats[product + n];
      }
      return sum;
    },
    subtract(rows, basis, factor) {
      const count = rows.length / width;
      for (let k = 0; k < width; k += 1) {
        for (let c = 0; c < width; c += 1) floats[product + (c - (c % RIGHT_ROWS)) * width + k * RIGHT_ROWS + (c % RIGHT_ROWS)] = factor[k * width + c];
      }
      for (let from = 0; from < count; from += DEPTH) {
        const to = Math.min(count, from + DEPTH);
        const used = Math.ceil((to - from) / LEFT_ROWS) * LEFT_ROWS;
        for (let i = 0; i < used; i += 1) {
          const source = (from + i) * width;
          const target = left + (i - (i % LEFT_ROWS)) * width + (i % LEFT_ROWS);
          for (let k = 0; k < width; k += 1) floats[target + k * LEFT_ROWS] = from + i < to ? basis[source + k] : 0;
        }
        floats.set(rows.subarray(from * width, to * width), block);
        kernel(4 * block, 4 * width, 4 * left, 4 * product, used / LEFT_ROWS, width / RIGHT_ROWS, width);
        rows.set(floats.subarray(block, block + (to - from) * width), from * width);
      }
    },
  };
}
