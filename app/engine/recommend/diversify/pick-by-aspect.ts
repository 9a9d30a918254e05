import { scaleScores, type Candidate } from "./candidate.ts";

/** How much of a wish one fully relevant product serves; at 1 the first would serve it whole and the next places went by score again. */
const SERVED_BY_ONE = 0.3;

/**
 * xQuAD (Santos, Macdonald & Ounis 2010) with categories as aspects: each place goes to the candidate with the largest (1 - variety) score + variety sum
 * over aspects of (wish for the aspect) (belongs to it) (share of the wish not served yet). `wish` sums to 1 and is the customer's own mix, so the list
 * follows it instead of spreading evenly; aspects that the customer never bought are asked for by `curiosity`, spread over them. A product of an aspect
 * serves its wish as far as it is relevant.
 */
export function pickByAspect(candidates: readonly Candidate[], aspectOf: Int32Array, wish: Float64Array, variety: number, count: number, curiosity = 0.1): Candidate[] {
  const left = scaleScores(candidates);
  const unknown = wish.reduce((sum, share) => sum + (share > 0 ? 0 : 1), 0);
  const wanted = wish.map((share) => (share > 0 ? share * (unknown > 0 ? 1 - curiosity : 1) : curiosity / Math.max(1, unknown)));
  const unserved = new Float64Array(wish.length).fill(1);
  const picked: Candidate[] = [];
  const worth = ({ row, score }: Candidate) => {
    const aspect = aspectOf[row];
    return (1 - variety) * score + (aspect >= 0 ? variety * wanted[aspect] * unserved[aspect] * score : 0);
  };
  while (picked.length < count && left.length > 0) {
    let best = 0;
    for (let c = 1; c < left.length; c += 1) if (worth(left[c]) > worth(left[best])) best = c;
    const [chosen] = left.splice(best, 1);
    picked.push(chosen);
    const aspect = aspectOf[chosen.row];
    if (aspect >= 0) unserved[aspect] *= 1 - SERVED_BY_ONE * chosen.score;
  }
  return picked;
}

/** The mix of aspects in what a customer bought; even when nothing is known. Sums to 1. */
export function mixOf(rows: ArrayLike<number>, aspectOf: Int32Array, aspects: number): Float64Array {
  const mix = new Float64Array(aspects);
  let known = 0;
  for (let n = 0; n < rows.length; n += 1) {
    const aspect = aspectOf[rows[n]];
    if (aspect < 0) continue;
    mix[aspect] += 1;
    known += 1;
  }
  return known > 0 ? mix.map((count) => count / known) : mix.fill(1 / Math.max(1, aspects));
}
