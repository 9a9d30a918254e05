import { countPairVisits } from "../../features/interactions.ts";
import type { TrainingData } from "../evaluate/ranker.ts";

/** Pairs of items within rows that one fit may visit: some seconds and, where they are all different, some 300 MB. */
const MOST_VISITS = 2e7;

/** A large shop's rows thinned evenly, so that every fit of a night stays within seconds; smaller data comes back as it is. */
export function thinRows(train: TrainingData, mostVisits = MOST_VISITS): TrainingData {
  const visits = countPairVisits(train.interactions);
  if (visits <= mostVisits) return train;
  const { interactions, baskets } = train;
  const rows = Math.max(1, Math.floor((interactions.users * mostVisits) / visits));
  const kept = Int32Array.from({ length: rows }, (_, n) => Math.floor((n * interactions.users) / rows));
  const start = new Int32Array(rows + 1);
  const basketFirst = new Int32Array(rows + 1);
  kept.forEach((user, n) => {
    start[n + 1] = start[n] + interactions.start[user + 1] - interactions.start[user];
    if (baskets) basketFirst[n + 1] = basketFirst[n] + baskets.first[user + 1] - baskets.first[user];
  });
  const item = new Int32Array(start[rows]);
  const atMs = interactions.atMs ? new Float64Array(start[rows]) : null;
  const basketStart = new Int32Array(basketFirst[rows] + 1);
  kept.forEach((user, n) => {
    const [from, to] = [interactions.start[user], interactions.start[user + 1]];
    item.set(interactions.item.subarray(from, to), start[n]);
    if (atMs && interactions.atMs) atMs.set(interactions.atMs.subarray(from, to), start[n]);
    if (!baskets) return;
    for (let b = baskets.first[user]; b < baskets.first[user + 1]; b += 1) basketStart[basketFirst[n] + b - baskets.first[user] + 1] = baskets.start[b + 1] - from + start[n];
  });
  return { ...train, interactions: { users: rows, items: interactions.items, start, item, atMs }, baskets: baskets ? { first: basketFirst, start: basketStart } : null };
}
