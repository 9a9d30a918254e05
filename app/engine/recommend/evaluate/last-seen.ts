import type { TrainingData } from "./ranker.ts";

/** When each item was bought last: its time where there are times, else how late in its row it stood. */
export function computeLastSeen({ interactions }: TrainingData): Float64Array {
  const lastSeen = new Float64Array(interactions.items);
  for (let u = 0; u < interactions.users; u += 1) {
    const [from, to] = [interactions.start[u], interactions.start[u + 1]];
    for (let k = from; k < to; k += 1) {
      const at = interactions.atMs ? interactions.atMs[k] : (k - from + 1) / (to - from);
      if (at > lastSeen[interactions.item[k]]) lastSeen[interactions.item[k]] = at;
    }
  }
  return lastSeen;
}
