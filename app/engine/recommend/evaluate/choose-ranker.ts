import { createRng } from "#app/core/rng.ts";
import { blendRankers } from "./blend.ts";
import { evaluateRanker, type EvaluationOptions } from "./evaluate-ranker.ts";
import type { FittedRanker, RankerMember, TrainingData } from "./ranker.ts";
import { splitForValidation, type ValidationSplit } from "./split-validation.ts";

export interface TunedMember {
  readonly member: RankerMember;
  /** The setting that did best on the validation split. */
  readonly config: unknown;
  /** Mean NDCG@k on the validation split, and its standard error. */
  readonly ndcg: number;
  readonly standardError: number;
  /** Fitted on the validation split's training part. */
  readonly fitted: FittedRanker;
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

/**
 * Tunes every member on a validation split of the training data, learns a blend of the best ones there by coordinate search, and chooses
 * the blend when it is better than the best member by more than half its standard error of the difference; the test data is never seen.
 */
export function chooseRanker(data: TrainingData, members: readonly RankerMember[], options: ChooseOptions): RankerChoice {
  const split = splitForValidation(data, createRng(options.seed));
  const evaluation: EvaluationOptions = { k: options.k, mostUsers: options.mostUsers ?? 5000, allowRepeats: options.allowRepeats };
  const tuned: TunedMember[] = [];
  for (const member of members) {
    const best = tuneMember(member, split, evaluation, options.report);
    if (best) tuned.push(best);
  }
  if (tuned.length === 0) throw new RangeError("no member can be fitted to this data");
  const single = tuned.reduce((best, next) => (next.ndcg > best.ndcg ? next : best));
  options.report?.("blend");
  const blend = learnBlend(tuned, single, split, evaluation);
  return { rule: split.rule, tuned, blend: blend?.weights ?? null, blendNdcg: blend?.ndcg ?? null, choice: blend ? "hybrid" : single.member.name };
}

function tuneMember(member: RankerMember, split: ValidationSplit, evaluation: EvaluationOptions, report?: (step: string) => void): TunedMember | null {
  let best: TunedMember | null = null;
  for (const config of member.settings.slice(0, member.mostSettings?.(split.train) ?? Infinity)) {
    report?.(`${member.name} ${config === null ? "" : JSON.stringify(config)}`);
    const fitted = member.fit(split.train, config);
    if (!fitted) return null;
    const { mean, standardError } = summarise(evaluateRanker(fitted, split.train, split.targets, evaluation).ndcgByUser());
    if (!best || mean > best.ndcg) best = { member, config, ndcg: mean, standardError, fitted };
  }
  return best;
}

const MOST_BLENDED = 4;
const STEPS = [0, 0.15, 0.4, 1];

function learnBlend(tuned: readonly TunedMember[], single: TunedMember, split: ValidationSplit, evaluation: EvaluationOptions): { weights: number[]; ndcg: number } | null {
  const items = split.train.interactions.items;
  const order = [...tuned.keys()].sort((p, q) => tuned[q].ndcg - tuned[p].ndcg).slice(0, MOST_BLENDED);
  const weights = new Array<number>(tuned.length).fill(0);
  weights[order[0]] = 1;
  const evaluate = (candidate: readonly number[]) => {
    const model = blendRankers(tuned.map((one, n) => ({ model: one.fitted, weight: candidate[n] })), items);
    return evaluateRanker(model, split.train, split.targets, evaluation).ndcgByUser();
  };
  const base = evaluate(weights);
  let best = base;
  let bestMean = summarise(base).mean;
  for (const n of order.slice(1)) {
    let bestStep = 0;
    for (const step of STEPS) {
      if (step === 0) continue;
      const candidate = weights.slice();
      candidate[n] = step;
      const ndcgs = evaluate(candidate);
      const { mean } = summarise(ndcgs);
      if (mean > bestMean) {
        bestMean = mean;
        best = ndcgs;
        bestStep = step;
      }
    }
    weights[n] = bestStep;
  }
  if (weights.filter((weight) => weight > 0).length < 2) return null;
  const difference = summarise(best.map((value, u) => value - base[u]));
  const isBetter = difference.mean > 0.5 * difference.standardError && bestMean > single.ndcg;
  return isBetter ? { weights, ndcg: bestMean } : null;
}

function summarise(values: Float64Array): { mean: number; standardError: number } {
  const n = values.length;
  if (n === 0) return { mean: 0, standardError: Infinity };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : Infinity };
}
