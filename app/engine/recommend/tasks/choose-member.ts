import type { ChoiceReason } from "#app/core/evaluation-report.ts";
import { summarise } from "../evaluate/summarise.ts";

export interface Candidate {
  readonly name: string;
  /** NDCG of each question of the validation days, the same questions for all. */
  readonly ndcg: Float64Array;
}

/** The simplest of the candidates (they come simplest first) that loses to the best by no more than the error of their difference (Breiman et al. 1984). */
export function chooseMember(candidates: readonly Candidate[]): { readonly name: string; readonly reasons: ChoiceReason[] } {
  const means = candidates.map(({ ndcg }) => summarise(ndcg));
  const best = means.reduce((top, { mean }, n) => (mean > means[top].mean ? n : top), 0);
  for (let n = 0; n < best; n += 1) {
    const loss = summarise(candidates[best].ndcg.map((value, q) => value - candidates[n].ndcg[q]));
    if (loss.mean > loss.standardError) continue;
    return { name: candidates[n].name, reasons: [{ code: "simpler-within-one-error", member: candidates[n].name, best: candidates[best].name, loss: loss.mean, standardError: loss.standardError }] };
  }
  return { name: candidates[best].name, reasons: [{ code: "best-on-validation", member: candidates[best].name, ndcg: means[best].mean, standardError: means[best].standardError }] };
}
