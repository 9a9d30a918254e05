import type { Rng } from "#app/core/rng.ts";

/** Standard normal (Box & Muller 1958). */
export function drawNormal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
}

/** Exponential of the given rate. */
export function drawExponential(rate: number, rng: Rng): number {
  return -Math.log(1 - rng.next()) / rate;
}

/** Gamma of shape and RATE (mean shape / rate): Marsaglia & Tsang 2000; shapes below 1 by the power of a uniform. */
export function drawGamma(shape: number, rate: number, rng: Rng): number {
  if (shape < 1) return drawGamma(shape + 1, rate, rng) * (1 - rng.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = drawNormal(rng);
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - rng.next()) < (z * z) / 2 + d - d * v + d * Math.log(v)) return (d * v) / rate;
  }
}

export function drawBeta(a: number, b: number, rng: Rng): number {
  const x = drawGamma(a, 1, rng);
  return x / (x + drawGamma(b, 1, rng));
}
