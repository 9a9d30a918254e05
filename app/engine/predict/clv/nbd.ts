import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import type { Objective } from "../../math/minimise.ts";
import type { BuyingHistory } from "./buying-history.ts";

/** NBD (Ehrenberg 1959): nobody ever leaves. The line that a model with churn must beat. */
export interface Nbd {
  readonly kind: "nbd";
  readonly r: number;
  readonly alpha: number;
}

/** Minus the log-likelihood and its gradient in (ln r, ln alpha). */
export function createNbdObjective(history: BuyingHistory): Objective {
  const { x, T, weight } = history;
  return (theta, gradient) => {
    const r = Math.exp(theta[0]);
    const alpha = Math.exp(theta[1]);
    let ll = 0;
    let gr = 0;
    let gAlpha = 0;
    for (let i = 0; i < x.length; i += 1) {
      const end = alpha + T[i];
      ll += weight[i] * (gammaln(r + x[i]) - gammaln(r) + r * theta[1] - (r + x[i]) * Math.log(end));
      gr += weight[i] * (digamma(r + x[i]) - digamma(r) + theta[1] - Math.log(end));
      gAlpha += weight[i] * (r / alpha - (r + x[i]) / end);
    }
    gradient[0] = -gr * r;
    gradient[1] = -gAlpha * alpha;
    return -ll;
  };
}

/** Expected purchases in the next `t` units. */
export function computeNbdExpectedPurchases(model: Nbd, t: number, x: number, T: number): number {
  return ((model.r + x) / (model.alpha + T)) * t;
}
