import type { ChoiceReason } from "#app/core/evaluation-report.ts";
import { bootstrapMeans } from "./bootstrap.ts";
import type { RankerChoice } from "./choose-ranker.ts";

/** Why `name` was chosen, and how it did on the test days; `ndcgOf` holds each member's NDCG by question there. */
export function explainChoice(choice: RankerChoice, name: string, ndcgOf: ReadonlyMap<string, Float64Array>, seed: number): ChoiceReason[] {
  const { tuned, best, simplest, hybrid } = choice;
  const reasons: ChoiceReason[] = [{ code: "best-on-validation", member: tuned[best].member.name, ndcg: tuned[best].ndcg, standardError: finite(tuned[best].standardError) }];
  if (hybrid) {
    const code = name === "hybrid" ? "hybrid-gains" : "hybrid-does-not-gain";
    reasons.push({ code, over: tuned[best].member.name, gain: hybrid.gain, standardError: finite(hybrid.gainError) });
  }
  if (name === tuned[simplest].member.name && simplest !== best) {
    reasons.push({ code: "simpler-within-one-error", member: name, best: tuned[best].member.name, loss: choice.loss, standardError: finite(choice.lossError) });
  }
  const own = ndcgOf.get(name);
  if (!own || own.length === 0) return reasons;
  const popularity = ndcgOf.get("popularity");
  if (popularity && name !== "popularity") {
    const [difference, floor] = bootstrapMeans([minus(own, popularity), popularity], seed);
    reasons.push({ code: "against-popularity", ratio: floor.value > 0 ? mean(own) / floor.value : null, isSure: difference.low > 0 });
  }
  const [winner] = [...ndcgOf].reduce((top, one) => (mean(one[1]) > mean(top[1]) ? one : top));
  const other = ndcgOf.get(winner);
  if (other) reasons.push({ code: "in-hindsight", member: winner, difference: bootstrapMeans([minus(own, other)], seed)[0] });
  return reasons;
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, n) => value - b[n]);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
