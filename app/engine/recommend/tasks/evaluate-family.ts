import { evaluationTasks, type ChoiceReason, type EvaluationOutcome, type EvaluationReport, type EvaluationTask, type MemberReport } from "#app/core/evaluation-report.ts";
import { evaluationFamilies, type ModelFamily } from "#app/core/recommendation-tasks.ts";
import { countByItem, withoutRepeats } from "../../features/interactions.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { computeLastSeen } from "../evaluate/last-seen.ts";
import { computeTieRank } from "../evaluate/rank-items.ts";
import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";
import { summarise } from "../evaluate/summarise.ts";
import { chooseMember } from "./choose-member.ts";
import { chooseWindow, LEAST_ORDERS } from "./choose-window.ts";
import { cutSnapshot } from "./cut-snapshot.ts";
import { countData, needsOf, taskMembers } from "./evaluation-members.ts";
import { buildFamilyRows, countItems } from "./family-rows.ts";
import { bootstrap, figuresOf, judgeRanker, type JudgeGround, type Judgement } from "./judge-ranker.ts";
import { createRandomRanker, RANDOM } from "./random-ranker.ts";
import { sliceFigures } from "./slice-figures.ts";
import { collectQuestions, repeatsOf, type Question } from "./task-questions.ts";
import { thinRows } from "./thin-rows.ts";

export interface EvaluateOptions {
  readonly seed: number;
  readonly fingerprint: string;
  readonly findMember: (name: string) => RankerMember | null;
  /** Told before each fit, for progress. */
  readonly report?: (step: string) => void;
}

const K = 10;
/** Enough to tell apart what differs by a few percent. */
const MOST_QUESTIONS = 1_500;
const LEAST_QUESTIONS = 30;
/** Settings tried of each member; the first ones are the best known. */
const MOST_SETTINGS = 3;

/** One part of time: what is learnt before it, and what is asked of it. */
interface Stage {
  readonly past: Snapshot;
  readonly train: TrainingData;
  readonly fitted: Map<string, FittedRanker | null>;
  readonly questions: (task: EvaluationTask) => Question[];
}

interface Validated {
  readonly name: string;
  readonly parameters: unknown;
  readonly settingsTried: number;
  readonly ndcg: Float64Array;
}

/**
 * Evaluates the tasks of one family on a shop's own orders: every setting and the model itself are chosen on the validation days, judged on the test days.
 * Fits are made once and serve all tasks of the family. Same snapshot, seed and members: the same outcomes.
 */
export function evaluateFamily(snapshot: Snapshot, family: ModelFamily, options: EvaluateOptions): EvaluationOutcome[] {
  const tasks = evaluationTasks.filter((task) => evaluationFamilies[task] === family);
  const window = chooseWindow(snapshot);
  const data = countData(buildFamilyRows(snapshot, family));
  const refuse = (task: EvaluationTask, what: "baskets" | "repeat-customers", need: number): EvaluationOutcome => ({ kind: "refused", refusal: { task, missing: [{ what, need, have: data[what] }] } });
  if (!window) return tasks.map((task) => refuse(task, "baskets", LEAST_ORDERS));
  const validation = openStage(snapshot, family, window.validationFromMs, window.testFromMs);
  const test = openStage(snapshot, family, window.testFromMs, window.lastMs);
  const isCart = family === "orders";
  return tasks.map((task): EvaluationOutcome => {
    const [asked, tested] = [validation.questions(task), test.questions(task)];
    if (asked.length < LEAST_QUESTIONS || tested.length < LEAST_QUESTIONS) return refuse(task, isCart ? "baskets" : "repeat-customers", data[isCart ? "baskets" : "repeat-customers"] + LEAST_QUESTIONS - Math.min(asked.length, tested.length));
    const needs = new Map(taskMembers[task].map((name) => [name, needsOf(name, countData(validation.train), isCart)]));
    const able = taskMembers[task].filter((name) => needs.get(name)?.every(({ need, have }) => have >= need));
    const ground = groundOf(validation, family, task);
    const validated = able.flatMap((name) => tune(validation, name, asked, ground, options) ?? []);
    if (validated.length === 0) return refuse(task, "baskets", LEAST_ORDERS);
    const choice = chooseMember(validated);
    const random = { name: RANDOM, parameters: null, settingsTried: 1, ndcg: judgeRanker(createRandomRanker(ground.items, options.seed), asked, ground).ndcg };
    const members = judgeMembers(snapshot, test, family, task, tested, [...validated, random], needs, options);
    const report: EvaluationReport = {
      version: 1, task, k: K, seed: options.seed, fingerprint: options.fingerprint, window,
      counts: { customers: data.customers, products: data.products, purchases: data.purchases, validationAsked: asked.length, testAsked: tested.length },
      members: members.map(({ report: one }) => one), hybrid: null,
      choice: { member: choice.name, reasons: [...choice.reasons, ...hindsight(choice.name, members, options.seed)] },
    };
    return { kind: "report", report };
  });
}

function openStage(snapshot: Snapshot, family: ModelFamily, fromMs: number, toMs: number): Stage {
  const past = cutSnapshot(snapshot, fromMs);
  return { past, train: thinRows(buildFamilyRows(past, family)), fitted: new Map(), questions: (task) => collectQuestions(snapshot, past, task, { fromMs, toMs }, MOST_QUESTIONS) };
}

function groundOf({ past, train }: Stage, family: ModelFamily, task: EvaluationTask): JudgeGround {
  const counts = countByItem(withoutRepeats(train.interactions));
  const items = countItems(past, family);
  return {
    k: K, items, repeats: repeatsOf(task), tieRank: computeTieRank(counts, computeLastSeen(train)), share: counts.map((count) => count / Math.max(1, train.interactions.users)),
    category: family === "categories" ? new Int32Array(items).fill(-1) : past.products.type.codes,
  };
}

function fit(stage: Stage, name: string, parameters: unknown, { findMember, report }: EvaluateOptions): FittedRanker | null {
  const key = `${name} ${JSON.stringify(parameters)}`;
  const known = stage.fitted.get(key);
  if (known !== undefined) return known;
  report?.(key);
  const fitted = findMember(name)?.fit(stage.train, parameters) ?? null;
  stage.fitted.set(key, fitted);
  return fitted;
}

function tune(stage: Stage, name: string, questions: readonly Question[], ground: JudgeGround, options: EvaluateOptions): Validated | null {
  const member = options.findMember(name);
  if (!member) return null;
  const settings = member.settings.slice(0, Math.min(MOST_SETTINGS, member.mostSettings?.(stage.train) ?? Infinity));
  let best: Validated | null = null;
  let bestMean = -1;
  for (const parameters of settings) {
    const fitted = fit(stage, name, parameters, options);
    if (!fitted) return null;
    const { ndcg } = judgeRanker(fitted, questions, ground);
    const { mean } = summarise(ndcg);
    if (mean > bestMean) [best, bestMean] = [{ name, parameters, settingsTried: settings.length, ndcg }, mean];
  }
  return best;
}

interface Judged {
  readonly name: string;
  readonly report: MemberReport;
  readonly judgement: Judgement | null;
}

function judgeMembers(snapshot: Snapshot, stage: Stage, family: ModelFamily, task: EvaluationTask, questions: readonly Question[], validated: readonly Validated[], needs: ReadonlyMap<string, MemberReport["needs"]>, options: EvaluateOptions): Judged[] {
  const ground = groundOf(stage, family, task);
  const evaluated = (name: string, ranker: FittedRanker, of: Omit<Validated, "name">): Judged => {
    const judgement = judgeRanker(ranker, questions, ground);
    const { mean, standardError } = summarise(of.ndcg);
    const slices = sliceFigures(snapshot, family, questions, judgement, ground.share, options.seed);
    return { name, judgement, report: { state: "evaluated", name, needs: needs.get(name) ?? [], parameters: of.parameters, settingsTried: of.settingsTried, validation: { ndcg: mean, standardError }, test: figuresOf(judgement, questions, ground, options.seed), slices } };
  };
  return [...taskMembers[task], RANDOM].map((name): Judged => {
    const one = validated.find((candidate) => candidate.name === name);
    const ranker = name === RANDOM ? createRandomRanker(ground.items, options.seed) : one && fit(stage, name, one.parameters, options);
    if (one && ranker) return evaluated(name, ranker, one);
    const isMet = needs.get(name)?.every(({ need, have }) => have >= need) ?? true;
    return { name, judgement: null, report: { state: isMet ? "not-fitted" : "too-little-data", name, needs: needs.get(name) ?? [] } };
  });
}

/** What the test days say of the choice, which they had no part in. */
function hindsight(choice: string, members: readonly Judged[], seed: number): ChoiceReason[] {
  const of = (name: string) => members.find((one) => one.name === name)?.judgement?.ndcg ?? null;
  const mine = of(choice);
  if (!mine) return [];
  const meanOf = (values: Float64Array) => summarise(values).mean;
  const reasons: ChoiceReason[] = [];
  const popular = of("popularity");
  if (popular && choice !== "popularity") {
    const { low } = bootstrap(mine.map((value, q) => value - popular[q]), seed);
    reasons.push({ code: "against-popularity", ratio: meanOf(popular) > 0 ? meanOf(mine) / meanOf(popular) : null, isSure: low > 0 });
  }
  const best = members.reduce((top, one) => (one.judgement && meanOf(one.judgement.ndcg) > meanOf(top.ndcg) ? { name: one.name, ndcg: one.judgement.ndcg } : top), { name: choice, ndcg: mine });
  return [...reasons, { code: "in-hindsight", member: best.name, difference: bootstrap(mine.map((value, q) => value - best.ndcg[q]), seed) }];
}
