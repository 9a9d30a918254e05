import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import type { Invert } from "../collaborative/ease.ts";
import { basketRankers, createItemRankers } from "./ranker-catalogue.ts";
import type { RankerMember } from "./ranker.ts";
import { taskRules } from "./task-split.ts";

/** The members that are worth a try for a task, simplest first, baselines among them. */
export function listTaskMembers(task: EvaluationTask, invert?: Invert): readonly RankerMember[] {
  const items = createItemRankers(invert);
  if (!taskRules[task].isBasket) return items;
  const known = new Set(basketRankers.map((member) => member.name));
  return [...basketRankers, ...items.filter((member) => member.name === "itemknn" && !known.has(member.name))];
}
