import type { AccuracyFigures, FigureSlice, RecommenderFigures } from "#app/core/evaluation-report.ts";
import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import { bootstrapMeans } from "./bootstrap.ts";
import { historyOf, type TrainingData } from "./ranker.ts";

/** Top-k lists of one member for all asked users, in the order of `users`. */
export interface AskedLists {
  readonly k: number;
  readonly users: Int32Array;
  /** users x k; -1 where a list ended early. */
  readonly lists: Int32Array;
  readonly targets: readonly Int32Array[];
}

/** Groups of questions and of products that figures are broken down by. */
export interface SliceKeys {
  /** Name of the group of each asked user (row), or null; by kind. */
  readonly users: readonly { readonly by: "history" | "segment"; readonly nameOf: (user: number) => string | null }[];
  /** Name of the group of each item, or null. */
  readonly items: readonly { readonly by: "popularity" | "category"; readonly names: readonly string[]; readonly codeOf: Int32Array }[];
}

/** Smallest slice that is shown. */
const LEAST_ASKED = 10;

/** Recall, NDCG, reciprocal rank and hit of every question; `counts` limits what is looked for to some targets, NaN where a question has none of them. */
export function judgeLists({ k, users, lists, targets }: AskedLists, counts: (item: number) => boolean = () => true): Float64Array[] {
  const columns = [0, 1, 2, 3].map(() => new Float64Array(users.length).fill(NaN));
  for (let q = 0; q < users.length; q += 1) {
    const wanted = new Set([...targets[users[q]]].filter(counts));
    if (wanted.size === 0) continue;
    let hits = 0;
    let gain = 0;
    let first = 0;
    let ideal = 0;
    for (let rank = 0; rank < k; rank += 1) {
      if (rank < wanted.size) ideal += 1 / Math.log2(rank + 2);
      if (!wanted.has(lists[q * k + rank])) continue;
      hits += 1;
      gain += 1 / Math.log2(rank + 2);
      if (first === 0) first = rank + 1;
    }
    columns[0][q] = hits / wanted.size;
    columns[1][q] = gain / ideal;
    columns[2][q] = first > 0 ? 1 / first : 0;
    columns[3][q] = hits > 0 ? 1 : 0;
  }
  return columns;
}

function summariseColumns(columns: readonly Float64Array[], keep: (q: number) => boolean, seed: number): AccuracyFigures {
  const kept = columns.map((column) => column.filter((value, q) => !Number.isNaN(value) && keep(q)));
  const [recall, ndcg, mrr, hitRate] = bootstrapMeans(kept, seed);
  return { asked: kept[0].length, recall, ndcg, mrr, hitRate };
}

/**
 * All figures of one member's lists. `categoryOf` gives -1 for a product without one, and is null where there are none. Novelty: Vargas & Castells 2011;
 * miscalibration: Steck 2018, eq. 1 with alpha .01; Gini over how often each product was shown.
 */
export function measureLists(asked: AskedLists, train: TrainingData, histories: TrainingData, categoryOf: Int32Array | null, seed: number): RecommenderFigures {
  const { items } = train.interactions;
  const shown = new Float64Array(items);
  for (const i of asked.lists) if (i >= 0) shown[i] += 1;
  const total = shown.reduce((sum, count) => sum + count, 0);
  const once = withoutRepeats(train.interactions);
  const buyers = countByItem(once);
  const customers = Math.max(1, once.users);
  let surprise = 0;
  let covered = 0;
  for (let i = 0; i < items; i += 1) {
    if (shown[i] === 0) continue;
    covered += 1;
    surprise += shown[i] * -Math.log2(Math.max(buyers[i], 0.5) / customers);
  }
  return {
    ...summariseColumns(judgeLists(asked), () => true, seed),
    coverage: covered / Math.max(1, items),
    novelty: total > 0 ? surprise / total : 0,
    diversity: categoryOf && meanDiversity(asked, categoryOf),
    popularityBias: comparePopularity(asked, histories, buyers),
    gini: computeGini(shown),
    miscalibration: categoryOf && meanMiscalibration(asked, histories, categoryOf),
  };
}

/** Figures by group; groups with fewer than ten questions are left out. */
export function sliceLists(asked: AskedLists, keys: SliceKeys, seed: number): FigureSlice[] {
  const all = judgeLists(asked);
  const slices: FigureSlice[] = [];
  for (const { by, nameOf } of keys.users) {
    const names = Array.from(asked.users, nameOf);
    for (const name of [...new Set(names)].sort()) if (name !== null) slices.push({ by, name, ...summariseColumns(all, (q) => names[q] === name, seed) });
  }
  for (const { by, names, codeOf } of keys.items) {
    names.forEach((name, code) => slices.push({ by, name, ...summariseColumns(judgeLists(asked, (item) => codeOf[item] === code), () => true, seed) }));
  }
  return slices.filter((slice) => slice.asked >= LEAST_ASKED);
}

function meanDiversity({ k, users, lists }: AskedLists, categoryOf: Int32Array): number {
  let sum = 0;
  let judged = 0;
  for (let q = 0; q < users.length; q += 1) {
    let pairs = 0;
    let different = 0;
    for (let a = q * k; a < (q + 1) * k && lists[a] >= 0; a += 1) {
      for (let b = q * k; b < a; b += 1) {
        pairs += 1;
        if (categoryOf[lists[a]] !== categoryOf[lists[b]]) different += 1;
      }
    }
    if (pairs === 0) continue;
    sum += different / pairs;
    judged += 1;
  }
  return judged > 0 ? sum / judged : 0;
}

function comparePopularity({ k, users, lists }: AskedLists, histories: TrainingData, buyers: Float64Array): number | null {
  let [shownSum, shownCount, ownSum, ownCount] = [0, 0, 0, 0];
  for (let q = 0; q < users.length; q += 1) {
    for (let at = q * k; at < (q + 1) * k && lists[at] >= 0; at += 1) {
      shownSum += buyers[lists[at]];
      shownCount += 1;
    }
    for (const i of historyOf(histories, users[q]).items) {
      ownSum += buyers[i];
      ownCount += 1;
    }
  }
  return shownCount > 0 && ownSum > 0 ? shownSum / shownCount / (ownSum / ownCount) : null;
}

/** 0 when all values are equal, near 1 when one has everything. */
export function computeGini(values: Float64Array): number {
  const sorted = values.slice().sort();
  let weighted = 0;
  let total = 0;
  for (let n = 0; n < sorted.length; n += 1) {
    weighted += (n + 1) * sorted[n];
    total += sorted[n];
  }
  return total > 0 ? (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length : 0;
}

const SMOOTHING = 0.01;

function meanMiscalibration({ k, users, lists }: AskedLists, histories: TrainingData, categoryOf: Int32Array): number {
  const codes = 1 + categoryOf.reduce((most, code) => Math.max(most, code), 0);
  const own = new Float64Array(codes);
  const shown = new Float64Array(codes);
  let sum = 0;
  let judged = 0;
  for (let q = 0; q < users.length; q += 1) {
    own.fill(0);
    shown.fill(0);
    let [ownCount, shownCount] = [0, 0];
    for (const i of historyOf(histories, users[q]).items) {
      if (categoryOf[i] < 0) continue;
      own[categoryOf[i]] += 1;
      ownCount += 1;
    }
    for (let at = q * k; at < (q + 1) * k && lists[at] >= 0; at += 1) {
      if (categoryOf[lists[at]] < 0) continue;
      shown[categoryOf[lists[at]]] += 1;
      shownCount += 1;
    }
    if (ownCount === 0 || shownCount === 0) continue;
    for (let c = 0; c < codes; c += 1) {
      if (own[c] === 0) continue;
      const p = own[c] / ownCount;
      sum += p * Math.log(p / ((1 - SMOOTHING) * (shown[c] / shownCount) + SMOOTHING * p));
    }
    judged += 1;
  }
  return judged > 0 ? sum / judged : 0;
}
