/**
 * What shops are like, for those too small to tell: normal distributions of four numbers of MBG/NBD with histories in DAYS. Means of four fits:
 * CDNOW .525 43 d .891 1.614; grocery 1.257 42 d .368 .716; apparel 1.083 227 d 6.91 36.7 (shared/reference/statistics.md 1.1, 1.4);
 * the generated million of clv-synth-1m .447 40.8 d 1.007 2.406. Spreads are about twice those of the fits (.52, .85, .5, 1.6, the last one as it
 * is), because four shops are few. Added ONCE to the whole log-likelihood, so a shop of some hundred buyers hardly feels it.
 */
export const SHOP_PRIOR = {
  logR: { mean: -0.3, sd: 1 },
  logAlphaDays: { mean: 4.1, sd: 1.5 },
  /** ln(a / b): how likely a purchase is to be the last. */
  logOdds: { mean: -0.95, sd: 1 },
  /** ln(a + b): how alike buyers are in that. */
  logAB: { mean: 1.5, sd: 1.5 },
} as const;

/** Minus the log-density in (ln r, ln alpha, ln a, ln b), alpha on a clock of `unitDays` days; adds its gradient. */
export function penaliseByShopPrior(theta: Float64Array, gradient: Float64Array, unitDays: number): number {
  const shareA = 1 / (1 + Math.exp(theta[3] - theta[2]));
  const logAB = theta[2] - Math.log(shareA);
  const z = (value: number, { mean, sd }: { mean: number; sd: number }) => (value - mean) / sd;
  const zr = z(theta[0], SHOP_PRIOR.logR);
  const zAlpha = z(theta[1] + Math.log(unitDays), SHOP_PRIOR.logAlphaDays);
  const zOdds = z(theta[2] - theta[3], SHOP_PRIOR.logOdds);
  const zAB = z(logAB, SHOP_PRIOR.logAB);
  gradient[0] += zr / SHOP_PRIOR.logR.sd;
  gradient[1] += zAlpha / SHOP_PRIOR.logAlphaDays.sd;
  gradient[2] += zOdds / SHOP_PRIOR.logOdds.sd + (zAB / SHOP_PRIOR.logAB.sd) * shareA;
  gradient[3] += -zOdds / SHOP_PRIOR.logOdds.sd + (zAB / SHOP_PRIOR.logAB.sd) * (1 - shareA);
  return (zr * zr + zAlpha * zAlpha + zOdds * zOdds + zAB * zAB) / 2;
}
