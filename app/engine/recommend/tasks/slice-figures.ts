import type { FigureSlice } from "#app/core/evaluation-report.ts";
import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { accuracyOf, type Judgement } from "./judge-ranker.ts";
import type { Question } from "./task-questions.ts";

const HISTORIES = [["1-2", 1, 2], ["3-9", 3, 9], ["10+", 10, Infinity]] as const;
/** A slice of fewer questions says more of chance than of the model. */
const LEAST_ASKED = 20;
const CATEGORIES = 5;

/** The same answers, looked at by how much was known of the customer, by how popular what they bought is, and by its category. */
export function sliceFigures(snapshot: Snapshot, family: ModelFamily, questions: readonly Question[], judgement: Judgement, share: Float64Array, seed: number): FigureSlice[] {
  const slice = (by: FigureSlice["by"], name: string, isAsked: (question: Question) => boolean): FigureSlice[] => {
    const figures = accuracyOf(judgement, seed, (q) => isAsked(questions[q]));
    return figures.asked < LEAST_ASKED ? [] : [{ by, name, ...figures }];
  };
  const slices = HISTORIES.flatMap(([name, from, to]) => slice("history", name, ({ history }) => history.items.length >= from && history.items.length <= to));
  if (family === "categories") return slices;
  const [head, torso] = popularityBounds(share);
  const of = (item: number) => (share[item] >= head ? "head" : share[item] >= torso ? "torso" : "tail");
  const popularity = ["head", "torso", "tail"].flatMap((name) => slice("popularity", name, ({ targets }) => of(targets[0]) === name));
  const { codes, names } = snapshot.products.type;
  const counts = new Map<number, number>();
  for (const { targets } of questions) counts.set(codes[targets[0]], (counts.get(codes[targets[0]]) ?? 0) + 1);
  const largest = [...counts].filter(([code]) => code >= 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, CATEGORIES);
  return [...slices, ...popularity, ...largest.flatMap(([code]) => slice("category", names[code], ({ targets }) => codes[targets[0]] === code))];
}

/** Shares from which on a product belongs to the half of the sales that the fewest products make, and to the next 30 %. */
function popularityBounds(share: Float64Array): [number, number] {
  const sorted = share.slice().sort().reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  let head = Infinity;
  for (const value of sorted) {
    sum += value;
    if (head === Infinity && sum >= 0.5 * total) head = value;
    if (sum >= 0.8 * total) return [head, value];
  }
  return [head, 0];
}
