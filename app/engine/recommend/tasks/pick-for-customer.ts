import type { ProductPickItem, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { taskEvaluations } from "#app/core/recommendation-tasks.ts";
import { mixOf } from "../diversify/pick-by-aspect.ts";
import type { DueProduct } from "../repeat/buy-again.ts";
import { arrangePicks } from "./arrange-picks.ts";
import { countVotes } from "./count-votes.ts";
import { explainToCustomer, listDue, listPurchases } from "./explain-pick.ts";
import { readHistory } from "./family-rows.ts";
import { scoreByTypeAndSales } from "./score-by-sales.ts";
import type { PartialAnswer } from "./serve-task.ts";
import type { Serving } from "./serving.ts";

/** "For you" never shows what was bought before, "buy again" nothing else; win-back shows both. */
export function pickForCustomer(serving: Serving, question: RecommendQuestion, customer: number): PartialAnswer {
  const { snapshot } = serving;
  const { task, settings, member } = question;
  const evaluation = taskEvaluations[task];
  const purchases: ReadonlyMap<number, readonly number[]> = customer < 0 ? new Map() : listPurchases(snapshot, customer);
  const isExcluded = (row: number) => (task === "for-you" ? purchases.has(row) : task === "buy-again" ? !purchases.has(row) : false);
  const scores = new Float64Array(snapshot.products.count);
  const { codes, names } = snapshot.products.type;
  const mix = purchases.size > 0 ? mixOf([...purchases.keys()], codes, names.length) : undefined;
  const found = serving.ranker(evaluation, member);
  const isKnown = purchases.size > 0;
  const history = customer < 0 ? { items: new Int32Array(0), basketStart: new Int32Array(1) } : readHistory(snapshot, "histories", customer);
  if (isKnown) found?.ranker.score(history, scores);
  const due = isKnown ? listDue(serving, customer) : new Map<number, DueProduct>();
  // What was bought before is known without any model: by its chance to be due, then by how often.
  if (task === "buy-again" && isKnown && !found) for (const [row, at] of purchases) scores[row] = (due.get(row)?.probability ?? 0) + 1e-6 * (at.length + 1 / (2 + snapshot.asOfMs - at[0]));
  const arranged = arrangePicks(serving, scores, settings, { isExcluded, mix });
  const isShort = task !== "buy-again" && arranged.length < settings.count;
  if (isShort) {
    const taken = new Set(arranged.map((pick) => pick.row));
    const fill = arrangePicks(serving, scoreByTypeAndSales(serving, purchases.keys()), { ...settings, count: settings.count - arranged.length }, { isExcluded: (row) => isExcluded(row) || taken.has(row), mix });
    arranged.push(...fill.map(({ row }) => ({ row, score: 0 })));
  }
  const votes = countVotes(serving, evaluation, history, snapshot.products.count, arranged.map((pick) => pick.row), isExcluded);
  const products = arranged.map(({ row, score }, index): ProductPickItem => ({
    productId: snapshot.products.id[row], score, votes: votes[index], reason: explainToCustomer(serving, row, purchases, due),
  }));
  return { model: found?.name ?? "best-sellers", products, considered: isKnown ? 1 : 0, fallback: !isKnown ? "nothing-known" : !found ? "not-evaluated" : isShort ? "little-known" : null };
}
