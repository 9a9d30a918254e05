const BLOCK = 64;

/**
 * Inverse of a symmetric positive definite matrix, row-major n x n, in place (both triangles filled). Blocked Cholesky A = L L',
 * U = L^-T, A^-1 = U U': all three stages are one kernel over rows that are contiguous in memory. Throws when A is not positive definite.
 */
export function invertSymmetric(matrix: Float64Array, n: number): void {
  factorise(matrix, n);
  const upper = invertTriangle(matrix, n);
  for (let j0 = 0; j0 < n; j0 += BLOCK) {
    const j1 = Math.min(n, j0 + BLOCK);
    for (let i0 = 0; i0 <= j0; i0 += BLOCK) {
      const i1 = Math.min(n, i0 + BLOCK);
      for (let i = i0; i < i1; i += 1) matrix.fill(0, i * n + j0, i * n + j1);
      subtractProducts(matrix, n, i0, i1, j0, j1, upper, upper, j0, n);
      for (let i = i0; i < i1; i += 1) {
        for (let j = Math.max(i, j0); j < j1; j += 1) {
          const value = -matrix[i * n + j];
          matrix[i * n + j] = value;
          matrix[j * n + i] = value;
        }
      }
    }
  }
}

/** L in the lower triangle, left-looking by block columns. */
function factorise(a: Float64Array, n: number): void {
  for (let j0 = 0; j0 < n; j0 += BLOCK) {
    const j1 = Math.min(n, j0 + BLOCK);
    for (let i0 = j0; i0 < n; i0 += BLOCK) subtractProducts(a, n, i0, Math.min(n, i0 + BLOCK), j0, j1, a, a, 0, j0);
    for (let i = j0; i < n; i += 1) {
      for (let j = j0; j < Math.min(j1, i + 1); j += 1) {
        let sum = a[i * n + j];
        for (let k = j0; k < j; k += 1) sum -= a[i * n + k] * a[j * n + k];
        if (i === j) {
          if (!(sum > 0)) throw new RangeError(`matrix is not positive definite at row ${i}`);
          a[i * n + i] = Math.sqrt(sum);
        } else a[i * n + j] = sum / a[j * n + j];
      }
    }
  }
}

/** U = L^-T: row j holds column j of L^-1, which is 0 before j. */
function invertTriangle(l: Float64Array, n: number): Float64Array {
  const u = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) u[i * n + i] = 1;
  for (let i0 = 0; i0 < n; i0 += BLOCK) {
    const i1 = Math.min(n, i0 + BLOCK);
    for (let j0 = 0; j0 <= i0; j0 += BLOCK) {
      const j1 = Math.min(n, j0 + BLOCK);
      subtractProducts(u, n, j0, j1, i0, i1, u, l, j0, i0);
      for (let j = j0; j < j1; j += 1) {
        for (let i = Math.max(i0, j); i < i1; i += 1) {
          let sum = u[j * n + i];
          for (let k = Math.max(i0, j); k < i; k += 1) sum -= u[j * n + k] * l[i * n + k];
          u[j * n + i] = sum / l[i * n + i];
        }
      }
    }
  }
  return u;
}

/** C[i, j] -= sum over k in [k0, k1) of A[i, k] B[j, k], for i in [i0, i1), j in [j0, j1); 4 x 2 sums stay in registers. */
function subtractProducts(c: Float64Array, n: number, i0: number, i1: number, j0: number, j1: number, a: Float64Array, b: Float64Array, k0: number, k1: number): void {
  if (k1 <= k0) return;
  let i = i0;
  for (; i + 3 < i1; i += 4) {
    const a0 = i * n, a1 = a0 + n, a2 = a1 + n, a3 = a2 + n;
    let j = j0;
    for (; j + 1 < j1; j += 2) {
      const b0 = j * n, b1 = b0 + n;
      let s00 = 0, s01 = 0, s10 = 0, s11 = 0, s20 = 0, s21 = 0, s30 = 0, s31 = 0;
      for (let k = k0; k < k1; k += 1) {
        const x = b[b0 + k], y = b[b1 + k];
        const p = a[a0 + k], q = a[a1 + k], r = a[a2 + k], s = a[a3 + k];
        s00 += p * x; s01 += p * y; s10 += q * x; s11 += q * y;
        s20 += r * x; s21 += r * y; s30 += s * x; s31 += s * y;
      }
      c[a0 + j] -= s00; c[a0 + j + 1] -= s01; c[a1 + j] -= s10; c[a1 + j + 1] -= s11;
      c[a2 + j] -= s20; c[a2 + j + 1] -= s21; c[a3 + j] -= s30; c[a3 + j + 1] -= s31;
    }
    for (; j < j1; j += 1) for (let row = i; row < i + 4; row += 1) subtractOne(c, n, row, j, a, b, k0, k1);
  }
  for (; i < i1; i += 1) for (let j = j0; j < j1; j += 1) subtractOne(c, n, i, j, a, b, k0, k1);
}

function subtractOne(c: Float64Array, n: number, i: number, j: number, a: Float64Array, b: Float64Array, k0: number, k1: number): void {
  let sum = 0;
  for (let k = k0; k < k1; k += 1) sum += a[i * n + k] * b[j * n + k];
  c[i * n + j] -= sum;
}
