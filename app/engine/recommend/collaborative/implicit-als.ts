import { createRng } from "#app/core/rng.ts";
import { withoutRepeats } from "../../features/interactions.ts";
import { createRowKernels, ROW_GROUP, ROW_UNIT } from "../../math/dense/row-kernels.ts";
import { createTallProducts } from "../../math/dense/tall-products.ts";
import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";
import { createRowSolver, scratchLength } from "./als-solver.ts";
import { alternateAls, createAlsWork, readItemFactors, type AlsWork } from "./als-work.ts";

export interface AlsConfig {
  readonly factors: number;
  /** Confidence of an interaction above that of none: 1 + alpha. */
  readonly alpha: number;
  readonly l2: number;
  readonly iterations: number;
  readonly seed: number;
}

/** Rows of `factors` numbers. */
export interface AlsModel {
  readonly factors: number;
  readonly items: Float32Array;
  /** Y'Y of the items, for folding in a history. */
  readonly gram: Float64Array;
}

/** Does all iterations, on this thread or on several. */
export type Alternate = (work: AlsWork) => void;

const FOLD_IN_STEPS = 10;
const PAGE = 65_536;

/** Implicit-feedback matrix factorisation by alternating least squares (Hu, Koren & Volinsky 2008), rows solved by conjugate gradient, float32. */
export function fitAls(train: TrainingData, config: AlsConfig, alternate: Alternate = alternateAls): AlsModel {
  const work = createAlsWork(withoutRepeats(train.interactions), config, createRng(config.seed));
  alternate(work);
  const items = readItemFactors(work, config.factors);
  return { factors: config.factors, items, gram: computeGram(items, config.factors) };
}

/** `alternate` may use several threads. */
export function createAlsMember(alternate?: Alternate): RankerMember<AlsConfig> {
  return {
    name: "als",
    settings: [
      { factors: 64, alpha: 10, l2: 1, iterations: 8, seed: 1 },
      { factors: 64, alpha: 2, l2: 5, iterations: 8, seed: 1 },
    ],
    mostSettings: ({ interactions }) => (interactions.item.length > 2_000_000 ? 1 : 2),
    fit: (train, config) => createFoldIn(fitAls(train, config, alternate), config),
  };
}

export const alsMember = createAlsMember();

/** Scores of a history: its own row is solved for against the items, then multiplied with them. */
export function createFoldIn(model: AlsModel, config: AlsConfig): FittedRanker {
  const { factors } = model;
  const width = Math.ceil(factors / ROW_UNIT) * ROW_UNIT;
  const count = model.items.length / factors;
  const padded = Math.ceil((count + 1) / ROW_GROUP) * ROW_GROUP;
  const gram = padded * width;
  const [own, scratch] = [gram + width * width, gram + width * width + width];
  const out = scratch + Math.ceil(scratchLength(width) / ROW_UNIT) * ROW_UNIT;
  // A history names each item once at most.
  const list = out + padded;
  const pages = Math.ceil((4 * (list + padded)) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const [floats, ints] = [new Float32Array(memory.buffer), new Int32Array(memory.buffer)];
  for (let i = 0; i < count; i += 1) floats.set(model.items.subarray(i * factors, (i + 1) * factors), i * width);
  for (let f = 0; f < factors; f += 1) floats.set(model.gram.subarray(f * factors, (f + 1) * factors), gram + f * width);
  const solve = createRowSolver(memory, { width, alpha: config.alpha, l2: config.l2 }, { gram, scratch });
  const { rowDots } = createRowKernels(memory);
  return {
    score({ items }, scores) {
      const distinct = new Set(items);
      let length = 0;
      for (const item of distinct) ints[list + length++] = item;
      while (length % ROW_GROUP !== 0) ints[list + length++] = count;
      floats.fill(0, own, own + width);
      solve(own, 0, list, length / ROW_GROUP, FOLD_IN_STEPS);
      rowDots(4 * out, 0, 4 * own, padded / ROW_GROUP, 4 * width);
      for (let i = 0; i < count; i += 1) scores[i] = Math.max(0, floats[out + i]);
    },
  };
}

/** Y'Y */
function computeGram(rows: Float32Array, factors: number): Float64Array {
  const width = Math.ceil(factors / ROW_UNIT) * ROW_UNIT;
  const count = rows.length / factors;
  const wide = new Float32Array(count * width);
  for (let i = 0; i < count; i += 1) wide.set(rows.subarray(i * factors, (i + 1) * factors), i * width);
  const gram = createTallProducts(width).cross(wide, wide);
  return Float64Array.from({ length: factors * factors }, (_, n) => gram[Math.floor(n / factors) * width + (n % factors)]);
}
