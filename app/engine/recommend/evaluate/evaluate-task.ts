import type { ChoiceReason, EvaluationOutcome, EvaluationReport, EvaluationTask, HybridReport, MemberReport } from "#app/core/evaluation-report.ts";
import type { CodedColumn, Snapshot } from "../../snapshot/snapshot.ts";
import { createHybridRanker } from "../hybrid/hybrid-ranker.ts";
import type { IsotonicMap } from "../hybrid/isotonic.ts";
import { hybridKinds, type HybridKind } from "../hybrid/learn-hybrid.ts";
import { productFactsOf } from "../hybrid/product-facts.ts";
import type { ScorerModel } from "../hybrid/row-scorer.ts";
import { candidateDepth, chooseRanker, type ChosenHybrid, type RankerChoice } from "./choose-ranker.ts";
import { areMet, listNeeds, measureData } from "./data-needs.ts";
import { explainChoice } from "./explain-choice.ts";
import { rankForAll, type RepeatRule } from "./evaluate-ranker.ts";
import { judgeLists, measureLists, sliceLists, type AskedLists } from "./list-figures.ts";
import { createRandomMember } from "./random-ranker.ts";
import type { FittedRanker, RankerMember } from "./ranker.ts";
import { createSliceKeys } from "./slice-keys.ts";
import { splitTaskByTime, taskRules, type TaskSplit } from "./task-split.ts";
import { chooseWindow } from "./task-window.ts";

export interface EvaluateTaskOptions {
  readonly task: EvaluationTask;
  /** Simplest first; popularity and itemknn must be among them: every figure is read beside theirs. */
  readonly members: readonly RankerMember[];
  readonly seed: number;
  /** Of the snapshot. */
  readonly fingerprint: string;
  readonly k?: number;
  /** The shop's own groups of customers, one code a customer. */
  readonly segments?: CodedColumn;
  /** Customers (carts) asked on the validation days and on the test days. */
  readonly mostAsked?: number;
  /** Customers (orders) that train; bounds time and memory of large shops. */
  readonly mostRows?: number;
  /** Second stages that may be chosen: those that the caller can serve. */
  readonly hybridKinds?: readonly HybridKind[];
  /** Told what is being tried, for progress. */
  readonly report?: (step: string) => void;
}

/** What was learnt over several members: these in the order that the model knows, best first, and how they are asked (see createHybridRanker). */
export interface EvaluatedHybrid {
  readonly kind: HybridKind;
  readonly members: readonly { readonly name: string; readonly parameters: unknown }[];
  readonly model: ScorerModel;
  readonly depth: number;
  readonly repeats: RepeatRule;
  readonly chances: IsotonicMap | null;
}

export interface TaskEvaluation {
  readonly outcome: EvaluationOutcome;
  /** The "hybrid" of the report, chosen or not; null where none was evaluated. */
  readonly hybrid: EvaluatedHybrid | null;
}

const LIST_LENGTH = 10;
const MOST_ASKED = 5000;
/** Questions below which a difference of members is chance. */
const LEAST_VALIDATED = 30;

/**
 * Evaluates the members for one task on the shop's own orders: settings, hybrid and choice from the validation days, figures from the test days after
 * them, which choose nothing. Full ranking over all products. Pure: same snapshot and options, same report.
 */
export function evaluateTask(snapshot: Snapshot, options: EvaluateTaskOptions): TaskEvaluation {
  const { task, seed, mostRows, k = LIST_LENGTH, mostAsked = MOST_ASKED } = options;
  const window = chooseWindow(snapshot);
  const past = window && splitTaskByTime(snapshot, task, window.validationFromMs, window.testFromMs, mostRows);
  const test = window && splitTaskByTime(snapshot, task, window.testFromMs, Infinity, mostRows);
  if (!window || !past || !test || past.train.interactions.item.length === 0) return refuse(options, test);
  const { repeats } = taskRules[task];
  const facts = taskRules[task].rows === "categories" ? undefined : productFactsOf(snapshot);
  const have = measureData(past.train);
  const needsOf = new Map(options.members.map((member) => [member.name, listNeeds(member, have)]));
  const able = options.members.filter((member) => areMet(needsOf.get(member.name) ?? []));
  if (able.length === 0) return refuse(options, test);
  const mayCombine = areMet(listNeeds({ name: "hybrid" }, have));
  const choice = chooseRanker(past.train, able, {
    k, seed, repeats, facts, mostUsers: mostAsked, report: options.report, hybridKinds: mayCombine ? (options.hybridKinds ?? hybridKinds) : [],
    split: { train: past.train, asked: past.asked, targets: past.targets, rule: "by-time" },
  });
  const isSure = choice.asked >= LEAST_VALIDATED;
  const name = isSure ? choice.choice : choice.tuned[0].member.name;

  const keys = createSliceKeys(snapshot, test, facts !== undefined, options.segments ?? null, window.testFromMs);
  const ndcgOf = new Map<string, Float64Array>();
  const judge = (member: string, model: FittedRanker): Pick<Extract<MemberReport, { state: "evaluated" }>, "test" | "slices"> => {
    options.report?.(`testing ${member}`);
    const lists = listAll(model, test, k, repeats, mostAsked);
    ndcgOf.set(member, judgeLists(lists)[1]);
    return { test: measureLists(lists, test.train, test.asked, facts?.category ?? null, seed), slices: sliceLists(lists, keys, seed) };
  };
  const random = createRandomMember(seed).fit(test.train, null);
  const members: MemberReport[] = random ? [{ state: "evaluated", name: "random", needs: [], parameters: null, settingsTried: 1, validation: { ndcg: 0, standardError: 0 }, ...judge("random", random) }] : [];
  const kept = new Map<string, FittedRanker>();
  for (const member of options.members) {
    const needs = needsOf.get(member.name) ?? [];
    const n = choice.tuned.findIndex((one) => one.member.name === member.name);
    const tuned = choice.tuned[n];
    const model = tuned ? member.fit(test.train, tuned.config) : null;
    if (!tuned || !model) {
      members.push({ state: areMet(needs) ? "not-fitted" : "too-little-data", name: member.name, needs });
      continue;
    }
    if (choice.hybrid?.members.includes(n)) kept.set(member.name, model);
    members.push({ state: "evaluated", name: member.name, needs, parameters: tuned.config, settingsTried: tuned.settingsTried, validation: { ndcg: tuned.ndcg, standardError: finite(tuned.standardError) }, ...judge(member.name, model) });
  }
  const { hybrid } = choice;
  const named = hybrid ? hybrid.members.flatMap((n) => {
    const model = kept.get(choice.tuned[n].member.name);
    return model ? [{ name: choice.tuned[n].member.name, model }] : [];
  }) : [];
  if (hybrid && named.length === hybrid.members.length) {
    const model = createHybridRanker(named, test.train, hybrid.scorer.model, { depth: candidateDepth(k), repeats, facts });
    const standardError = hybrid.tried.find((one) => one.kind === hybrid.kind)?.standardError ?? 0;
    members.push({ state: "evaluated", name: "hybrid", needs: listNeeds({ name: "hybrid" }, have), parameters: { kind: hybrid.kind }, settingsTried: hybrid.tried.length, validation: { ndcg: hybrid.ndcg, standardError: finite(standardError) }, ...judge("hybrid", model) });
  } else if (!mayCombine) members.push({ state: "too-little-data", name: "hybrid", needs: listNeeds({ name: "hybrid" }, have) });

  const reasons: ChoiceReason[] = [
    ...(isSure ? [] : [{ code: "too-few-to-validate" as const, asked: choice.asked, need: LEAST_VALIDATED }]),
    ...explainChoice(choice, name, ndcgOf, seed),
  ];
  const report: EvaluationReport = {
    version: 1, task, k, seed, fingerprint: options.fingerprint, window,
    counts: {
      customers: test.train.interactions.users, products: test.train.interactions.items, purchases: test.train.interactions.item.length,
      validationAsked: choice.asked, testAsked: ndcgOf.get(name)?.length ?? 0,
    },
    members, hybrid: hybrid && describeHybrid(hybrid, choice), choice: { member: name, reasons },
  };
  return { outcome: { kind: "report", report }, hybrid: members.some(({ name: one, state }) => one === "hybrid" && state === "evaluated") ? evaluatedHybrid(choice, k, repeats) : null };
}

function listAll(model: FittedRanker, split: TaskSplit, k: number, repeats: RepeatRule, mostUsers: number): AskedLists {
  const users: number[] = [];
  const lists: number[] = [];
  rankForAll(model, split.train, split.targets, { k, mostUsers, repeats, histories: split.asked }, (user, list, length) => {
    users.push(user);
    for (let rank = 0; rank < k; rank += 1) lists.push(rank < length ? list[rank] : -1);
  });
  return { k, users: Int32Array.from(users), lists: Int32Array.from(lists), targets: split.targets };
}

function refuse({ task, members }: EvaluateTaskOptions, test: TaskSplit | null): TaskEvaluation {
  const have = test ? measureData(test.train) : { customers: 0, products: 0, purchases: 0, "repeat-customers": 0, baskets: 0, "repeat-purchases": 0, "ordered-histories": 0 };
  const missing = members.length > 0 ? listNeeds(members[0], have) : [];
  return { outcome: { kind: "refused", refusal: { task, missing } }, hybrid: null };
}

function evaluatedHybrid({ hybrid, tuned }: RankerChoice, k: number, repeats: RepeatRule): EvaluatedHybrid | null {
  if (!hybrid) return null;
  const members = hybrid.members.map((n) => ({ name: tuned[n].member.name, parameters: tuned[n].config }));
  return { kind: hybrid.kind, members, model: hybrid.scorer.model, depth: candidateDepth(k), repeats, chances: hybrid.chances };
}

function describeHybrid(hybrid: ChosenHybrid, choice: RankerChoice): HybridReport {
  const total = hybrid.scorer.influence.reduce((sum, value) => sum + value, 0);
  return {
    kind: hybrid.kind,
    members: hybrid.members.map((n) => choice.tuned[n].member.name),
    influence: hybrid.features.flatMap((feature, f) => (hybrid.scorer.influence[f] > 0 ? [{ feature, share: hybrid.scorer.influence[f] / total }] : [])).sort((a, b) => b.share - a.share),
    tried: hybrid.tried.map((one) => ({ ...one, standardError: finite(one.standardError) })),
    reliability: hybrid.reliability && { bins: [...hybrid.reliability.bins], calibrationError: hybrid.reliability.calibrationError },
  };
}

/** An error that cannot be told from one question has no place in JSON. */
function finite(standardError: number): number {
  return Number.isFinite(standardError) ? standardError : 0;
}
