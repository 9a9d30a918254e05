import type { Rng } from "../counter-rng.ts";
import { drawLogNormal, WeightedIndex } from "../distributions.ts";
import type { Preset } from "../presets/preset.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Complements } from "./complements.ts";

const HALF_LIFE_MS = 180 * 86_400_000;
const LARGEST_BASKET = 60;

/** What a customer bought so far: one entry a line. */
export interface History {
  readonly products: number[];
  readonly atMs: number[];
}

export interface BasketShopper {
  readonly home: number;
  readonly secondHome: number;
  readonly basketMu: number;
  readonly history: History;
  /** Bought on their cycle only, so that the planted rhythm stays clean. */
  readonly reserved: ReadonlySet<number>;
}

export type BasketSource = (rng: Rng, shopper: BasketShopper, orderNumber: number, atMs: number, must: number | null) => number[];

/** recommenders.md section 5, recipe steps 4 and 5, then the planted complements. Gives distinct rows of the catalogue. */
export function createBasketSource(preset: Preset, catalogue: Catalogue, complements: Complements): BasketSource {
  const { products, byCategory } = catalogue;
  const everything = new WeightedIndex(products.map((product) => product.weight));
  const inCategory = byCategory.map((rows) => new WeightedIndex(rows.map((row) => products[row].weight)));

  return (rng, shopper, orderNumber, atMs, must) => {
    const size = Math.min(LARGEST_BASKET, 1 + Math.floor(drawLogNormal(rng, shopper.basketMu, 0.8)));
    const where = rng.next();
    const category = where < 0.6 ? shopper.home : where < 0.84 ? shopper.secondHome : rng.below(byCategory.length);
    const { history } = shopper;
    const repeatShare = history.products.length > 0 ? Math.min(0.85, preset.kappa * Math.log(orderNumber)) : 0;
    const past = repeatShare > 0 ? new WeightedIndex(history.atMs.map((then) => 2 ** ((then - atMs) / HALF_LIFE_MS))) : null;
    const basket: number[] = must === null ? [] : [must];
    const canTake = (row: number) => products[row].launchMs <= atMs && !shopper.reserved.has(row) && !basket.includes(row);

    for (let misses = 0; basket.length < size && misses < 20; ) {
      let row: number;
      if (past && rng.next() < repeatShare) row = history.products[past.draw(rng)];
      else if (rng.next() < 0.55 && byCategory[category].length > 0) row = byCategory[category][inCategory[category].draw(rng)];
      else row = everything.draw(rng);
      if (canTake(row)) basket.push(row);
      else misses++;
    }
    for (let i = 0, chosen = basket.length; i < chosen; i++) {
      for (const { other, probability } of complements.byProduct.get(basket[i]) ?? []) {
        if (rng.next() < probability && canTake(other)) basket.push(other);
      }
    }
    // A shopper whose every wish was not launched yet still leaves with something.
    for (let attempt = 0; basket.length === 0; attempt++) {
      const row = attempt < 200 ? everything.draw(rng) : attempt - 200;
      if (attempt >= 200 || canTake(row)) basket.push(row);
    }
    for (const row of basket) {
      history.products.push(row);
      history.atMs.push(atMs);
    }
    return basket;
  };
}
