import { performance } from "node:perf_hooks";
import { z } from "zod";
import { compressHistory } from "#app/engine/predict/clv/buying-history.ts";
import { fitBetaGeometric, fitGammaGamma, fitParetoNbd } from "#app/engine/predict/clv/fit-clv.ts";
import { selectSpenders } from "#app/engine/predict/clv/gamma-gamma.ts";
import type { PurchaseHistories } from "#app/engine/predict/purchase/purchase-histories.ts";
import { scorePurchases } from "#app/engine/predict/purchase/score-purchases.ts";
import { readClvColumns } from "./clv-file.ts";

export const clvAnswer = z.object({
  fitSeconds: z.number(), bgSeconds: z.number(), scoreSeconds: z.number(), r: z.number(), alpha: z.number(), a: z.number(), b: z.number(),
  paretoFitSeconds: z.number(), paretoScoreSeconds: z.number(), logLikelihood: z.number(), customers: z.number(), rows: z.number(), expectedPurchases: z.number(),
});

/** Fits BG/NBD and Gamma-Gamma from uncompressed columns, then scores every customer: P(alive), expected purchases, revenue and churn of 90 days; the same by Pareto/NBD. */
export function measure(input: unknown): z.infer<typeof clvAnswer> {
  const { path } = z.object({ path: z.string() }).parse(input);
  const { x, tx, T, mean } = readClvColumns(path);
  const startedMs = performance.now();
  const history = compressHistory(x, tx, T);
  const purchases = fitBetaGeometric("bgnbd", history);
  const bgSeconds = (performance.now() - startedMs) / 1000;
  const spend = fitGammaGamma(selectSpenders(x, mean));
  const fitSeconds = (performance.now() - startedMs) / 1000;
  // Churn is never BG/NBD's. Its fit is not part of the figure, which the contract names as BG/NBD and Gamma-Gamma.
  const mbg = fitBetaGeometric("mbgnbd", history);
  const count = x.length;
  const histories: PurchaseHistories = {
    count, x, txDays: tx, TDays: T, meanRepeatMinor: mean, asOfDay: 0, customer: Int32Array.from({ length: count }, (_, i) => i),
    spendMinor: new Float64Array(count), logGaps: new Float64Array(count), gapStart: new Int32Array(count + 1), gapDays: new Float64Array(0),
  };
  const churn = { ...mbg, model: { ...mbg.model, kind: "mbgnbd" as const } };
  const scoringMs = performance.now();
  const scores = scorePurchases({ purchases, churn, spend: spend.model, meanPurchaseMinor: 0, buyers: count, candidates: [], usesShopPrior: false }, histories, { horizonDays: 90, discountPerYear: 0 });
  const scoreSeconds = (performance.now() - scoringMs) / 1000;
  // As the product does it: fitted to 20,000 of the buyers, all of them scored.
  const paretoMs = performance.now();
  const step = Math.ceil(count / 20_000);
  const some = (column: Float64Array) => column.filter((_, i) => i % step === 0);
  const pareto = fitParetoNbd(compressHistory(some(x), some(tx), some(T)));
  const paretoScoringMs = performance.now();
  scorePurchases({ purchases: pareto, churn: pareto, spend: spend.model, meanPurchaseMinor: 0, buyers: count, candidates: [], usesShopPrior: false }, histories, { horizonDays: 90, discountPerYear: 0 });
  const paretoFitSeconds = (paretoScoringMs - paretoMs) / 1000;
  const paretoScoreSeconds = (performance.now() - paretoScoringMs) / 1000;
  const { r, alpha, a, b } = purchases.model;
  return { fitSeconds, bgSeconds, scoreSeconds, paretoFitSeconds, paretoScoreSeconds, r, alpha, a, b, logLikelihood: purchases.logLikelihood, customers: count, rows: history.x.length, expectedPurchases: scores.expectedPurchases.reduce((sum, v) => sum + v, 0) };
}
