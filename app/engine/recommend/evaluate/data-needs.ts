import type { DataNeed, NeedView } from "#app/core/evaluation-report.ts";
import { hasOrder, type RankerMember, type TrainingData } from "./ranker.ts";

export type Needs = Partial<Record<DataNeed, number>>;

/** What a member that says nothing itself wants: fewer joint purchases than this and every pair is chance. */
const USUAL: Needs = { customers: 30, products: 5, purchases: 200, "repeat-customers": 20 };
const BY_NAME: Readonly<Record<string, Needs>> = {
  random: { products: 1 },
  popularity: { purchases: 20 },
  "personal-frequency": { baskets: 30, "repeat-purchases": 20 },
  "tifu-knn": { customers: 50, baskets: 200, "repeat-purchases": 50 },
  "up-cf": { customers: 50, baskets: 200, "repeat-purchases": 50 },
  "directed-copurchase": { ...USUAL, "ordered-histories": 1 },
  "session-knn": { ...USUAL, "ordered-histories": 1 },
  markov: { ...USUAL, "ordered-histories": 1 },
  "sequential-rules": { ...USUAL, "ordered-histories": 1 },
  stan: { ...USUAL, "ordered-histories": 1 },
  ease: { ...USUAL, purchases: 500 },
  "sparse-ease": { ...USUAL, purchases: 500 },
  "gf-cf": { ...USUAL, purchases: 500 },
  item2vec: { ...USUAL, purchases: 2000 },
  hybrid: { ...USUAL, customers: 200, purchases: 2000 },
};

export function measureData(train: TrainingData): Record<DataNeed, number> {
  const { interactions, baskets } = train;
  const { start, item, users, items } = interactions;
  const seenBy = new Int32Array(items).fill(-1);
  const isBought = new Uint8Array(items);
  let customers = 0;
  let repeatCustomers = 0;
  let repeats = 0;
  for (let u = 0; u < users; u += 1) {
    let distinct = 0;
    for (let k = start[u]; k < start[u + 1]; k += 1) {
      isBought[item[k]] = 1;
      if (seenBy[item[k]] === u) repeats += 1;
      else distinct += 1;
      seenBy[item[k]] = u;
    }
    if (distinct > 0) customers += 1;
    if (distinct > 1) repeatCustomers += 1;
  }
  return {
    customers, products: isBought.reduce((sum, flag) => sum + flag, 0), purchases: item.length, "repeat-customers": repeatCustomers,
    baskets: baskets ? baskets.start.length - 1 : customers, "repeat-purchases": repeats, "ordered-histories": hasOrder(train) ? 1 : 0,
  };
}

/** What the member needs, with what there is; those with have < need are what is missing. */
export function listNeeds(member: Pick<RankerMember, "name" | "needs">, have: Record<DataNeed, number>): NeedView[] {
  const needs = member.needs ?? BY_NAME[member.name] ?? USUAL;
  return (Object.entries(needs) as [DataNeed, number][]).map(([what, need]) => ({ what, need, have: have[what] }));
}

export function areMet(needs: readonly NeedView[]): boolean {
  return needs.every(({ need, have }) => have >= need);
}
