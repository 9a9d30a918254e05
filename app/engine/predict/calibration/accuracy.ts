import type { Prediction } from "./baselines.ts";

/** How a prediction fared against what happened. */
export interface Accuracy {
  /** Mean absolute error, purchases per buyer. */
  readonly mae: number;
  readonly rmse: number;
  /** Predicted sum / actual sum - 1; NaN when nothing happened. */
  readonly purchaseBias: number;
  readonly revenueBias: number;
  /** Share of the actual revenue that the tenth of buyers with the highest predicted revenue brought, 0..1. */
  readonly topDecileShare: number;
}

export interface Decile {
  /** 1 = the tenth of buyers with the fewest predicted purchases. */
  readonly decile: number;
  readonly buyers: number;
  /** Per buyer. */
  readonly meanPredicted: number;
  readonly meanActual: number;
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

export function measureAccuracy(predicted: Prediction, actual: Prediction): Accuracy {
  const count = actual.purchases.length;
  let absolute = 0;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    const error = predicted.purchases[i] - actual.purchases[i];
    absolute += Math.abs(error);
    squares += error * error;
  }
  const best = rankDescending(predicted.revenueMinor).subarray(0, Math.ceil(count / 10));
  const total = sum(actual.revenueMinor);
  return {
    mae: absolute / count,
    rmse: Math.sqrt(squares / count),
    purchaseBias: sum(predicted.purchases) / sum(actual.purchases) - 1,
    revenueBias: sum(predicted.revenueMinor) / total - 1,
    topDecileShare: best.reduce((money, i) => money + actual.revenueMinor[i], 0) / total,
  };
}

/** Ten equal groups of buyers by predicted purchases, the fewest first; equal predictions by row. */
export function computeDeciles(predicted: Float64Array, actual: Float64Array): Decile[] {
  const order = rankDescending(predicted).reverse();
  return Array.from({ length: 10 }, (_, d) => {
    const rows = order.subarray(Math.floor((d * order.length) / 10), Math.floor(((d + 1) * order.length) / 10));
    const mean = (values: Float64Array) => rows.reduce((total, i) => total + values[i], 0) / Math.max(1, rows.length);
    return { decile: d + 1, buyers: rows.length, meanPredicted: mean(predicted), meanActual: mean(actual) };
  });
}

function rankDescending(values: Float64Array): Int32Array {
  return Int32Array.from({ length: values.length }, (_, i) => i).sort((p, q) => values[q] - values[p] || p - q);
}
