import { scaleScores, type Candidate } from "./candidate.ts";
import { likenessOf, type ProductKinds } from "./likeness.ts";

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998): each place goes to the candidate with the largest (1 - variety) score - variety (likeness to
 * the nearest product already picked). `variety` 0 keeps the order of the scores, 1 asks for unlike products alone.
 */
export function pickByRelevance(candidates: readonly Candidate[], kinds: ProductKinds, variety: number, count: number): Candidate[] {
  const left = scaleScores(candidates);
  const nearest = left.map(() => 0);
  const picked: Candidate[] = [];
  while (picked.length < count && left.length > 0) {
    let best = 0;
    for (let c = 1; c < left.length; c += 1) {
      if ((1 - variety) * left[c].score - variety * nearest[c] > (1 - variety) * left[best].score - variety * nearest[best]) best = c;
    }
    const [chosen] = left.splice(best, 1);
    nearest.splice(best, 1);
    picked.push(chosen);
    for (let c = 0; c < left.length; c += 1) nearest[c] = Math.max(nearest[c], likenessOf(kinds, chosen.row, left[c].row));
  }
  return picked;
}
