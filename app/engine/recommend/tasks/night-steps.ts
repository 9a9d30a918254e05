import { evaluationTasks, type EvaluationTask } from "#app/core/evaluation-report.ts";
import { evaluationFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { COLD_START } from "../content/content-members.ts";
import { isTriedByContent, listNightMembers, NIGHT_SETTINGS } from "./evaluation-members.ts";
import { countItems } from "./family-rows.ts";

/** What a night is at: one member, tried with a setting, tested, or fitted on all data. */
export interface NightStep {
  readonly family: ModelFamily;
  readonly task: EvaluationTask;
  readonly member: string;
  /** Steps of this family behind it, of as many as `countNightSteps` says. */
  readonly done: number;
}

/** Whoever wants to know, perhaps in another thread: a MessagePort is one. */
export interface StepListener {
  postMessage(step: NightStep): void;
}

/** Members by content. */
const BY_CONTENT = ["content", COLD_START];

/** At most so many steps: every setting tried, every member tested, a hybrid learnt and tested, the best fitted on all data. */
export function countNightSteps(snapshot: Snapshot, family: ModelFamily, hasTexts: boolean): number {
  return tasksOf(family).reduce((sum, task) => sum + countTaskSteps(snapshot, task, hasTexts), 0);
}

export function tasksOf(family: ModelFamily): EvaluationTask[] {
  return evaluationTasks.filter((task) => evaluationFamilies[task] === family);
}

function countTaskSteps(snapshot: Snapshot, task: EvaluationTask, hasTexts: boolean): number {
  const family = evaluationFamilies[task];
  const members = listNightMembers(task, countItems(snapshot, family));
  const byContent = hasTexts && family !== "categories" ? BY_CONTENT.filter((name) => isTriedByContent(task, name)).length : 0;
  const settings = members.reduce((sum, { settings: all }) => sum + Math.min(NIGHT_SETTINGS, all.length), 0);
  return settings + members.length + byContent * (NIGHT_SETTINGS + 1) + OTHERS;
}

/** Of each task: random tested, the hybrid learnt and tested, the last fit. */
const OTHERS = 4;

/** Counts what the evaluation of one family says of itself; steps that fall away are made up for when the next task starts. */
export function createStepCounter(snapshot: Snapshot, family: ModelFamily, hasTexts: boolean, listener: StepListener | undefined): (task: EvaluationTask) => (step: string) => void {
  let before = 0;
  let done = 0;
  return (task) => {
    done = before;
    before += countTaskSteps(snapshot, task, hasTexts);
    const last = before;
    return (step) => {
      const member = step.replace(/^testing /, "").split(" ")[0];
      listener?.postMessage({ family, task, member, done: Math.min(done, last) });
      done += 1;
    };
  };
}
