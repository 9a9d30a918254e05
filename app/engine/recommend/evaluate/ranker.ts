import type { Needs } from "./data-needs.ts";
import { countPairVisits, type InteractionRows } from "../../features/interactions.ts";
import { isOrdered } from "../../features/row-order.ts";

/** A fitted model that scores every item for one history; higher is better, 0 is "knows nothing". */
export interface FittedRanker {
  /** `scores` has one entry an item and arrives filled with 0. */
  score(history: History, scores: Float64Array): void;
}

/** What is known of one shopper: items in time order, and the baskets they came in when there were baskets. */
export interface History {
  readonly items: Int32Array;
  /** Offsets of the baskets in `items`, length = baskets + 1; null when each item stands alone. */
  readonly basketStart: Int32Array | null;
  /** When each item was bought; absent where the data has no times. */
  readonly atMs?: Float64Array;
  /** The instant for which is asked; absent where the data has no times. */
  readonly asOfMs?: number;
}

/** One member of the engine, as the evaluation sees it: how to fit it, and which settings are worth a try. */
export interface RankerMember<Config = unknown> {
  readonly name: string;
  /** Tried on the validation split, the first one is the default. */
  readonly settings: readonly Config[];
  /** How many of the settings are worth their time on data of this size; all of them when absent. */
  mostSettings?(train: TrainingData): number;
  /** The least data with which the evaluation tries it; see data-needs.ts for what is wanted when absent. */
  readonly needs?: Needs;
  /** Null when the data is beyond what the member can hold, or holds nothing that it could learn from. */
  fit(train: TrainingData, config: Config): FittedRanker | null;
}

export interface TrainingData {
  readonly interactions: InteractionRows;
  /** For data in baskets: offsets of each user's baskets in `interactions.item`, all users in one run; null otherwise. */
  readonly baskets: Baskets | null;
  /** Whether rows are in the order of purchase; seen from the rows when absent. A part of the data says the same as the whole. */
  readonly isOrdered?: boolean;
  /** The instant for which questions are asked of these histories: the start of the validation or test days. */
  readonly asOfMs?: number;
}

export interface Baskets {
  /** Baskets of user u are `first[u] .. first[u + 1] - 1`. */
  readonly first: Int32Array;
  /** Items of basket b are `interactions.item[start[b]] .. [start[b + 1] - 1]`. */
  readonly start: Int32Array;
}

/** History of one user of the training data. */
export function historyOf(data: TrainingData, user: number): History {
  const { interactions, baskets } = data;
  const from = interactions.start[user];
  const items = interactions.item.subarray(from, interactions.start[user + 1]);
  const basketStart = baskets ? Int32Array.from(baskets.start.subarray(baskets.first[user], baskets.first[user + 1] + 1), (value) => value - from) : null;
  const atMs = interactions.atMs?.subarray(from, interactions.start[user + 1]);
  return { items, basketStart, atMs, asOfMs: data.asOfMs };
}

/** Whether rows are in the order of purchase. */
export function hasOrder(train: TrainingData): boolean {
  return train.isOrdered ?? isOrdered(train.interactions);
}

/** Pair visits from which one fit takes seconds. */
const MANY_VISITS = 5e7;

/** Whether each setting of an item-to-item member is dear on this data, so that only the best known ones are tried. */
export function isDearToFit({ interactions }: TrainingData): boolean {
  return countPairVisits(interactions) > MANY_VISITS;
}
