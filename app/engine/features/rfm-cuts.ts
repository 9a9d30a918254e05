/** Four values between five scores, in the units of their axis (days, orders, minor units). */
export type Cuts = readonly [number, number, number, number];

/**
 * Where a fifth of the buyers ends.
 * - `value`: the smallest value that at least k fifths of the buyers do not exceed (inverse of the distribution, type 1
 *   of Hyndman & Fan 1996). Cuts are values that occur in the shop.
 * - `type7-plus-one`: interpolated quantile plus one, the rule of the R package rfm (rsquaredacademy, 297ed8b). The +1
 *   stands for "below or equal" among whole numbers; with cents it is wrong, so it is here for comparison only.
 */
export type CutRule = "value" | "type7-plus-one";

const SCORES = 5;

/** `sorted` ascending, not empty. */
export function computeCuts(sorted: Float64Array, rule: CutRule): Cuts {
  const cut = (k: number) => (rule === "value" ? valueCut(sorted, k) : type7Cut(sorted, k) + 1);
  return [cut(1), cut(2), cut(3), cut(4)];
}

function valueCut(sorted: Float64Array, k: number): number {
  // Whole numbers all the way: 0.6 * n in floating point can step over a rank.
  return sorted[Math.ceil((sorted.length * k) / SCORES) - 1];
}

function type7Cut(sorted: Float64Array, k: number): number {
  const position = ((sorted.length - 1) * k) / SCORES;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/**
 * 1 + the number of cuts that the value passes, so equal values get equal scores, always. A tie at a cut goes to the
 * lower side: in a shop of which 60 % bought once, one order is score 1 and two orders are score 4.
 */
export function scoreAscending(value: number, cuts: Cuts, rule: CutRule): number {
  // No closure here: the TypeScript loader names each one it meets, which costs more than the comparison, a million times over.
  let score = 1;
  for (let cut = 0; cut < cuts.length; cut++) {
    if (value > cuts[cut] || (rule === "type7-plus-one" && value === cuts[cut])) score++;
  }
  return score;
}
