export interface Nodes {
  /** On [-1, 1]. */
  readonly x: Float64Array;
  readonly w: Float64Array;
}

const cache = new Map<number, Nodes>();

/** Nodes and weights of n-point Gauss-Legendre quadrature, by Newton's method on the Legendre polynomial. */
export function gaussLegendre(n: number): Nodes {
  const known = cache.get(n);
  if (known) return known;
  const x = new Float64Array(n);
  const w = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i += 1) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let derivative = 0;
    for (let k = 0; k < 100; k += 1) {
      let p1 = 1;
      let p2 = 0;
      for (let j = 0; j < n; j += 1) [p1, p2] = [((2 * j + 1) * z * p1 - j * p2) / (j + 1), p1];
      derivative = (n * (z * p1 - p2)) / (z * z - 1);
      const step = p1 / derivative;
      z -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    x[i] = -z;
    x[n - 1 - i] = z;
    w[i] = w[n - 1 - i] = 2 / ((1 - z * z) * derivative * derivative);
  }
  const nodes = { x, w };
  cache.set(n, nodes);
  return nodes;
}
