/** Eigenvalues ascending; eigenvector n is the row `vectors[n * size] ..`, of length 1. */
export interface SymmetricEigen {
  readonly size: number;
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix (row-major, both triangles): Householder reduction to a tridiagonal matrix, then QL steps
 * with implicit shifts (Bowdler, Martin, Reinsch & Wilkinson 1968; EISPACK tred2 and tql2). About 9 size^3 operations. Throws when a value does not converge.
 */
export function decomposeSymmetric(matrix: ArrayLike<number>, size: number): SymmetricEigen {
  const vectors = Float64Array.from(matrix);
  const diagonal = new Float64Array(size);
  const below = new Float64Array(size);
  // With rows as vectors the transformation is built transposed, so that the rotations of the second stage run along memory.
  reduceToTridiagonal(vectors, size, diagonal, below);
  transposeSquare(vectors, size);
  rotateToDiagonal(vectors, size, diagonal, below);
  return sortAscending(vectors, size, diagonal);
}

/** The product of the reflections stays in `z`, its columns the basis. */
function reduceToTridiagonal(z: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  for (let i = n - 1; i > 0; i -= 1) {
    const row = i * n;
    let h = 0;
    let scale = 0;
    for (let k = 0; k < i; k += 1) scale += Math.abs(z[row + k]);
    if (i === 1 || scale === 0) e[i] = z[row + i - 1];
    else {
      for (let k = 0; k < i; k += 1) {
        z[row + k] /= scale;
        h += z[row + k] * z[row + k];
      }
      const f = z[row + i - 1];
      const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      z[row + i - 1] = f - g;
      // p = A u / h, by the lower triangle alone, along its rows.
      for (let j = 0; j < i; j += 1) e[j] = 0;
      for (let j = 0; j < i; j += 1) {
        const u = z[row + j];
        z[j * n + i] = u / h;
        let sum = z[j * n + j] * u;
        for (let k = 0; k < j; k += 1) {
          sum += z[j * n + k] * z[row + k];
          e[k] += z[j * n + k] * u;
        }
        e[j] += sum;
      }
      let half = 0;
      for (let j = 0; j < i; j += 1) {
        e[j] /= h;
        half += e[j] * z[row + j];
      }
      half /= h + h;
      for (let j = 0; j < i; j += 1) e[j] -= half * z[row + j];
      for (let j = 0; j < i; j += 1) {
        const [f2, g2] = [z[row + j], e[j]];
        for (let k = 0; k <= j; k += 1) z[j * n + k] -= f2 * e[k] + g2 * z[row + k];
      }
    }
    d[i] = h;
  }
  accumulateReflections(z, n, d);
  e[0] = 0;
}

function accumulateReflections(z: Float64Array, n: number, d: Float64Array): void {
  d[0] = 0;
  const products = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    if (d[i] !== 0) {
      // g = u' Z for all columns at once, along the rows.
      products.fill(0, 0, i);
      for (let k = 0; k < i; k += 1) {
        const u = z[i * n + k];
        for (let j = 0; j < i; j += 1) products[j] += u * z[k * n + j];
      }
      for (let k = 0; k < i; k += 1) {
        const v = z[k * n + i];
        for (let j = 0; j < i; j += 1) z[k * n + j] -= products[j] * v;
      }
    }
    d[i] = z[i * n + i];
    z[i * n + i] = 1;
    for (let j = 0; j < i; j += 1) {
      z[j * n + i] = 0;
      z[i * n + j] = 0;
    }
  }
}

/** Rows of `v` become eigenvectors. */
function rotateToDiagonal(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  for (let i = 1; i < n; i += 1) e[i - 1] = e[i];
  e[n - 1] = 0;
  for (let l = 0; l < n; l += 1) {
    for (let sweep = 0; ; sweep += 1) {
      let m = l;
      for (; m < n - 1; m += 1) {
        const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
        if (Math.abs(e[m]) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      if (sweep === MOST_SWEEPS) throw new RangeError(`eigenvalue ${l} of ${n} does not converge`);
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.hypot(g, 1);
      g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
      let [s, c, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i -= 1) {
        const f = s * e[i];
        const b = c * e[i];
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        const upper = i * n;
        const lower = upper + n;
        for (let k = 0; k < n; k += 1) {
          const w = v[lower + k];
          v[lower + k] = s * v[upper + k] + c * w;
          v[upper + k] = c * v[upper + k] - s * w;
        }
      }
      if (r === 0 && i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

function transposeSquare(z: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const value = z[i * n + j];
      z[i * n + j] = z[j * n + i];
      z[j * n + i] = value;
    }
  }
}

function sortAscending(rows: Float64Array, size: number, diagonal: Float64Array): SymmetricEigen {
  const order = Int32Array.from(diagonal.keys()).sort((p, q) => diagonal[p] - diagonal[q] || p - q);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => vectors.set(rows.subarray(from * size, (from + 1) * size), to * size));
  return { size, values: Float64Array.from(order, (from) => diagonal[from]), vectors };
}
