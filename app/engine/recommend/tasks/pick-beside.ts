import type { ProductPickItem, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { taskEvaluations } from "#app/core/recommendation-tasks.ts";
import { COLD_START } from "../content/content-members.ts";
import type { FittedRanker, History } from "../evaluate/ranker.ts";
import { arrangePicks } from "./arrange-picks.ts";
import { countVotes } from "./count-votes.ts";
import { explainBeside } from "./explain-pick.ts";
import { rankerOfTable } from "./item-table.ts";
import { scoreByTypeAndSales } from "./score-by-sales.ts";
import type { PartialAnswer } from "./serve-task.ts";
import type { Serving } from "./serving.ts";

/** Products beside a product or a cart. Where the model knows nothing, best sellers of the same types stand in. */
export function pickBeside(serving: Serving, question: RecommendQuestion, beside: readonly number[]): PartialAnswer {
  const { snapshot } = serving;
  const { task, settings, member } = question;
  const evaluation = taskEvaluations[task];
  const items = Int32Array.from(beside);
  const history = { items, basketStart: Int32Array.of(0, items.length) };
  const own = new Set(beside);
  const isExcluded = (row: number) => own.has(row);
  const scores = new Float64Array(snapshot.products.count);
  const found = serving.ranker(evaluation, member);
  found?.ranker.score(history, scores);
  const arranged = beside.length > 0 ? arrangePicks(serving, scores, settings, { isExcluded }) : [];
  const isShort = arranged.length < settings.count;
  const fillUp = (stand: Float64Array) => {
    const taken = new Set(arranged.map((pick) => pick.row));
    if (taken.size >= settings.count || beside.length === 0) return;
    const fill = arrangePicks(serving, stand, { ...settings, count: settings.count - taken.size }, { isExcluded: (row) => own.has(row) || taken.has(row) });
    arranged.push(...fill.map(({ row }) => ({ row, score: 0 })));
  };
  // Beside a new product, what products like it are bought with.
  const mapped = isShort && member === null ? serving.table(evaluation, COLD_START) : null;
  if (mapped) fillUp(scoresOf(rankerOfTable(mapped.table), history, snapshot.products.count));
  if (isShort) fillUp(scoreByTypeAndSales(serving, beside));
  const rows = arranged.map((pick) => pick.row);
  const votes = countVotes(serving, evaluation, history, snapshot.products.count, rows, isExcluded);
  const products = arranged.map(({ row, score }, index): ProductPickItem => ({
    productId: snapshot.products.id[row], score, votes: votes[index], reason: explainBeside(serving, row, beside, task === "similar" ? "customers" : "orders"),
  }));
  return { model: found?.name ?? "best-sellers", products, fallback: !found ? "not-evaluated" : isShort ? "little-known" : null };
}

function scoresOf(ranker: FittedRanker, history: History, products: number): Float64Array {
  const scores = new Float64Array(products);
  ranker.score(history, scores);
  return scores;
}
