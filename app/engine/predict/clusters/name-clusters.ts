import type { Partition } from "./lloyd.ts";

/** What a column says in plain words at its ends, for example "buys often" and "buys rarely". */
export interface FeatureWords {
  readonly key: string;
  readonly high: string;
  readonly low: string;
}

export interface ClusterTrait {
  readonly key: string;
  /** Mean of the cluster in standard deviations from the mean of all customers. */
  readonly distance: number;
}

export interface ClusterName {
  readonly name: string;
  /** Strongest first; what the name was made of and the next ones. */
  readonly traits: readonly ClusterTrait[];
}

/** A mean nearer to everybody's than this sets nobody apart. */
const NOTABLE = 0.4;
const TRAITS_NAMED = 2;

/**
 * Names from what sets each cluster apart: its two strongest traits, and further ones until no two names are equal. `keys` are the columns of
 * standardised features in the order of the partition's dimensions. A cluster without a notable trait is "typical customers".
 */
export function nameClusters({ centers, sizes }: Pick<Partition, "centers" | "sizes">, keys: readonly string[], words: readonly FeatureWords[]): ClusterName[] {
  const dims = keys.length;
  const wordsOf = new Map(words.map((word) => [word.key, word]));
  const all = Array.from(sizes, (_, c) =>
    keys.map((key, d): ClusterTrait => ({ key, distance: centers[c * dims + d] })).sort((p, q) => Math.abs(q.distance) - Math.abs(p.distance)),
  );
  const say = (traits: readonly ClusterTrait[], most: number) => {
    const notable = traits.filter((trait, rank) => rank < most && (Math.abs(trait.distance) >= NOTABLE || rank >= TRAITS_NAMED));
    if (notable.length === 0) return "typical customers";
    return notable.map(({ key, distance }) => (distance > 0 ? wordsOf.get(key)?.high : wordsOf.get(key)?.low) ?? `${distance > 0 ? "high" : "low"} ${key}`).join(", ");
  };
  const most = all.map(() => TRAITS_NAMED);
  let names = all.map((traits, c) => say(traits, most[c]));
  for (let longer = TRAITS_NAMED + 1; longer <= dims && new Set(names).size < names.length; longer += 1) {
    names.forEach((name, c) => {
      if (names.indexOf(name) !== names.lastIndexOf(name)) most[c] = longer;
    });
    names = all.map((traits, c) => say(traits, most[c]));
  }
  const seen = new Map<string, number>();
  return names.map((name, c) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times > 1 ? `${name} (${times})` : name, traits: all[c] };
  });
}
