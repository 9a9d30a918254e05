import { markExcluded, type RepeatRule } from "../evaluate/evaluate-ranker.ts";
import { rankItems } from "../evaluate/rank-items.ts";
import type { FittedRanker, History, TrainingData } from "../evaluate/ranker.ts";
import { createHistoryFeatures } from "./history-features.ts";
import type { ProductFacts } from "./product-facts.ts";
import { computeProductSignals } from "./product-signals.ts";

export interface NamedRanker {
  readonly name: string;
  readonly model: FittedRanker;
}

export interface CandidateOptions {
  /** Length of each member's list that gives candidates. */
  readonly depth: number;
  readonly repeats: RepeatRule;
  readonly facts?: ProductFacts;
}

/** Candidates of one history with their features: the one definition that the ranker is trained on and serves from. */
export interface CandidateReader {
  readonly features: readonly string[];
  /** Fills `items` and `values` (row-major, one row a candidate); answers how many. Candidates are in the order of the tie rule. */
  read(history: History): number;
  readonly items: Int32Array;
  readonly values: Float32Array;
}

/** Features of each member, its score first: a sum of scores blends members, a sum of their logarithms wants all of them to agree. */
const SCORE_FEATURES = 3;
/** Share of the largest score that counts as next to nothing. */
const LEAST_SHARE = 0.01;

/**
 * The union of the members' best `depth` products, described by what each member says of them (its score over its largest one, and its place),
 * by what the product is, and by how it fits the history.
 */
export function createCandidateReader(members: readonly NamedRanker[], train: TrainingData, options: CandidateOptions): CandidateReader {
  const catalogue = train.interactions.items;
  const most = Math.min(catalogue, members.length * options.depth);
  const signals = computeProductSignals(train);
  const own = createHistoryFeatures(catalogue, signals, options);
  const names = [...members.flatMap(({ name }) => [`${name}:score`, `${name}:log-score`, `${name}:place`]), "agreement", "popularity", "freshness", ...own.names];
  if (signals.trend) names.push("trend");
  if (signals.newness) names.push("newness");
  const width = names.length;
  const items = new Int32Array(most);
  const values = new Float32Array(most * width);
  const scores = members.map(() => new Float64Array(catalogue));
  const tops = members.map(() => new Int32Array(options.depth));
  const lengths = new Int32Array(members.length);
  const ranks = new Int32Array(most);
  const rowOf = new Int32Array(catalogue).fill(-1);
  const excluded = new Int32Array(catalogue).fill(-1);
  let serial = 0;

  function collect(history: History): number {
    serial += 1;
    markExcluded(excluded, serial, history.items, options.repeats);
    let count = 0;
    for (let m = 0; m < members.length; m += 1) {
      scores[m].fill(0);
      members[m].model.score(history, scores[m]);
      const length = rankItems(scores[m], options.depth, excluded, serial, signals.tieRank, tops[m]);
      let kept = 0;
      // A score of 0 is "knows nothing": only what a member speaks for is a candidate.
      while (kept < length && scores[m][tops[m][kept]] > 0) kept += 1;
      lengths[m] = kept;
      for (let place = 0; place < kept; place += 1) {
        const i = tops[m][place];
        if (rowOf[i] >= 0) continue;
        rowOf[i] = 0;
        ranks[count++] = signals.tieRank[i];
      }
    }
    ranks.subarray(0, count).sort();
    for (let c = 0; c < count; c += 1) {
      items[c] = signals.itemAtRank[ranks[c]];
      rowOf[items[c]] = c;
    }
    return count;
  }

  return {
    features: names,
    items,
    values,
    read(history) {
      const count = collect(history);
      values.fill(0, 0, count * width);
      for (let m = 0; m < members.length; m += 1) {
        const scale = lengths[m] > 0 ? 1 / scores[m][tops[m][0]] : 0;
        for (let c = 0; c < count; c += 1) {
          const share = scores[m][items[c]] * scale;
          values[c * width + m * SCORE_FEATURES] = share;
          values[c * width + m * SCORE_FEATURES + 1] = Math.log(Math.max(LEAST_SHARE, share));
        }
        for (let place = 0; place < lengths[m]; place += 1) {
          const row = rowOf[tops[m][place]] * width;
          values[row + m * SCORE_FEATURES + 2] = 1 / Math.log2(place + 2);
          values[row + members.length * SCORE_FEATURES] += 1 / members.length;
        }
      }
      own.begin(history);
      for (let c = 0; c < count; c += 1) {
        const i = items[c];
        rowOf[i] = -1;
        let at = c * width + members.length * SCORE_FEATURES + 1;
        values[at++] = signals.popularity[i];
        values[at++] = signals.freshness[i];
        at = own.write(i, values, at);
        if (signals.trend) values[at++] = signals.trend[i];
        if (signals.newness) values[at++] = signals.newness[i];
      }
      return count;
    },
  };
}
