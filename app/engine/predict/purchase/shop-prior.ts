import type { PriorPenalty } from "../clv/fit-clv.ts";
import type { DropoutModel } from "./purchase-model.ts";

/** A normal distribution of one number of a shop's model, over shops. */
interface Normal {
  readonly mean: number;
  readonly sd: number;
}

/**
 * What shops are like, for those too small to tell: normal distributions of the parameters of each model, histories in DAYS. Means over the public
 * and generated shops that `npm run bench -- shop-prior --json` fits (CDNOW, apparel, online retail, a fashion and a grocery shop of the generator), and twice their spread (at least 1), because so few shops say little of others.
 * The prior is added ONCE to the whole log-likelihood, so a shop of some hundred buyers hardly feels it. `odds` is ln(a / b): how likely a
 * purchase is to be the last; `ab` is ln(a + b): how alike buyers are in that.
 */
export const SHOP_PRIORS = {
  bgnbd: { r: { mean: -0.78, sd: 1.05 }, alpha: { mean: 3.49, sd: 2.41 }, odds: { mean: -2.69, sd: 2.39 }, ab: { mean: 2.61, sd: 4.98 } },
  mbgnbd: { r: { mean: -0.50, sd: 1.04 }, alpha: { mean: 3.63, sd: 2.60 }, odds: { mean: -2.68, sd: 3.09 }, ab: { mean: 2.79, sd: 4.44 } },
  mbgcnbd: { r: { mean: -0.46, sd: 1.05 }, alpha: { mean: 2.60, sd: 2.54 }, odds: { mean: -2.06, sd: 2.90 }, ab: { mean: 2.68, sd: 3.78 } },
  paretonbd: { r: { mean: -0.42, sd: 1.03 }, alpha: { mean: 3.89, sd: 2.73 }, s: { mean: -1.46, sd: 2.73 }, beta: { mean: 4.78, sd: 2.67 } },
} as const;

/** Minus the log-density of the prior, and its gradient, for parameters (ln r, ln alpha, ...) on a clock of `unit` days. */
export function priorOf(kind: DropoutModel["kind"]): PriorPenalty {
  if (kind === "paretonbd") {
    const { r, alpha, s, beta } = SHOP_PRIORS.paretonbd;
    return (theta, gradient, unit) =>
      pull(theta, gradient, 0, r, 0) + pull(theta, gradient, 1, alpha, Math.log(unit)) + pull(theta, gradient, 2, s, 0) + pull(theta, gradient, 3, beta, Math.log(unit));
  }
  const { r, alpha, odds, ab } = SHOP_PRIORS[kind];
  return (theta, gradient, unit) => {
    const shareA = 1 / (1 + Math.exp(theta[3] - theta[2]));
    const zOdds = (theta[2] - theta[3] - odds.mean) / odds.sd;
    const zAB = (theta[2] - Math.log(shareA) - ab.mean) / ab.sd;
    gradient[2] += zOdds / odds.sd + (zAB / ab.sd) * shareA;
    gradient[3] += -zOdds / odds.sd + (zAB / ab.sd) * (1 - shareA);
    return pull(theta, gradient, 0, r, 0) + pull(theta, gradient, 1, alpha, Math.log(unit)) + (zOdds * zOdds + zAB * zAB) / 2;
  };
}

function pull(theta: Float64Array, gradient: Float64Array, i: number, { mean, sd }: Normal, shift: number): number {
  const z = (theta[i] + shift - mean) / sd;
  gradient[i] += z / sd;
  return (z * z) / 2;
}
