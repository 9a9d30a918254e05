import { withoutRepeats } from "../../features/interactions.ts";
import { createInverseWork, finishInverse, matrixOf, sweepInverse, type InverseWork } from "../../math/dense/sweep-inverse.ts";
import type { RankerMember, TrainingData } from "../evaluate/ranker.ts";

export interface EaseConfig {
  /** Ridge penalty, in interactions. */
  readonly l2: number;
}

/** The item-item matrix, row-major with `stride` floats a row. */
export interface EaseWeights {
  readonly items: number;
  readonly stride: number;
  readonly b: Float32Array;
}

/** Does the sweep of a matrix, on this thread or on several. */
export type Invert = (work: InverseWork) => void;

/** Beyond this the cube of the catalogue takes minutes; the matrix itself would fit up to 30,000. */
export const MOST_ITEMS = 7_000;
/**
 * EASE^R (Steck 2019): the item-item matrix B with zero diagonal that best rebuilds the data, in closed form:
 * P = (X'X + l2 I)^-1, B = -P / diag(P). One matrix of floats is held, 4 n^2 bytes. Throws when l2 is too small for single precision.
 */
export function fitEase(train: TrainingData, config: EaseConfig, invert: Invert = sweepInverse): EaseWeights {
  const data = withoutRepeats(train.interactions);
  const n = data.items;
  const work = createInverseWork(n);
  const { stride } = work;
  const gram = matrixOf(work);
  for (let u = 0; u < data.users; u += 1) {
    for (let p = data.start[u]; p < data.start[u + 1]; p += 1) {
      const row = data.item[p] * stride;
      for (let q = data.start[u]; q < data.start[u + 1]; q += 1) gram[row + data.item[q]] += 1;
    }
  }
  for (let i = 0; i < n; i += 1) gram[i * stride + i] += config.l2;
  invert(work);
  const b = finishInverse(work);
  const scale = Float64Array.from({ length: n }, (_, j) => -1 / b[j * stride + j]);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) b[i * stride + j] *= scale[j];
    b[i * stride + i] = 0;
  }
  return { items: n, stride, b };
}

export function createEaseMember(invert?: Invert): RankerMember<EaseConfig> {
  return {
    name: "ease",
    settings: [{ l2: 200 }, { l2: 500 }, { l2: 30 }, { l2: 1000 }],
    // Each setting costs the cube of the catalogue.
    mostSettings: ({ interactions: { items } }) => (items <= 2_000 ? 4 : items <= 4_500 ? 3 : 1),
    fit(train, config) {
      const n = train.interactions.items;
      if (n > MOST_ITEMS) return null;
      const { b, stride } = fitEase(train, config, invert);
      return {
        score({ items }, scores) {
          for (const item of items) {
            const row = item * stride;
            for (let j = 0; j < n; j += 1) scores[j] += b[row + j];
          }
        },
      };
    },
  };
}
