import type { Rng } from "#app/core/rng.ts";
import { countByItem, type InteractionRows } from "../../features/interactions.ts";

export interface SkipGramConfig {
  readonly dims: number;
  /** Neighbours on each side in an ordered row; in an unordered one twice as many random others of the row. */
  readonly window: number;
  /** Random items that each true pair is told apart from. */
  readonly negatives: number;
  /** Random items are drawn by popularity to this power; .75 for words, lower for shops (Caselles-Dupré, Lesaint & Royo-Letelier 2018). */
  readonly negativePower: number;
  readonly epochs: number;
  readonly learningRate: number;
}

/** Vectors of item i: `[i * dims, (i + 1) * dims)` of either array. `input` is what an item is, `output` what comes beside it. */
export interface ItemVectors {
  readonly dims: number;
  readonly input: Float32Array;
  readonly output: Float32Array;
  /** Mean logistic loss of the first and the last epoch, per true pair: it must have fallen. */
  readonly firstLoss: number;
  readonly lastLoss: number;
}

const TABLE_BITS = 20;
/** sigmoid(-6) = .0025: beyond, the gradient no longer matters. */
const MOST_LOGIT = 6;
const SIGMOID_STEPS = 2048;

/**
 * Skip-gram with negative sampling over baskets or sequences (Mikolov et al. 2013; item2vec: Barkan & Koenigstein 2016). One pass a row in a random
 * order of rows, learning rate falling linearly to a tenth of a thousandth. Same rows, same rng: the same vectors, bit by bit.
 */
export function trainItemVectors(rows: InteractionRows, isOrdered: boolean, config: SkipGramConfig, rng: Rng): ItemVectors {
  const { dims, window, negatives } = config;
  const { users, items, start, item } = rows;
  const input = new Float32Array(items * dims);
  const output = new Float32Array(items * dims);
  for (let n = 0; n < input.length; n += 1) input[n] = (rng.next() - 0.5) / dims;
  const table = createNegativeTable(countByItem(rows), config.negativePower);
  const sigmoid = Float64Array.from({ length: SIGMOID_STEPS }, (_, n) => 1 / (1 + Math.exp(-(((n + 0.5) / SIGMOID_STEPS) * 2 - 1) * MOST_LOGIT)));
  const toStep = SIGMOID_STEPS / (2 * MOST_LOGIT);
  const order = Int32Array.from({ length: users }, (_, u) => u);
  const gradient = new Float64Array(dims);
  // A linear congruential generator in a local variable: a call a draw would double the time of the loop.
  let state = rng.below(2 ** 32) >>> 0;
  let firstLoss = NaN;
  let lastLoss = NaN;
  const totalSteps = Math.max(1, item.length * config.epochs);
  let step = 0;
  for (let epoch = 0; epoch < config.epochs; epoch += 1) {
    for (let n = users - 1; n > 0; n -= 1) {
      const other = rng.below(n + 1);
      const swapped = order[n];
      order[n] = order[other];
      order[other] = swapped;
    }
    // The logarithms cost as much as the vectors of a few dimensions: only the two epochs that are reported pay for them.
    const isMeasured = epoch === 0 || epoch === config.epochs - 1;
    let loss = 0;
    let pairs = 0;
    for (let n = 0; n < users; n += 1) {
      const from = start[order[n]];
      const to = start[order[n] + 1];
      for (let p = from; p < to; p += 1) {
        const rate = Math.max(config.learningRate * (1 - step / totalSteps), config.learningRate * 1e-4);
        step += 1;
        if (to - from < 2) continue;
        const center = item[p] * dims;
        // As word2vec does: nearer neighbours are seen more often because the window's width is drawn anew each time.
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const width = isOrdered ? 1 + (state >>> 8) % window : window;
        const first = isOrdered ? Math.max(from, p - width) : 0;
        const last = isOrdered ? Math.min(to - 1, p + width) : Math.min(2 * window, to - from - 1) - 1;
        for (let q = first; q <= last; q += 1) {
          let place = q;
          if (!isOrdered) {
            state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
            place = from + ((state >>> 8) % (to - from));
          }
          const target = item[place];
          if (item[p] === target) continue;
          pairs += 1;
          for (let d = 0; d < dims; d += 1) gradient[d] = 0;
          for (let k = 0; k <= negatives; k += 1) {
            let other = target;
            if (k > 0) {
              state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
              other = table[state >>> (32 - TABLE_BITS)];
              if (other === target) continue;
            }
            const at = other * dims;
            let dot = 0;
            for (let d = 0; d < dims; d += 1) dot += input[center + d] * output[at + d];
            const likely = dot >= MOST_LOGIT ? 1 : dot <= -MOST_LOGIT ? 0 : sigmoid[((dot + MOST_LOGIT) * toStep) | 0];
            if (isMeasured) loss -= Math.log(Math.max(k === 0 ? likely : 1 - likely, 1e-3));
            const push = ((k === 0 ? 1 : 0) - likely) * rate;
            for (let d = 0; d < dims; d += 1) {
              gradient[d] += push * output[at + d];
              output[at + d] += push * input[center + d];
            }
          }
          for (let d = 0; d < dims; d += 1) input[center + d] += gradient[d];
        }
      }
    }
    if (isMeasured) lastLoss = pairs > 0 ? loss / pairs : NaN;
    if (epoch === 0) firstLoss = lastLoss;
  }
  return { dims, input, output, firstLoss, lastLoss };
}

/** Items in proportion to their count to a power, in a table that one draw reads. */
function createNegativeTable(counts: Float64Array, power: number): Int32Array {
  const table = new Int32Array(1 << TABLE_BITS);
  const weights = counts.map((count) => (count > 0 ? count ** power : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let item = 0;
  let upTo = total > 0 ? weights[0] / total : 1;
  for (let cell = 0; cell < table.length; cell += 1) {
    while ((cell + 0.5) / table.length > upTo && item < counts.length - 1) {
      item += 1;
      upTo += weights[item] / total;
    }
    table[cell] = item;
  }
  return table;
}

/** Multiplications that a training takes, to refuse what would take minutes. */
export function countTrainingWork(rows: InteractionRows, config: SkipGramConfig): number {
  return rows.item.length * config.window * 1.2 * (1 + config.negatives) * config.dims * 3 * config.epochs;
}
