import { createRng } from "#app/core/rng.ts";
import { evaluateRanker, type EvaluationOptions } from "./evaluate-ranker.ts";
import { learnBlend } from "./learn-blend.ts";
import type { FittedRanker, RankerMember, TrainingData } from "./ranker.ts";
import { splitForValidation, type ValidationSplit } from "./split-validation.ts";
import { summarise } from "./summarise.ts";

export interface TunedMember {
  readonly member: RankerMember;
  /** The setting that did best on the validation split. */
  readonly config: unknown;
  /** Mean NDCG@k on the validation split, and its standard error. */
  readonly ndcg: number;
  readonly standardError: number;
  /** Fitted on the validation split's training part; dropped for members that are not blended. */
  readonly fitted: FittedRanker | null;
}

export interface RankerChoice {
  readonly rule: ValidationSplit["rule"];
  /** In the order given, members that could not hold the data left out. */
  readonly tuned: readonly TunedMember[];
  /** Weights of the blend, one for each of `tuned`; null when no blend beat the best member. */
  readonly blend: readonly number[] | null;
  readonly blendNdcg: number | null;
  /** Name of the member, or "hybrid". */
  readonly choice: string;
}

export interface ChooseOptions {
  readonly k: number;
  readonly seed: number;
  readonly allowRepeats: boolean;
  /** Users asked on the validation split. */
  readonly mostUsers?: number;
  /** Told what is being tried, for progress. */
  readonly report?: (step: string) => void;
}

/** Enough to tell apart what differs by a few percent; fewer chose a worse setting on Ta-Feng. */
const MOST_USERS = 5000;
const MOST_BLENDED = 4;
/** The blend must gain this many standard errors over the best member. */
const GAIN_ERRORS = 0.5;

/**
 * Tunes every member on a validation split of the training data, learns a blend of the best ones there, and chooses the blend when it is
 * surely better than the best member on users that its weights were not learnt from; the test data is never seen.
 */
export function chooseRanker(data: TrainingData, members: readonly RankerMember[], options: ChooseOptions): RankerChoice {
  const split = splitForValidation(data, createRng(options.seed));
  const evaluation: EvaluationOptions = { k: options.k, mostUsers: options.mostUsers ?? MOST_USERS, allowRepeats: options.allowRepeats };
  let tuned: TunedMember[] = [];
  for (const member of members) {
    const best = tuneMember(member, split, evaluation, options.report);
    if (best) tuned = dropLosers([...tuned, best]);
  }
  if (tuned.length === 0) throw new RangeError("no member can be fitted to this data");
  const ranked = rankByNdcg(tuned);
  const single = ranked[0];
  options.report?.("blend");
  const blended = ranked.slice(0, MOST_BLENDED).flatMap((n) => {
    const { fitted } = tuned[n];
    return fitted ? [{ n, fitted }] : [];
  });
  const learnt = learnBlend(blended.map((one) => one.fitted), blended.findIndex((one) => one.n === single), split, evaluation);
  if (!learnt || !(learnt.gain > GAIN_ERRORS * learnt.gainError)) return { rule: split.rule, tuned, blend: null, blendNdcg: null, choice: tuned[single].member.name };
  const blend = tuned.map((_, n) => {
    const place = blended.findIndex((one) => one.n === n);
    return place < 0 ? 0 : learnt.weights[place];
  });
  return { rule: split.rule, tuned, blend, blendNdcg: learnt.ndcg, choice: "hybrid" };
}

function rankByNdcg(tuned: readonly TunedMember[]): number[] {
  return [...tuned.keys()].sort((p, q) => tuned[q].ndcg - tuned[p].ndcg || p - q);
}

/** Only members that may still be blended keep their fitted model: each may hold hundreds of megabytes. */
function dropLosers(tuned: readonly TunedMember[]): TunedMember[] {
  const kept = new Set(rankByNdcg(tuned).slice(0, MOST_BLENDED));
  return tuned.map((one, n) => (kept.has(n) || !one.fitted ? one : { ...one, fitted: null }));
}

function tuneMember(member: RankerMember, split: ValidationSplit, evaluation: EvaluationOptions, report?: (step: string) => void): TunedMember | null {
  const settings = member.settings.slice(0, member.mostSettings?.(split.train) ?? Infinity);
  let best: TunedMember | null = null;
  for (const config of settings) {
    report?.(`${member.name} ${config === null ? "" : JSON.stringify(config)}`);
    const fitted = member.fit(split.train, config);
    if (!fitted) return null;
    const { mean, standardError } = summarise(evaluateRanker(fitted, split.train, split.targets, evaluation).ndcgByUser());
    if (!best || mean > best.ndcg) best = { member, config, ndcg: mean, standardError, fitted };
  }
  return best;
}
