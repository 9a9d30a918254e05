import { evaluationTasks } from "#app/core/evaluation-report.ts";
import type { EvaluationView } from "#app/core/studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findRecommendationCard, listRecommendationHistory } from "#app/server/store/recommendation-cards.server.ts";

const NIGHTS = 60;

/** Why a task's model was chosen, and how its figures went over the nights. */
export function loadEvaluation(shop: ShopRef, taskText: string | null): EvaluationView {
  const task = evaluationTasks.find((name) => name === taskText) ?? "bought-together";
  const run = findRecommendationCard(shop.id, task);
  const history = listRecommendationHistory(shop.id, task, NIGHTS).map(({ finishedAtMs, member, ndcg }) => ({ finishedAtMs, member, ndcg }));
  return { task, history, run: run && { card: run.card, fingerprint: run.fingerprint, seconds: run.seconds, asOfMs: run.asOfMs, finishedAtMs: run.finishedAtMs } };
}
