import { withoutRepeats } from "../../features/interactions.ts";
import { invertSymmetric } from "../../math/spd-inverse.ts";
import type { RankerMember, TrainingData } from "../evaluate/ranker.ts";

export interface EaseConfig {
  /** Ridge penalty, in interactions. */
  readonly l2: number;
}

/** Catalogues beyond this do not fit: two n x n matrices of doubles are 1 GB here. */
const MOST_ITEMS = 8_000;

/**
 * EASE^R (Steck 2019): the item-item matrix B with zero diagonal that best rebuilds the data, in closed form:
 * P = (X'X + l2 I)^-1, B = -P / diag(P). Row-major n x n of float32; null when the catalogue is too large for the exact solution.
 */
export function fitEase(train: TrainingData, config: EaseConfig): Float32Array | null {
  const data = withoutRepeats(train.interactions);
  const n = data.items;
  if (n > MOST_ITEMS) return null;
  const gram = new Float64Array(n * n);
  for (let u = 0; u < data.users; u += 1) {
    for (let p = data.start[u]; p < data.start[u + 1]; p += 1) {
      const row = data.item[p] * n;
      for (let q = data.start[u]; q < data.start[u + 1]; q += 1) gram[row + data.item[q]] += 1;
    }
  }
  for (let i = 0; i < n; i += 1) gram[i * n + i] += config.l2;
  invertSymmetric(gram, n);
  const b = new Float32Array(n * n);
  for (let j = 0; j < n; j += 1) {
    const pivot = -gram[j * n + j];
    for (let i = 0; i < n; i += 1) b[i * n + j] = i === j ? 0 : gram[i * n + j] / pivot;
  }
  return b;
}

export const easeMember: RankerMember<EaseConfig> = {
  name: "ease",
  settings: [{ l2: 200 }, { l2: 500 }, { l2: 50 }, { l2: 1000 }],
  fit(train, config) {
    const b = fitEase(train, config);
    if (!b) return null;
    const n = train.interactions.items;
    return {
      score({ items }, scores) {
        for (const item of items) {
          const row = item * n;
          for (let j = 0; j < n; j += 1) scores[j] += b[row + j];
        }
      },
    };
  },
};
