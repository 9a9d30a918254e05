import type { Rng } from "#app/core/rng.ts";
import { hasOrder, type TrainingData } from "./ranker.ts";

export interface ValidationSplit {
  readonly train: TrainingData;
  /** Where the histories of the questions stand; those of `train` when absent. */
  readonly asked?: TrainingData;
  /** Held-out items of each user; empty for users who keep everything. */
  readonly targets: readonly Int32Array[];
  /** How the items were chosen, for the model card. */
  readonly rule: "last-basket" | "last-item" | "random-fifth" | "by-time";
}

/**
 * Holds out a part of the TRAINING data, the way the future will come: the last basket where there are baskets, the last item where
 * the rows have an order, else a random fifth of each user's items. Users with fewer than two baskets or items are not asked.
 */
export function splitForValidation(data: TrainingData, rng: Rng): ValidationSplit {
  if (data.baskets) return holdOutLastBasket(data, data.baskets);
  return hasOrder(data) ? holdOutLastItem(data) : holdOutFifth(data, rng);
}

function holdOutLastBasket(data: TrainingData, baskets: NonNullable<TrainingData["baskets"]>): ValidationSplit {
  return keepPart(data, "last-basket", (u) => {
    const count = baskets.first[u + 1] - baskets.first[u];
    return count < 2 ? null : (k) => k >= baskets.start[baskets.first[u + 1] - 1];
  });
}

function holdOutLastItem(data: TrainingData): ValidationSplit {
  const { start } = data.interactions;
  return keepPart(data, "last-item", (u) => (start[u + 1] - start[u] < 2 ? null : (k) => k === start[u + 1] - 1));
}

function holdOutFifth(data: TrainingData, rng: Rng): ValidationSplit {
  const { start } = data.interactions;
  return keepPart(data, "random-fifth", (u) => {
    const length = start[u + 1] - start[u];
    if (length < 2) return null;
    const held = new Set<number>();
    const wanted = Math.max(1, Math.round(length / 5));
    while (held.size < wanted) held.add(start[u] + rng.below(length));
    return (k) => held.has(k);
  });
}

function keepPart(data: TrainingData, rule: ValidationSplit["rule"], heldOutOf: (user: number) => ((k: number) => boolean) | null): ValidationSplit {
  const { interactions, baskets } = data;
  const { users, items, start, item, atMs } = interactions;
  const keptItem: number[] = [];
  const keptAt: number[] = [];
  const keptStart = new Int32Array(users + 1);
  const basketStart: number[] = [0];
  const basketFirst = new Int32Array(users + 1);
  const targets: Int32Array[] = [];
  for (let u = 0; u < users; u += 1) {
    const isHeld = heldOutOf(u);
    const held: number[] = [];
    const basketEnds = baskets ? baskets.start.subarray(baskets.first[u] + 1, baskets.first[u + 1] + 1) : [];
    let b = 0;
    for (let k = start[u]; k < start[u + 1]; k += 1) {
      if (isHeld?.(k)) held.push(item[k]);
      else {
        keptItem.push(item[k]);
        if (atMs) keptAt.push(atMs[k]);
      }
      if (baskets && k + 1 === basketEnds[b]) {
        b += 1;
        if (keptItem.length > basketStart[basketStart.length - 1]) basketStart.push(keptItem.length);
      }
    }
    keptStart[u + 1] = keptItem.length;
    basketFirst[u + 1] = basketStart.length - 1;
    targets.push(Int32Array.from(new Set(held)));
  }
  return {
    rule,
    targets,
    train: {
      interactions: { users, items, start: keptStart, item: Int32Array.from(keptItem), atMs: atMs ? Float64Array.from(keptAt) : null },
      baskets: baskets ? { first: basketFirst, start: Int32Array.from(basketStart) } : null,
      isOrdered: hasOrder(data),
    },
  };
}
