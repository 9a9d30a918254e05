import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import type { MemberVote } from "#app/core/recommendation-answer.ts";
import type { History } from "../evaluate/ranker.ts";
import type { Serving } from "./serving.ts";

/** Places further back are no vote. */
const LAST_PLACE = 100;
/** Members that are asked for their vote: the first ones matter most. */
const VOTERS = 6;

/** Where each member would put these items, among all that may be shown. */
export function countVotes(serving: Serving, task: EvaluationTask, history: History, items: number, rows: readonly number[], isExcluded: (row: number) => boolean): MemberVote[][] {
  const votes = rows.map((): MemberVote[] => []);
  const scores = new Float64Array(items);
  for (const member of serving.members(task).slice(0, VOTERS)) {
    const found = serving.ranker(task, member);
    if (!found) continue;
    scores.fill(0);
    found.ranker.score(history, scores);
    rows.forEach((row, index) => votes[index].push({ member, place: placeOf(scores, row, isExcluded) }));
  }
  return votes;
}

function placeOf(scores: Float64Array, row: number, isExcluded: (row: number) => boolean): number | null {
  const own = scores[row];
  if (own <= 0) return null;
  let place = 1;
  for (let other = 0; other < scores.length; other += 1) {
    if (scores[other] <= own || isExcluded(other)) continue;
    place += 1;
    if (place > LAST_PLACE) return null;
  }
  return place;
}
