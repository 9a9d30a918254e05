/** Value and gradient of an objective at `x`; the gradient is written into `gradient`. Non-finite values are allowed and avoided. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Largest absolute component of the gradient at `x`. */
  readonly gradientMax: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** True when the gradient vanished or no further gain was possible at machine precision. */
  readonly hasConverged: boolean;
}

export interface LbfgsOptions {
  readonly memory?: number;
  readonly maxIterations?: number;
  readonly gradientTolerance?: number;
  /** Relative gain per iteration below which the search is at its end. */
  readonly gainTolerance?: number;
  /** Longest step in any coordinate; the objective is in log parameters, where 2 is a factor of 7. */
  readonly maxStep?: number;
}

/**
 * Limited-memory BFGS with a weak-Wolfe line search (Nocedal & Wright 2006, algorithms 7.4 and 3.5 by bisection). A line
 * search that ends for loss of precision near the optimum counts as convergence when the gradient is small: it is not a failure.
 */
export function minimiseLbfgs(objective: Objective, start: Float64Array, options: LbfgsOptions = {}): Minimum {
  const { memory = 8, maxIterations = 300, gradientTolerance = 1e-8, gainTolerance = 1e-14, maxStep = 2 } = options;
  const n = start.length;
  let x: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(n);
  let value = objective(x, gradient);
  let evaluations = 1;
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  let iterations = 0;
  let isStuck = false;

  while (iterations < maxIterations && maxAbs(gradient) > gradientTolerance && !isStuck) {
    iterations += 1;
    const direction = twoLoop(gradient, steps, changes);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      for (let i = 0; i < n; i += 1) direction[i] = -gradient[i];
      slope = dot(direction, gradient);
      steps.length = 0;
      changes.length = 0;
    }
    const longest = maxAbs(direction);
    let low = 0;
    let high = Infinity;
    let length = Math.min(1, maxStep / longest, steps.length === 0 ? 1 / longest : 1);
    let accepted: { x: Float64Array; gradient: Float64Array; value: number } | null = null;
    for (let tries = 0; tries < 40; tries += 1) {
      const nextX = new Float64Array(n);
      for (let i = 0; i < n; i += 1) nextX[i] = x[i] + length * direction[i];
      const nextGradient = new Float64Array(n);
      const nextValue = objective(nextX, nextGradient);
      evaluations += 1;
      if (!(nextValue <= value + 1e-4 * length * slope) || !Number.isFinite(nextValue) || !nextGradient.every(Number.isFinite)) {
        high = length;
      } else {
        accepted = { x: nextX, gradient: nextGradient, value: nextValue };
        if (dot(nextGradient, direction) >= 0.9 * slope) break;
        low = length;
        if (length * longest >= maxStep) break;
      }
      length = high === Infinity ? Math.min(length * 2, maxStep / longest) : (low + high) / 2;
    }
    if (!accepted) {
      isStuck = true;
      break;
    }
    const step = new Float64Array(n);
    const change = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      step[i] = accepted.x[i] - x[i];
      change[i] = accepted.gradient[i] - gradient[i];
    }
    if (dot(step, change) > 1e-300) {
      steps.push(step);
      changes.push(change);
      if (steps.length > memory) {
        steps.shift();
        changes.shift();
      }
    }
    const gain = value - accepted.value;
    x = accepted.x;
    gradient = accepted.gradient;
    value = accepted.value;
    if (gain <= gainTolerance * Math.max(1, Math.abs(value))) isStuck = true;
  }
  const gradientMax = maxAbs(gradient);
  const hasConverged = Number.isFinite(value) && (gradientMax <= gradientTolerance || (isStuck && gradientMax <= 1e-4 * Math.max(1, Math.abs(value))));
  return { x, value, gradientMax, iterations, evaluations, hasConverged };
}

function twoLoop(gradient: Float64Array, steps: Float64Array[], changes: Float64Array[]): Float64Array {
  const q = Float64Array.from(gradient);
  const alphas: number[] = [];
  for (let k = steps.length - 1; k >= 0; k -= 1) {
    const alpha = dot(steps[k], q) / dot(steps[k], changes[k]);
    alphas[k] = alpha;
    addScaled(q, changes[k], -alpha);
  }
  const last = steps.length - 1;
  if (last >= 0) {
    const scale = dot(steps[last], changes[last]) / dot(changes[last], changes[last]);
    for (let i = 0; i < q.length; i += 1) q[i] *= scale;
  }
  for (let k = 0; k < steps.length; k += 1) {
    const beta = dot(changes[k], q) / dot(steps[k], changes[k]);
    addScaled(q, steps[k], alphas[k] - beta);
  }
  for (let i = 0; i < q.length; i += 1) q[i] = -q[i];
  return q;
}

/** Nelder & Mead (1965) with the adaptive coefficients of Gao & Han (2012), for polishing in at most about ten dimensions. */
export function minimiseNelderMead(value: (x: Float64Array) => number, start: Float64Array, size = 0.1, maxEvaluations = 4000): Minimum {
  const n = start.length;
  const evaluate = (x: Float64Array) => {
    const v = value(x);
    return Number.isFinite(v) ? v : Infinity;
  };
  let simplex = [start, ...Array.from({ length: n }, (_, i) => start.map((v, j) => (i === j ? v + size : v)))].map((x) => ({ x: Float64Array.from(x), v: evaluate(x) }));
  let evaluations = n + 1;
  const [expand, contract, shrink] = [1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n];
  let spread = Infinity;
  while (evaluations < maxEvaluations) {
    simplex.sort((p, q) => p.v - q.v);
    spread = Math.abs(simplex[n].v - simplex[0].v);
    if (spread <= 1e-14 * Math.max(1, Math.abs(simplex[0].v)) && widest(simplex.map((p) => p.x)) < 1e-8) break;
    const centre = new Float64Array(n);
    for (let k = 0; k < n; k += 1) addScaled(centre, simplex[k].x, 1 / n);
    const worst = simplex[n];
    const along = (factor: number) => {
      const x = centre.map((c, i) => c + factor * (worst.x[i] - c));
      evaluations += 1;
      return { x, v: evaluate(x) };
    };
    const reflected = along(-1);
    if (reflected.v < simplex[0].v) {
      const further = along(-expand);
      simplex[n] = further.v < reflected.v ? further : reflected;
    } else if (reflected.v < simplex[n - 1].v) {
      simplex[n] = reflected;
    } else {
      const inside = along(reflected.v < worst.v ? -contract : contract);
      if (inside.v < Math.min(reflected.v, worst.v)) simplex[n] = inside;
      else {
        const best = simplex[0];
        simplex = simplex.map((p, k) => {
          if (k === 0) return p;
          const x = p.x.map((xi, i) => best.x[i] + shrink * (xi - best.x[i]));
          evaluations += 1;
          return { x, v: evaluate(x) };
        });
      }
    }
  }
  simplex.sort((p, q) => p.v - q.v);
  return { x: simplex[0].x, value: simplex[0].v, gradientMax: NaN, iterations: evaluations, evaluations, hasConverged: evaluations < maxEvaluations };
}

function widest(points: Float64Array[]): number {
  return Math.max(...points.slice(1).map((p) => Math.max(...p.map((v, i) => Math.abs(v - points[0][i])))));
}

export function dot(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i += 1) sum += p[i] * q[i];
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] += scale * source[i];
}

function maxAbs(x: Float64Array): number {
  let largest = 0;
  for (const v of x) largest = Math.max(largest, Math.abs(v));
  return largest;
}
