import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import { COLD_START } from "../content/content-members.ts";
import { listTaskMembers } from "../evaluate/members-of-task.ts";
import { taskRules } from "../evaluate/task-split.ts";
import type { RankerMember, TrainingData } from "../evaluate/ranker.ts";

/** Settings of a member that are tried in one night; the first ones are the best known. */
export const NIGHT_SETTINGS = 2;
/** Products up to which the exact linear model costs less than a second a setting. */
const EASE_PRODUCTS = 1_500;

/** What wins or comes close on shops of every kind that were tried, and is cheap (docs/models/rankers.md). */
const cheap: Record<EvaluationTask, readonly string[]> = {
  "for-you": ["popularity", "itemknn", "rp3beta", "directed-copurchase"],
  "similar": ["popularity", "itemknn", "directed-copurchase"],
  "next-basket": ["popularity", "personal-frequency", "repeat-cycle", "itemknn", "up-cf"],
  "buy-again": ["popularity", "personal-frequency", "repeat-cycle", "itemknn", "up-cf"],
  "complete-cart": ["popularity", "itemknn", "rp3beta"],
  "bought-together": ["popularity", "itemknn", "rp3beta"],
  "next-category": ["popularity", "itemknn", "directed-copurchase", "markov"],
};

/** The members of a night, simplest first. The command line tries all of them; a night has a minute for a shop of any size. */
export function listNightMembers(task: EvaluationTask, items: number): readonly RankerMember[] {
  const names = new Set(cheap[task]);
  if (names.has("rp3beta") && items <= EASE_PRODUCTS) names.add("ease");
  return listTaskMembers(task)
    .filter((member) => names.has(member.name))
    .map((member) => ({ ...member, mostSettings: (data: TrainingData) => Math.min(NIGHT_SETTINGS, member.mostSettings?.(data) ?? Infinity) }));
}

/** What is bought again needs no likeness; the mapping, which costs most, is tried where a product is asked about: there a new one has nothing else. */
export function isTriedByContent(task: EvaluationTask, name: string): boolean {
  return !taskRules[task].isBasket && (name !== COLD_START || task === "similar" || task === "bought-together");
}
