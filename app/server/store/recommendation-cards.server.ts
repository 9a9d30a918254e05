import { z } from "zod";
import { evaluationTasks, type EvaluationTask } from "#app/core/evaluation-report.ts";
import type { ShopId } from "#app/core/ids.ts";
import { recommendationCard, type RecommendationCard } from "#app/core/recommendation-card.ts";
import { statement } from "./statements.server.ts";

/** Kind of the model run that holds the card of a task. */
export const cardKind = (task: EvaluationTask): string => `recommend:${task}`;

const stored = z.object({ figures: z.string(), fingerprint: z.string(), parameters: z.string(), version: z.number(), seconds: z.number(), asOf: z.number(), finishedAt: z.number() });

export interface StoredCard {
  readonly card: RecommendationCard;
  readonly fingerprint: string;
  /** JSON of the run: seed and bounds. */
  readonly parameters: unknown;
  readonly seconds: number;
  readonly asOfMs: number;
  readonly finishedAtMs: number;
}

const LIVE = `SELECT figures, fingerprint, parameters, version, seconds, asOf, finishedAt FROM ModelRun WHERE shopId = ? AND kind = ? AND status = 'live' ORDER BY startedAt DESC LIMIT 1`;

/** The card in use; null before the first nightly run, and for one that another version of the app wrote. */
export function findRecommendationCard(shopId: ShopId, task: EvaluationTask): StoredCard | null {
  const found = statement(LIVE).get(shopId, cardKind(task));
  if (!found) return null;
  const run = stored.parse(found);
  const card = recommendationCard.safeParse(JSON.parse(run.figures));
  if (!card.success) return null;
  return { card: card.data, fingerprint: run.fingerprint, parameters: JSON.parse(run.parameters), seconds: run.seconds, asOfMs: run.asOf, finishedAtMs: run.finishedAt };
}

export function listRecommendationCards(shopId: ShopId): StoredCard[] {
  return evaluationTasks.flatMap((task) => findRecommendationCard(shopId, task) ?? []);
}

const past = z.object({
  finishedAtMs: z.number(), member: z.string(), decision: z.string(), asked: z.number().nullable(), ndcg: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable(), popularity: z.number().nullable(),
});
export type PastCard = z.infer<typeof past>;

const HISTORY = `SELECT finishedAt AS finishedAtMs, json_extract(figures, '$.champion.member') AS member, json_extract(figures, '$.decision') AS decision,
    json_extract(figures, '$.summary.asked') AS asked, json_extract(figures, '$.summary.ndcg') AS ndcg, json_extract(figures, '$.summary.ndcgLow') AS low,
    json_extract(figures, '$.summary.ndcgHigh') AS high, json_extract(figures, '$.summary.popularityNdcg') AS popularity
  FROM ModelRun WHERE shopId = ? AND kind = ? AND status IN ('live', 'replaced') AND finishedAt IS NOT NULL ORDER BY finishedAt DESC LIMIT ?`;

/** Figures of the last runs of a task, oldest first. */
export function listRecommendationHistory(shopId: ShopId, task: EvaluationTask, limit: number): PastCard[] {
  return statement(HISTORY).all(shopId, cardKind(task), limit).map((row) => past.parse(row)).reverse();
}
