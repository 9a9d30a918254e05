import type { Partition } from "./lloyd.ts";

/** What sets a cluster apart, for words in any language: feature key + direction say it, strength orders it. */
export interface ClusterTrait<Key extends string = string> {
  readonly feature: Key;
  readonly direction: "high" | "low";
  /** Distance of the cluster's mean from everybody's, in standard deviations; >= 0. */
  readonly strength: number;
}

export interface ClusterDescription<Key extends string = string> {
  /** The traits that name the cluster, strongest first: two, or as many as it takes to tell it from the others. Empty: typical customers. */
  readonly name: readonly ClusterTrait<Key>[];
  /** All of them, strongest first. */
  readonly traits: readonly ClusterTrait<Key>[];
  /** Clusters that even all their traits do not tell apart are numbered from 1; 0 where the name is the only one of its kind. */
  readonly number: number;
}

/** A mean nearer to everybody's than this sets nobody apart. */
const NOTABLE = 0.4;
const TRAITS_NAMED = 2;

/**
 * Names from what sets each cluster apart: its two strongest traits, and further ones until no two names are equal. `keys` are the columns of
 * standardised features in the order of the partition's dimensions.
 */
export function describeClusters<Key extends string>({ centers, sizes }: Pick<Partition, "centers" | "sizes">, keys: readonly Key[]): ClusterDescription<Key>[] {
  const dims = keys.length;
  const all = Array.from(sizes, (_, c) =>
    keys
      .map((feature, d): ClusterTrait<Key> => ({ feature, direction: centers[c * dims + d] > 0 ? "high" : "low", strength: Math.abs(centers[c * dims + d]) }))
      .sort((p, q) => q.strength - p.strength),
  );
  const pick = (traits: readonly ClusterTrait<Key>[], most: number) => traits.filter(({ strength }, rank) => rank < most && (strength >= NOTABLE || rank >= TRAITS_NAMED));
  // The order of traits does not tell two names apart for people.
  const textOf = (name: readonly ClusterTrait<Key>[]) => name.map(({ feature, direction }) => `${direction} ${feature}`).sort().join(", ");
  const most = all.map(() => TRAITS_NAMED);
  let names = all.map((traits, c) => pick(traits, most[c]));
  let texts = names.map(textOf);
  for (let longer = TRAITS_NAMED + 1; longer <= dims && new Set(texts).size < texts.length; longer += 1) {
    texts.forEach((text, c) => {
      if (texts.indexOf(text) !== texts.lastIndexOf(text)) most[c] = longer;
    });
    names = all.map((traits, c) => pick(traits, most[c]));
    texts = names.map(textOf);
  }
  return names.map((name, c) => ({ name, traits: all[c], number: texts.indexOf(texts[c]) === texts.lastIndexOf(texts[c]) ? 0 : texts.slice(0, c + 1).filter((text) => text === texts[c]).length }));
}
