import { createRowKernels, ROW_GROUP } from "../../math/dense/row-kernels.ts";

/** Where things stand in the kernel's memory, in floats from its start. */
export interface SolverPlaces {
  /** width x width: the Gram matrix of the fixed rows. */
  readonly gram: number;
  /** `scratchLength(width)` floats that nobody else writes. */
  readonly scratch: number;
}

export interface SolverRules {
  /** Floats a row, a multiple of 8. */
  readonly width: number;
  readonly alpha: number;
  readonly l2: number;
}

const COEFFICIENTS = 8;

export function scratchLength(width: number): number {
  return 3 * width + COEFFICIENTS;
}

/**
 * Solves (G + alpha sum y y' + l2 I) x = (1 + alpha) sum y for one row x in place, by conjugate gradient from where it stands, without forming the
 * matrix (Takács, Pilászy & Tikk 2011). The rows y are those that `list` names of the table at `table`; lists are padded to groups of 4 with the
 * number of a row of zeros.
 */
export type SolveRow = (solution: number, table: number, list: number, groups: number, steps: number) => void;

export function createRowSolver(memory: WebAssembly.Memory, { width, alpha, l2 }: SolverRules, { gram, scratch }: SolverPlaces): SolveRow {
  const floats = new Float32Array(memory.buffer);
  const { rowDots, gatherRows } = createRowKernels(memory);
  const bytes = 4 * width;
  const [direction, image, residual, forStart] = [scratch, scratch + width, scratch + 2 * width, scratch + 3 * width];
  const forStep = forStart + COEFFICIENTS / 2;
  floats[forStart] = -(1 + alpha);
  floats[forStart + 1] = alpha;
  floats[forStep] = 0;
  floats[forStep + 1] = alpha;

  /** image = (G + l2 I + sum (a + b y'v) y ...) v with the coefficients a and b. */
  const apply = (vector: number, table: number, list: number, groups: number, coefficients: number) => {
    rowDots(4 * image, 4 * gram, 4 * vector, width / ROW_GROUP, bytes);
    for (let f = 0; f < width; f += 1) floats[image + f] += l2 * floats[vector + f];
    if (groups > 0) gatherRows(4 * image, 4 * vector, 4 * table, 4 * list, groups, bytes, 4 * coefficients);
  };

  return (solution, table, list, groups, steps) => {
    apply(solution, table, list, groups, forStart);
    let norm = 0;
    for (let f = 0; f < width; f += 1) {
      const value = -floats[image + f];
      floats[residual + f] = value;
      floats[direction + f] = value;
      norm += value * value;
    }
    for (let step = 0; step < steps && norm > 1e-12; step += 1) {
      apply(direction, table, list, groups, forStep);
      let curvature = 0;
      for (let f = 0; f < width; f += 1) curvature += floats[direction + f] * floats[image + f];
      const length = norm / curvature;
      let next = 0;
      for (let f = 0; f < width; f += 1) {
        floats[solution + f] += length * floats[direction + f];
        const value = floats[residual + f] - length * floats[image + f];
        floats[residual + f] = value;
        next += value * value;
      }
      const ratio = next / norm;
      for (let f = 0; f < width; f += 1) floats[direction + f] = floats[residual + f] + ratio * floats[direction + f];
      norm = next;
    }
  };
}
