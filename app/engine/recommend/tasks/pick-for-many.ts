import type { ProductPickItem, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { taskEvaluations } from "#app/core/recommendation-tasks.ts";
import { selectLargest } from "../../math/select-largest.ts";
import type { FittedRanker } from "../evaluate/ranker.ts";
import { arrangePicks } from "./arrange-picks.ts";
import { explainAlone, explainRise } from "./explain-pick.ts";
import { readHistory } from "./family-rows.ts";
import type { PartialAnswer } from "./serve-task.ts";
import type { Serving } from "./serving.ts";

/** People whose own lists are added up, evenly spread over all; more would not change the order of the first dozen. */
const ASKED = 1_500;
/** Rising products that come into a promotion besides, the surest rise worth so much of what suits most people. */
const RISING = { most: 12, worth: 0.5 };
/** Length of each person's own list. */
const OWN_LIST = 12;

/**
 * Products that suit the most people: every person's own list counts, its first products most. E-mail may repeat what was bought, a promotion seeks new buyers.
 * Yields after each person: with a hybrid a thousand of them take a second or two, which a process that answers pages must not be silent for.
 */
export function* pickForMany(serving: Serving, { task, settings, member }: RecommendQuestion, members: Int32Array | null): Generator<void, PartialAnswer> {
  const { snapshot } = serving;
  const { products } = snapshot;
  const found = serving.ranker(taskEvaluations[task], member);
  const share = serving.bestSellers().share;
  const people = thin(members ?? listBuyers(serving), ASKED);
  const { worth, fits, asked } = found ? yield* addUpOnce(serving, found.ranker, people, task === "promotion") : { worth: share.slice(), fits: new Int32Array(products.count), asked: 0 };
  const scores = asked > 0 ? worth.slice() : share.slice();
  if (task === "promotion") addRising(scores, serving.trending().rising);
  const arranged = arrangePicks(serving, scores, settings, { isExcluded: () => false });
  const items = arranged.map(({ row, score }): ProductPickItem => ({
    productId: products.id[row], score, votes: [],
    reason: (task === "promotion" ? explainRise(serving, row) : null) ?? (fits[row] > 0 ? { code: "fits-members", customers: fits[row], of: asked } : explainAlone(serving, row)),
  }));
  return { model: found?.name ?? "best-sellers", products: items, considered: (members ?? listBuyers(serving)).length, fallback: !found ? "not-evaluated" : asked === 0 ? "nothing-known" : null };
}

/** What rises now may be new to the models; it never passes for what suits most people by its rise alone. */
function addRising(scores: Float64Array, rising: Int32Array): void {
  const highest = scores.reduce((most, score) => Math.max(most, score), 0) || 1;
  rising.subarray(0, RISING.most).forEach((row, place) => {
    scores[row] += (RISING.worth * highest) / Math.log2(place + 2);
  });
}

interface Sums {
  readonly worth: Float64Array;
  readonly fits: Int32Array;
  readonly asked: number;
}

/** The last sums of each ranker, so that a slider, which only arranges them anew, answers at once. */
const kept = new WeakMap<FittedRanker, { readonly people: Int32Array; readonly isNewOnly: boolean; readonly sums: Sums }[]>();
const MOST_KEPT = 8;

function* addUpOnce(serving: Serving, ranker: FittedRanker, people: Int32Array, isNewOnly: boolean): Generator<void, Sums> {
  const known = kept.get(ranker) ?? [];
  const same = known.find((one) => one.isNewOnly === isNewOnly && one.people.length === people.length && one.people.every((row, n) => row === people[n]));
  if (same) return same.sums;
  const sums = yield* addUp(serving, ranker, people, isNewOnly);
  kept.set(ranker, [{ people, isNewOnly, sums }, ...(kept.get(ranker) ?? [])].slice(0, MOST_KEPT));
  return sums;
}

function* addUp({ snapshot }: Serving, ranker: FittedRanker, people: Int32Array, isNewOnly: boolean): Generator<void, Sums> {
  const count = snapshot.products.count;
  const { isListed, isAvailable } = snapshot.products;
  const worth = new Float64Array(count);
  const fits = new Int32Array(count);
  const scores = new Float64Array(count);
  const candidates = new Int32Array(count);
  let asked = 0;
  for (const person of people) {
    yield;
    const history = readHistory(snapshot, "histories", person);
    if (history.items.length === 0) continue;
    asked += 1;
    scores.fill(0);
    ranker.score(history, scores);
    if (isNewOnly) for (const row of history.items) scores[row] = 0;
    let size = 0;
    for (let row = 0; row < count; row += 1) if (scores[row] > 0 && isListed[row] === 1 && isAvailable[row] === 1) candidates[size++] = row;
    const top = candidates.subarray(0, selectLargest(candidates, size, scores, OWN_LIST)).slice().sort((a, b) => scores[b] - scores[a] || a - b);
    top.forEach((row, place) => {
      worth[row] += 1 / Math.log2(place + 2);
      fits[row] += 1;
    });
  }
  return { worth, fits, asked };
}

function listBuyers({ snapshot: { customers, ordersByCustomer } }: Serving): Int32Array {
  return Int32Array.from({ length: customers.count }, (_, row) => row).filter((row) => ordersByCustomer.start[row + 1] > ordersByCustomer.start[row]);
}

function thin(rows: Int32Array, most: number): Int32Array {
  return rows.length <= most ? rows : Int32Array.from({ length: most }, (_, n) => rows[Math.floor((n * rows.length) / most)]);
}
