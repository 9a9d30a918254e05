import type { EvaluationOutcome, EvaluationReport, MemberReport } from "#app/core/evaluation-report.ts";
import type { RecommendationCard } from "#app/core/recommendation-card.ts";

type Evaluated = Extract<MemberReport, { state: "evaluated" }>;

const NO_CHAMPION = { member: "best-sellers", parameters: null, servedAs: "history", blend: [] } as const;

/**
 * Champion and challenger: tonight's choice takes the place of the model in use only when it is ahead by more than the error of its own figure, so that two
 * equals do not take turns. A shop that cannot be evaluated is served by best sellers and joint purchases. How a champion is served is decided after its fit;
 * members in `unservable` did well but cannot be: the best of the others stands in.
 */
export function decideChampion(outcome: EvaluationOutcome, before: RecommendationCard | null, nowMs: number, unservable: ReadonlySet<string> = new Set()): RecommendationCard {
  if (outcome.kind === "refused") {
    const sinceMs = before?.decision === "too-little-data" ? before.champion.sinceMs : nowMs;
    return { version: 1, task: outcome.refusal.task, decision: "too-little-data", champion: { ...NO_CHAMPION, blend: [], sinceMs }, challenger: null, before: null, summary: null, problem: null, outcome };
  }
  const { report } = outcome;
  const evaluated = report.members.filter((member) => member.state === "evaluated").filter((member) => !unservable.has(member.name));
  const choice = unservable.has(report.choice.member) ? bestOther(evaluated, report.choice.member) : evaluated.find((member) => member.name === report.choice.member);
  if (!choice) throw new Error(`the choice ${report.choice.member} of ${report.task} was not evaluated`);
  const inUse = before === null || before.decision === "too-little-data" ? null : before.champion;
  const former = inUse && (evaluated.find((member) => member.name === inUse.member) ?? null);
  const isKept = former !== null && former !== choice && choice.validation.ndcg - former.validation.ndcg <= choice.validation.standardError;
  const champion = isKept ? former : choice;
  const decision = inUse === null ? "first" : champion.name === inUse.member ? (isKept ? "kept" : "confirmed") : "replaced";
  return {
    version: 1, task: report.task, decision,
    champion: { member: champion.name, parameters: champion.parameters ?? null, servedAs: "history", blend: [], sinceMs: inUse?.member === champion.name ? inUse.sinceMs : nowMs },
    challenger: toRival(bestOther(evaluated, champion.name)),
    before: former && former.name !== champion.name ? toRival(former) : null,
    summary: summarise(report, champion),
    problem: null, outcome,
  };
}

/** The night's work failed: what is in use stays, and the card says why. Null when nothing was in use. */
export function keepAfterFailure(before: RecommendationCard | null, problem: string): RecommendationCard | null {
  return before && { ...before, decision: "failed", problem: problem.slice(0, 300) };
}

function bestOther(evaluated: readonly Evaluated[], champion: string): Evaluated | null {
  return evaluated.filter(({ name }) => name !== champion && name !== "random").reduce<Evaluated | null>((best, one) => (best === null || one.validation.ndcg > best.validation.ndcg ? one : best), null);
}

const toRival = (member: Evaluated | null) => member && { member: member.name, ndcg: member.validation.ndcg, standardError: member.validation.standardError };

function summarise({ members }: EvaluationReport, { test }: Evaluated): RecommendationCard["summary"] {
  const popularity = members.find((member) => member.name === "popularity");
  return {
    asked: test.asked, ndcg: test.ndcg.value, ndcgLow: test.ndcg.low, ndcgHigh: test.ndcg.high, recall: test.recall.value, hitRate: test.hitRate.value,
    popularityNdcg: popularity?.state === "evaluated" ? popularity.test.ndcg.value : null,
  };
}
