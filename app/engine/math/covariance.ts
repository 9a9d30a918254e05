import type { Objective } from "./minimise.ts";

/**
 * Inverse of the Hessian of `objective` at `x` by central differences of its analytic gradient; row-major n x n.
 * Null when the Hessian is not positive definite (a flat or degenerate optimum): there are no standard errors then.
 */
export function computeInverseHessian(objective: Objective, x: Float64Array, step = 1e-4): Float64Array | null {
  const n = x.length;
  const hessian = new Float64Array(n * n);
  const forward = new Float64Array(n);
  const backward = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const point = Float64Array.from(x);
    point[i] = x[i] + step;
    objective(point, forward);
    point[i] = x[i] - step;
    objective(point, backward);
    for (let j = 0; j < n; j += 1) hessian[i * n + j] = (forward[j] - backward[j]) / (2 * step);
  }
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < i; j += 1) hessian[i * n + j] = hessian[j * n + i] = (hessian[i * n + j] + hessian[j * n + i]) / 2;
  }
  return invertPositiveDefinite(hessian, n);
}

/** Inverse by Cholesky; null when the matrix is not positive definite to working precision. Row-major n x n. */
export function invertPositiveDefinite(matrix: Float64Array, n: number): Float64Array | null {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k += 1) sum -= factor[i * n + k] * factor[j * n + k];
      if (i === j) {
        if (!(sum > 1e-12 * Math.abs(matrix[i * n + i]))) return null;
        factor[i * n + i] = Math.sqrt(sum);
      } else factor[i * n + j] = sum / factor[j * n + j];
    }
  }
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column += 1) {
    const y = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k += 1) sum -= factor[i * n + k] * y[k];
      y[i] = sum / factor[i * n + i];
    }
    for (let i = n - 1; i >= 0; i -= 1) {
      let sum = y[i];
      for (let k = i + 1; k < n; k += 1) sum -= factor[k * n + i] * inverse[k * n + column];
      inverse[i * n + column] = sum / factor[i * n + i];
    }
  }
  return inverse;
}
