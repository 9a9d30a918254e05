import { createStream, STREAM } from "../counter-rng.ts";
import type { Preset } from "../presets/preset.ts";
import type { Catalogue } from "./catalogue.ts";

/** A planted reason to buy two products together; rows of the catalogue. */
export interface Complement {
  readonly main: number;
  readonly other: number;
  /** Chance that the other product joins a basket with the main one. */
  readonly probability: number;
  /** The accessory follows the main product but never brings it. */
  readonly directed: boolean;
}

export interface Complements {
  readonly list: readonly Complement[];
  /** What may join a basket that holds the product of this row. */
  readonly byProduct: ReadonlyMap<number, readonly { readonly other: number; readonly probability: number }[]>;
}

export function plantComplements(preset: Preset, catalogue: Catalogue, seed: number, startMs: number): Complements {
  const rng = createStream(seed, STREAM.complements, 0);
  const pairsPerSpec = Math.max(2, Math.round(catalogue.products.length / 150));
  const taken = new Set<number>();
  const sellable = (type: string) =>
    catalogue.products.flatMap((product, row) => (product.type === type && product.launchMs < startMs && !taken.has(row) ? [row] : [])).sort((a, b) => catalogue.products[b].weight - catalogue.products[a].weight);
  const list: Complement[] = [];
  for (const spec of preset.complements) {
    for (let i = 0; i < pairsPerSpec; i++) {
      // Popular main products, so that the pair has enough baskets to be found in a small shop.
      const mains = sellable(spec.main);
      const main = mains[rng.below(Math.ceil(mains.length / 2))];
      const others = spec.with === spec.main ? [] : sellable(spec.with);
      if (main === undefined || others.length === 0) continue;
      const other = others[rng.below(others.length)];
      taken.add(main).add(other);
      list.push({ main, other, probability: Math.round((0.35 + 0.25 * rng.next()) * 100) / 100, directed: spec.directed });
    }
  }
  const byProduct = new Map<number, { other: number; probability: number }[]>();
  const add = (from: number, other: number, probability: number) => byProduct.set(from, [...(byProduct.get(from) ?? []), { other, probability }]);
  for (const pair of list) {
    add(pair.main, pair.other, pair.probability);
    if (!pair.directed) add(pair.other, pair.main, pair.probability);
  }
  return { list, byProduct };
}
