import type { FittedRanker, RankerMember, TrainingData } from "../evaluate/ranker.ts";

/**
 * Members that fit the same data with the same setting once: the tasks of a family learn from the same rows and ask them other questions. Fitted models stay
 * in memory as long as what is returned does; answers are those of the members themselves.
 */
export function createFitMemory(): <Member extends RankerMember>(member: Member) => Member {
  const known = new Map<string, FittedRanker | null>();
  return (member) => ({
    ...member,
    fit(train, config) {
      const key = `${member.name} ${JSON.stringify(config)} ${printRows(train)}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const fitted = member.fit(train, config);
      known.set(key, fitted);
      return fitted;
    },
  });
}

/** Equal prints, equal rows, but for a chance of one in 2^53 or less. */
function printRows({ interactions, baskets, isOrdered, asOfMs }: TrainingData): string {
  const { users, items, start, item, atMs } = interactions;
  return [users, items, item.length, isOrdered, asOfMs, baskets?.start.length, atMs !== null, hash(item), hash(start), hash(baskets?.start ?? []), hash(atMs ?? [])].join(" ");
}

/** FNV-1a over whole numbers, twice with other seeds so that 53 bits come out (Fowler, Noll, Vo 1991). */
function hash(values: ArrayLike<number>): number {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let n = 0; n < values.length; n += 1) {
    // Times exceed 32 bits: both halves count.
    const value = values[n];
    low = Math.imul(low ^ (value | 0), 0x01000193);
    high = Math.imul(high ^ (value | 0) ^ ((value / 4_294_967_296) | 0), 0x85ebca6b);
  }
  return (high >>> 11) * 4_294_967_296 + (low >>> 0);
}
