import type { DataNeed, EvaluationTask, NeedView } from "#app/core/evaluation-report.ts";
import type { TrainingData } from "../evaluate/ranker.ts";

/** Members that are worth their time for a task, simplest first: the order is what the one-standard-error rule goes by. */
export const taskMembers: Record<EvaluationTask, readonly string[]> = {
  "for-you": ["popularity", "recent-popularity", "markov", "itemknn", "rp3beta", "directed-copurchase", "session-knn", "stan", "ease", "item2vec"],
  "similar": ["popularity", "itemknn", "rp3beta", "directed-copurchase", "ease"],
  "next-basket": ["popularity", "personal-frequency", "repeat-cycle", "tifu-knn", "up-cf"],
  "buy-again": ["popularity", "personal-frequency", "repeat-cycle", "tifu-knn", "up-cf"],
  "complete-cart": ["popularity", "itemknn", "rp3beta", "ease"],
  "bought-together": ["popularity", "itemknn", "rp3beta", "ease"],
  "next-category": ["popularity", "personal-frequency", "itemknn", "directed-copurchase"],
};

type Minimum = Partial<Record<DataNeed, number>>;

const PAIRS: Minimum = { purchases: 200, products: 10 };
const minima: Record<string, Minimum> = {
  "popularity": { purchases: 20 },
  "recent-popularity": { purchases: 20 },
  "personal-frequency": { "repeat-customers": 10 },
  "repeat-cycle": { "repeat-purchases": 30 },
  "markov": { ...PAIRS, "repeat-customers": 30 },
  "stan": { ...PAIRS, "repeat-customers": 50 },
  "item2vec": { ...PAIRS, purchases: 5000, "repeat-customers": 200 },
  "itemknn": PAIRS,
  "rp3beta": PAIRS,
  "directed-copurchase": { ...PAIRS, "repeat-customers": 30 },
  "session-knn": { ...PAIRS, "repeat-customers": 50 },
  "ease": { ...PAIRS, purchases: 500 },
  "tifu-knn": { "repeat-customers": 50, "repeat-purchases": 50 },
  "up-cf": { "repeat-customers": 50, "repeat-purchases": 50 },
};

/** What there is to learn from, as the needs count it. */
export function countData({ interactions, baskets }: TrainingData): Record<DataNeed, number> {
  const seen = new Int32Array(interactions.items).fill(-1);
  const counts = { customers: interactions.users, products: 0, purchases: interactions.item.length, "repeat-customers": 0, baskets: baskets ? baskets.start.length - 1 : interactions.users, "repeat-purchases": 0, "ordered-histories": baskets ? 1 : 0 };
  for (let user = 0; user < interactions.users; user += 1) {
    if (baskets && baskets.first[user + 1] - baskets.first[user] > 1) counts["repeat-customers"] += 1;
    for (let k = interactions.start[user]; k < interactions.start[user + 1]; k += 1) {
      const item = interactions.item[k];
      if (seen[item] === user) counts["repeat-purchases"] += 1;
      else if (seen[item] < 0) counts.products += 1;
      seen[item] = user;
    }
  }
  return counts;
}

/** What a member wants at least, beside what the shop has. Carts have no returning customers: those needs do not apply to them. */
export function needsOf(member: string, data: Record<DataNeed, number>, isCart: boolean): NeedView[] {
  return Object.entries(minima[member] ?? {}).flatMap(([what, need]) => {
    const key = what as DataNeed;
    return isCart && key === "repeat-customers" ? [] : [{ what: key, need, have: data[key] }];
  });
}
