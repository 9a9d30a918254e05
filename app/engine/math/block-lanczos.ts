import type { Rng } from "#app/core/rng.ts";
import { createTallProducts, type TallProducts } from "./dense/tall-products.ts";
import { decomposeSymmetric } from "./symmetric-eigen.ts";

/** Vectors that go through the operator together: a multiple of 8. */
export const BLOCK_WIDTH = 64;

/** output = A input for a symmetric matrix A; both are `size` x BLOCK_WIDTH, row-major; `output` arrives filled with 0. */
export type SymmetricOperator = (input: Float32Array, output: Float32Array) => void;

export interface LeadingVectors {
  /** Largest first; as many as were asked for, or as the matrix has above its rounding error. */
  readonly values: Float64Array;
  /** `size` rows of `values.length` floats: eigenvector n is column n. */
  readonly vectors: Float32Array;
}

/** Directions of which the orthogonalisation leaves less than this share of the squared length are noise of single precision. */
const NOISE = 1e-10;
/** Eigenvalues of a Gram matrix of single-precision products below this share of the largest are rounding. */
const GRAM_NOISE = 2e-6;

/**
 * Leading eigenvectors of a positive semidefinite matrix that is known only by its products: block Lanczos from a random start with full
 * reorthogonalisation and a Rayleigh-Ritz step (Golub & Underwood 1977; accuracy from a random start: Musco & Musco 2015). `steps` blocks are
 * built: memory 4 size (steps x 64) bytes. Single precision; the same seed gives the same vectors.
 */
export function findLeadingVectors(operator: SymmetricOperator, size: number, wanted: number, steps: number, rng: Rng): LeadingVectors {
  const width = BLOCK_WIDTH;
  const products = createTallProducts(width);
  const start = Float32Array.from({ length: size * width }, () => rng.next() - 0.5);
  const basis: Float32Array[] = [orthonormalise(products, orthonormalise(products, start, width, 0), width, 0)];
  const dimensions = steps * width;
  const projected = new Float64Array(dimensions * dimensions);
  for (let s = 0; s < steps; s += 1) {
    const image = new Float32Array(size * width);
    operator(basis[s], image);
    const floor = NOISE * longestColumn(image, width);
    for (let j = 0; j <= s; j += 1) {
      const overlap = products.cross(basis[j], image);
      products.subtract(image, basis[j], overlap);
      for (let a = 0; a < width; a += 1) projected.set(overlap.subarray(a * width, (a + 1) * width), (j * width + a) * dimensions + s * width);
    }
    if (s + 1 === steps) break;
    // Once more with columns of length 1, which takes away what rounding left.
    const next = orthonormalise(products, image, width, floor);
    for (const rows of basis) products.subtract(next, rows, products.cross(rows, next));
    basis.push(orthonormalise(products, next, width, 0));
  }
  for (let a = 0; a < dimensions; a += 1) for (let b = 0; b < a; b += 1) projected[a * dimensions + b] = projected[b * dimensions + a];
  const { values, vectors } = decomposeSymmetric(projected, dimensions);
  const largest = values[dimensions - 1];
  let count = 0;
  while (count < Math.min(wanted, dimensions) && values[dimensions - 1 - count] > 1e-6 * largest) count += 1;
  return { values: Float64Array.from({ length: count }, (_, n) => values[dimensions - 1 - n]), vectors: liftVectors(products, basis, vectors, size, count) };
}

/** Squared length. */
function longestColumn(rows: Float32Array, width: number): number {
  const squares = new Float64Array(width);
  for (let n = 0; n < rows.length; n += 1) squares[n % width] += rows[n] * rows[n];
  return Math.max(...squares);
}

/** Columns become orthonormal; directions whose squared length is not above `floor`, or that the other columns span, become 0. */
function orthonormalise(products: TallProducts, rows: Float32Array, width: number, floor: number): Float32Array {
  const { values, vectors } = decomposeSymmetric(products.cross(rows, rows), width);
  const least = Math.max(floor, GRAM_NOISE * values[width - 1]);
  // -U D^(-1/2): subtracting the product from 0 gives rows U D^(-1/2).
  const factor = new Float64Array(width * width);
  for (let n = 0; n < width; n += 1) {
    if (!(values[n] > least)) continue;
    const scale = -1 / Math.sqrt(values[n]);
    for (let k = 0; k < width; k += 1) factor[k * width + n] = scale * vectors[n * width + k];
  }
  const next = new Float32Array(rows.length);
  products.subtract(next, rows, factor);
  return next;
}

/** basis x the leading eigenvectors of the projection, a block of columns at a time. */
function liftVectors(products: TallProducts, basis: readonly Float32Array[], vectors: Float64Array, size: number, count: number): Float32Array {
  const width = BLOCK_WIDTH;
  const dimensions = basis.length * width;
  const lifted = new Float32Array(size * count);
  for (let from = 0; from < count; from += width) {
    const columns = Math.min(width, count - from);
    const part = new Float32Array(size * width);
    basis.forEach((rows, s) => {
      const factor = new Float64Array(width * width);
      for (let n = 0; n < columns; n += 1) {
        const vector = (dimensions - 1 - from - n) * dimensions + s * width;
        for (let k = 0; k < width; k += 1) factor[k * width + n] = -vectors[vector + k];
      }
      products.subtract(part, rows, factor);
    });
    for (let i = 0; i < size; i += 1) for (let n = 0; n < columns; n += 1) lifted[i * count + from + n] = part[i * width + n];
  }
  return lifted;
}
