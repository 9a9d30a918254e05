import { createInteractions, type InteractionRows } from "#app/engine/features/interactions.ts";
import type { FittedRanker } from "#app/engine/recommend/evaluate/ranker.ts";
import { readRealBytes } from "./real-data.ts";

export interface LeaveOneOut {
  readonly train: InteractionRows;
  /** Per user: the positive, then its stored negatives. */
  readonly candidates: Map<number, number[]>;
}

/** CiteULike-a in the CMN split: leave one out, 100 stored negatives. */
export function readCiteulike(): LeaveOneOut {
  const lines = (file: string) => readRealBytes("citeulike-a-cmn", file).toString("utf8").trim().split("\n").map((line) => line.split("\t").map(Number));
  const train = lines("train.tsv.gz");
  const test = lines("test_loo.tsv.gz");
  const users = train.reduce((most, [u]) => Math.max(most, u), 0) + 1;
  let items = 0;
  const rows: number[][] = Array.from({ length: users }, () => []);
  for (const [u, i] of train) {
    rows[u].push(i);
    items = Math.max(items, i + 1);
  }
  for (const row of test) for (const i of row.slice(1)) items = Math.max(items, i + 1);
  return { train: createInteractions(rows, items), candidates: new Map(test.map(([u, ...rest]) => [u, rest])) };
}

/** Hit rate and NDCG at 5 and 10 of the positive among its negatives; negatives that are training items are left out, as in the published protocol. */
export function rankAmongNegatives(data: LeaveOneOut, model: FittedRanker): { hr5: number; ndcg5: number; hr10: number; ndcg10: number } {
  const scores = new Float64Array(data.train.items);
  const sums = { hr5: 0, ndcg5: 0, hr10: 0, ndcg10: 0 };
  for (const [u, [positive, ...negatives]] of data.candidates) {
    const items = data.train.item.subarray(data.train.start[u], data.train.start[u + 1]);
    const seen = new Set(items);
    scores.fill(0);
    model.score({ items, basketStart: null }, scores);
    const rank = negatives.filter((i) => !seen.has(i) && (scores[i] > scores[positive] || (scores[i] === scores[positive] && i < positive))).length;
    const gain = 1 / Math.log2(rank + 2);
    if (rank < 5) {
      sums.hr5 += 1;
      sums.ndcg5 += gain;
    }
    if (rank < 10) {
      sums.hr10 += 1;
      sums.ndcg10 += gain;
    }
  }
  const n = data.candidates.size;
  return { hr5: sums.hr5 / n, ndcg5: sums.ndcg5 / n, hr10: sums.hr10 / n, ndcg10: sums.ndcg10 / n };
}
