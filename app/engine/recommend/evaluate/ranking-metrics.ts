/** Means over users of one model's top-k lists; all in 0..1. */
export interface RankingFigures {
  readonly users: number;
  /** hits / |targets| */
  readonly recall: number;
  /** DCG with gain 1 / log2(rank + 1), over the ideal DCG cut at min(k, |targets|) */
  readonly ndcg: number;
  /** 1 / rank of the first hit, 0 without one */
  readonly mrr: number;
  /** Share of users with at least one hit */
  readonly hitRate: number;
  /** Share of all items that stand in at least one list */
  readonly coverage: number;
}

export interface FiguresCollector {
  add(list: Int32Array, length: number, targets: Int32Array): void;
  figures(): RankingFigures;
  /** NDCG of each user added, in order: for intervals and for the one-standard-error rule. */
  ndcgByUser(): Float64Array;
}

/** Collects full-ranking figures at cut-off `k` for a catalogue of `items`. */
export function createFiguresCollector(k: number, items: number): FiguresCollector {
  const shown = new Uint8Array(items);
  const isTarget = new Int32Array(items).fill(-1);
  const discount = Float64Array.from({ length: k }, (_, rank) => 1 / Math.log2(rank + 2));
  const ideal = new Float64Array(k + 1);
  for (let n = 0; n < k; n += 1) ideal[n + 1] = ideal[n] + discount[n];
  const ndcgs: number[] = [];
  let users = 0;
  let recall = 0;
  let reciprocal = 0;
  let hitUsers = 0;
  return {
    add(list, length, targets) {
      for (const target of targets) isTarget[target] = users;
      let hits = 0;
      let gain = 0;
      let first = 0;
      for (let rank = 0; rank < Math.min(length, k); rank += 1) {
        shown[list[rank]] = 1;
        if (isTarget[list[rank]] !== users) continue;
        hits += 1;
        gain += discount[rank];
        if (first === 0) first = rank + 1;
      }
      users += 1;
      recall += hits / targets.length;
      ndcgs.push(gain / ideal[Math.min(k, targets.length)]);
      if (first > 0) {
        reciprocal += 1 / first;
        hitUsers += 1;
      }
    },
    figures() {
      const over = Math.max(1, users);
      let covered = 0;
      for (const flag of shown) covered += flag;
      return { users, recall: recall / over, ndcg: ndcgs.reduce((sum, value) => sum + value, 0) / over, mrr: reciprocal / over, hitRate: hitUsers / over, coverage: covered / Math.max(1, items) };
    },
    ndcgByUser: () => Float64Array.from(ndcgs),
  };
}
