/** A cluster of this run and the one of the last run that it continues; null when it is new. */
export interface ClusterMatch {
  readonly cluster: number;
  readonly previous: number | null;
  /** Shared customers / customers of either, among those present in both runs; 0 without a match. */
  readonly overlap: number;
}

/** Less in common than this is another cluster, whatever its number. */
const LEAST_OVERLAP = 0.3;

/**
 * Which cluster continues which, by the customers they share (Jaccard), the largest overlap first, so that names persist between runs. Labels are
 * aligned by the caller: entry i of both is the same customer; -1 = not in that run.
 */
export function matchClusters(labels: ArrayLike<number>, k: number, previous: ArrayLike<number>, previousK: number): ClusterMatch[] {
  if (labels.length !== previous.length) throw new RangeError(`${labels.length} labels against ${previous.length}`);
  const joint = new Int32Array(k * previousK);
  const now = new Int32Array(k);
  const then = new Int32Array(previousK);
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] < 0 || previous[i] < 0) continue;
    joint[labels[i] * previousK + previous[i]] += 1;
    now[labels[i]] += 1;
    then[previous[i]] += 1;
  }
  const pairs = Array.from(joint, (both, at) => {
    const cluster = Math.floor(at / previousK);
    const earlier = at % previousK;
    return { cluster, previous: earlier, overlap: both / Math.max(1, now[cluster] + then[earlier] - both) };
  }).sort((p, q) => q.overlap - p.overlap || p.cluster - q.cluster || p.previous - q.previous);
  const matches: ClusterMatch[] = Array.from({ length: k }, (_, cluster) => ({ cluster, previous: null, overlap: 0 }));
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (pair.overlap < LEAST_OVERLAP || matches[pair.cluster].previous !== null || taken.has(pair.previous)) continue;
    matches[pair.cluster] = pair;
    taken.add(pair.previous);
  }
  return matches;
}
