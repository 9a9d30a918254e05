import { createRng } from "#app/core/rng.ts";
import { createCandidateReader, type NamedRanker } from "../hybrid/candidate-features.ts";
import { learnHybrid, type HybridKind, type LearntHybrid } from "../hybrid/learn-hybrid.ts";
import { collectPools } from "../hybrid/pools.ts";
import type { ProductFacts } from "../hybrid/product-facts.ts";
import { evaluateRanker, pickUsers, type EvaluationOptions, type RepeatRule } from "./evaluate-ranker.ts";
import { historyOf, type FittedRanker, type RankerMember, type TrainingData } from "./ranker.ts";
import { splitForValidation, type ValidationSplit } from "./split-validation.ts";
import { summarise, summariseDifference } from "./summarise.ts";

export interface TunedMember {
  readonly member: RankerMember;
  /** The setting that did best on the validation split. */
  readonly config: unknown;
  readonly settingsTried: number;
  /** Mean NDCG@k on the validation split, and its standard error. */
  readonly ndcg: number;
  readonly standardError: number;
  readonly ndcgByQuestion: Float64Array;
  /** Fitted on the validation split's training part; dropped for members that give no candidates. */
  readonly fitted: FittedRanker | null;
}

/** The learnt second stage over some of the members, and what it gains. */
export interface ChosenHybrid extends LearntHybrid {
  /** Places in `tuned`, in the order in which the scorer knows them. */
  readonly members: readonly number[];
  /** Against the best single member, on the same questions, none of which its scorer had learnt from. */
  readonly gain: number;
  readonly gainError: number;
}

export interface RankerChoice {
  readonly rule: ValidationSplit["rule"];
  /** In the order given, which is that of simplicity; members that could not hold the data left out. */
  readonly tuned: readonly TunedMember[];
  /** Place in `tuned` of the member with the highest figure, and of the simplest one that is as good within one standard error. */
  readonly best: number;
  readonly simplest: number;
  /** Mean of (best - simplest) over the questions, and its standard error. */
  readonly loss: number;
  readonly lossError: number;
  readonly hybrid: ChosenHybrid | null;
  /** Name of the member, or "hybrid". */
  readonly choice: string;
  readonly asked: number;
}

export interface ChooseOptions {
  readonly k: number;
  readonly seed: number;
  readonly repeats: RepeatRule;
  /** Users asked on the validation split. */
  readonly mostUsers?: number;
  /** What is known of the products besides who bought them. */
  readonly facts?: ProductFacts;
  /** Second stages to try; none leaves the single members. */
  readonly hybridKinds?: readonly HybridKind[];
  /** Given when the caller holds out by time; else a part of the data is held out here. */
  readonly split?: ValidationSplit;
  /** Told what is being tried, for progress. */
  readonly report?: (step: string) => void;
}

/** Enough to tell apart what differs by a few percent; fewer chose a worse setting on Ta-Feng. */
const MOST_USERS = 5000;
/** The second stage has more to learn: as many users as keep its candidates under so many, but not more than three times as many. */
const MOST_CANDIDATES = 1_500_000;
/** Members that give candidates to the hybrid. */
const MOST_COMBINED = 5;
/** Of each member's list: three lists of k, at least 30 and at most 50 more than k. Below that the second stage hardly lifts anything. */
const DEPTH = { lists: 3, least: 30, mostMore: 50 };

/** How far down the members' lists the second stage looks. */
export function candidateDepth(k: number): number {
  return Math.max(DEPTH.least, Math.min(DEPTH.lists * k, k + DEPTH.mostMore));
}

/**
 * Tunes every member on a validation split of the training data and learns a second stage over the best ones; the test data is never seen. The choice
 * is the simplest that is as good as the best within one standard error (Breiman et al. 1984), taken of the differences on the same questions: the
 * hybrid, the least simple of all, must gain more than one over the best member.
 */
export function chooseRanker(data: TrainingData, members: readonly RankerMember[], options: ChooseOptions): RankerChoice {
  const split = options.split ?? splitForValidation(data, createRng(options.seed));
  const evaluation: EvaluationOptions = { k: options.k, mostUsers: options.mostUsers ?? MOST_USERS, repeats: options.repeats, histories: split.asked };
  let tuned: TunedMember[] = [];
  for (const member of members) {
    const best = tuneMember(member, split, evaluation, options.report);
    if (best) tuned = dropLosers([...tuned, best]);
  }
  if (tuned.length === 0) throw new RangeError("no member can be fitted to this data");
  const best = rankByNdcg(tuned)[0];
  const behind = tuned.map((one) => summariseDifference(tuned[best].ndcgByQuestion, one.ndcgByQuestion));
  const isAsGood = (n: number) => n === best || behind[n].mean <= behind[n].standardError;
  const simplest = tuned.findIndex((_, n) => isAsGood(n));
  options.report?.("hybrid");
  const hybrid = combine(tuned, split, evaluation, options);
  const choice = hybrid && hybrid.gain > hybrid.gainError ? "hybrid" : tuned[simplest].member.name;
  return { rule: split.rule, tuned, best, simplest, loss: behind[simplest].mean, lossError: behind[simplest].standardError, hybrid, choice, asked: tuned[best].ndcgByQuestion.length };
}

function combine(tuned: readonly TunedMember[], split: ValidationSplit, evaluation: EvaluationOptions, options: ChooseOptions): ChosenHybrid | null {
  const kinds = options.hybridKinds ?? ["blend", "logistic", "trees"];
  const members = rankByNdcg(tuned).slice(0, MOST_COMBINED).filter((n) => tuned[n].fitted !== null && tuned[n].ndcg > 0);
  if (members.length < 2 || kinds.length === 0) return null;
  const named = members.flatMap((n): NamedRanker[] => {
    const { fitted, member } = tuned[n];
    return fitted ? [{ name: member.name, model: fitted }] : [];
  });
  const reader = createCandidateReader(named, split.train, { depth: candidateDepth(options.k), repeats: options.repeats, facts: options.facts });
  const asked = options.mostUsers ?? Math.min(3 * MOST_USERS, Math.max(MOST_USERS, Math.floor(MOST_CANDIDATES / (members.length * candidateDepth(options.k)))));
  const users = pickUsers(split.targets, asked);
  const pools = collectPools(reader, users, (u) => historyOf(split.asked ?? split.train, u), (u) => split.targets[u], options.k);
  const learnt = learnHybrid(pools, members.length, 0, kinds);
  if (!learnt) return null;
  // Of the full ranking, over all products: in the pools the best member would be helped by the others' choice of candidates.
  const single = evaluateRanker(named[0].model, split.train, split.targets, { ...evaluation, mostUsers: asked }).ndcgByUser();
  const gain = summariseDifference(learnt.ndcgByQuestion, single);
  return { ...learnt, members, gain: gain.mean, gainError: gain.standardError };
}

function rankByNdcg(tuned: readonly TunedMember[]): number[] {
  return [...tuned.keys()].sort((p, q) => tuned[q].ndcg - tuned[p].ndcg || p - q);
}

/** Only members that may still be combined keep their fitted model: each may hold hundreds of megabytes. */
function dropLosers(tuned: readonly TunedMember[]): TunedMember[] {
  const kept = new Set(rankByNdcg(tuned).slice(0, MOST_COMBINED));
  return tuned.map((one, n) => (kept.has(n) || !one.fitted ? one : { ...one, fitted: null }));
}

function tuneMember(member: RankerMember, split: ValidationSplit, evaluation: EvaluationOptions, report?: (step: string) => void): TunedMember | null {
  const settings = member.settings.slice(0, member.mostSettings?.(split.train) ?? Infinity);
  let best: TunedMember | null = null;
  for (const config of settings) {
    report?.(`${member.name} ${config === null ? "" : JSON.stringify(config)}`);
    const fitted = member.fit(split.train, config);
    if (!fitted) return null;
    const ndcgs = evaluateRanker(fitted, split.train, split.targets, evaluation).ndcgByUser();
    const { mean, standardError } = summarise(ndcgs);
    if (!best || mean > best.ndcg) best = { member, config, settingsTried: settings.length, ndcg: mean, standardError, ndcgByQuestion: ndcgs, fitted };
  }
  return best;
}
