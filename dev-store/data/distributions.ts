import type { Rng } from "./counter-rng.ts";

export function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.below(items.length)];
}

/** Box and Muller (1958), one of the pair. */
export function drawNormal(rng: Rng, mean = 0, sd = 1): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.next()));
  return mean + sd * radius * Math.cos(2 * Math.PI * rng.next());
}

export function drawLogNormal(rng: Rng, mu: number, sigma: number): number {
  return Math.exp(drawNormal(rng, mu, sigma));
}

/** Marsaglia and Tsang (2000); scale 1. Shapes under 1 are boosted. */
export function drawGamma(rng: Rng, shape: number): number {
  if (shape < 1) return drawGamma(rng, shape + 1) * Math.pow(1 - rng.next(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(rng);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - rng.next();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Knuth's product below 30; above it the normal approximation, whose error is far under the spread of the gamma mixture it is used in. */
export function drawPoisson(rng: Rng, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(drawNormal(rng, mean, Math.sqrt(mean))));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = rng.next(); product > limit; product *= rng.next()) count++;
  return count;
}

/** Negative binomial as a gamma mixture of Poissons. */
export function drawNegativeBinomial(rng: Rng, mean: number, shape: number): number {
  return drawPoisson(rng, (drawGamma(rng, shape) * mean) / shape);
}

/** Draws an index with probability in proportion to its weight. */
export class WeightedIndex {
  private readonly cumulative: Float64Array;

  constructor(weights: ArrayLike<number>) {
    this.cumulative = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) this.cumulative[i] = sum += weights[i];
  }

  get total(): number {
    return this.cumulative[this.cumulative.length - 1] ?? 0;
  }

  draw(rng: Rng): number {
    return this.locate(rng.next() * this.total);
  }

  /** First index whose cumulative weight is above `target`. */
  locate(target: number): number {
    let low = 0;
    let high = this.cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.cumulative[middle] > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Share of the way through index `i` at which `target` lies; 0..1 */
  within(i: number, target: number): number {
    const from = i === 0 ? 0 : this.cumulative[i - 1];
    const width = this.cumulative[i] - from;
    return width > 0 ? Math.min(1, (target - from) / width) : 0;
  }
}
