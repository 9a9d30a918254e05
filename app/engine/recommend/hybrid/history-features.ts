import type { RepeatRule } from "../evaluate/evaluate-ranker.ts";
import type { History } from "../evaluate/ranker.ts";
import type { ProductFacts } from "./product-facts.ts";
import type { ProductSignals } from "./product-signals.ts";

/** How one product fits one history. */
export interface HistoryFeatures {
  readonly names: readonly string[];
  begin(history: History): void;
  /** Writes the features of product `i` from `at` on; answers where they end. */
  write(i: number, values: Float32Array, at: number): number;
}

/** `facts` add category, vendor, price and stock; repeats that are allowed add what is known of earlier purchases of the same product. */
export function createHistoryFeatures(catalogue: number, signals: ProductSignals, { repeats: rule, facts }: { readonly repeats: RepeatRule; readonly facts?: ProductFacts }): HistoryFeatures {
  const taste = facts ? createTaste(facts) : null;
  const repeats = rule !== "new" ? createRepeats(catalogue) : null;
  let length = 0;
  let popularity = 0;
  return {
    names: ["history-length", "popularity-gap", ...(repeats ? repeats.names : []), ...(taste ? taste.names : [])],
    begin(history) {
      const { items } = history;
      let sum = 0;
      for (const i of items) sum += signals.popularity[i];
      length = Math.log1p(items.length);
      popularity = items.length > 0 ? sum / items.length : 0;
      repeats?.begin(history);
      taste?.begin(history);
    },
    write(i, values, start) {
      let at = start;
      values[at++] = length;
      values[at++] = signals.popularity[i] - popularity;
      if (repeats) at = repeats.write(i, values, at);
      if (taste) at = taste.write(i, values, at);
      return at;
    },
  };
}

function createRepeats(catalogue: number): HistoryFeatures {
  const serialOf = new Int32Array(catalogue).fill(-1);
  const baskets = new Int32Array(catalogue);
  const lastBasket = new Int32Array(catalogue);
  let serial = 0;
  let count = 0;
  return {
    names: ["times-bought", "share-of-orders", "orders-since"],
    begin({ items, basketStart }) {
      serial += 1;
      count = basketStart ? basketStart.length - 1 : items.length;
      for (let b = 0; b < count; b += 1) {
        const to = basketStart ? basketStart[b + 1] : b + 1;
        for (let k = basketStart ? basketStart[b] : b; k < to; k += 1) {
          const i = items[k];
          if (serialOf[i] !== serial) {
            serialOf[i] = serial;
            baskets[i] = 0;
            lastBasket[i] = -1;
          }
          if (lastBasket[i] !== b) baskets[i] += 1;
          lastBasket[i] = b;
        }
      }
    },
    write(i, values, at) {
      if (serialOf[i] === serial) {
        values[at] = Math.log1p(baskets[i]);
        values[at + 1] = baskets[i] / count;
        values[at + 2] = 1 / (count - lastBasket[i]);
      }
      return at + 3;
    },
  };
}

function createTaste({ category, vendor, priceMinor, isAvailable }: ProductFacts): HistoryFeatures {
  const categories = new Float64Array(1 + category.reduce((most, code) => Math.max(most, code), 0));
  const vendors = new Float64Array(1 + vendor.reduce((most, code) => Math.max(most, code), 0));
  let size = 1;
  let meanLogPrice = NaN;
  return {
    names: ["category-share", "vendor-share", "price-gap", "is-available"],
    begin({ items }) {
      categories.fill(0);
      vendors.fill(0);
      size = Math.max(1, items.length);
      let sum = 0;
      let priced = 0;
      for (const i of items) {
        if (category[i] >= 0) categories[category[i]] += 1;
        if (vendor[i] >= 0) vendors[vendor[i]] += 1;
        if (priceMinor[i] > 0) {
          sum += Math.log(priceMinor[i]);
          priced += 1;
        }
      }
      meanLogPrice = priced > 0 ? sum / priced : NaN;
    },
    write(i, values, at) {
      values[at] = category[i] >= 0 ? categories[category[i]] / size : 0;
      values[at + 1] = vendor[i] >= 0 ? vendors[vendor[i]] / size : 0;
      values[at + 2] = priceMinor[i] > 0 && !Number.isNaN(meanLogPrice) ? Math.log(priceMinor[i]) - meanLogPrice : 0;
      values[at + 3] = isAvailable[i];
      return at + 4;
    },
  };
}
