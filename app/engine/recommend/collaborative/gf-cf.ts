import { createRng } from "#app/core/rng.ts";
import { countByItem, withoutRepeats, type InteractionRows } from "../../features/interactions.ts";
import { BLOCK_WIDTH, findLeadingVectors, type SymmetricOperator } from "../../math/block-lanczos.ts";
import { createShortMatrix } from "../../math/dense/short-matrix.ts";
import { isDearToFit, type FittedRanker, type RankerMember, type TrainingData } from "../evaluate/ranker.ts";
import { addNeighbours, computeItemWeights, type ItemNeighbours } from "./neighbours.ts";

export interface GfCfConfig {
  /** Leading singular vectors of the normalised matrix: tastes of the shop as a whole. */
  readonly rank: number;
  /** Weight of the ideal low-pass filter beside the linear one. */
  readonly lowPass: number;
  /** Entries kept of each row of the linear filter; bounds memory at 8 bytes each. */
  readonly neighbours: number;
}

/** Blocks of the decomposition per block of wanted vectors, and at least: what brings Gowalla's figures to the fourth digit. */
const BLOCKS_PER_WANTED = 2;
const LEAST_BLOCKS = 3;
const SEED = 1;

/**
 * GF-CF (Shen et al. 2021, "How powerful is graph convolution for recommendation?"): scores = x (R'R + w D^-1/2 V V' D^1/2) with R the matrix
 * normalised by the roots of both degrees, D the items' degrees and V the leading right singular vectors of R. No training but one truncated decomposition; memory is
 * 2 items x rank bytes beside the linear filter.
 */
export const gfCfMember: RankerMember<GfCfConfig> = {
  name: "gf-cf",
  settings: [
    { rank: 256, lowPass: 0.3, neighbours: 4000 },
    { rank: 256, lowPass: 0.8, neighbours: 4000 },
    { rank: 64, lowPass: 0.3, neighbours: 4000 },
  ],
  mostSettings: (train) => (isDearToFit(train) ? 1 : 3),
  fit: fitGfCf,
};

function fitGfCf(train: TrainingData, config: GfCfConfig): FittedRanker | null {
  const data = withoutRepeats(train.interactions);
  const counts = countByItem(data);
  const leave = counts.map((count) => (count > 0 ? 1 / Math.sqrt(count) : 0));
  const userWeight = Float64Array.from({ length: data.users }, (_, u) => 1 / Math.max(1, data.start[u + 1] - data.start[u]));
  const linear = computeItemWeights(data, { userWeight, rowTop: config.neighbours, finish: (i, j, sum) => sum * leave[i] * leave[j] });
  const rank = Math.min(config.rank, largestRank(data));
  if (rank < 1) return null;
  const steps = Math.max(LEAST_BLOCKS, Math.ceil((rank / BLOCK_WIDTH) * BLOCKS_PER_WANTED));
  const { values, vectors } = findLeadingVectors(createOperator(data, userWeight, leave), data.items, rank, steps, createRng(SEED));
  return createFilter(data.items, { linear, lowPass: config.lowPass, found: values.length, vectors, leave, enter: counts.map(Math.sqrt) });
}

/** Singular vectors that there can be, and that the decomposition has room for. */
function largestRank({ users, items }: InteractionRows): number {
  return Math.floor(Math.min(users, items) / 2);
}

/** R'R times a block, one pass over the users; no matrix is stored but the rows. */
function createOperator(data: InteractionRows, userWeight: Float64Array, leave: Float64Array): SymmetricOperator {
  const sum = new Float64Array(BLOCK_WIDTH);
  return (input, output) => {
    for (let u = 0; u < data.users; u += 1) {
      sum.fill(0);
      for (let k = data.start[u]; k < data.start[u + 1]; k += 1) {
        const factor = leave[data.item[k]];
        for (let c = 0, at = data.item[k] * BLOCK_WIDTH; c < BLOCK_WIDTH; c += 1, at += 1) sum[c] += factor * input[at];
      }
      for (let c = 0; c < BLOCK_WIDTH; c += 1) sum[c] *= userWeight[u];
      for (let k = data.start[u]; k < data.start[u + 1]; k += 1) {
        const factor = leave[data.item[k]];
        for (let c = 0, at = data.item[k] * BLOCK_WIDTH; c < BLOCK_WIDTH; c += 1, at += 1) output[at] += factor * sum[c];
      }
    }
  };
}

interface Filter {
  readonly linear: ItemNeighbours;
  readonly lowPass: number;
  readonly found: number;
  readonly vectors: Float32Array;
  /** Degree to the power -1/2 and 1/2. */
  readonly leave: Float64Array;
  readonly enter: Float64Array;
}

function createFilter(items: number, { linear, lowPass, found, vectors, leave, enter }: Filter): FittedRanker {
  for (let i = 0; i < items; i += 1) for (let n = 0; n < found; n += 1) vectors[i * found + n] *= enter[i];
  const tastes = createShortMatrix(vectors, items, found);
  // Degree^-1/2 v from degree^1/2 v.
  const read = leave.map((value) => value * value);
  const taste = new Float64Array(found);
  return {
    score({ items: history }, scores) {
      taste.fill(0);
      for (const item of history) {
        addNeighbours(linear, item, 1, scores);
        for (let n = 0, at = item * found; n < found; n += 1, at += 1) taste[n] += read[item] * vectors[at];
      }
      tastes.addProduct(taste, lowPass, scores);
    },
  };
}
