import { describe, expect, it } from "vitest";
import type { EvaluationReport, MemberReport } from "#app/core/evaluation-report.ts";
import { recommendationCard } from "#app/core/recommendation-card.ts";
import { decideChampion, keepAfterFailure } from "./decide-champion.ts";

const interval = (value: number) => ({ value, low: value, high: value });
const member = (name: string, ndcg: number, standardError = 0.01): MemberReport => ({
  state: "evaluated", name, needs: [], parameters: { of: name }, settingsTried: 1, validation: { ndcg, standardError }, slices: [],
  test: { asked: 100, recall: interval(0.2), ndcg: interval(ndcg), mrr: interval(0.1), hitRate: interval(0.3), coverage: 0.5, novelty: 5, diversity: null, popularityBias: null, gini: 0.4, miscalibration: null },
});
const outcomeOf = (choice: string, members: MemberReport[]) => {
  const report: EvaluationReport = {
    version: 1, task: "for-you", k: 10, seed: 1, fingerprint: "f", window: { firstMs: 0, validationFromMs: 1, testFromMs: 2, lastMs: 3 },
    counts: { customers: 1, products: 1, purchases: 1, validationAsked: 100, testAsked: 100 }, members, hybrid: null, choice: { member: choice, reasons: [] },
  };
  return { kind: "report", report } as const;
};
const night = (choice: string, members: MemberReport[], before: Parameters<typeof decideChampion>[1], nowMs: number) => decideChampion(outcomeOf(choice, members), before, nowMs);

describe("champion and challenger over the nights", () => {
  const first = night("itemknn", [member("popularity", 0.05), member("itemknn", 0.2), member("ease", 0.19)], null, 1);

  it("the first choice serves, the best other challenges, and the card fits its schema", () => {
    expect(first).toMatchObject({ decision: "first", champion: { member: "itemknn", parameters: { of: "itemknn" }, sinceMs: 1 }, challenger: { member: "ease" }, before: null, summary: { ndcg: 0.2, popularityNdcg: 0.05 } });
    expect(recommendationCard.parse(first)).toEqual(first);
  });

  it("a rival ahead by less than the error does not replace it; one ahead by more does", () => {
    const kept = night("ease", [member("popularity", 0.05), member("itemknn", 0.2), member("ease", 0.205)], first, 2);
    expect(kept).toMatchObject({ decision: "kept", champion: { member: "itemknn", sinceMs: 1 }, challenger: { member: "ease" } });
    const replaced = night("ease", [member("popularity", 0.05), member("itemknn", 0.2), member("ease", 0.25)], kept, 3);
    expect(replaced).toMatchObject({ decision: "replaced", champion: { member: "ease", sinceMs: 3 }, before: { member: "itemknn", ndcg: 0.2 } });
    expect(night("ease", [member("itemknn", 0.2), member("ease", 0.25)], replaced, 4)).toMatchObject({ decision: "confirmed", champion: { sinceMs: 3 } });
  });

  it("one that could not be evaluated tonight is replaced", () => {
    expect(night("popularity", [member("popularity", 0.05), { state: "not-fitted", name: "itemknn", needs: [] }], first, 2)).toMatchObject({ decision: "replaced", champion: { member: "popularity" } });
  });

  it("a failed night keeps what serves and says why; too little data falls back to best sellers", () => {
    expect(keepAfterFailure(first, "out of memory")).toMatchObject({ decision: "failed", problem: "out of memory", champion: first.champion });
    expect(keepAfterFailure(null, "out of memory")).toBeNull();
    const refusal = { kind: "refused", refusal: { task: "for-you", missing: [{ what: "baskets", need: 50, have: 3 }] } } as const;
    expect(decideChampion({ kind: "refused", refusal: { task: "for-you", missing: [...refusal.refusal.missing] } }, null, 5)).toMatchObject({ decision: "too-little-data", champion: { member: "best-sellers" } });
  });
});
